package io.leadgauge;

import io.leadgauge.model.Clockwork;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/**
 * A clock for a crowd of threads: it stands as long as one of them works, and leaps to the first
 * instant that any of them waits for when all of them wait. So hours of waiting take no time, and
 * work takes none by this clock. Thread-safe.
 */
public final class CrowdClock implements Clockwork {
  private static final long SEED = 7;

  private final Random random = new Random(SEED);
  private final TreeMap<Long, Integer> awaited = new TreeMap<>();
  private long now;
  private int crowd;
  private int waiting;

  /** Makes a clock for so many threads, all of which wait by it or work. */
  public CrowdClock(long startAt, int crowd) {
    this.now = startAt;
    this.crowd = crowd;
  }

  /** Tells that one of the crowd will neither work nor wait any more. */
  public synchronized void leave() {
    crowd--;
    leap();
  }

  /** Returns the same clock for somebody who does not belong to the crowd, and looks on. */
  public Clockwork onlooker() {
    return new Clockwork() {
      @Override
      public long now() {
        return CrowdClock.this.now();
      }

      @Override
      public long nanos() {
        return CrowdClock.this.nanos();
      }

      @Override
      public RandomGenerator random() {
        return random;
      }

      @Override
      public void unguessable(byte[] bytes) {
        random.nextBytes(bytes);
      }

      @Override
      @SuppressWarnings({"WaitNotInLoop", "ResultOfMethodCallIgnored"})
      public void awaitUntil(Condition condition, long at) throws InterruptedException {
        condition.await(1, TimeUnit.MILLISECONDS);
      }
    };
  }

  @Override
  public synchronized long now() {
    return now;
  }

  @Override
  public long nanos() {
    return TimeUnit.MILLISECONDS.toNanos(now());
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void unguessable(byte[] bytes) {
    random.nextBytes(bytes);
  }

  @Override
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    enter(at);
    try {
      boolean signalled = false;
      while (!signalled && now() < at) {
        signalled = condition.await(1, TimeUnit.MILLISECONDS);
      }
    } finally {
      exit(at);
    }
  }

  private synchronized void enter(long at) {
    waiting++;
    awaited.merge(at, 1, Integer::sum);
    leap();
  }

  private synchronized void exit(long at) {
    waiting--;
    awaited.computeIfPresent(at, (same, count) -> count == 1 ? null : count - 1);
  }

  private void leap() {
    if (waiting == crowd && !awaited.isEmpty() && awaited.firstKey() != Long.MAX_VALUE) {
      now = Math.max(now, awaited.firstKey());
    }
  }
}
