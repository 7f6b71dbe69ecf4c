package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bell: one thread sleeps until it is rung or a time has come. A ring that comes before the sleep
 * ends the sleep at once. Thread-safe.
 */
final class Wakeup {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private boolean ringing;

  /** Ends the sleep. */
  void ring() {
    lock.lock();
    try {
      ringing = true;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sleeps until rung, or until the wall clock reaches {@code at}. */
  void sleep(Clockwork clock, long at) throws InterruptedException {
    lock.lock();
    try {
      while (!ringing && clock.now() < at) {
        clock.awaitUntil(rung, at);
      }
      ringing = false;
    } finally {
      lock.unlock();
    }
  }
}
