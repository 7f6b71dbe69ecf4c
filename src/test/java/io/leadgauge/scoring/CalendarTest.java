package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.scoring.Calendar.Hours;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class CalendarTest {
  private static final long MINUTE = 60_000;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Monday to Friday 9:00 to 17:30, Saturday 10:00 to 14:00 in Berlin; Christmas is free. */
  static Calendar office() {
    Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
    for (DayOfWeek day : DayOfWeek.values()) {
      if (day.getValue() <= DayOfWeek.FRIDAY.getValue()) {
        week.put(day, List.of(hours("09:00", "17:30")));
      }
    }
    week.put(DayOfWeek.SATURDAY, List.of(hours("10:00", "14:00")));
    return new Calendar(BERLIN, week, dates("2026-12-25", "2026-12-26"));
  }

  private static Calendar berlin(DayOfWeek day, Hours... hours) {
    return new Calendar(BERLIN, Map.of(day, List.of(hours)), new TreeSet<>());
  }

  private static Hours hours(String from, String to) {
    return new Hours(minute(from), minute(to));
  }

  private static int minute(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  private static NavigableSet<LocalDate> dates(String... dates) {
    NavigableSet<LocalDate> read = new TreeSet<>();
    for (String date : dates) {
      read.add(LocalDate.parse(date));
    }
    return read;
  }

  private static String due(Calendar calendar, String start, long minutes) {
    return Instant.ofEpochMilli(calendar.dueAt(at(start), minutes * MINUTE)).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-18T09:00:00Z, 240, 2026-11-18T13:00:00Z",
    "2026-11-18T03:00:00Z, 240, 2026-11-18T12:00:00Z",
    "2026-11-18T14:30:00Z, 120, 2026-11-18T16:30:00Z",
    "2026-11-18T15:30:00Z, 120, 2026-11-19T09:00:00Z",
    "2026-11-18T20:00:00Z, 0, 2026-11-19T08:00:00Z",
    "2026-11-18T10:00:00Z, 0, 2026-11-18T10:00:00Z",
    "2026-11-20T16:00:00Z, 240, 2026-11-21T12:30:00Z",
    "2026-11-21T12:30:00Z, 60, 2026-11-23T08:30:00Z",
    "2026-12-24T16:00:00Z, 60, 2026-12-28T08:30:00Z",
    "2026-11-18T16:30:00Z, 510, 2026-11-19T16:30:00Z",
    "2026-11-16T08:00:00Z, 2790, 2026-11-21T13:00:00Z",
  })
  void due_onWorkdays_countsOpenHoursAlone(String start, long minutes, String due) {
    assertThat(due(office(), start, minutes)).isEqualTo(due);
  }

  @Test
  void due_withALunchBreak_leavesItOut() {
    Calendar calendar =
        berlin(DayOfWeek.WEDNESDAY, hours("09:00", "12:00"), hours("13:00", "17:00"));
    assertThat(due(calendar, "2026-11-18T10:30:00Z", 60)).isEqualTo("2026-11-18T12:30:00Z");
    assertThat(due(calendar, "2026-11-18T10:30:00Z", 30)).isEqualTo("2026-11-18T11:00:00Z");
  }

  /** On 29 March 2026 Berlin has no time from 2:00 to 3:00, on 25 October it has it twice. */
  @ParameterizedTest
  @CsvSource({
    "00:00, 24:00, 2026-03-28T23:00:00Z, 1380, 2026-03-29T22:00:00Z",
    "00:00, 24:00, 2026-10-24T22:00:00Z, 1500, 2026-10-25T23:00:00Z",
    "01:00, 04:00, 2026-03-28T12:00:00Z, 90, 2026-03-29T01:30:00Z",
    "02:30, 04:00, 2026-03-28T12:00:00Z, 10, 2026-03-29T01:10:00Z",
    "02:00, 03:00, 2026-03-28T12:00:00Z, 10, 2026-04-05T00:10:00Z",
    "02:00, 02:30, 2026-10-24T12:00:00Z, 90, 2026-10-25T01:30:00Z",
    "02:30, 04:00, 2026-10-24T12:00:00Z, 90, 2026-10-25T02:00:00Z",
  })
  void due_whereClocksChange_countsRealTime(
      String from, String to, String start, long minutes, String due) {
    assertThat(due(berlin(DayOfWeek.SUNDAY, hours(from, to)), start, minutes)).isEqualTo(due);
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /** Walks minute by minute and asks the wall clock. */
  @ParameterizedTest
  @MethodSource("seeds")
  void due_anywhere_isWhatTheWallClockSays(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long start = at("2026-03-20T00:00:00Z") + random.nextLong(230L * 24 * 60) * MINUTE;
    long minutes = 1 + random.nextLong(3_000);
    Calendar calendar = office();
    long now = start;
    long left = minutes;
    while (left > 0) {
      left -= isOpen(calendar, now) ? 1 : 0;
      now += MINUTE;
    }
    assertThat(calendar.dueAt(start, minutes * MINUTE)).isEqualTo(now);
  }

  private static boolean isOpen(Calendar calendar, long now) {
    ZonedDateTime shown = Instant.ofEpochMilli(now).atZone(calendar.zone());
    int minute = shown.getHour() * 60 + shown.getMinute();
    return !calendar.holidays().contains(shown.toLocalDate())
        && calendar.hours().getOrDefault(shown.getDayOfWeek(), List.of()).stream()
            .anyMatch(span -> span.from() <= minute && minute < span.to());
  }

  @Test
  void due_mostThatCanBeAsked_isFoundBehindAllHolidays() {
    NavigableSet<LocalDate> free = new TreeSet<>();
    LocalDate sunday = LocalDate.parse("2026-11-22");
    for (int i = 0; i < Calendar.MOST_HOLIDAYS; i++) {
      free.add(sunday.plusWeeks(i));
    }
    Map<DayOfWeek, List<Hours>> week = Map.of(DayOfWeek.SUNDAY, List.of(hours("02:00", "03:00")));
    Calendar calendar = new Calendar(BERLIN, week, free);
    long due = calendar.dueAt(at("2026-11-18T00:00:00Z"), calendar.mostSpan());
    assertThat(due).isBetween(at("2035-06-01T00:00:00Z"), at("2035-10-01T00:00:00Z"));
    assertThatThrownBy(() -> calendar.dueAt(0, calendar.mostSpan() + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void calendar_withoutOpenHoursOrWithOverlaps_isRefused() {
    assertThatThrownBy(() -> new Calendar(BERLIN, Map.of(), new TreeSet<>()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> berlin(DayOfWeek.MONDAY, hours("09:00", "12:00"), hours("11:00", "13:00")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> hours("12:00", "12:00")).isInstanceOf(IllegalArgumentException.class);
  }
}
