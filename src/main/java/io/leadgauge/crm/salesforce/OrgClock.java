package io.leadgauge.crm.salesforce;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Salesforce's own clock, as far as its answers tell it: the second in which each was sent. At any
 * later instant that clock shows at least that second and the time since; of several answers the
 * one that says most is believed, for a minute. Thread-safe.
 */
final class OrgClock {
  private static final long BELIEVED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final AtomicReference<@Nullable Told> told = new AtomicReference<>();

  /**
   * What an answer told.
   *
   * @param sentAt the second, in milliseconds since the epoch
   * @param nanos when it was there, as a monotonic reading
   */
  private record Told(long sentAt, long nanos) {
    long atLeast(long at) {
      return sentAt + TimeUnit.NANOSECONDS.toMillis(at - nanos);
    }
  }

  /**
   * Takes an answer into account.
   *
   * @param sentAt the second in which it was sent; 0 if it does not say
   * @param nanos now, as a monotonic reading
   */
  void tell(long sentAt, long nanos) {
    if (sentAt > 0) {
      Told fresh = new Told(sentAt, nanos);
      told.updateAndGet(
          known ->
              known == null
                      || nanos - known.nanos() > BELIEVED_NANOS
                      || known.atLeast(nanos) < sentAt
                  ? fresh
                  : known);
    }
  }

  /**
   * Returns what the clock showed at least, in milliseconds since the epoch; 0 where no answer has
   * told.
   *
   * @param nanos a monotonic reading
   */
  long atLeast(long nanos) {
    Told known = told.get();
    return known == null ? 0 : known.atLeast(nanos);
  }
}
