package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.Seeds;
import io.leadgauge.pipeline.Usual.Unusual;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is usual of hours: what is missed, when, and what is not. */
class UsualTest {
  /** A Monday at midnight, UTC. */
  private static final long MONDAY = 496_968 / 168 * 168 + 96;

  private static final long WEEK = Usual.WEEK;

  private final NavigableMap<Long, Long> counts = new TreeMap<>();
  private final NavigableMap<Long, Long> beats = new TreeMap<>();
  private final Usual usual = new Usual(counts, beats);

  /** It came at this pace from one hour to before another, and we ran. */
  private void came(long from, long to, LongUnaryOperator perHour) {
    for (long hour = from; hour < to; hour++) {
      beats.put(hour, 12L);
      long count = perHour.applyAsLong(hour);
      if (count > 0) {
        counts.put(hour, count);
      }
    }
  }

  private static long officeHours(long hour, long count) {
    long inWeek = Math.floorMod(hour - MONDAY, WEEK);
    long ofDay = inWeek % 24;
    return inWeek < 5 * 24 && ofDay >= 8 && ofDay < 17 ? count : 0;
  }

  @Test
  void monday_beginsOne() {
    ZonedDateTime begins = Instant.ofEpochSecond(MONDAY * 3600).atZone(ZoneOffset.UTC);
    assertThat(begins.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(begins.getHour()).isZero();
  }

  @Test
  void silence_ofWhatComesOften_isMissedAfterTheFirstHour_andTakenBackWithTheFirstOne() {
    long broke = MONDAY + 5 * WEEK + 10;
    came(MONDAY, broke, hour -> officeHours(hour, 40));
    came(broke, broke + 3, hour -> 0);
    assertThat(usual.silence(broke)).isEmpty();
    // The hours beside it, which clocks may have moved, are in office hours as well.
    Optional<Unusual> silence = usual.silence(broke + 1);
    assertThat(silence).contains(new Unusual(broke, 0, 40, 40, 4));
    assertThat(usual.silence(broke + 3).orElseThrow().least()).isEqualTo(120);
    counts.put(broke + 3, 1L);
    assertThat(usual.silence(broke + 3)).isEmpty();
  }

  @Test
  void silence_ofWhatComesSeldom_isMissedOnceTwelveWereToBeExpected() {
    long broke = MONDAY + 5 * WEEK;
    // Three a day, at noon.
    LongUnaryOperator noon = hour -> Math.floorMod(hour, 24L) == 12 ? 3 : 0;
    came(MONDAY, broke, noon);
    came(broke, broke + WEEK, hour -> 0);
    long first = broke;
    while (usual.silence(first).isEmpty()) {
      first++;
    }
    assertThat(first - broke).isBetween(4 * 24L, 5 * 24L);
  }

  @Test
  void silence_ofANightOrAWeekend_isUsual() {
    came(MONDAY, MONDAY + 12 * WEEK, hour -> officeHours(hour, 40));
    for (long now = MONDAY; now < MONDAY + 12 * WEEK; now++) {
      NavigableMap<Long, Long> untilNow = counts.headMap(now, false);
      assertThat(new Usual(untilNow, beats.headMap(now, false)).silence(now))
          .as("hour %s", now - MONDAY)
          .isEmpty();
    }
  }

  @Test
  void silence_thatLastsForWeeks_isStillOne() {
    long broke = MONDAY + 6 * WEEK + 10;
    came(MONDAY, broke, hour -> officeHours(hour, 40));
    came(broke, broke + 5 * WEEK, hour -> 0);
    for (long now = broke + 1; now < broke + 5 * WEEK; now++) {
      assertThat(usual.silence(now)).as("after %s hours", now - broke).isPresent();
    }
  }

  /** The fewer weeks are known, the more must be missing. */
  @Test
  void twoWeeks_areNeededBeforeAnythingIsSaid_andUntilFourAreKnownMoreMustBeMissing() {
    long start = MONDAY + 10;
    Map<Long, List<Integer>> saidOf = new TreeMap<>();
    for (long perHour : new long[] {11, 12, 13, 14, 15, 40}) {
      saidOf.put(perHour, new ArrayList<>());
      for (int weeks = 1; weeks < 6; weeks++) {
        counts.clear();
        beats.clear();
        long broke = start + weeks * WEEK;
        came(start - 2, broke, hour -> perHour);
        came(broke, broke + 2, hour -> 0);
        int known = Math.min(weeks, Usual.WEEKS);
        if (usual.silence(broke + 1).filter(one -> one.weeks() == known).isPresent()) {
          Found.in(saidOf, perHour).add(weeks);
        }
      }
    }
    assertThat(saidOf)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                11L, List.of(),
                12L, List.of(4, 5),
                13L, List.of(3, 4, 5),
                14L, List.of(3, 4, 5),
                15L, List.of(2, 3, 4, 5),
                40L, List.of(2, 3, 4, 5)));
  }

  /**
   * The bound itself, for every mean: of a silence by the weeks that are known, once in 200 years
   * of looking every hour, and of a day in 30.
   */
  @ParameterizedTest
  @CsvSource({"2, 15, 27", "3, 13, 22", "4, 12, 20"})
  void chance_byTheWeeksThatAreKnown_isBelowTheBound(int weeks, int least, int leastADay) {
    for (double mean = 0.05; mean < 60; mean += 0.05) {
      double silent = Math.exp(-mean) * Math.pow(atLeast(least, mean), weeks);
      assertThat(silent).as("silence, mean %s", mean).isLessThan(1.0 / (200 * 8_766));
    }
    for (double mean = 1; mean < 120; mean += 0.5) {
      double far = 0;
      double chance = Math.exp(-mean);
      for (int came = 0; came < 400; chance *= mean / ++came) {
        far += chance * Math.pow(atLeast(Math.max(leastADay, 4 * came + 1), mean), weeks);
        if (came >= leastADay) {
          double allBelow = 1 - atLeast((came - leastADay) / 2 + 1, mean);
          far += chance * Math.pow(Math.max(0, allBelow), weeks);
        }
      }
      assertThat(far).as("day, mean %s", mean).isLessThan(4.0e-6);
    }
  }

  /** The chance that so many come, or more. */
  private static double atLeast(int count, double mean) {
    double fewer = 0;
    double chance = Math.exp(-mean);
    for (int came = 0; came < count; chance *= mean / ++came) {
      fewer += chance;
    }
    return Math.max(0, 1 - fewer);
  }

  @Test
  void day_afterTwoWeeks_isComparedWithThem() {
    long today = MONDAY + 2 * WEEK + 48;
    came(MONDAY, today - 24, hour -> officeHours(hour, 10));
    came(today - 24, today, hour -> 0);
    assertThat(usual.day(today)).map(Unusual::weeks).contains(2);
    counts.headMap(today - 24 - WEEK).clear();
    beats.headMap(today - 24 - WEEK).clear();
    assertThat(usual.day(today)).as("one week").isEmpty();
  }

  /** An hour in which we did not run is neither learned from nor warned of. */
  @Test
  void downtime_isNoSilence_andAWeekThatHasOneIsPassedOver() {
    long broke = MONDAY + 6 * WEEK + 10;
    came(MONDAY, broke, hour -> officeHours(hour, 40));
    // We were down, on this day, for five hours.
    assertThat(usual.silence(broke + 5)).isEmpty();
    // And in the same hours of last week.
    for (long hour = broke - WEEK; hour < broke - WEEK + 5; hour++) {
      counts.remove(hour);
      beats.remove(hour);
    }
    assertThat(usual.silence(broke + 5)).isEmpty();
    came(broke, broke + 5, hour -> 0);
    assertThat(usual.silence(broke + 5).orElseThrow().least())
        .as("last week says nothing, the four before do")
        .isEqualTo(200);
  }

  @Test
  void clocksPutBackOrForward_areNoSilence() {
    for (int moved : new int[] {-1, 1}) {
      counts.clear();
      beats.clear();
      long change = MONDAY + 6 * WEEK;
      came(MONDAY, change, hour -> officeHours(hour, 40));
      came(change, change + WEEK, hour -> officeHours(hour + moved, 40));
      for (long now = change; now < change + WEEK; now++) {
        NavigableMap<Long, Long> untilNow = counts.headMap(now, false);
        assertThat(new Usual(untilNow, beats).silence(now)).as("hour %s", now - change).isEmpty();
      }
    }
  }

  @Test
  void day_farBelowOrAboveTheUsual_isNoticed_andOneLikeItIsNot() {
    long today = MONDAY + 6 * WEEK + 24;
    came(MONDAY, today - 24, hour -> officeHours(hour, 10));
    Map<Long, Boolean> unusual = new TreeMap<>();
    for (long perHour : new long[] {0, 2, 3, 10, 20, 23, 50}) {
      came(today - 24, today, hour -> 0);
      counts.tailMap(today - 24).clear();
      came(today - 24, today, hour -> officeHours(hour, perHour));
      unusual.put(perHour, usual.day(today).isPresent());
    }
    assertThat(unusual)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(0L, true, 2L, true, 3L, false, 10L, false, 20L, false, 23L, true, 50L, true));
    beats.remove(today - 5);
    assertThat(usual.day(today)).as("we were down").isEmpty();
  }

  /**
   * Half a year of chance alone, with nights and weekends, of things that come once a day to forty
   * times an hour: nothing is warned of. By the bound less than a tenth of a false alarm is to be
   * expected of all of these together.
   */
  @Test
  void chanceAlone_raisesNoAlarm() {
    Seeds.forEach(System.getProperty("long") == null ? 1 : 40, this::chanceAloneRaisesNoAlarm);
  }

  private void chanceAloneRaisesNoAlarm(SplittableRandom random) {
    for (double perHour : new double[] {0.1, 0.5, 2, 8, 40}) {
      counts.clear();
      beats.clear();
      LongToDoubleFunction pace = hour -> perHour * (0.1 + officeHours(hour, 1));
      long end = MONDAY + 26 * WEEK;
      for (long hour = MONDAY; hour < end; hour++) {
        assertThat(usual.silence(hour)).as("%s an hour, hour %s", perHour, hour).isEmpty();
        assertThat(usual.day(hour)).as("%s an hour, hour %s", perHour, hour).isEmpty();
        beats.put(hour, 12L);
        long count = poisson(random, pace.applyAsDouble(hour));
        if (count > 0) {
          counts.put(hour, count);
        }
        counts.headMap(hour - Usual.KEPT).clear();
        beats.headMap(hour - Usual.KEPT).clear();
      }
    }
  }

  private static long poisson(SplittableRandom random, double mean) {
    if (mean > 30) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    long count = -1;
    for (double product = 1; product > limit || count < 0; count++) {
      product *= random.nextDouble();
      if (product <= limit) {
        return count + 1;
      }
    }
    return count;
  }
}
