package io.leadgauge.naive;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the text of a value can be read as: docs/language.md, Values. Empty is unreadable. */
final class NaiveValue {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern INSTANT =
      Pattern.compile(DAY + "T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]+@[^@\\s]+");

  private NaiveValue() {}

  static String text(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a number, all its decimals kept: a range whose bounds have six decimals includes a number
   * exactly if it includes the number rounded down to six.
   */
  static Optional<BigDecimal> number(String value) {
    return Optional.of(value)
        .filter(text -> NUMBER.matcher(text).matches())
        .map(text -> new BigDecimal(text.replace("+", "")));
  }

  static Optional<Boolean> truth(String value) {
    return switch (text(value)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Reads a date, as milliseconds since 1970. */
  static Optional<Long> date(String value) {
    try {
      if (DAY.matcher(value).matches()) {
        return Optional.of(
            LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
      }
      return Optional.of(value)
          .filter(text -> INSTANT.matcher(text).matches())
          .map(text -> OffsetDateTime.parse(text).toInstant().toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Reads the domain of a mail address. */
  static Optional<String> domain(String value) {
    String text = text(value);
    return Optional.of(text)
        .filter(address -> ADDRESS.matcher(address).matches())
        .map(address -> address.substring(address.indexOf('@') + 1));
  }
}
