package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.Working.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * One entry's part of a transaction: what its facts make of the records that they are about. It
 * stays apart until all of it could be folded, and is then taken over as a whole: the entry's
 * savepoint.
 */
final class Fold {
  private final ConnectionScope scope;
  private final Function<RecordRef, Working> before;
  private final long sequence;
  private final long receivedAt;

  /**
   * Begins the part of an entry.
   *
   * @param before how a record stands in the transaction so far
   * @param sequence the entry's number
   * @param receivedAt when it came
   */
  Fold(ConnectionScope scope, Function<RecordRef, Working> before, long sequence, long receivedAt) {
    this.scope = scope;
    this.before = before;
    this.sequence = sequence;
    this.receivedAt = receivedAt;
  }

  /** Returns what the events of a delivery make of their records. */
  Map<RecordRef, Working> events(List<CrmEvent> events) {
    Set<RecordRef> toRead = new LinkedHashSet<>();
    List<Fact> facts = new ArrayList<>();
    for (CrmEvent event : events) {
      facts.addAll(event.facts());
      if (event.meaning() == Meaning.READ && event.record() != null) {
        toRead.add(event.record());
      }
    }
    for (Fact fact : facts) {
      if (fact instanceof Fact.Assigned assigned && scope.isPartOfActivity(assigned.property())) {
        toRead.add(fact.of());
      }
    }
    Map<RecordRef, Working> folded = joined(facts, true);
    folded.replaceAll((ref, working) -> tied(before.apply(ref), working));
    for (RecordRef ref : toRead) {
      if (ref.isContact()) {
        folded.put(ref, folded.getOrDefault(ref, before.apply(ref)).with(Mark.FLAGGED));
      }
    }
    return folded;
  }

  /** Returns what an answer of the CRM makes of its records. */
  Map<RecordRef, Working> observation(Observation observation) {
    return switch (observation.cause()) {
      case FETCH -> {
        Map<RecordRef, Working> folded = joined(observation.facts(), true);
        folded.replaceAll((ref, working) -> working.read(observation.askedAt()));
        yield folded;
      }
      case BACKFILL -> {
        Map<RecordRef, Working> folded = joined(observation.facts(), true);
        folded.replaceAll((ref, working) -> working.recalled(before.apply(ref)));
        yield folded;
      }
      case WRITE -> {
        Map<RecordRef, Working> folded = joined(observation.facts(), false);
        folded.replaceAll((ref, working) -> working.written(observation.askedAt()));
        for (Fact fact : observation.facts()) {
          folded.computeIfPresent(fact.of(), (ref, working) -> doubted(working, fact));
        }
        yield folded;
      }
    };
  }

  /**
   * Doubts a contact of which an event, stamped later, says otherwise than the answer to our write:
   * it is read again, and not written before the retry schedule says so.
   */
  private static Working doubted(Working working, Fact fact) {
    if (fact instanceof Fact.Assigned assigned
        && !SameValue.isSame(
            working.state().facts().value(assigned.property()), assigned.stamp().value())) {
      return working
          .with(Mark.FLAGGED)
          .refused("an event says otherwise than the answer to a write of " + assigned.property());
    }
    return working;
  }

  /** Two values of one instant: which one the CRM holds, only the CRM can tell. */
  private static Working tied(Working before, Working after) {
    for (Fact fact : after.gain().added()) {
      if (fact instanceof Fact.Assigned assigned
          && !before.gain().added().contains(fact)
          && fact.of().isContact()
          && isTied(after.state().facts().history(assigned.property()))) {
        return after.with(Mark.FLAGGED);
      }
    }
    return after;
  }

  private static boolean isTied(List<Stamp> history) {
    int last = history.size() - 1;
    return last > 0
        && history.get(last).rank() == SourceRank.EVENT
        && history.get(last - 1).rank() == SourceRank.EVENT
        && history.get(last).at() == history.get(last - 1).at();
  }

  private Map<RecordRef, Working> joined(List<Fact> facts, boolean news) {
    Map<RecordRef, List<Fact>> byRecord = new LinkedHashMap<>();
    for (Fact fact : facts) {
      byRecord.computeIfAbsent(fact.of(), ref -> new ArrayList<>()).add(fact);
    }
    Map<RecordRef, Working> folded = HashMap.newHashMap(byRecord.size());
    byRecord.forEach((ref, told) -> folded.put(ref, joined(before.apply(ref), told, news)));
    return folded;
  }

  private Working joined(Working working, List<Fact> told, boolean news) {
    Joined joined = working.state().facts().join(told);
    boolean concerns = news && joined.isChange() && isNews(working.state(), told, joined);
    return working.learned(joined, sequence, receivedAt, concerns);
  }

  private boolean isNews(RecordState state, List<Fact> told, Joined joined) {
    for (Fact fact : told) {
      if (scope.concerns(fact) && isNews(state, fact, joined)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether a fact changed what holds now. An echo of our own write does not; a past date of
   * an activity does, although the newest date stays what it was.
   */
  private boolean isNews(RecordState state, Fact fact, Joined joined) {
    return switch (fact) {
      case Fact.Assigned assigned ->
          (scope.isPartOfActivity(assigned.property()) && joined.added().contains(fact))
              || !Objects.equals(
                  state.facts().value(assigned.property()),
                  joined.facts().value(assigned.property()));
      case Fact.Happened happened -> joined.added().contains(fact);
      case Fact.Linked linked -> false;
    };
  }
}
