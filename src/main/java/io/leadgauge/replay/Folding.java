package io.leadgauge.replay;

import io.leadgauge.model.Activation;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Retried;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.store.JournalEntry;
import java.util.Optional;

/**
 * Puts on a shelf what the entries of a journal told, and takes each decision again where it
 * stands. Not thread-safe.
 */
final class Folding {
  private final Walk walk;
  private final Retelling retelling;
  private final DecisionsAgain decisionsAgain;
  private final Findings findings;
  private long deliveries;
  private long observations;
  private long decisions;

  /** Begins at the beginning. */
  Folding(Walk walk, Reading reading, ScratchShelf shelf, Findings findings) {
    this.walk = walk;
    this.findings = findings;
    this.retelling = new Retelling(reading, shelf);
    this.decisionsAgain = new DecisionsAgain(reading.versions(), shelf, findings);
    walk.tellSnapshot(retelling);
  }

  /** Goes on to the end of the journal. */
  void goOn(Rebuild.Progress progress) {
    walk.goOn(this::take, progress);
    decisionsAgain.over();
  }

  private void take(JournalEntry entry) {
    if (entry.entry() instanceof Decided decided) {
      decide(entry, decided);
      return;
    }
    decisionsAgain.over();
    if (walk.isInSnapshot(entry)) {
      if (entry.entry() instanceof Erasure erasure) {
        findings.noteErasure(erasure.connection());
      }
      return;
    }
    retelling.tell(entry);
    switch (entry.entry()) {
      case Delivery delivery -> deliveries++;
      case Retried retried -> {}
      case Observation observation -> observations++;
      case Erasure erasure -> findings.noteErasure(erasure.connection());
      case Activation activation -> {}
      case GivenUp givenUp -> {}
      case Decided decided -> {}
    }
  }

  /** What a decision was taken on is not known any more once the snapshot stands for that. */
  private void decide(JournalEntry entry, Decided decided) {
    if (walk.isInSnapshot(entry)) {
      decisionsAgain.believe(decided);
      return;
    }
    decisions++;
    decisionsAgain.check(entry.sequence(), decided);
  }

  /**
   * Returns the first difference with the entry that should have brought it. Goes through the
   * journal once more, up to there.
   */
  Optional<Difference> firstCause() {
    Optional<Difference> earliest = findings.earliest();
    if (!findings.areOpen()) {
      return earliest;
    }
    long before = earliest.map(Difference::entry).filter(entry -> entry > 0).orElse(Long.MAX_VALUE);
    FirstBrought first = new FirstBrought();
    walk.again(before, first::isFound);
    return first.found.or(() -> earliest);
  }

  /** Looks for the first entry that has brought something that differs. */
  private final class FirstBrought {
    private Optional<Difference> found = Optional.empty();

    boolean isFound(JournalEntry entry) {
      found =
          findings.broughtBy(entry.sequence(), entry.entry().receivedAt(), retelling.told(entry));
      return found.isPresent();
    }
  }

  /** Returns how many deliveries were told again. */
  long deliveries() {
    return deliveries;
  }

  /** Returns how many answers of the CRM were told again. */
  long observations() {
    return observations;
  }

  /** Returns how many decisions were taken again. */
  long decisions() {
    return decisions;
  }
}
