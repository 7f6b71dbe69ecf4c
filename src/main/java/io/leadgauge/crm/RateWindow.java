package io.leadgauge.crm;

import io.leadgauge.crm.RateBudget.Limit;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The calls of one lane that still count, by a monotonic clock in nanoseconds. Not thread-safe; its
 * budget holds the lock.
 */
final class RateWindow {
  /** The pause of a call that only an answer, or another call, can let through. */
  static final long UNTIL_SOMETHING_CHANGES = Long.MAX_VALUE;

  private Limit limit;
  private int underWay;

  /** When the calls that still count were answered, oldest first. */
  private final ArrayDeque<Long> answered = new ArrayDeque<>();

  private boolean closed;
  private long openFrom;
  private String reason = "";

  RateWindow(Limit limit) {
    this.limit = limit;
  }

  /** Returns for how long the lane stays closed; 0 for open. */
  long closedFor(long now) {
    if (closed && openFrom - now <= 0) {
      closed = false;
    }
    return closed ? openFrom - now : 0;
  }

  String closedBecause() {
    return reason;
  }

  Limit limit() {
    return limit;
  }

  /** Returns how many calls count. */
  int used(long now) {
    forget(now);
    return underWay + answered.size();
  }

  /**
   * Returns how long to wait before looking again; 0 if a call may be sent now.
   *
   * @param keptFree how many calls are to be left for others
   */
  long pause(long now, int keptFree) {
    long shut = closedFor(now);
    if (shut > 0) {
      return shut;
    }
    int tooMany = used(now) + keptFree + 1 - limit.calls();
    if (tooMany <= 0) {
      return 0;
    }
    if (tooMany > answered.size()) {
      return UNTIL_SOMETHING_CHANGES;
    }
    Iterator<Long> oldest = answered.iterator();
    for (int i = 1; i < tooMany; i++) {
      oldest.next();
    }
    return oldest.next() + limit.window().toNanos() - now;
  }

  private void forget(long now) {
    long window = limit.window().toNanos();
    for (Long oldest = answered.peekFirst();
        oldest != null && now - oldest >= window;
        oldest = answered.peekFirst()) {
      answered.removeFirst();
    }
  }

  void sent() {
    underWay++;
  }

  void answered(long now) {
    underWay--;
    answered.addLast(now);
  }

  void learn(Limit learned, int remaining, long now) {
    limit = learned;
    forget(now);
    int counted = learned.calls() - Math.clamp(remaining, 0, learned.calls());
    for (int ours = underWay + answered.size(); ours < counted; ours++) {
      answered.addLast(now);
    }
  }

  void close(long now, long pause, String because) {
    if (pause > closedFor(now)) {
      closed = true;
      openFrom = now + pause;
      reason = because;
    }
  }
}
