package io.leadgauge.pipeline;

import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordState;
import java.util.ArrayList;
import java.util.List;

/**
 * A record on its way through one transaction. Immutable: each step returns a new value, so that a
 * delivery that fails half-way is undone by forgetting what it made.
 *
 * @param state the record with the facts so far
 * @param added facts that the store does not hold yet
 * @param removed facts that it holds and that gave way
 * @param entries the entries that name the record
 * @param learnedAt when the added facts were learned; the earliest
 * @param concerned whether something changed that its score, or its fields, depend on
 * @param flagged whether it must be read, or read again
 * @param askedAt when the read that this transaction applies began; 0 for none
 * @param writtenAt when the write that this transaction applies was answered; 0 for none
 * @param recheck whether it is to be scored even if nothing changed
 * @param refusal why the CRM refused it, or did not answer; empty for neither
 */
record Working(
    RecordState state,
    List<Fact> added,
    List<Fact> removed,
    List<Long> entries,
    long learnedAt,
    boolean concerned,
    boolean flagged,
    long askedAt,
    long writtenAt,
    boolean recheck,
    String refusal) {

  static Working of(RecordState state) {
    return new Working(
        state, List.of(), List.of(), List.of(), Due.NEVER, false, false, 0, 0, false, "");
  }

  /**
   * Takes in what an entry told.
   *
   * @param concerns whether a change by this entry concerns the score
   */
  Working learned(Joined joined, long sequence, long receivedAt, boolean concerns) {
    List<Fact> nowAdded = new ArrayList<>(added);
    List<Fact> nowRemoved = new ArrayList<>(removed);
    for (Fact fact : joined.removed()) {
      if (!nowAdded.remove(fact)) {
        nowRemoved.add(fact);
      }
    }
    nowAdded.addAll(joined.added());
    return new Working(
        state.withFacts(joined.facts(), joined.cut(), receivedAt),
        nowAdded,
        nowRemoved,
        with(entries, sequence),
        Math.min(learnedAt, receivedAt),
        concerned || concerns,
        flagged,
        askedAt,
        writtenAt,
        recheck,
        refusal);
  }

  private static List<Long> with(List<Long> entries, long sequence) {
    if (!entries.isEmpty() && entries.getLast() == sequence) {
      return entries;
    }
    List<Long> longer = new ArrayList<>(entries);
    longer.add(sequence);
    return longer;
  }

  Working flag() {
    return new Working(
        state, added, removed, entries, learnedAt, concerned, true, askedAt, writtenAt, recheck,
        refusal);
  }

  Working read(long asked) {
    return new Working(
        state, added, removed, entries, learnedAt, concerned, flagged, asked, writtenAt, recheck,
        refusal);
  }

  Working written(long answered) {
    return new Working(
        state, added, removed, entries, learnedAt, concerned, flagged, askedAt, answered, recheck,
        refusal);
  }

  Working toRecheck() {
    return new Working(
        state, added, removed, entries, learnedAt, concerned, flagged, askedAt, writtenAt, true,
        refusal);
  }

  Working refused(String reason) {
    return new Working(
        state, added, removed, entries, learnedAt, concerned, flagged, askedAt, writtenAt, recheck,
        reason);
  }

  /** Returns the entry that a decision now taken is owed to; 0 when it is owed to time. */
  long cause() {
    return entries.isEmpty() ? 0 : entries.getLast();
  }
}
