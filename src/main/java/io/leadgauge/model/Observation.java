package io.leadgauge.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What we learned by asking the CRM, or from its answer to a write, reduced to facts.
 *
 * @param connection whose CRM it was
 * @param receivedAt when the answer came, by our clock
 * @param askedAt when the call began, by our clock; what was flagged for reading later than that is
 *     still to be read
 * @param cause why the call was made
 * @param facts what it told; copied
 * @param refused the records that the CRM refused, with its reasons; copied
 */
public record Observation(
    ConnectionId connection,
    long receivedAt,
    long askedAt,
    Cause cause,
    List<Fact> facts,
    SortedMap<RecordRef, String> refused)
    implements Entry {
  public Observation {
    facts = List.copyOf(facts);
    refused = Collections.unmodifiableSortedMap(new TreeMap<>(refused));
  }

  /** Makes one that tells of no refusal. */
  public Observation(
      ConnectionId connection, long receivedAt, long askedAt, Cause cause, List<Fact> facts) {
    this(connection, receivedAt, askedAt, cause, facts, Collections.emptySortedMap());
  }

  /** Tells whether nothing was learned at all. */
  public boolean isEmpty() {
    return facts.isEmpty() && refused.isEmpty();
  }

  /** Why a call was made. */
  public enum Cause {
    /** A contact was read because facts were missing or in doubt. */
    FETCH,
    /** The CRM answered a write. */
    WRITE,
    /** A contact was read because all of them were; nothing that it did led to that. */
    BACKFILL
  }
}
