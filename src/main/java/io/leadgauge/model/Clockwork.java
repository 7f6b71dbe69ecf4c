package io.leadgauge.model;

import java.util.concurrent.locks.Condition;
import java.util.random.RandomGenerator;

/**
 * Time and chance, the only source of either: one value made at the top and handed down.
 *
 * <p>The wall clock tells instants that are stored and compared with the CRM's; the monotonic clock
 * measures waits. Tests use one whose hands they move. Implementations are thread-safe.
 */
public interface Clockwork {
  /** Returns the wall clock in milliseconds since 1970-01-01T00:00:00Z. */
  long now();

  /** Returns a monotonic reading in nanoseconds; only differences mean something. */
  long nanos();

  /** Returns the source of randomness, for jitter and names; not for keys. */
  RandomGenerator random();

  /** Fills an array with bytes that nobody can guess, for keys, nonces and one-time words. */
  void unguessable(byte[] bytes);

  /**
   * Waits on a condition, whose lock the caller holds, until it is signalled or the wall clock
   * reaches {@code at}. May return early; callers look again.
   *
   * @param at {@link Long#MAX_VALUE} waits for a signal alone
   * @throws InterruptedException if the thread is interrupted
   */
  void awaitUntil(Condition condition, long at) throws InterruptedException;
}
