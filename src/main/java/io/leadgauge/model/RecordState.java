package io.leadgauge.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All that is kept of one record: its facts, where it stands, what is due.
 *
 * <p>Immutable; the caches hold the value that the last commit stored.
 *
 * @param ref the record
 * @param rowId its number in the store; 0 before it is stored
 * @param version counts its changes
 * @param firstSeenAt when the first entry came that told a fact of it, by our clock: the least of
 *     their instants; before there is one, when it was first named
 * @param changedAt when something that its score depends on last changed, by our clock; 0 for
 *     never, and once the CRM holds what follows from it
 * @param writtenAt when the last write that the CRM answered began, by our clock; 0 for never
 * @param cut how many facts a bound has cut
 * @param facts its facts
 * @param standings where it stands, by model; copied
 * @param due what is to be done
 * @param absorbed the records of which a link ever said that this one absorbed them; whether it
 *     holds is for their own facts to say; copied
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
    Due due,
    Set<RecordRef> absorbed) {
  public RecordState {
    standings = Map.copyOf(standings);
    absorbed = Set.copyOf(absorbed);
  }

  /** Returns the state of a record that nothing is known of. */
  public static RecordState unknown(RecordRef ref, long firstSeenAt) {
    return new RecordState(
        ref, 0, 0, firstSeenAt, 0, 0, 0, RecordFacts.NONE, Map.of(), Due.NOTHING, Set.of());
  }

  /** Returns the same state with its number in the store. */
  public RecordState withRowId(long stored) {
    return new RecordState(
        ref,
        stored,
        version,
        firstSeenAt,
        changedAt,
        writtenAt,
        cut,
        facts,
        standings,
        due,
        absorbed);
  }

  /**
   * Returns the same record with other facts.
   *
   * @param moreCut how many facts a bound has cut on the way
   * @param receivedAt when the entry came that told them; the first sight, if it is the first one
   *     or earlier than the others
   */
  public RecordState withFacts(RecordFacts other, int moreCut, long receivedAt) {
    return new RecordState(
        ref,
        rowId,
        version,
        facts.size() == 0 ? receivedAt : Math.min(firstSeenAt, receivedAt),
        changedAt,
        writtenAt,
        cut + moreCut,
        other,
        standings,
        due,
        absorbed);
  }

  /** Returns the same record, standing by one model as this says. */
  public RecordState withStanding(Standing standing) {
    Map<String, Standing> others = new HashMap<>(standings);
    others.put(standing.model(), standing);
    return new RecordState(
        ref, rowId, version, firstSeenAt, changedAt, writtenAt, cut, facts, others, due, absorbed);
  }

  /** Returns the same record, last changed and written at these instants. */
  public RecordState withTimes(long changed, long written) {
    return new RecordState(
        ref, rowId, version, firstSeenAt, changed, written, cut, facts, standings, due, absorbed);
  }

  /** Returns the same record, which a link says has absorbed another. */
  public RecordState absorbing(RecordRef other) {
    if (absorbed.contains(other)) {
      return this;
    }
    Set<RecordRef> more = new HashSet<>(absorbed);
    more.add(other);
    return new RecordState(
        ref, rowId, version, firstSeenAt, changedAt, writtenAt, cut, facts, standings, due, more);
  }

  /** Returns the next version of the record, with this to be done. */
  public RecordState withDue(Due other) {
    return new RecordState(
        ref,
        rowId,
        version + 1,
        firstSeenAt,
        changedAt,
        writtenAt,
        cut,
        facts,
        standings,
        other,
        absorbed);
  }
}
