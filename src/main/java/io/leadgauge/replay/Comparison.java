package io.leadgauge.replay;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.replay.Difference.Kind;
import io.leadgauge.store.JournalReader;
import io.leadgauge.store.StoreReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares the records of the store with those that the journal tells. Whoever is being erased is
 * left out, with the links that lead to them. To be used for one comparison.
 */
final class Comparison {
  private static final int PAGE = 500;

  private final StoreReader stored;
  private final StoreReader told;
  private final Predicate<RecordRef> isCompared;
  private final Findings findings;
  private long records;
  private long facts;

  /**
   * Prepares a comparison.
   *
   * @param stored the store
   * @param told what the journal tells
   * @param isCompared whether a record is to be looked at
   * @param findings takes what differs
   */
  Comparison(
      StoreReader stored, StoreReader told, Predicate<RecordRef> isCompared, Findings findings) {
    this.stored = stored;
    this.told = told;
    this.isCompared = isCompared;
    this.findings = findings;
  }

  /** Compares all records. */
  void run() {
    for (List<RecordState> page = stored.records(0, PAGE);
        !page.isEmpty();
        page = stored.records(page.getLast().rowId(), PAGE)) {
      page.stream().filter(this::isCompared).forEach(this::compare);
    }
    for (List<RecordState> page = told.records(0, PAGE);
        !page.isEmpty();
        page = told.records(page.getLast().rowId(), PAGE)) {
      page.stream().filter(this::isCompared).forEach(this::compareUnknown);
    }
  }

  private boolean isCompared(RecordState state) {
    return isCompared.test(state.ref()) && !stored.isErased(state.ref());
  }

  /** Returns how many records were compared. */
  long records() {
    return records;
  }

  /** Returns how many facts of them the journal tells. */
  long facts() {
    return facts;
  }

  private void compare(RecordState state) {
    records++;
    Optional<RecordState> again = told.load(state.ref());
    compareFacts(
        state.ref(), state.facts(), again.map(RecordState::facts).orElse(RecordFacts.NONE));
    again.ifPresent(one -> compareFirstSight(state, one));
    compareStandings(
        state.ref(), state.standings(), again.map(RecordState::standings).orElse(Map.of()));
  }

  private void compareUnknown(RecordState again) {
    if (stored.load(again.ref()).isEmpty()) {
      records++;
      compareFacts(again.ref(), RecordFacts.NONE, again.facts());
      compareStandings(again.ref(), Map.of(), again.standings());
    }
  }

  private void compareFacts(RecordRef ref, RecordFacts storedFacts, RecordFacts toldFacts) {
    facts += toldFacts.size();
    if (storedFacts.canonical().equals(toldFacts.canonical())) {
      return;
    }
    Set<Fact> untold = new LinkedHashSet<>(counted(ref, storedFacts));
    List<Fact> missing = new ArrayList<>(counted(ref, toldFacts));
    missing.removeIf(untold::remove);
    for (Fact fact : missing) {
      Fact instead = instead(fact, untold);
      if (instead != null) {
        untold.remove(instead);
      }
      String storedText = instead == null ? null : FactText.said(instead);
      findings.note(
          new Difference(
              Kind.FACT, ref, FactText.subject(fact), FactText.said(fact), storedText, 0),
          fact);
    }
    untold.forEach(this::noteUntold);
  }

  private List<Fact> counted(RecordRef ref, RecordFacts all) {
    return all.all(ref).stream()
        .filter(fact -> !(fact instanceof Fact.Linked link && stored.isErased(link.to())))
        .toList();
  }

  /** Returns what the store says of the same thing and the journal does not; null for nothing. */
  private static @Nullable Fact instead(Fact fact, Set<Fact> untold) {
    return untold.stream()
        .filter(other -> FactText.subject(other).equals(FactText.subject(fact)))
        .min((one, other) -> Long.compare(distance(one, fact), distance(other, fact)))
        .orElse(null);
  }

  private static long distance(Fact one, Fact other) {
    return Math.abs(one.at() - other.at());
  }

  private void noteUntold(Fact fact) {
    if (fact instanceof Fact.Linked link
        && (link.of().isAlias() || link.to().isAlias())
        && findings.hasErasures(link.of().connection())) {
      findings.noteLost();
      return;
    }
    findings.note(
        new Difference(Kind.FACT, fact.of(), FactText.subject(fact), null, FactText.said(fact), 0),
        null);
  }

  private void compareFirstSight(RecordState state, RecordState again) {
    long first = again.firstSeenAt();
    if (again.facts().size() == 0 || state.firstSeenAt() == first) {
      return;
    }
    if (state.firstSeenAt() < first && findings.hasErasures(state.ref().connection())) {
      findings.noteLost();
      return;
    }
    findings.noteFirstSight(
        new Difference(
            Kind.FIRST_SIGHT,
            state.ref(),
            "first seen",
            Instant.ofEpochMilli(first).toString(),
            Instant.ofEpochMilli(state.firstSeenAt()).toString(),
            0),
        first);
  }

  private void compareStandings(
      RecordRef ref, Map<String, Standing> storedBy, Map<String, Standing> toldBy) {
    Set<String> models = new TreeSet<>(storedBy.keySet());
    models.addAll(toldBy.keySet());
    for (String model : models) {
      Decision storedOne = decision(storedBy, model);
      Decision toldOne = decision(toldBy, model);
      if (!storedOne.equals(toldOne)) {
        findings.note(
            new Difference(
                Kind.STANDING,
                ref,
                model,
                JournalReader.text(toldOne),
                JournalReader.text(storedOne),
                0));
      }
    }
  }

  private static Decision decision(Map<String, Standing> standings, String model) {
    Standing standing = standings.get(model);
    return standing == null ? Decision.NONE : standing.decision();
  }
}
