package io.leadgauge.sandbox;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Context;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs things on the sandbox's event loop when its clock says so. The one thread here only waits;
 * with a clock whose hands a test moves, things happen when the test moves them.
 */
public final class Timers implements AutoCloseable {
  private final Clockwork clock;
  private final Context context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::at).thenComparingLong(Timer::number));
  private final Thread thread;
  private long numbers;

  private record Timer(long at, long number, Runnable action) {}

  /** Starts waiting for nothing yet; actions run on this context. */
  public Timers(Clockwork clock, Context context) {
    this.clock = clock;
    this.context = context;
    this.thread = Thread.ofVirtual().name("sandbox-timers").start(this::run);
  }

  /** Runs an action at an instant, or soon after where that has passed; never right away. */
  public void at(long at, Runnable action) {
    lock.lock();
    try {
      timers.add(new Timer(at, numbers++, action));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    lock.lock();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        fire();
        Timer next = timers.peek();
        clock.awaitUntil(changed, next == null ? Long.MAX_VALUE : next.at());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void fire() {
    long now = clock.now();
    while (!timers.isEmpty() && timers.element().at() <= now) {
      Runnable action = timers.remove().action();
      context.runOnContext(ignored -> action.run());
    }
  }
}
