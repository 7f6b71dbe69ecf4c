package io.leadgauge.crm.salesforce;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads comma-separated values strictly as RFC 4180 has them: lines end in LF or CRLF, a field with
 * a comma, a quote or a line's end in it stands in quotes, a quote in it is doubled. Used once, by
 * one thread.
 */
final class Csv {
  private static final char QUOTE = '"';

  private final String text;
  private int at;

  private Csv(String text) {
    this.text = text;
  }

  /** Returns the lines with their fields; null if the text is not of this kind. */
  static @Nullable List<List<String>> read(String text) {
    Csv csv = new Csv(text);
    List<List<String>> lines = new ArrayList<>();
    while (csv.at < text.length()) {
      List<String> line = csv.line();
      if (line == null) {
        return null;
      }
      lines.add(line);
    }
    return lines;
  }

  private @Nullable List<String> line() {
    List<String> fields = new ArrayList<>();
    while (true) {
      String field = isNext(QUOTE) ? quoted() : plain();
      if (field == null) {
        return null;
      }
      fields.add(field);
      if (isNext(',')) {
        at++;
      } else {
        return endsLine() ? fields : null;
      }
    }
  }

  private @Nullable String quoted() {
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      int end = text.indexOf(QUOTE, at);
      if (end < 0) {
        return null;
      }
      field.append(text, at, end);
      at = end + 1;
      if (!isNext(QUOTE)) {
        return field.toString();
      }
      field.append(QUOTE);
      at++;
    }
    return null;
  }

  /** Returns a field without quotes; null if there is one inside. */
  private @Nullable String plain() {
    int from = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      if (text.charAt(at) == QUOTE) {
        return null;
      }
      at++;
    }
    return text.substring(from, at);
  }

  /** Goes behind the end of a line; false if there is none. */
  private boolean endsLine() {
    if (isNext('\r')) {
      at++;
      if (!isNext('\n')) {
        return false;
      }
    }
    if (isNext('\n')) {
      at++;
      return true;
    }
    return at == text.length();
  }

  private boolean isNext(char wanted) {
    return at < text.length() && text.charAt(at) == wanted;
  }
}
