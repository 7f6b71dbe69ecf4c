package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** The clocks and the chance of this machine. Thread-safe; the only place that asks them. */
public final class SystemClockwork implements Clockwork {
  /** The longest single wait, in milliseconds, so that a wall clock that is set forward is seen. */
  private static final long LONGEST_WAIT = 10_000;

  @Override
  public long now() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }

  @Override
  @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"}) // Callers look again.
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    if (at == Long.MAX_VALUE) {
      condition.await();
      return;
    }
    long left = at - now();
    if (left > 0) {
      condition.await(Math.min(left, LONGEST_WAIT), TimeUnit.MILLISECONDS);
    }
  }
}
