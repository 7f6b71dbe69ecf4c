package io.leadgauge.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads an instant that an option gives: one of ISO 8601, or the beginning of a day in UTC. */
final class GivenInstant {
  private static final int LENGTH_OF_DAY = "2026-11-01".length();

  private GivenInstant() {}

  /**
   * Returns the instant in epoch milliseconds.
   *
   * @param option the option's name, for the error
   */
  static long of(String option, String text) {
    try {
      return text.length() == LENGTH_OF_DAY
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
          : Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new WrongUse(
          option
              + " "
              + text
              + ", expected an instant or a day, such as 2026-11-01T09:00:00Z or 2026-11-01");
    }
  }
}
