package io.leadgauge.crm.salesforce;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads the instants of Salesforce: {@code 2026-09-08T23:40:33.000Z} in messages, with {@code
 * +0000} in answers and in what Apex writes, milliseconds in decoded change events.
 */
final class Instants {
  private static final long YEAR_10000 = 253_402_300_800_000L;
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,15}");

  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .toFormatter();

  private Instants() {}

  /** Returns an instant in milliseconds; empty for a text that is none from 1970 to 9999. */
  static OptionalLong parse(String text) {
    String stripped = text.strip();
    try {
      long at =
          DIGITS.matcher(stripped).matches()
              ? Long.parseLong(stripped)
              : stripped.indexOf('T') < 0
                  ? LocalDate.parse(stripped)
                      .atStartOfDay(ZoneOffset.UTC)
                      .toInstant()
                      .toEpochMilli()
                  : OffsetDateTime.parse(stripped, FORMAT).toInstant().toEpochMilli();
      return at > 0 && at < YEAR_10000 ? OptionalLong.of(at) : OptionalLong.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
