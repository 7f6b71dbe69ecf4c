package io.leadgauge.crm.signature;

import java.util.Map;

/**
 * The address as HubSpot's v3 signs it.
 *
 * <p>HubSpot lists twelve escapes that stand for themselves in the signed text; every other escape
 * stays as it was sent, {@code %20} and {@code %26} among them. The question mark that starts the
 * query is no escape, so there is nothing to decode about it. The list is in upper case, and only
 * what is listed is decoded: {@code %3a} stays. (An address with lower-case escapes is one that
 * somebody typed into the app's settings; {@link SignatureCheck} tries it decoded and says so.)
 *
 * @see <a href="https://developers.hubspot.com/docs/api/webhooks/validating-requests">HubSpot,
 *     Validating requests (copy of January 2025)</a>
 */
final class HubSpotAddress {
  private static final int ESCAPE_LENGTH = 3;
  private static final Map<String, Character> DECODED =
      Map.ofEntries(
          Map.entry("%3A", ':'),
          Map.entry("%2F", '/'),
          Map.entry("%3F", '?'),
          Map.entry("%40", '@'),
          Map.entry("%21", '!'),
          Map.entry("%24", '$'),
          Map.entry("%27", '\''),
          Map.entry("%28", '('),
          Map.entry("%29", ')'),
          Map.entry("%2A", '*'),
          Map.entry("%2C", ','),
          Map.entry("%3B", ';'));

  private HubSpotAddress() {}

  /** Returns the address with the listed escapes decoded, each once. */
  static String signed(String uri) {
    if (uri.indexOf('%') < 0) {
      return uri;
    }
    StringBuilder signed = new StringBuilder(uri.length());
    int index = 0;
    while (index < uri.length()) {
      int end = Math.min(index + ESCAPE_LENGTH, uri.length());
      Character decoded = uri.charAt(index) == '%' ? DECODED.get(uri.substring(index, end)) : null;
      signed.append(decoded == null ? uri.charAt(index) : decoded.charValue());
      index += decoded == null ? 1 : ESCAPE_LENGTH;
    }
    return signed.toString();
  }
}
