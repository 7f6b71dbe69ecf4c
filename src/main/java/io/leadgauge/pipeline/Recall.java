package io.leadgauge.pipeline;

import io.leadgauge.model.RecordState;

/**
 * The last backfill of a connection. What it brought is dated just before it began, so that a
 * contact that nothing has happened to since can be told from all others.
 *
 * @param since when it began, by our clock; 0 for never
 * @param held whether what it brought is still held back from the CRM
 */
record Recall(long since, boolean held) {
  static final Recall NONE = new Recall(0, false);

  /** Returns the instant that what it brings is dated. */
  long date() {
    return since - 1;
  }

  /** Tells whether all that is known of a contact came by the backfill. */
  boolean brought(RecordState state) {
    return since > 0 && state.standings().isEmpty() && state.changedAt() == date();
  }
}
