package io.leadgauge.http;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether an event loop turns: it is asked for an answer, one at a time, and the answer that it
 * owes tells for how long it has not turned. Thread-safe.
 */
final class LoopPulse {
  private final Context loop;
  private final Clockwork clock;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean owes;
  private long askedNanos;

  LoopPulse(Context loop, Clockwork clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /**
   * Asks the loop, unless it still owes an answer; returns for how long it has owed that. So a loop
   * that stands shows from the second question on.
   */
  Duration silentFor() {
    lock.lock();
    try {
      if (owes) {
        return Duration.ofNanos(clock.nanos() - askedNanos);
      }
      owes = true;
      askedNanos = clock.nanos();
    } finally {
      lock.unlock();
    }
    loop.runOnContext(turned -> answered());
    return Duration.ZERO;
  }

  private void answered() {
    lock.lock();
    try {
      owes = false;
    } finally {
      lock.unlock();
    }
  }
}
