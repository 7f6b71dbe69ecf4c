package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The activities that a rule counts, newest first. Which ones these are does not depend on the
 * instant of scoring: whatever a window cuts is older than what it leaves, and the newest are
 * chosen.
 */
final class Occurrences {
  /** No activity. */
  static final Occurrences NONE = new Occurrences(new long[0], new long[0]);

  private final long[] times;
  private final long[] kept;

  private Occurrences(long[] times, long[] kept) {
    this.times = times;
    this.kept = kept;
  }

  int size() {
    return times.length;
  }

  /** Returns when an activity happened; 0 is the newest. */
  long time(int index) {
    return times[index];
  }

  /** Returns the share of an activity's points that its discounts leave, in millionths, above 0. */
  long kept(int index) {
    return kept[index];
  }

  /** Returns how many are younger than a window at an instant. */
  int within(long window, long at) {
    if (window == Long.MAX_VALUE) {
      return times.length;
    }
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (CompiledRule.age(times[middle], at) < window) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * An activity that matches a rule.
   *
   * @param kept the share of its points that its discounts leave, in millionths, above 0
   */
  record Matched(Activity activity, long kept) {
    /** Of two equally new the one that is discounted less goes first. */
    private static final Comparator<Matched> NEWEST_FIRST =
        (one, other) -> {
          int newer = Long.compare(other.activity.at(), one.activity.at());
          return newer != 0 ? newer : Long.compare(other.kept, one.kept);
        };

    long at() {
      return activity.at();
    }
  }

  /**
   * Chooses those that count.
   *
   * @param matched in any order; sorted
   */
  static Occurrences of(Rule.Choice choice, List<Matched> matched) {
    if (matched.isEmpty()) {
      return NONE;
    }
    if (matched.size() > 1) {
      matched.sort(Matched.NEWEST_FIRST);
    }
    return new Choosing(choice, matched).chosen();
  }

  /** One choice under way. */
  private static final class Choosing {
    private static final long DAY = 24L * 60 * 60 * 1000;

    private final Rule.Choice choice;
    private final List<Matched> matched;
    private final Set<Activity> sameInstant = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final long[] times;
    private final long[] kept;
    private int count;
    private int ofDay;

    Choosing(Rule.Choice choice, List<Matched> matched) {
      this.choice = choice;
      this.matched = matched;
      times = new long[matched.size()];
      kept = new long[matched.size()];
    }

    Occurrences chosen() {
      for (int i = 0; i < matched.size() && !isFull(); i++) {
        if (!isRepetition(i) && isDistinct(matched.get(i)) && hasRoom(matched.get(i).at())) {
          times[count] = matched.get(i).at();
          kept[count++] = matched.get(i).kept();
        }
      }
      return count == times.length
          ? new Occurrences(times, kept)
          : new Occurrences(Arrays.copyOf(times, count), Arrays.copyOf(kept, count));
    }

    private boolean isFull() {
      return choice.once() && count == 1;
    }

    /** The same activity may be there several times; then it is there at the same instant. */
    private boolean isRepetition(int i) {
      long at = matched.get(i).at();
      boolean first = i == 0 || matched.get(i - 1).at() != at;
      boolean last = i + 1 == matched.size() || matched.get(i + 1).at() != at;
      if (first) {
        sameInstant.clear();
      }
      return !(first && last) && !sameInstant.add(matched.get(i).activity());
    }

    private boolean isDistinct(Matched one) {
      String attribute = choice.distinct();
      return attribute == null || seen.add(folded(one.activity().attributes().get(attribute)));
    }

    private static String folded(@Nullable String value) {
      return value == null ? "" : Value.fold(value);
    }

    private boolean hasRoom(long at) {
      if (choice.atMost() == null) {
        return true;
      }
      boolean sameDay = count > 0 && day(times[count - 1]) == day(at);
      if (sameDay && ofDay == choice.atMost()) {
        return false;
      }
      ofDay = sameDay ? ofDay + 1 : 1;
      return true;
    }

    private static long day(long at) {
      return Math.floorDiv(at, DAY);
    }
  }
}
