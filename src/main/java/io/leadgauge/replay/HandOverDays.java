package io.leadgauge.replay;

import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.ModelDefinition;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many contacts are handed over to sales on each day. Not thread-safe.
 *
 * <p>Days are those of the calendar by which sales work; without one, days in UTC, of which Monday
 * to Friday are worked on.
 */
public final class HandOverDays {
  private final Days days;
  private final SortedMap<LocalDate, Long> counts = new TreeMap<>();
  private long total;

  /**
   * The days between two instants.
   *
   * @param calendar by which sales work; null for none
   * @param first the day of the first instant
   * @param last the day of the last millisecond
   */
  public record Days(@Nullable Calendar calendar, LocalDate first, LocalDate last) {
    static Days of(ModelDefinition model, long since, long until) {
      Calendar calendar = calendar(model);
      return new Days(calendar, day(calendar, since), day(calendar, until - 1));
    }

    private static @Nullable Calendar calendar(ModelDefinition model) {
      for (ModelDefinition.Stage stage : model.stages()) {
        if (stage.handOff() != null && stage.handOff().calendar() != null) {
          return stage.handOff().calendar();
        }
      }
      return null;
    }

    private static LocalDate day(@Nullable Calendar calendar, long at) {
      ZoneId zone = calendar == null ? ZoneOffset.UTC : calendar.zone();
      return LocalDate.ofInstant(Instant.ofEpochMilli(at), zone);
    }

    /** Returns the day of an instant. */
    LocalDate of(long at) {
      return day(calendar, at);
    }

    /** Returns the zone that the days are told in. */
    public ZoneId zone() {
      return calendar == null ? ZoneOffset.UTC : calendar.zone();
    }

    /** Returns how many of them people work on. */
    public long working() {
      return first.datesUntil(last.plusDays(1)).filter(this::isWorking).count();
    }

    private boolean isWorking(LocalDate day) {
      return calendar == null
          ? day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0
          : calendar.isOpen(day);
    }
  }

  HandOverDays(Days days) {
    this.days = days;
  }

  void add(Course course) {
    for (Course.HandOver handOver : course.handOvers()) {
      counts.merge(days.of(handOver.at()), 1L, Long::sum);
      total++;
    }
  }

  /** Returns which days these are. */
  public Days days() {
    return days;
  }

  /** Returns how many there were on each day on which there was one; unmodifiable. */
  public SortedMap<LocalDate, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  /** Returns how many there were. */
  public long total() {
    return total;
  }

  /** Returns on how many days there were more than so many. */
  public long daysAbove(long capacity) {
    return counts.values().stream().filter(count -> count > capacity).count();
  }

  /** Returns the day with the most, the first of several; null if there were none. */
  public @Nullable LocalDate worst() {
    LocalDate worst = null;
    for (LocalDate day : counts.keySet()) {
      worst = worst == null || on(day) > on(worst) ? day : worst;
    }
    return worst;
  }

  /** Returns how many there were on a day. */
  public long on(LocalDate day) {
    return counts.getOrDefault(day, 0L);
  }

  /** Returns how many there were for each working day, in hundredths; 0 without a working day. */
  public long perWorkingDay() {
    long working = days.working();
    return working == 0 ? 0 : (200 * total + working) / (2 * working);
  }
}
