package io.leadgauge.manifest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Instants as people write them in files and on the command line. */
public final class Instants {
  private static final int LENGTH_OF_DATE = 10;
  private static final Instant YEAR_0 = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

  private Instants() {}

  /**
   * Reads an instant: ISO 8601 with an offset, such as {@code 2026-11-01T10:00:00Z}, or a date
   * alone for its first moment in UTC.
   *
   * @return empty if the text is neither, or of a year before 0 or after 9999
   */
  public static Optional<Instant> parse(String text) {
    try {
      Instant instant =
          text.length() == LENGTH_OF_DATE
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      return Optional.of(instant).filter(Instants::hasAYearOfFourDigits);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean hasAYearOfFourDigits(Instant instant) {
    return !instant.isBefore(YEAR_0) && instant.isBefore(YEAR_10000);
  }
}
