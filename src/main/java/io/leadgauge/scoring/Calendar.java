package io.leadgauge.scoring;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The hours in which people work: tells when a span of working time has passed.
 *
 * <p>Hours are those of the wall clock in the calendar's zone; what passes in them is real time, so
 * a day on which clocks go forward is shorter. An hour that clocks leave out is no working time,
 * one that they repeat counts twice. Results depend on the time-zone data of the Java platform,
 * which is why no points depend on a calendar.
 *
 * <p>Immutable and thread-safe.
 *
 * @param zone where the hours are told
 * @param hours the open hours of each day of the week, ascending and apart; a day without any is
 *     absent; copied
 * @param holidays the days without open hours, at most 400; copied
 */
public record Calendar(
    ZoneId zone, Map<DayOfWeek, List<Hours>> hours, NavigableSet<LocalDate> holidays) {
  /** So many holidays there are at most: they keep the search for an open day short. */
  public static final int MOST_HOLIDAYS = 400;

  private static final int WEEKS = 52;

  /** How many days are looked at: each holiday may cost the one open day of a week. */
  private static final int MOST_DAYS = 7 * (WEEKS + MOST_HOLIDAYS + 20);

  private static final long MINUTE = 60_000;

  /**
   * @throws IllegalArgumentException if there are no open hours, spans are out of order, or there
   *     are too many holidays
   */
  public Calendar {
    Map<DayOfWeek, List<Hours>> copied = new EnumMap<>(DayOfWeek.class);
    hours.forEach((day, spans) -> copied.put(day, List.copyOf(spans)));
    hours = Collections.unmodifiableMap(copied);
    holidays = Collections.unmodifiableNavigableSet(new TreeSet<>(holidays));
    if (hours.isEmpty() || holidays.size() > MOST_HOLIDAYS) {
      throw new IllegalArgumentException("a calendar needs open hours, and few holidays");
    }
    hours.values().forEach(Calendar::requireOrder);
  }

  private static void requireOrder(List<Hours> spans) {
    int last = 0;
    for (Hours span : spans) {
      if (span.from() < last) {
        throw new IllegalArgumentException("open hours overlap or are out of order");
      }
      last = span.to();
    }
    if (spans.isEmpty()) {
      throw new IllegalArgumentException("a day without open hours must be left out");
    }
  }

  /**
   * A span of open hours on one day, in minutes from midnight by the wall clock.
   *
   * @param from when it begins, inclusive
   * @param to when it ends, exclusive; 1440 for the midnight that ends the day
   */
  public record Hours(int from, int to) {
    /** The minutes of a day. */
    public static final int DAY = 24 * 60;

    /**
     * @throws IllegalArgumentException if it does not lie in a day
     */
    public Hours {
      if (from < 0 || from >= to || to > DAY) {
        throw new IllegalArgumentException("no hours of a day: " + from + " to " + to);
      }
    }
  }

  /**
   * Returns the most working time that may be asked for, in milliseconds: that of 52 weeks without
   * a holiday.
   */
  public long mostSpan() {
    return WEEKS
        * MINUTE
        * hours.values().stream()
            .flatMap(List::stream)
            .mapToLong(span -> span.to() - span.from())
            .sum();
  }

  /**
   * Returns when a span of working time has passed: within open hours, or at their end.
   *
   * @param start the instant from which on it passes
   * @param span in milliseconds, from 0 to {@link #mostSpan()}; 0 gives the next open instant
   * @throws IllegalArgumentException if the span is out of bounds
   */
  public long dueAt(long start, long span) {
    if (span < 0 || span > mostSpan()) {
      throw new IllegalArgumentException("more working time than there is: " + span);
    }
    long left = span;
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(start), zone);
    for (int i = 0; i < MOST_DAYS; i++, day = day.plusDays(1)) {
      for (Hours open : open(day)) {
        long from = Math.max(start, instant(day, open.from(), false));
        long to = instant(day, open.to(), true);
        if (from < to && left <= to - from) {
          return from + left;
        }
        left -= Math.max(0, to - from);
      }
    }
    throw new IllegalStateException("no open hours in " + MOST_DAYS + " days from " + start);
  }

  /** Tells whether there are open hours on a day. */
  public boolean isOpen(LocalDate day) {
    return !open(day).isEmpty();
  }

  private List<Hours> open(LocalDate day) {
    return holidays.contains(day) ? List.of() : hours.getOrDefault(day.getDayOfWeek(), List.of());
  }

  /** Returns when a wall clock shows a time: where it shows it twice, the first or the last. */
  private long instant(LocalDate day, int minute, boolean last) {
    LocalDateTime shown = day.atStartOfDay().plusMinutes(minute);
    ZoneOffsetTransition change = zone.getRules().getTransition(shown);
    if (change != null && change.isGap()) {
      return change.getInstant().toEpochMilli();
    }
    ZoneOffset offset = zone.getRules().getOffset(shown);
    if (change != null) {
      offset = last ? change.getOffsetAfter() : change.getOffsetBefore();
    }
    return shown.toInstant(offset).toEpochMilli();
  }
}
