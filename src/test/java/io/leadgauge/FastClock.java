package io.leadgauge;

import io.leadgauge.model.Clockwork;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** A clock that goes faster than others, so that long waits are short. Thread-safe. */
public final class FastClock implements Clockwork {
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int speed;
  private final long startedAt = System.currentTimeMillis();
  private final long startedNanos = System.nanoTime();

  /** Starts a clock that goes so many times as fast, from now on. */
  public FastClock(int speed) {
    this.speed = speed;
  }

  @Override
  public long now() {
    return startedAt + TimeUnit.NANOSECONDS.toMillis(nanos());
  }

  @Override
  public long nanos() {
    return (System.nanoTime() - startedNanos) * speed;
  }

  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }

  @Override
  public void unguessable(byte[] bytes) {
    ThreadLocalRandom.current().nextBytes(bytes);
  }

  // Callers look again, as the interface says.
  @Override
  @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"})
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    if (at == Long.MAX_VALUE) {
      condition.await();
      return;
    }
    long left = at - now();
    if (left > 0) {
      long nanos = left > LONGEST_WAIT_NANOS ? LONGEST_WAIT_NANOS : left * 1_000_000 / speed;
      condition.await(Math.min(nanos + 1, LONGEST_WAIT_NANOS), TimeUnit.NANOSECONDS);
    }
  }
}
