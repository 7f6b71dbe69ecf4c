package io.leadgauge.sandbox;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waiting for a condition, bounded by real time. */
final class Patience {
  private static final long LOOK_EVERY_NANOS = 2_000_000;

  private Patience() {}

  /** Looks at something until it meets a condition; fails with what was seen last. */
  static <T> T until(Supplier<T> look, Predicate<T> condition, long nanos) {
    T seen = look.get();
    for (long waited = 0; !condition.test(seen); waited += LOOK_EVERY_NANOS) {
      if (waited > nanos) {
        throw new AssertionError("waited in vain; last seen: " + seen);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      seen = look.get();
    }
    return seen;
  }
}
