package io.leadgauge;

import io.leadgauge.model.Clockwork;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** A clock whose hands a test moves. Sleepers look at it every few milliseconds. Thread-safe. */
public final class MovableClock implements Clockwork {
  private static final long LOOK_EVERY_MILLIS = 2;

  private final AtomicLong now;

  public MovableClock(long startAt) {
    now = new AtomicLong(startAt);
  }

  /** Moves the clock on. */
  public void advance(long millis) {
    now.addAndGet(millis);
  }

  @Override
  public long now() {
    return now.get();
  }

  @Override
  public long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(now.get());
  }

  @Override
  public RandomGenerator random() {
    return new SplittableRandom(now.get());
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // callers look again
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    boolean rung = condition.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    if (rung && at < now.get()) {
      return;
    }
  }
}
