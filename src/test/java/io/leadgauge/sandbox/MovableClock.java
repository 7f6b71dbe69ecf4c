package io.leadgauge.sandbox;

import io.leadgauge.model.Clockwork;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** A clock whose hands a test moves. */
final class MovableClock implements Clockwork {
  private final AtomicLong now;

  MovableClock(long now) {
    this.now = new AtomicLong(now);
  }

  void advance(Duration by) {
    now.addAndGet(by.toMillis());
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
    return new SplittableRandom(1);
  }

  // Nobody tells those who wait that the hands moved, so they look again every millisecond.
  @SuppressWarnings("WaitNotInLoop")
  @Override
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    condition.awaitNanos(TimeUnit.MILLISECONDS.toNanos(1));
  }
}
