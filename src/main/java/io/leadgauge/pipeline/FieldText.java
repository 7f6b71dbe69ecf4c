package io.leadgauge.pipeline;

import io.leadgauge.crm.FieldMap.FieldType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a CRM property as the connection declares it, and writes it as models expect
 * it. Text that cannot be read so stays as it is: the model then finds it unreadable, which is
 * neither missing nor zero.
 */
final class FieldText {
  /** Digits in groups of three, perhaps with a fraction; what stands around it is no digit. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[^0-9,.-]{0,4}(?<number>-?[0-9]{1,3}(?:[,' \\u00a0][0-9]{3})+|-?[0-9]+)"
              + "(?<fraction>\\.[0-9]+)?[^0-9,.]{0,4}");

  /** As platforms write numbers from ten million on: {@code 1.2E7}. */
  private static final Pattern EXPONENT = Pattern.compile("-?[0-9]+(?:\\.[0-9]+)?E-?[0-9]{1,2}");

  private static final Pattern RANGE =
      Pattern.compile(
          "(?<from>[0-9][0-9,]*)\\s*(?:-|–|to)\\s*[0-9][0-9,]*|(?<least>[0-9][0-9,]*)\\s*\\+?");

  private FieldText() {}

  static String read(FieldType type, String text) {
    return switch (type) {
      case TEXT -> text;
      case NUMBER -> number(text);
      case RANGE -> lowerBound(text);
      case BOOLEAN -> truth(text);
      case INSTANT -> {
        OptionalLong at = instant(text);
        yield at.isPresent() ? Instant.ofEpochMilli(at.getAsLong()).toString() : text;
      }
    };
  }

  private static String number(String text) {
    String stripped = text.strip();
    // Nearly all of them; patterns take longer than all else that is done with a number.
    if (isDigits(stripped)) {
      return stripped;
    }
    if (EXPONENT.matcher(stripped).matches()) {
      return new BigDecimal(stripped).toPlainString();
    }
    Matcher matcher = NUMBER.matcher(stripped);
    if (!matcher.matches()) {
      return text;
    }
    String fraction = matcher.group("fraction");
    return matcher.group("number").replaceAll("[^0-9-]", "") + (fraction == null ? "" : fraction);
  }

  private static boolean isDigits(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String lowerBound(String text) {
    Matcher matcher = RANGE.matcher(text.strip());
    if (!matcher.matches()) {
      return text;
    }
    String from = matcher.group("from");
    return (from == null ? matcher.group("least") : from).replace(",", "");
  }

  private static String truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> "true";
      case "false", "no", "0" -> "false";
      default -> text;
    };
  }

  /**
   * Reads a date or an instant, ISO 8601 or milliseconds since the epoch; empty if it is neither.
   */
  static OptionalLong instant(String text) {
    String stripped = text.strip();
    if (isDigits(stripped)) {
      return stripped.length() > 15
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(stripped));
    }
    try {
      Instant instant =
          stripped.indexOf('T') < 0
              ? LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(stripped).toInstant();
      return OptionalLong.of(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
