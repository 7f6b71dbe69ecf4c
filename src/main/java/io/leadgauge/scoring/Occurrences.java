package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the activities that a rule counts. The choice does not depend on the instant of scoring:
 * whatever a window cuts is older than what it leaves, and the newest are chosen.
 */
final class Occurrences {
  /** No activity. */
  static final long[] NONE = {};

  private static final Comparator<Activity> NEWEST_FIRST =
      Comparator.comparingLong(Activity::at).reversed();

  private static final long DAY = TimeUnit.DAYS.toMillis(1);

  private Occurrences() {}

  /**
   * Returns when the activities that count happened, newest first.
   *
   * @param matched in any order; sorted
   */
  static long[] select(CompiledRule.Repeated rule, List<Activity> matched) {
    if (matched.isEmpty()) {
      return NONE;
    }
    String distinct = rule.distinct();
    matched.sort(NEWEST_FIRST);
    long[] times = distinct == null ? each(matched) : newestOfEach(matched, distinct);
    return rule.atMost() == Integer.MAX_VALUE ? times : newestOfDays(times, rule.atMost());
  }

  /** Each activity once, even if it is there several times. */
  private static long[] each(List<Activity> matched) {
    long[] times = new long[matched.size()];
    int count = 0;
    for (int start = 0; start < matched.size(); ) {
      int end = endOfInstant(matched, start);
      int different = end - start == 1 ? 1 : new HashSet<>(matched.subList(start, end)).size();
      for (int i = 0; i < different; i++) {
        times[count++] = matched.get(start).at();
      }
      start = end;
    }
    return first(times, count);
  }

  private static int endOfInstant(List<Activity> matched, int start) {
    int end = start + 1;
    while (end < matched.size() && matched.get(end).at() == matched.get(start).at()) {
      end++;
    }
    return end;
  }

  private static long[] newestOfEach(List<Activity> matched, String attribute) {
    Set<String> seen = new HashSet<>();
    long[] times = new long[matched.size()];
    int count = 0;
    for (Activity activity : matched) {
      if (seen.add(folded(activity.attributes().get(attribute)))) {
        times[count++] = activity.at();
      }
    }
    return first(times, count);
  }

  private static String folded(@Nullable String value) {
    return value == null ? "" : Value.fold(value);
  }

  private static long[] newestOfDays(long[] times, int atMost) {
    long[] kept = new long[times.length];
    int count = 0;
    int ofDay = 0;
    for (int i = 0; i < times.length; i++) {
      boolean sameDay = i > 0 && day(times[i]) == day(times[i - 1]);
      ofDay = sameDay ? ofDay + 1 : 1;
      if (ofDay <= atMost) {
        kept[count++] = times[i];
      }
    }
    return first(kept, count);
  }

  private static long day(long at) {
    return Math.floorDiv(at, DAY);
  }

  private static long[] first(long[] times, int count) {
    return count == times.length ? times : Arrays.copyOf(times, count);
  }
}
