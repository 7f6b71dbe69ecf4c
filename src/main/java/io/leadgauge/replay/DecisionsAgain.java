package io.leadgauge.replay;

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
  private final List<Decided> sameTransaction = new ArrayList<>();

  DecisionsAgain(InForce versions, ScratchShelf shelf) {
    this.versions = versions;
    this.shelf = shelf;
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

  /** Takes a decision again; returns in what it differs, if it does. */
  Optional<Difference> check(long sequence, Decided decided) {
    believe(decided);
    return switch (decided.basis()) {
      case TAKEN_BACK -> Optional.empty();
      case LIVE -> checked(sequence, decided, true);
      case QUIET -> checked(sequence, decided, false);
    };
  }

  private Optional<Difference> checked(long sequence, Decided decided, boolean live) {
    ConnectionScope scope =
        versions.at(decided.contact().connection(), decided.seen()).orElse(null);
    ModelAtWork model = scope == null ? null : model(scope, decided).orElse(null);
    if (scope == null || model == null) {
      String missing =
          scope == null
              ? versions.trouble(decided.contact().connection(), decided.seen())
              : "the version in force had no model of the hash " + decided.modelHash();
      return Optional.of(difference(Difference.Kind.VERSION, sequence, decided, missing));
    }
    RecordState contact = shelf.find(decided.contact()).orElse(null);
    if (contact == null) {
      String nobody = "nothing was told of the contact before";
      return Optional.of(difference(Difference.Kind.DECISION, sequence, decided, nobody));
    }
    Decision again = again(scope, model, contact, decided, live);
    return again.equals(decided.decision())
        ? Optional.empty()
        : Optional.of(
            difference(Difference.Kind.DECISION, sequence, decided, JournalReader.text(again)));
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
