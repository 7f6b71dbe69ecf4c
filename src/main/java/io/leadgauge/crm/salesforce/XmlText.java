package io.leadgauge.crm.salesforce;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an XML body, made fit for a parser. */
final class XmlText {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';
  private static final int HEX = 16;
  private static final Pattern REFERENCE =
      Pattern.compile("&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}));");

  private XmlText() {}

  /**
   * Returns the text of a body in UTF-8, with or without a byte order mark.
   *
   * <p>Characters that XML cannot hold are replaced: people paste them into records, and one of
   * them would make a message of a hundred records unreadable.
   *
   * @throws CharacterCodingException if it is not in UTF-8
   */
  static String of(byte[] body) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    String plain = text.startsWith(String.valueOf(BYTE_ORDER_MARK)) ? text.substring(1) : text;
    return withoutReferences(withoutCharacters(plain));
  }

  private static String withoutCharacters(String text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      if (!isUnit(text.charAt(i))) {
        clean = clean == null ? new StringBuilder(text) : clean;
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean == null ? text : clean.toString();
  }

  private static String withoutReferences(String text) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            found ->
                isCharacter(codePoint(found.group(1), found.group(2)))
                    ? Matcher.quoteReplacement(found.group())
                    : String.valueOf(REPLACEMENT));
  }

  private static long codePoint(String hex, String decimal) {
    return hex == null ? Long.parseLong(decimal) : Long.parseLong(hex, HEX);
  }

  /** Half of a pair is a unit: decoding has seen to it that the other half is there. */
  private static boolean isUnit(char unit) {
    return Character.isSurrogate(unit) || isCharacter(unit);
  }

  /** The characters of XML 1.0. */
  private static boolean isCharacter(long code) {
    return code == '\t'
        || code == '\n'
        || code == '\r'
        || (code >= 0x20 && code <= 0xD7FF)
        || (code >= 0xE000 && code <= 0xFFFD)
        || (code >= 0x10000 && code <= 0x10FFFF);
  }
}
