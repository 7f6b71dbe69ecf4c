package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks again and again whether something has come about that nobody tells.
 *
 * @param clock says when
 * @param most for how long at most
 * @param pause between two looks, in milliseconds
 */
record Patience(Clockwork clock, Duration most, long pause) {
  private static final long USUAL_PAUSE = 5;

  Patience(Clockwork clock, Duration most) {
    this(clock, most, USUAL_PAUSE);
  }

  /** Something that is looked at. */
  interface Look {
    boolean isSo() throws IOException, InterruptedException;
  }

  /** Waits until it is so; tells whether it has come about in time. */
  boolean await(Look look) throws IOException, InterruptedException {
    long end = clock.nanos() + most.toNanos();
    while (!look.isSo()) {
      if (clock.nanos() > end) {
        return false;
      }
      rest(clock, pause);
    }
    return true;
  }

  /** Does nothing for so many milliseconds. */
  static void rest(Clockwork clock, long millis) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    lock.lock();
    try {
      long until = clock.now() + millis;
      while (clock.now() < until) {
        clock.awaitUntil(never, until);
      }
    } finally {
      lock.unlock();
    }
  }
}
