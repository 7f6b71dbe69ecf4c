package io.leadgauge.crm.salesforce;

import io.leadgauge.model.Clockwork;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A pause of the calling thread, by a clock that tests can move. */
final class Pause {
  private final Clockwork clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition never = lock.newCondition();

  Pause(Clockwork clock) {
    this.clock = clock;
  }

  /**
   * Waits.
   *
   * @return whether the time has passed; false if the thread was interrupted, and still is
   */
  boolean sleep(long millis) {
    long until = clock.now() + millis;
    lock.lock();
    try {
      while (clock.now() < until) {
        clock.awaitUntil(never, until);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
