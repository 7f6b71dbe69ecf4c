package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decided.Basis;
import io.leadgauge.model.Decision;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Appraisal;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ContactView;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.store.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the decisions of the journal once more as it is told, each at its instant, by its model and
 * on what was known when it was taken: a decision follows the entries that its transaction had
 * folded, and others of the same transaction were not looked at. Not thread-safe.
 */
final class DecisionsAgain {
  private final InForce versions;
  private final ScratchShelf shelf;
  private final Findings findings;
  private final List<Decided> sameTransaction = new ArrayList<>();

  DecisionsAgain(InForce versions, ScratchShelf shelf, Findings findings) {
    this.versions = versions;
    this.shelf = shelf;
    this.findings = findings;
  }

  /** Notes that another entry than a decision comes next, so that all decisions so far are seen. */
  void over() {
    sameTransaction.forEach(shelf::decide);
    sameTransaction.clear();
  }

  /** Takes over what an entry says was decided, without taking it again. */
  void believe(Decided decided) {
    if (isOfAnotherTransaction(decided)) {
      over();
    }
    sameTransaction.add(decided);
  }

  private boolean isOfAnotherTransaction(Decided decided) {
    return decided.basis() == Basis.TAKEN_BACK
        || (!sameTransaction.isEmpty() && sameTransaction.getLast().seen() != decided.seen());
  }

  /** Takes a decision again, and notes if it differs or cannot be taken. */
  void check(long sequence, Decided decided) {
    believe(decided);
    switch (decided.basis()) {
      case TAKEN_BACK -> {}
      case LIVE -> check(sequence, decided, true);
      case QUIET -> check(sequence, decided, false);
    }
  }

  private void check(long sequence, Decided decided, boolean live) {
    ConnectionId connection = decided.contact().connection();
    ConnectionScope scope = versions.at(connection, decided.seen()).orElse(null);
    if (scope == null) {
      String trouble = versions.trouble(connection, decided.seen());
      findings.note(difference(Difference.Kind.VERSION, sequence, decided, trouble));
      return;
    }
    model(scope, decided)
        .ifPresentOrElse(
            model -> check(sequence, decided, scope, model, live), findings::noteOtherRelease);
  }

  private void check(
      long sequence, Decided decided, ConnectionScope scope, ModelAtWork model, boolean live) {
    RecordState contact = shelf.find(decided.contact()).orElse(null);
    if (contact == null) {
      String nobody = "nothing was told of the contact before";
      findings.note(difference(Difference.Kind.DECISION, sequence, decided, nobody));
      return;
    }
    Decision again = again(scope, model, contact, decided, live);
    if (!again.equals(decided.decision())) {
      String journal = JournalReader.text(again);
      findings.note(difference(Difference.Kind.DECISION, sequence, decided, journal));
    }
  }

  private Decision again(
      ConnectionScope scope,
      ModelAtWork model,
      RecordState contact,
      Decided decided,
      boolean live) {
    return Appraisal.of(scope, ContactView.of(scope, contact, shelf))
        .evaluate(model, decided.receivedAt(), live)
        .decision();
  }

  /** The hash of a model says what it means to the release that reads it. */
  private static Optional<ModelAtWork> model(ConnectionScope scope, Decided decided) {
    return scope.models().stream()
        .filter(model -> model.name().equals(decided.model()))
        .filter(model -> model.hash().equals(decided.modelHash()))
        .findFirst();
  }

  private static Difference difference(
      Difference.Kind kind, long sequence, Decided decided, String journal) {
    String recorded = JournalReader.text(decided.decision());
    return new Difference(kind, decided.contact(), decided.model(), journal, recorded, sequence);
  }
}
