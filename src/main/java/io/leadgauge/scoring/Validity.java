package io.leadgauge.scoring;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Finds the first millisecond at which something visible changes by time alone.
 *
 * <p>What a rule gives is monotone in time, so two moments bound all points between them. Where the
 * bounds leave room for one visible result only, the span is done; otherwise it is split in two,
 * down to a single millisecond, which is looked at itself. Jumps (the end of a window, of a
 * silence, of a cool-down) need no care of their own. A span in which points only fall, or only
 * rise, is halved once per bit of its length, about 40 times; where falling and rising points
 * balance on a threshold more may be needed, and after {@value #MOST_MOMENTS} moments the search
 * ends with what it knows.
 */
final class Validity {
  /** How many moments are looked at, at most. */
  static final int MOST_MOMENTS = 200;

  private Validity() {}

  /**
   * What was found.
   *
   * @param validUntil the instant; {@link Long#MAX_VALUE} for never, 0 if it was not found
   * @param recheckAt the instant, or an earlier one up to which nothing visible changes
   */
  record Found(long validUntil, long recheckAt) {
    static final Found NEVER = new Found(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Searches from a moment on.
   *
   * @param seen what is seen at that moment
   */
  static Found search(Seen seen, Moment now) {
    long settledAt = seen.settledAt();
    if (settledAt <= now.at()) {
      return Found.NEVER;
    }
    Deque<Moment> ends = new ArrayDeque<>(List.of(seen.moment(settledAt)));
    int looked = 1;
    Moment steadyUntil = now;
    while (!ends.isEmpty()) {
      Moment end = ends.getFirst();
      boolean isNext = end.at() - steadyUntil.at() == 1;
      if (seen.isSteady(steadyUntil, end) || (isNext && !seen.differs(end))) {
        steadyUntil = ends.removeFirst();
      } else if (isNext) {
        return new Found(end.at(), end.at());
      } else if (looked++ == MOST_MOMENTS) {
        return new Found(0, steadyUntil.at() + 1);
      } else {
        ends.addFirst(seen.moment(middle(steadyUntil.at(), end.at())));
      }
    }
    return Found.NEVER;
  }

  private static long middle(long first, long last) {
    return first + (last - first) / 2;
  }
}
