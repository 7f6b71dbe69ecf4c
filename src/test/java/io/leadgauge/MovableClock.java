package io.leadgauge;

import io.leadgauge.model.Clockwork;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/**
 * A clock that stands until a test moves its hands; its chance is seeded. Sleepers look at it every
 * few milliseconds. Thread-safe.
 */
public final class MovableClock implements Clockwork {
  private static final long LOOK_EVERY_MILLIS = 2;
  private static final long SEED = 7;

  private final AtomicLong now;
  private final Random random = new Random(SEED);

  public MovableClock(long startAt) {
    now = new AtomicLong(startAt);
  }

  /** Moves the clock on. */
  public void advance(long millis) {
    now.addAndGet(millis);
  }

  /** Moves the clock on. */
  public void advance(Duration by) {
    advance(by.toMillis());
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
    return random;
  }

  @Override
  public void unguessable(byte[] bytes) {
    random.nextBytes(bytes);
  }

  // Nobody tells those who wait that the hands moved; callers look again, as the interface says.
  @Override
  @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"})
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    condition.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }
}
