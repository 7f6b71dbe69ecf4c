package io.leadgauge.scoring;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds the first millisecond at which something that is watched changes by time alone.
 *
 * <p>Between the turns of its rules (a date comes near, a count falls) what a rule gives is
 * monotone in time, so two moments bound all points between them. Where the bounds leave room for
 * one result only, the span is done; otherwise it is split in two, down to a single millisecond,
 * which is looked at itself. Other jumps (the end of a silence, of a cool-down) need no care of
 * their own. A span in which points only fall, or only rise, is halved once per bit of its length,
 * about 40 times; where falling and rising points balance on a threshold more may be needed, and
 * after {@value #MOST_MOMENTS} moments the search ends with what it knows.
 */
final class Validity {
  /** How many moments are looked at, at most. */
  static final int MOST_MOMENTS = 200;

  private final Steadiness watched;
  private final long last;
  private Moment steadyUntil;
  private int looked;

  private Validity(Steadiness watched, Moment now, long last) {
    this.watched = watched;
    this.steadyUntil = now;
    this.last = last;
  }

  /**
   * What was found.
   *
   * @param validUntil the instant; {@link Long#MAX_VALUE} for never, 0 if it was not found
   * @param recheckAt the instant, or an earlier one up to which nothing changes
   */
  record Found(long validUntil, long recheckAt) {
    static final Found NEVER = new Found(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  /**
   * Searches from a moment on.
   *
   * @param watched what is watched, as it is at that moment
   */
  static Found search(Steadiness watched, Moment now) {
    return search(watched, now, Long.MAX_VALUE);
  }

  /**
   * Searches from a moment to an instant.
   *
   * @param last the last instant that is looked at; what changes after it never does
   */
  static Found search(Steadiness watched, Moment now, long last) {
    return new Validity(watched, now, last).search();
  }

  private Found search() {
    for (long turn : watched.timeline().turns(steadyUntil.at())) {
      if (turn > last) {
        break;
      }
      if (!isSteadyTo(turn - 1) || !isSteadyAt(turn)) {
        return found();
      }
    }
    return isSteadyTo(Math.min(last, watched.settledAt())) ? Found.NEVER : found();
  }

  /** What was found where the steadiness ends, or where the search was given up. */
  private Found found() {
    long next = steadyUntil.at() + 1;
    return looked > MOST_MOMENTS ? new Found(0, next) : new Found(next, next);
  }

  /** Looks at the moment of a turn, all before which is steady. */
  private boolean isSteadyAt(long turn) {
    Moment moment = look(turn);
    if (looked > MOST_MOMENTS || watched.differs(moment)) {
      return false;
    }
    steadyUntil = moment;
    return true;
  }

  /** Tells whether all is steady up to an instant, with no turn before it. */
  private boolean isSteadyTo(long last) {
    if (last <= steadyUntil.at()) {
      return true;
    }
    Deque<Moment> ends = new ArrayDeque<>();
    ends.addFirst(look(last));
    while (!ends.isEmpty()) {
      Moment end = ends.getFirst();
      boolean isNext = end.at() - steadyUntil.at() == 1;
      if (watched.isSteady(steadyUntil, end) || (isNext && !watched.differs(end))) {
        steadyUntil = ends.removeFirst();
      } else if (isNext || looked > MOST_MOMENTS) {
        return false;
      } else {
        ends.addFirst(look(middle(steadyUntil.at(), end.at())));
      }
    }
    return true;
  }

  private Moment look(long at) {
    looked++;
    return Moment.of(watched.timeline(), at);
  }

  private static long middle(long first, long last) {
    return first + (last - first) / 2;
  }
}
