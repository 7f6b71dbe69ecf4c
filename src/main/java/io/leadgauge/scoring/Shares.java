package io.leadgauge.scoring;

import java.util.Arrays;
import java.util.List;

/**
 * When a contact's activities happened, apart for each way of fading: all rules that let points
 * fade alike share what is left of an activity, so that each is weighed once at an instant.
 * Immutable.
 */
final class Shares {
  private static final long[] NOTHING = {};

  private final List<Fading> fadings;

  /** By the place of the fading, newest first, each instant once. */
  private final long[][] times;

  private Shares(List<Fading> fadings, long[][] times) {
    this.fadings = fadings;
    this.times = times;
  }

  /**
   * Returns what is left at an instant, in millionths: by fading, then by place among its times.
   */
  long[][] at(long at) {
    long[][] shares = new long[times.length][];
    for (int fading = 0; fading < shares.length; fading++) {
      long[] own = times[fading];
      shares[fading] = own.length == 0 ? NOTHING : fadings.get(fading).shares(own, at);
    }
    return shares;
  }

  /** Returns how many instants a way of fading has. */
  int size(int fading) {
    return times[fading].length;
  }

  /** Returns how many of them are younger than a window at an instant. */
  int within(int fading, long window, long at) {
    return within(times[fading], window, at);
  }

  /**
   * Returns how many times are younger than a window at an instant.
   *
   * @param times newest first
   * @param window {@link Long#MAX_VALUE} for no bound
   */
  static int within(long[] times, long window, long at) {
    int low = 0;
    int high = times.length;
    while (low < high && window != Long.MAX_VALUE) {
      int middle = (low + high) >>> 1;
      if (CompiledRule.age(times[middle], at) < window) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return window == Long.MAX_VALUE ? high : low;
  }

  /** Collects times, newest first. */
  static final class Builder {
    private static final int FEW = 16;

    private final List<Fading> fadings;
    private final long[][] times;
    private final int[] counts;

    Builder(List<Fading> fadings) {
      this.fadings = fadings;
      times = new long[fadings.size()][];
      Arrays.fill(times, NOTHING);
      counts = new int[times.length];
    }

    /** Returns the place of a time, which is none later than those before it. */
    int place(int fading, long time) {
      int count = counts[fading];
      long[] own = times[fading];
      if (count > 0 && own[count - 1] == time) {
        return count - 1;
      }
      if (count == own.length) {
        own = Arrays.copyOf(own, Math.max(FEW, 2 * count));
        times[fading] = own;
      }
      own[count] = time;
      counts[fading] = count + 1;
      return count;
    }

    Shares build() {
      for (int fading = 0; fading < times.length; fading++) {
        times[fading] = Arrays.copyOf(times[fading], counts[fading]);
      }
      return new Shares(fadings, times);
    }
  }
}
