package io.leadgauge.crm.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * A body that a signer may have sent before it was changed on its way.
 *
 * @param what how it differs from the one that came
 * @param body its bytes
 */
// Bytes, because a digest takes nothing else; nothing compares guesses.
@SuppressWarnings("ArrayRecordComponent")
record BodyGuess(String what, byte[] body) {
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  /** Returns the plausible bodies, except the one that came. */
  static List<BodyGuess> all(byte[] body) {
    // One character for each byte, so that no byte can get lost.
    String text = new String(body, ISO_8859_1);
    List<BodyGuess> all = new ArrayList<>();
    add(all, text, "with a line feed at its end", text + "\n");
    add(all, text, "with carriage return and line feed at its end", text + "\r\n");
    add(all, text, "without white space at its end", text.stripTrailing());
    add(all, text, "without byte order mark", withoutMark(text));
    add(all, text, "with line feeds alone", text.replace("\r\n", "\n"));
    add(all, text, "as compact JSON", json(text, ""));
    add(all, text, "as JSON with a space after commas and colons", json(text, " "));
    add(all, text, "left out", "");
    return all;
  }

  private static void add(List<BodyGuess> all, String text, String what, String other) {
    if (!other.equals(text)) {
      all.add(new BodyGuess(what, other.getBytes(ISO_8859_1)));
    }
  }

  private static String withoutMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
  }

  /**
   * Returns JSON with this after each comma and colon, and no white space elsewhere; strings stay
   * as they are.
   */
  private static String json(String text, String afterComma) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inString = false;
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      if (inString && c == '\\' && index + 1 < text.length()) {
        out.append(c).append(text.charAt(++index));
        continue;
      }
      inString ^= c == '"';
      if (inString || !Character.isWhitespace(c)) {
        out.append(c);
      }
      if (!inString && (c == ',' || c == ':')) {
        out.append(afterComma);
      }
    }
    return out.toString();
  }
}
