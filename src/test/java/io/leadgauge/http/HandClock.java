package io.leadgauge.http;

import io.leadgauge.model.Clockwork;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** A clock that stands where it was put; its chance is seeded. */
final class HandClock implements Clockwork {
  private final AtomicLong now;
  private final Random random = new Random(7);

  HandClock(long now) {
    this.now = new AtomicLong(now);
  }

  void set(long at) {
    now.set(at);
  }

  @Override
  public long now() {
    return now.get();
  }

  @Override
  public long nanos() {
    return now.get() * 1_000_000;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void awaitUntil(Condition condition, long at) {
    throw new UnsupportedOperationException("nothing waits on this clock");
  }
}
