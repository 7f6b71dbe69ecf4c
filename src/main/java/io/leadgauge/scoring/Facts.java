package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule reads of a contact: the properties, the activities that it counts, the start of the
 * silence. Immutable.
 *
 * <p>Which activities count does not depend on the instant of scoring: whatever a window cuts is
 * older than what it leaves, and the newest are chosen. They stand newest first.
 */
final class Facts {
  private static final long[] NO_TIMES = {};
  private static final int[] NO_PLACES = {};

  private final Vocabulary.Values values;
  private final long lastActiveAt;
  private final long[] times;
  private final int[] places;
  private final long @Nullable [] kept;

  private Facts(
      Vocabulary.Values values,
      long lastActiveAt,
      long[] times,
      int[] places,
      long @Nullable [] kept) {
    this.values = values;
    this.lastActiveAt = lastActiveAt;
    this.times = times;
    this.places = places;
    this.kept = kept;
  }

  /** Returns the facts of a rule that counts no activity. */
  static Facts withoutActivities(Vocabulary.Values values, long lastActiveAt) {
    return new Facts(values, lastActiveAt, NO_TIMES, NO_PLACES, null);
  }

  Vocabulary.Values values() {
    return values;
  }

  long lastActiveAt() {
    return lastActiveAt;
  }

  /** Returns how many activities count. */
  int size() {
    return places.length;
  }

  /** Tells whether a discount takes something of an activity. */
  boolean areDiscounted() {
    return kept != null;
  }

  /** Adds points for each activity, by its place in {@link Shares}. */
  void addTo(long[] net, long points) {
    for (int place : places) {
      net[place] += points;
    }
  }

  /** Returns when an activity happened; 0 is the newest. */
  long time(int index) {
    return times[index];
  }

  /** Returns how many are younger than a window at an instant. */
  int within(long window, long at) {
    return window == Long.MAX_VALUE ? places.length : Shares.within(times, window, at);
  }

  /**
   * Returns what the newest give together.
   *
   * @param count how many
   * @param points for each, before discounts and fading
   * @param whole the same in whole points; 0 if they are not whole
   * @param shares what is left of each, by its place in {@link Shares}
   */
  long sum(int count, long points, long whole, long[] shares) {
    return kept == null
        ? undiscounted(count, points, whole, shares)
        : discounted(kept, count, points, shares);
  }

  /**
   * Whole points of a share in millionths are millionths: nothing is rounded for any activity, so
   * one product with the sum of the shares gives the same.
   */
  private long undiscounted(int count, long points, long whole, long[] shares) {
    long sum = 0;
    if (whole != 0) {
      for (int i = 0; i < count; i++) {
        sum += shares[places[i]];
      }
      return whole * sum;
    }
    for (int i = 0; i < count; i++) {
      sum += FixedPoint.times(points, shares[places[i]]);
    }
    return sum;
  }

  private long discounted(long[] discounts, int count, long points, long[] shares) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += FixedPoint.times(FixedPoint.times(points, discounts[i]), shares[places[i]]);
    }
    return sum;
  }

  /** Chooses those that count, offered newest first, of two equally new the less discounted one. */
  static final class Builder {
    private static final long DAY = 24L * 60 * 60 * 1000;
    private static final int FEW = 8;

    private final Rule.Choice choice;
    private long[] times = new long[FEW];
    private int[] places = new int[FEW];
    private long @Nullable [] kept;
    private @Nullable Set<String> seen;
    private int count;
    private int ofDay;

    Builder(Rule.Choice choice) {
      this.choice = choice;
    }

    /** Tells whether an activity counts that is none newer than those before it. */
    boolean takes(Activity activity) {
      return !isFull() && isDistinct(activity) && hasRoom(activity.at());
    }

    private boolean isFull() {
      return choice.once() && count == 1;
    }

    private boolean isDistinct(Activity activity) {
      String attribute = choice.distinct();
      if (attribute == null) {
        return true;
      }
      seen = seen == null ? new HashSet<>() : seen;
      String value = activity.attributes().get(attribute);
      return seen.add(value == null ? "" : Value.fold(value));
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

    /**
     * Adds an activity that counts.
     *
     * @param place its place in {@link Shares}
     * @param share the share of its points that its discounts leave, in millionths, above 0
     */
    void add(long time, int place, long share) {
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
        places = Arrays.copyOf(places, 2 * count);
        kept = kept == null ? null : Arrays.copyOf(kept, 2 * count);
      }
      times[count] = time;
      places[count] = place;
      if (share != FixedPoint.ONE && kept == null) {
        kept = new long[times.length];
        Arrays.fill(kept, FixedPoint.ONE);
      }
      if (kept != null) {
        kept[count] = share;
      }
      count++;
    }

    Facts build(Vocabulary.Values values, long lastActiveAt) {
      return new Facts(
          values, lastActiveAt, Arrays.copyOf(times, count), Arrays.copyOf(places, count), kept);
    }
  }
}
