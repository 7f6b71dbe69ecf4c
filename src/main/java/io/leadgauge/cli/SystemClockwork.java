package io.leadgauge.cli;

import io.leadgauge.model.Clockwork;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/** The machine's own time and chance; the only class that asks for either. Thread-safe. */
public final class SystemClockwork implements Clockwork {
  /** The longest single wait, so that a wall clock that is set forward is noticed. */
  private static final long LONGEST_WAIT = 60_000;

  private final SecureRandom secure = new SecureRandom();

  @Override
  public long now() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  /** Returns the calling thread's generator; it must not be handed to another thread. */
  @Override
  public RandomGenerator random() {
    return ThreadLocalRandom.current();
  }

  @Override
  public void unguessable(byte[] bytes) {
    secure.nextBytes(bytes);
  }

  // Callers look again, as the interface says.
  @Override
  @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"})
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    if (at == Long.MAX_VALUE) {
      condition.await();
      return;
    }
    long now = now();
    if (at > now) {
      condition.await(Math.min(at - now, LONGEST_WAIT), TimeUnit.MILLISECONDS);
    }
  }
}
