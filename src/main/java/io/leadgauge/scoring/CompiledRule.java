package io.leadgauge.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Rule} whose names are slots and whose missing bounds are the widest ones.
 *
 * <p>Whatever a rule gives is monotone in time: points of properties stay, those of activities only
 * fall off towards zero, those of silence only set in. {@link Validity} rests on that.
 */
sealed interface CompiledRule {
  /** Returns the rule's id. */
  String id();

  /** Returns the place of its dimension. */
  int dimension();

  /** Points while a condition holds. */
  record Once(String id, int dimension, Predicate when, long points) implements CompiledRule {}

  /** Points by the range of a number. */
  record Banded(String id, int dimension, int slot, List<Rule.Band> bands, long missing)
      implements CompiledRule {
    long points(Vocabulary.Values values) {
      Value value = values.at(slot);
      if (value == null) {
        return missing;
      }
      Long number = value.number();
      return number == null ? 0 : points(number);
    }

    private long points(long number) {
      for (Rule.Band band : bands) {
        if (Predicate.least(band.from()) <= number && number <= Predicate.most(band.to())) {
          return band.points();
        }
      }
      return 0;
    }
  }

  /**
   * Points for each activity.
   *
   * @param where null for any
   * @param within {@link Long#MAX_VALUE} for no bound
   * @param halfLife 0 for no decay
   * @param limit the bound on the side of the sign of {@code points}
   * @param distinct null for all
   * @param atMost a day; {@link Integer#MAX_VALUE} for all
   * @param wording what the reason says
   */
  record Repeated(
      String id,
      int dimension,
      @Nullable Predicate where,
      long points,
      long within,
      long halfLife,
      long limit,
      @Nullable String distinct,
      int atMost,
      ActivityWording wording)
      implements CompiledRule {
    /**
     * Returns what the activities give at an instant.
     *
     * @param times when they happened, newest first
     */
    long points(long[] times, long at) {
      long sum = 0;
      for (long time : times) {
        long age = age(time, at);
        long given = age >= within ? 0 : faded(age);
        if (given == 0 || isAtLimit(sum)) {
          break;
        }
        sum += given;
      }
      return limited(sum);
    }

    /** Returns how many of the activities count at an instant. */
    int count(long[] times, long at) {
      if (within == Long.MAX_VALUE) {
        return times.length;
      }
      int low = 0;
      int high = times.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (age(times[middle], at) < within) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    /** Returns what so many activities would give if they did not fade. */
    long undecayed(int count) {
      return limited(count * points);
    }

    boolean fades() {
      return halfLife > 0;
    }

    /** Returns the first instant from which on time moves nothing any more. */
    long settledAt(long[] times) {
      if (times.length == 0 || (within == Long.MAX_VALUE && !fades())) {
        return Long.MIN_VALUE;
      }
      long longest = fades() ? HalfLifeWeight.GONE * halfLife : Long.MAX_VALUE;
      return later(times[0], Math.min(within, longest));
    }

    private long faded(long age) {
      return fades() ? FixedPoint.times(points, HalfLifeWeight.of(age, halfLife)) : points;
    }

    private boolean isAtLimit(long sum) {
      return points < 0 ? sum <= limit : sum >= limit;
    }

    private long limited(long sum) {
      return points < 0 ? Math.max(sum, limit) : Math.min(sum, limit);
    }
  }

  /** Points for silence. */
  record Silent(String id, int dimension, long span, long points, String reason)
      implements CompiledRule {
    long points(long since, long at) {
      return isSilent(since, at) ? points : 0;
    }

    private boolean isSilent(long since, long at) {
      return age(since, at) >= span;
    }
  }

  /** Returns how long ago something was; what is yet to come has age zero. */
  static long age(long time, long at) {
    if (time >= at) {
      return 0;
    }
    long age = at - time;
    return age < 0 ? Long.MAX_VALUE : age;
  }

  /** Returns an instant later by a span; the latest there is where that is too late. */
  static long later(long at, long span) {
    long sum = at + span;
    return at > 0 && span > 0 && sum < 0 ? Long.MAX_VALUE : sum;
  }
}
