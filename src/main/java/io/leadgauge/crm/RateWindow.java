package io.leadgauge.crm;

import io.leadgauge.crm.RateBudget.Limit;
import java.util.ArrayDeque;

/**
 * The calls of one lane that still count, by a monotonic clock in nanoseconds. Not thread-safe; its
 * budget holds the lock.
 */
final class RateWindow {
  /** The pause when every counted call is still under way: until one is answered. */
  static final long UNTIL_AN_ANSWER = Long.MAX_VALUE;

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

  /** Returns how long to wait before looking again; 0 if a call may be sent now. */
  long pause(long now) {
    long shut = closedFor(now);
    if (shut > 0) {
      return shut;
    }
    forget(now);
    if (underWay + answered.size() < limit.calls()) {
      return 0;
    }
    Long oldest = answered.peekFirst();
    return oldest == null ? UNTIL_AN_ANSWER : oldest + limit.window().toNanos() - now;
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
