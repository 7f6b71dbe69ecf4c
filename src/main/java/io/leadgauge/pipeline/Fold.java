package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Stamp;
import io.leadgauge.pipeline.Working.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
      if (fact instanceof Fact.Assigned assigned && scope.isPartOfActivity(assigned)) {
        toRead.add(fact.of());
      }
    }
    Map<RecordRef, Working> folded = joined(facts, true);
    folded.replaceAll((ref, working) -> tied(before.apply(ref), working));
    for (RecordRef ref : toRead) {
      if (scope.reads(ref.type())) {
        folded.put(ref, among(folded, ref).named(sequence).with(Mark.FLAGGED));
      }
    }
    return linked(folded, facts);
  }

  private Working among(Map<RecordRef, Working> folded, RecordRef ref) {
    Working working = folded.get(ref);
    return working == null ? before.apply(ref) : working;
  }

  /** Returns what an answer of the CRM makes of its records. */
  Map<RecordRef, Working> observation(Observation observation) {
    return switch (observation.cause()) {
      case FETCH -> {
        Map<RecordRef, Working> folded = joined(observation.facts(), true);
        read(observation.facts())
            .forEach(
                ref ->
                    folded.computeIfPresent(
                        ref, (key, working) -> working.read(observation.askedAt())));
        yield linked(folded, observation.facts());
      }
      case BACKFILL -> {
        Map<RecordRef, Working> folded =
            linked(joined(observation.facts(), true), observation.facts());
        folded.replaceAll((ref, working) -> working.recalled(before.apply(ref)));
        yield folded;
      }
      case RETOLD -> Map.of();
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

  /** A link that another record's reading tells of does not mean that its start was read. */
  private static Set<RecordRef> read(List<Fact> facts) {
    Set<RecordRef> read = new LinkedHashSet<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Assigned) {
        read.add(fact.of());
      }
    }
    return read;
  }

  /** Takes along the records that these lead to: linked ones, and those that absorbed them. */
  private Map<RecordRef, Working> linked(Map<RecordRef, Working> folded, List<Fact> told) {
    Map<RecordRef, Working> all = new LinkedHashMap<>(folded);
    for (Fact fact : told) {
      if (fact instanceof Fact.Linked link && isFollowed(link)) {
        all.put(link.to(), linkedTo(among(all, link.to()), link));
      }
    }
    for (Working working : folded.values()) {
      for (RecordRef survivor : survivors(working, all)) {
        all.put(survivor, inPlaceOf(working, among(all, survivor)));
      }
    }
    return all;
  }

  /** What a score waits for is found when the contact is settled; what none waits for is here. */
  private boolean isFollowed(Fact.Linked link) {
    return link.kind().isSuccession() || scope.reads(link.to().type());
  }

  private Working linkedTo(Working target, Fact.Linked link) {
    return link.kind().isSuccession() ? target.absorbing(link.of()).concerned(sequence) : target;
  }

  private Set<RecordRef> survivors(Working working, Map<RecordRef, Working> folded) {
    return ContactView.survivors(working.state(), ref -> Optional.of(among(folded, ref).state()));
  }

  /** Late facts of an absorbed record count for the one that lives on. */
  private Working inPlaceOf(Working absorbed, Working survivor) {
    Working concerned = absorbed.has(Mark.CONCERNED) ? survivor.concerned(sequence) : survivor;
    return absorbed.has(Mark.FLAGGED) ? concerned.with(Mark.FLAGGED) : concerned;
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
  private Working tied(Working before, Working after) {
    for (Fact fact : after.gain().added()) {
      if (fact instanceof Fact.Assigned assigned
          && !before.gain().added().contains(fact)
          && scope.reads(fact.of().type())
          && isTied(after.state().facts().history(assigned.property()))) {
        return after.with(Mark.FLAGGED);
      }
    }
    return after;
  }

  private static boolean isTied(List<Stamp> history) {
    int last = history.size() - 1;
    return last > 0
        && history.get(last).rank() == history.get(last - 1).rank()
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
    return isMadeKnown(state, joined);
  }

  /** A record that others wait for, and of which all was told now, is news even if it is empty. */
  private boolean isMadeKnown(RecordState state, Joined joined) {
    return scope.scores(state.ref().type())
        && !scope.isKnown(state)
        && scope.isKnown(state.withFacts(joined.facts(), 0, receivedAt));
  }

  /**
   * Tells whether a fact changed what holds now. An echo of our own write does not; a past date of
   * an activity does, although the newest date stays what it was.
   */
  private boolean isNews(RecordState state, Fact fact, Joined joined) {
    return switch (fact) {
      case Fact.Assigned assigned when isReading(assigned) ->
          isOtherwiseAssociated(state, joined, associatedType(assigned));
      case Fact.Assigned assigned ->
          (scope.isPartOfActivity(assigned) && joined.added().contains(fact))
              || !Objects.equals(
                  state.facts().value(assigned.property()),
                  joined.facts().value(assigned.property()));
      case Fact.Happened happened -> joined.added().contains(fact);
      case Fact.Linked link ->
          link.kind().isSuccession()
              ? joined.added().contains(fact)
              : isOtherwiseAssociated(state, joined, link.to().type());
    };
  }

  private static boolean isReading(Fact.Assigned fact) {
    return fact.property().startsWith(Fact.Assigned.ASSOCIATED);
  }

  private static String associatedType(Fact.Assigned reading) {
    return reading.property().substring(Fact.Assigned.ASSOCIATED.length());
  }

  private static boolean isOtherwiseAssociated(RecordState state, Joined joined, String type) {
    return isOtherwise(state, joined, LinkKind.WORKS_AT, type)
        || isOtherwise(state, joined, LinkKind.ASSOCIATED_WITH, type);
  }

  private static boolean isOtherwise(RecordState state, Joined joined, LinkKind kind, String type) {
    return !state.facts().associated(kind, type).equals(joined.facts().associated(kind, type));
  }
}
