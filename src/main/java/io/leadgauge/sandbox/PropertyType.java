package io.leadgauge.sandbox;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/**
 * What a property can hold, and its three forms of text.
 *
 * <p>A value is <em>written</em> by a client, <em>stored</em>, and <em>shown</em> in answers. Dates
 * are written as epoch milliseconds or ISO 8601, stored as epoch milliseconds, which is also what a
 * webhook carries, and shown as ISO 8601. Everything else is stored and shown as written.
 */
enum PropertyType {
  STRING,
  NUMBER,
  DATE,
  DATETIME,
  ENUMERATION,
  BOOL;

  private static final long DAY = 86_400_000L;

  /** The name in property definitions. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<PropertyType> ofWord(String word) {
    for (PropertyType type : values()) {
      if (type.word().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The stored form of a written value, or nothing where this type cannot hold it. */
  Optional<String> stored(String written) {
    return switch (this) {
      case STRING, ENUMERATION -> Optional.of(written);
      case NUMBER -> number(written);
      case DATE -> instant(written).filter(at -> Math.floorMod(at, DAY) == 0).map(Object::toString);
      case DATETIME -> instant(written).map(Object::toString);
      case BOOL ->
          written.equals("true") || written.equals("false")
              ? Optional.of(written)
              : Optional.empty();
    };
  }

  /** The form that answers of the CRM API have. */
  String shown(String stored) {
    if (stored.isEmpty()) {
      return stored;
    }
    return switch (this) {
      case DATETIME -> Instant.ofEpochMilli(Long.parseLong(stored)).toString();
      case DATE -> LocalDate.ofEpochDay(Math.floorDiv(Long.parseLong(stored), DAY)).toString();
      case STRING, NUMBER, ENUMERATION, BOOL -> stored;
    };
  }

  private static Optional<String> number(String written) {
    String text = written.strip();
    if (text.length() > 40) {
      return Optional.empty();
    }
    try {
      return new BigDecimal(text).scale() > 40 ? Optional.empty() : Optional.of(text);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private static Optional<Long> instant(String written) {
    try {
      if (written.matches("-?\\d{1,15}")) {
        return Optional.of(Long.parseLong(written));
      }
      return Optional.of(
          written.length() == 10
              ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
              : OffsetDateTime.parse(written).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException notADate) {
      return Optional.empty();
    }
  }
}
