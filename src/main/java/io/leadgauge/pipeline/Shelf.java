package io.leadgauge.pipeline;

import io.leadgauge.model.GivenUp;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordState;

/** Where a {@link Retelling} puts the records that it makes, and finds them again. */
public interface Shelf extends Neighbourhood {
  /**
   * Puts a record in the place of what was there of it.
   *
   * @param state the record
   * @param joined what it has learned since; nothing was added where it only absorbed another
   * @param receivedAt when that was learned
   */
  void put(RecordState state, Joined joined, long receivedAt);

  /** Forgets what was told by names that were given up; when they were first seen is kept. */
  void forget(GivenUp names);
}
