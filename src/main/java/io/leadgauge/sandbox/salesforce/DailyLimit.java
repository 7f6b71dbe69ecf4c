package io.leadgauge.sandbox.salesforce;

import java.util.ArrayDeque;

/** Counts the calls of the whole org within any 24 hours. Belongs to one event loop. */
final class DailyLimit {
  private static final long DAY = 24 * 3_600_000L;

  private final ArrayDeque<Long> calls = new ArrayDeque<>();
  private int most;
  private int others;

  DailyLimit(int most) {
    this.most = most;
  }

  /** Sets how many calls are allowed, and how many of them others have made; counts anew. */
  void set(int newMost, int byOthers) {
    most = newMost;
    others = byOthers;
    calls.clear();
  }

  /** Counts a call; false where it is one too many, which does not count. */
  boolean takes(long now) {
    if (used(now) >= most) {
      return false;
    }
    calls.add(now);
    return true;
  }

  int most() {
    return most;
  }

  int used(long now) {
    while (!calls.isEmpty() && calls.element() <= now - DAY) {
      calls.remove();
    }
    return others + calls.size();
  }
}
