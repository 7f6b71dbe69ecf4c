package io.leadgauge.pipeline;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A record on its way through one transaction. Immutable: each step returns a new value, so that a
 * delivery that fails half-way is undone by forgetting what it made.
 *
 * @param state the record with the facts so far
 * @param gain what was learned of it
 * @param marks what speaks for reading or scoring it
 * @param askedAt when the read that this transaction applies began; 0 for none
 * @param writtenAt when the write that this transaction applies began; 0 for none
 * @param refusal why the CRM refused it, or did not answer; empty for neither
 */
record Working(
    RecordState state, Gain gain, Set<Mark> marks, long askedAt, long writtenAt, String refusal) {

  /** What speaks for reading or scoring a record. */
  enum Mark {
    /** Something changed that its score, or its fields, depend on. */
    CONCERNED,

    /** It must be read, or read again. */
    FLAGGED,

    /** It is to be scored even if nothing changed. */
    RECHECK,

    /** It is to be scored because a manifest changed, and not because of anything it did. */
    RESETTLED,

    /** A pass over all contacts has read it, and nothing that it did led to that. */
    RECALLED,

    /** That read told of a change that its score depends on. */
    MISSED,

    /** A decision on it was taken back, and is to be taken anew. */
    RESTORED
  }

  static Working of(RecordState state) {
    return new Working(state, Gain.NONE, Set.of(), 0, 0, "");
  }

  /**
   * Takes in what an entry told.
   *
   * @param concerns whether a change by this entry concerns the score
   */
  Working learned(Joined joined, long sequence, long receivedAt, boolean concerns) {
    RecordState told = state.withFacts(joined.facts(), joined.cut(), receivedAt);
    Gain more = gain.and(joined, sequence, receivedAt);
    Working learned = new Working(told, more, marks, askedAt, writtenAt, refusal);
    return concerns ? learned.with(Mark.CONCERNED) : learned;
  }

  /** Notes that an entry names the record. */
  Working named(long sequence) {
    return new Working(state, gain.by(sequence), marks, askedAt, writtenAt, refusal);
  }

  /** Returns the same record, concerned by what an entry told of another. */
  Working concerned(long sequence) {
    return new Working(state, gain.by(sequence), marks, askedAt, writtenAt, refusal)
        .with(Mark.CONCERNED);
  }

  /** Returns the same record, which a link says has absorbed another. */
  Working absorbing(RecordRef other) {
    return new Working(state.absorbing(other), gain, marks, askedAt, writtenAt, refusal);
  }

  Working with(Mark mark) {
    Set<Mark> more = EnumSet.of(mark);
    more.addAll(marks);
    return new Working(state, gain, more, askedAt, writtenAt, refusal);
  }

  /** Takes what was learned since for something of the past, that nothing live led to. */
  Working recalled(Working before) {
    Set<Mark> recalled = EnumSet.of(Mark.RECALLED);
    recalled.addAll(before.marks);
    if (has(Mark.CONCERNED) && !before.has(Mark.CONCERNED)) {
      recalled.add(Mark.MISSED);
    }
    return new Working(state, gain, recalled, askedAt, writtenAt, refusal);
  }

  Working read(long asked) {
    return new Working(state, gain, marks, asked, writtenAt, refusal);
  }

  Working written(long began) {
    return new Working(state, gain, marks, askedAt, began, refusal);
  }

  Working refused(String reason) {
    return new Working(state, gain, marks, askedAt, writtenAt, reason);
  }

  /** Returns the same record, its next decision to go on from this one. */
  Working restored(Standing standing, Decision earlier) {
    Standing before = standing.deciding(earlier);
    return new Working(state.withStanding(before), gain, marks, askedAt, writtenAt, refusal)
        .with(Mark.RESTORED);
  }

  boolean has(Mark mark) {
    return marks.contains(mark);
  }

  /** Returns the entry that a decision now taken is owed to; 0 when it is owed to time. */
  long cause() {
    return gain.entries().isEmpty() ? 0 : gain.entries().getLast();
  }

  /**
   * What a transaction has learned of one record.
   *
   * @param added facts that the store does not hold yet
   * @param removed facts that it holds and that gave way
   * @param entries the entries that name the record
   * @param learnedAt when the added facts were learned; the earliest
   */
  record Gain(List<Fact> added, List<Fact> removed, List<Long> entries, long learnedAt) {
    static final Gain NONE = new Gain(List.of(), List.of(), List.of(), Due.NEVER);

    Gain and(Joined joined, long sequence, long receivedAt) {
      List<Fact> nowAdded = new ArrayList<>(added);
      List<Fact> nowRemoved = new ArrayList<>(removed);
      for (Fact fact : joined.removed()) {
        if (!nowAdded.remove(fact)) {
          nowRemoved.add(fact);
        }
      }
      nowAdded.addAll(joined.added());
      return new Gain(nowAdded, nowRemoved, named(sequence), Math.min(learnedAt, receivedAt));
    }

    /** Returns how many facts were added. */
    int learned() {
      return added.size();
    }

    Gain by(long sequence) {
      return new Gain(added, removed, named(sequence), learnedAt);
    }

    private List<Long> named(long sequence) {
      if (!entries.isEmpty() && entries.getLast() == sequence) {
        return entries;
      }
      List<Long> longer = new ArrayList<>(entries);
      longer.add(sequence);
      return longer;
    }
  }
}
