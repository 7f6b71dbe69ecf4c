package io.leadgauge.crm.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * An address that a signer may have taken for ours.
 *
 * @param what how it differs
 * @param uri the address as it would be signed
 */
record AddressGuess(String what, String uri) {
  private static final Pattern LOWER_ESCAPE = Pattern.compile("%[0-9a-fA-F]{2}");
  private static final Pattern HOST = Pattern.compile("^https?://[^/?]+");
  private static final Pattern PORT = Pattern.compile("^(https?://[^/?:]+):\\d+");
  private static final Pattern NO_PORT = Pattern.compile("^(https?)(://[^/?:]+)(?=[/?]|$)");

  /** Changes of the address itself; each leaves an address alone that it does not apply to. */
  private static final Map<String, UnaryOperator<String>> CHANGES = new LinkedHashMap<>();

  /** Ways of writing escapes. */
  private static final Map<String, UnaryOperator<String>> SPELLINGS = new LinkedHashMap<>();

  static {
    CHANGES.put("http and https taken for each other", AddressGuess::otherProtocol);
    CHANGES.put("a slash at the end of the path more or less", AddressGuess::otherSlash);
    CHANGES.put("without the query", uri -> uri.replaceFirst("\\?.*", ""));
    CHANGES.put("another port", AddressGuess::otherPort);
    CHANGES.put("without protocol and host", uri -> HOST.matcher(uri).replaceFirst(""));
    SPELLINGS.put("", HubSpotAddress::signed);
    SPELLINGS.put("escapes not decoded", uri -> uri);
    SPELLINGS.put("lower-case escapes decoded too", AddressGuess::upperDecoded);
    SPELLINGS.put("every escape decoded", AddressGuess::decoded);
  }

  /** Returns the plausible addresses, those with the fewest changes first. */
  static List<AddressGuess> all(String uri) {
    List<AddressGuess> changed = new ArrayList<>();
    changed.add(new AddressGuess("", uri));
    CHANGES.forEach((what, change) -> changed.add(new AddressGuess(what, change.apply(uri))));
    int singles = changed.size();
    for (int first = 1; first < singles; first++) {
      AddressGuess one = changed.get(first);
      CHANGES.entrySet().stream()
          .skip(first)
          .map(
              next ->
                  new AddressGuess(and(one.what, next.getKey()), next.getValue().apply(one.uri)))
          .forEach(changed::add);
    }
    List<AddressGuess> all = new ArrayList<>();
    SPELLINGS.forEach(
        (how, spelling) ->
            changed.forEach(
                one -> all.add(new AddressGuess(and(one.what, how), spelling.apply(one.uri)))));
    return all;
  }

  private static String and(String one, String other) {
    return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
  }

  private static String otherProtocol(String uri) {
    return uri.startsWith("https:")
        ? "http:" + uri.substring("https:".length())
        : uri.replaceFirst("^http:", "https:");
  }

  private static String otherSlash(String uri) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    String rest = query < 0 ? "" : uri.substring(query);
    return (path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/") + rest;
  }

  private static String otherPort(String uri) {
    if (PORT.matcher(uri).find()) {
      return PORT.matcher(uri).replaceFirst("$1");
    }
    String port = uri.startsWith("https") ? ":443" : ":80";
    return NO_PORT.matcher(uri).replaceFirst("$1$2" + port);
  }

  private static String decoded(String uri) {
    try {
      return URLDecoder.decode(uri.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return uri; // A lone percent sign: there is nothing to guess.
    }
  }

  private static String upperDecoded(String uri) {
    return HubSpotAddress.signed(
        LOWER_ESCAPE.matcher(uri).replaceAll(escape -> escape.group().toUpperCase(Locale.ROOT)));
  }
}
