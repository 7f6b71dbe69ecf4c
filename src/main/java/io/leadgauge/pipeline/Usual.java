package io.leadgauge.pipeline;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * What came hour by hour, and whether it is less, or more, than in the same hours of the weeks
 * before. A pure function of the counts.
 *
 * <p>It is silent for as long as nothing came; the silence is out of the ordinary once in the same
 * hours of each of the last {@value #WEEKS} weeks at least 12 had come. So neither a night nor a
 * weekend is, what comes often is missed within an hour, and what comes seldom after days. Where
 * things come independently of each other (Poisson) at the same pace as before, with a mean of m in
 * these hours, the chance is at most P(N(m) &ge; 12)^{@value #WEEKS} &middot; e^-m &lt; 6e-7 for
 * every m, so that looking every hour raises less than one false alarm in 200 years for each thing
 * that is watched.
 *
 * <p>Until as many weeks are known, two are enough, and three: more must be missing then, for the
 * same bound to hold. 15 in each of two weeks, P(N(m) &ge; 15)^2 &middot; e^-m &lt; 4e-7; 13 in
 * each of three.
 *
 * <p>An hour in which we did not run is no evidence: a week that lacks one of the hours is passed
 * over, and of the silence only hours count in which we ran. Hours are those of UTC. Where people
 * put their clocks forward or back, what they do moves by an hour; so a week counts as what had
 * come at least if they have moved them since, an hour either way.
 */
final class Usual {
  static final int WEEK = 7 * 24;
  static final int DAY = 24;

  /** So many weeks are compared with, where they are known. */
  static final int WEEKS = 4;

  /** Nothing is said before so many are. */
  static final int LEAST_WEEKS = 2;

  /** So far back they are looked for: some may lack an hour. */
  static final int MOST_WEEKS = 11;

  /** So many hours are kept, that of a silence included. */
  static final int KEPT = (MOST_WEEKS + 1) * WEEK;

  /** So much has come in each of the weeks before silence is noticed, by how many they are. */
  private static final Map<Integer, Long> LEAST = Map.of(2, 15L, 3, 13L, WEEKS, 12L);

  /** So much a day makes a day that can be far below the usual, by how many weeks are known. */
  private static final Map<Integer, Long> LEAST_A_DAY = Map.of(2, 27L, 3, 22L, WEEKS, 20L);

  /** How often we look in an hour, at least, for it to be one in which we ran. */
  static final long BEATS = 10;

  private static final int FACTOR_UP = 2;
  private static final int FACTOR_DOWN = 4;

  private final NavigableMap<Long, Long> counts;
  private final NavigableMap<Long, Long> beats;

  /**
   * Looks at counts.
   *
   * @param counts how much came, by hour; an hour that is not there had none
   * @param beats how often we looked, by hour
   */
  Usual(NavigableMap<Long, Long> counts, NavigableMap<Long, Long> beats) {
    this.counts = counts;
    this.beats = beats;
  }

  /**
   * Less or more than usual.
   *
   * @param since the first hour that is meant
   * @param came how much came
   * @param least the least that came in the weeks before
   * @param most the most
   * @param weeks how many weeks that were
   */
  record Unusual(long since, long came, long least, long most, int weeks) {}

  /**
   * Returns since when nothing has come, if that is out of the ordinary.
   *
   * @param now the hour that is not over yet
   */
  Optional<Unusual> silence(long now) {
    Long last = counts.floorKey(now);
    if (last == null || last >= now - 1) {
      return Optional.empty();
    }
    long since = last + 1;
    List<Long> hours = new ArrayList<>();
    for (long hour = since; hour < Math.min(now, since + WEEK); hour++) {
      if (ran(hour)) {
        hours.add(hour);
      }
    }
    List<Week> weeks = weeksBefore(hours);
    boolean unusual = weeks.size() >= LEAST_WEEKS && least(weeks) >= by(LEAST, weeks);
    return unusual ? Optional.of(unusual(since, 0, weeks)) : Optional.empty();
  }

  /**
   * Returns what came in the last 24 hours, if it is far below or far above what came in the same
   * hours of the weeks before: less than a quarter of the least, or 20 and more above twice the
   * most (27 where two weeks are known, 22 where three are). By the same reckoning the chance is
   * below 4e-6, once in 30 years. Empty if we did not run all the time.
   *
   * @param now the hour that is not over yet
   */
  Optional<Unusual> day(long now) {
    List<Long> hours = new ArrayList<>();
    for (long hour = now - DAY; hour < now; hour++) {
      if (!ran(hour)) {
        return Optional.empty();
      }
      hours.add(hour);
    }
    List<Week> weeks = weeksBefore(hours);
    if (weeks.size() < LEAST_WEEKS) {
      return Optional.empty();
    }
    long came = sum(hours, 0);
    long least = least(weeks);
    long enough = by(LEAST_A_DAY, weeks);
    boolean low = least >= enough && came * FACTOR_DOWN < least;
    boolean high = came >= FACTOR_UP * most(weeks) + enough;
    return low || high ? Optional.of(unusual(now - DAY, came, weeks)) : Optional.empty();
  }

  /**
   * Returns the most that there was in an hour of the weeks before, in the same hours of the week
   * and those beside them; empty if too few weeks are known.
   */
  Optional<Long> most(long now) {
    List<Long> hours = List.of(now - 1, now, now + 1);
    List<Long> weeks = new ArrayList<>();
    for (int back = 1; back <= MOST_WEEKS && weeks.size() < WEEKS; back++) {
      long shift = (long) back * WEEK;
      if (hours.stream().allMatch(hour -> ran(hour - shift))) {
        weeks.add(
            hours.stream()
                .mapToLong(hour -> counts.getOrDefault(hour - shift, 0L))
                .max()
                .orElse(0));
      }
    }
    return weeks.size() < LEAST_WEEKS ? Optional.empty() : Optional.of(Collections.max(weeks));
  }

  private static Unusual unusual(long since, long came, List<Week> weeks) {
    return new Unusual(since, came, least(weeks), most(weeks), weeks.size());
  }

  private static long by(Map<Integer, Long> known, List<Week> weeks) {
    return requireNonNull(known.get(weeks.size()), "one for each number of weeks");
  }

  private boolean ran(long hour) {
    return beats.getOrDefault(hour, 0L) >= BEATS;
  }

  /**
   * What came in the same hours of a week before.
   *
   * @param least the same, if people have moved their clocks since
   */
  private record Week(long came, long least) {}

  /** Returns what came in these hours of the last weeks of which we know all. */
  private List<Week> weeksBefore(List<Long> hours) {
    List<Week> weeks = new ArrayList<>();
    for (int back = 1; back <= MOST_WEEKS && weeks.size() < WEEKS; back++) {
      long shift = (long) back * WEEK;
      if (hours.stream().allMatch(hour -> ran(hour - shift))) {
        weeks.add(week(hours, shift));
      }
    }
    return weeks;
  }

  /** Clocks may have been moved an hour either way before any of these hours, or before none. */
  private Week week(List<Long> hours, long shift) {
    long came = sum(hours, shift);
    long least = came;
    for (int moved = -1; moved <= 1; moved += 2) {
      long counted = came;
      for (int i = hours.size() - 1; i >= 0; i--) {
        long then = hours.get(i) - shift;
        counted += counts.getOrDefault(then + moved, 0L) - counts.getOrDefault(then, 0L);
        least = Math.min(least, counted);
      }
    }
    return new Week(came, least);
  }

  private long sum(List<Long> hours, long shift) {
    return hours.stream().mapToLong(hour -> counts.getOrDefault(hour - shift, 0L)).sum();
  }

  private static long least(List<Week> weeks) {
    return weeks.stream().mapToLong(Week::least).min().orElse(0);
  }

  private static long most(List<Week> weeks) {
    return weeks.stream().mapToLong(Week::came).max().orElse(0);
  }
}
