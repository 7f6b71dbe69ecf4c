package io.leadgauge.model;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a contact, and when. A level, not a queue: it is computed anew after
 * every change, so a burst leaves one read and one write.
 *
 * @param fetchAt when its facts should be read from the CRM
 * @param writeAt when its fields should be written to the CRM
 * @param sweepAt when time alone may change its result
 * @param attempts how often the CRM has refused this contact in a row
 * @param problem what the CRM said last time; null when all is well
 */
public record Due(
    long fetchAt, long writeAt, long sweepAt, int attempts, @Nullable String problem) {
  /** An instant that never comes. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Nothing to do. */
  public static final Due NOTHING = new Due(NEVER, NEVER, NEVER, 0, null);
}
