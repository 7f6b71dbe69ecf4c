package io.leadgauge.model;

import java.util.Map;

/**
 * All that is kept of one record: its facts, where it stands, what is due.
 *
 * <p>Immutable; the caches hold the value that the last commit stored.
 *
 * @param ref the record
 * @param rowId its number in the store; 0 before it is stored
 * @param version counts its changes
 * @param firstSeenAt when an entry first named it, by our clock
 * @param changedAt when something that its score depends on last changed, by our clock; 0 for never
 * @param writtenAt when the CRM last confirmed a write, by our clock; 0 for never
 * @param cut how many facts a bound has cut
 * @param facts its facts
 * @param standings where it stands, by model; copied
 * @param due what is to be done
 */
public record RecordState(
    RecordRef ref,
    long rowId,
    long version,
    long firstSeenAt,
    long changedAt,
    long writtenAt,
    long cut,
    RecordFacts facts,
    Map<String, Standing> standings,
    Due due) {
  public RecordState {
    standings = Map.copyOf(standings);
  }

  /** Returns the state of a record that nothing is known of. */
  public static RecordState unknown(RecordRef ref, long firstSeenAt) {
    return new RecordState(
        ref, 0, 0, firstSeenAt, 0, 0, 0, RecordFacts.NONE, Map.of(), Due.NOTHING);
  }
}
