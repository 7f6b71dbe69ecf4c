package io.leadgauge.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** When an event happened: ISO 8601 with an offset, or a number of seconds or milliseconds. */
final class Times {
  /**
   * How far ahead of our clock an event may be, in milliseconds: an hour, for clocks that are
   * wrong. An instant in a wrong time zone is further off, and would count for hours as what
   * happened now.
   */
  static final long MOST_AHEAD = 3_600_000;

  /** The start of the year 2000: nothing that is scored was earlier. */
  private static final long EARLIEST = 946_684_800_000L;

  /** From here on a number of seconds would be past the year 5000: it is milliseconds. */
  private static final BigDecimal MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal MOST = BigDecimal.valueOf(253_402_300_800_000L);

  /** Below it stands no second of this century, and so no number of many places. */
  private static final BigDecimal LEAST = BigDecimal.ONE;

  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000);
  private static final int LONGEST = 40;

  private Times() {}

  /** Returns the instant, in milliseconds. */
  static long instant(JsonNode value, long receivedAt) throws UnreadableEventException {
    long at;
    if (value.isNumber()) {
      at = ofNumber(value.decimalValue());
    } else if (value.isTextual() && value.asText().length() <= LONGEST) {
      at = ofText(value.asText().strip());
    } else {
      throw unreadable();
    }
    if (at < EARLIEST) {
      throw new UnreadableEventException("at is before the year 2000");
    }
    if (at > receivedAt + MOST_AHEAD) {
      throw new UnreadableEventException(
          "at is more than an hour ahead of our clock, expected when it happened");
    }
    return at;
  }

  private static long ofNumber(BigDecimal number) throws UnreadableEventException {
    if (number.signum() < 0 || number.compareTo(MOST) >= 0) {
      throw unreadable();
    }
    if (number.compareTo(LEAST) < 0) {
      return 0; // Before it is rounded: 1e-999999999 would take a billion digits.
    }
    BigDecimal millis = number.compareTo(MILLIS_FROM) < 0 ? number.multiply(SECOND) : number;
    return millis.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static long ofText(String text) throws UnreadableEventException {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw unreadable();
    }
  }

  private static UnreadableEventException unreadable() {
    return new UnreadableEventException(
        "at is no instant, expected 2026-11-01T10:00:00Z or seconds or milliseconds since 1970");
  }
}
