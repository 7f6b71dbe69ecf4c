package io.leadgauge.replay;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address of a page without what may tell of a person: words in its path stay, for rules read
 * them; parts that look like anything else, or that follow what announces a person, are replaced,
 * and so are the values of its query.
 */
final class PageAddress {
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_.-]{0,40}[0-9]{0,4}");

  /** What stands before a part that names somebody. */
  private static final Set<String> ANNOUNCING =
      Set.of(
          "user",
          "users",
          "u",
          "profile",
          "profiles",
          "people",
          "person",
          "contact",
          "contacts",
          "in",
          "member",
          "members",
          "account",
          "accounts",
          "author",
          "customer",
          "customers",
          "lead",
          "leads",
          "unsubscribe",
          "preferences",
          "invite",
          "reset",
          "verify",
          "confirm");

  private PageAddress() {}

  static String of(String text, Replacement replacement, Pseudonyms pseudonyms) {
    int fragment = text.indexOf('#');
    String whole = fragment < 0 ? text : text.substring(0, fragment);
    int query = whole.indexOf('?');
    String path = query < 0 ? whole : whole.substring(0, query);
    return path(path, pseudonyms)
        + (query < 0 ? "" : "?" + query(whole.substring(query + 1), replacement));
  }

  private static String path(String path, Pseudonyms pseudonyms) {
    int host = path.indexOf("://");
    int begin = host < 0 ? 0 : path.indexOf('/', host + 3);
    if (begin < 0) {
      return path.substring(host + 3).indexOf('@') < 0 ? path : pseudonyms.token(path);
    }
    String[] parts = path.substring(begin).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      boolean announced = i > 0 && ANNOUNCING.contains(parts[i - 1].toLowerCase(Locale.ROOT));
      boolean stays = parts[i].isEmpty() || (WORD.matcher(parts[i]).matches() && !announced);
      parts[i] = stays ? parts[i] : pseudonyms.token(parts[i]);
    }
    return path.substring(0, begin) + String.join("/", parts);
  }

  /** Names stay, values are those of fields of these names. */
  static String query(String query, Replacement replacement) {
    String[] parts = query.split("&", -1);
    for (int i = 0; i < parts.length; i++) {
      int is = parts[i].indexOf('=');
      String name = is < 0 ? "" : parts[i].substring(0, is);
      String value = parts[i].substring(is + 1);
      String plain = value.replace("%40", "@");
      String replaced = replacement.of(name, plain);
      parts[i] =
          (is < 0 ? "" : name + "=")
              + (replaced.equals(plain)
                  ? value
                  : URLEncoder.encode(replaced, StandardCharsets.UTF_8));
    }
    return String.join("&", parts);
  }
}
