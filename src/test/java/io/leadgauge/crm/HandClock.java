package io.leadgauge.crm;

import io.leadgauge.model.Clockwork;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A clock that stands still until its hands are moved, or that leaps to whatever instant is waited
 * for.
 */
public final class HandClock implements Clockwork {
  /** When every such clock begins. */
  public static final long START = 1_790_000_000_000L;

  private final boolean leaping;
  private final AtomicLong passed = new AtomicLong();
  private final AtomicInteger waits = new AtomicInteger();

  /** What each thread waited for last: to look again is not to wait once more. */
  private final Map<Thread, Long> awaited = new ConcurrentHashMap<>();

  private HandClock(boolean leaping) {
    this.leaping = leaping;
  }

  /** Returns a clock for one thread: waiting moves its hands, so nobody waits for real. */
  public static HandClock leaping() {
    return new HandClock(true);
  }

  /** Returns a clock for several threads: only {@link #move} moves its hands. */
  public static HandClock still() {
    return new HandClock(false);
  }

  /** Moves the hands forward. */
  public void move(Duration by) {
    passed.addAndGet(by.toNanos());
  }

  /** Returns how far the hands have moved since the start. */
  public Duration passed() {
    return Duration.ofNanos(passed.get());
  }

  /** Returns how often somebody has waited. */
  public int waits() {
    return waits.get();
  }

  @Override
  public long now() {
    return START + TimeUnit.NANOSECONDS.toMillis(passed.get());
  }

  @Override
  public long nanos() {
    return passed.get();
  }

  @Override
  public RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
  }

  @Override
  public void unguessable(byte[] bytes) {
    random().nextBytes(bytes);
  }

  // Whoever waits looks again, as the contract of clocks has it.
  @SuppressWarnings("WaitNotInLoop")
  @Override
  public void awaitUntil(Condition condition, long at) throws InterruptedException {
    if (leaping) {
      waits.incrementAndGet();
      passed.accumulateAndGet(TimeUnit.MILLISECONDS.toNanos(at - START), Math::max);
      return;
    }
    if (!Long.valueOf(at).equals(awaited.put(Thread.currentThread(), at))) {
      waits.incrementAndGet();
    }
    // The hands cannot wake anybody, so the waiter looks at them every real millisecond. To look in
    // a loop here would be to lose a signal that comes just as a look ends.
    condition.await(1, TimeUnit.MILLISECONDS);
  }
}
