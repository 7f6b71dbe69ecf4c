package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.Appraisal;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ContactView;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.util.List;
import java.util.Optional;

/**
 * How fast contacts are scored on one core: facts in memory to ledger, decision and when to look
 * again. {@code mvn -P bench test} compares with other engines.
 */
final class Scoring {
  private static final int PAGE = 200;
  private static final int PAGES = 100;
  private static final int WARM_UP = 5;

  private final ConnectionScope scope;
  private final ModelAtWork model;
  private final Clockwork clock;
  private long scored;
  private long nanos;

  /** Makes what the last score came to part of the result, so that no compiler leaves it out. */
  private long total;

  private Scoring(LargeStore store) {
    this.scope = store.scope();
    this.model = scope.models().getFirst();
    this.clock = store.clock();
  }

  /** Notes the contacts a second over pages from all of the store; reading them counts not. */
  static void measure(LargeStore store, Report report) {
    Scoring scoring = new Scoring(store);
    try (StoreReader reader = Store.read(store.data())) {
      int step = Math.max(PAGE, store.contacts() / PAGES);
      for (long after = 0; after < store.contacts(); after += step) {
        List<RecordState> page = reader.records(after, PAGE);
        if (after == 0) {
          scoring.warmUp(page);
        }
        scoring.score(page);
      }
    }
    if (scoring.total == 0) {
      throw new IllegalStateException("nobody has a point");
    }
    report.note(
        "scoring on one core of " + store.contacts() + LargeNumbers.RATE,
        scoring.scored * 1e9 / scoring.nanos);
  }

  private void warmUp(List<RecordState> page) {
    for (int i = 0; i < WARM_UP * PAGES; i++) {
      score(page);
    }
    scored = 0;
    nanos = 0;
  }

  private void score(List<RecordState> page) {
    long now = clock.now();
    long began = clock.nanos();
    for (RecordState state : page) {
      ContactView view = ContactView.of(scope, state, Scoring::nobody);
      total += Appraisal.of(scope, view).evaluate(model, now).score().total();
    }
    nanos += clock.nanos() - began;
    scored += page.size();
  }

  private static Optional<RecordState> nobody(RecordRef ref) {
    return Optional.empty();
  }
}
