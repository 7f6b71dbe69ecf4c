package io.leadgauge.bench;

import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.ModelAtWork;
import io.leadgauge.pipeline.Versions;
import io.leadgauge.replay.InForce;
import io.leadgauge.replay.ModelDiff;
import io.leadgauge.replay.Rebuild;
import io.leadgauge.replay.Rebuilt;
import io.leadgauge.replay.Terms;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.time.Duration;

/** How fast what was kept is told again: by {@code rebuild}, and by {@code replay --model}. */
final class Replays {
  private static final long YEAR_MILLIS = Duration.ofDays(365).toMillis();

  private Replays() {}

  /** Notes the deliveries a second of both. */
  static void measure(LargeStore store, Report report) {
    report.tell("what came for " + store.contacts() + " contacts is told again");
    rebuild(store, report);
    compare(store, report);
  }

  private static void rebuild(LargeStore store, Report report) {
    Rebuild rebuild =
        new Rebuild(
            store.data(),
            reader -> InForce.of(new Versions(reader.journal())),
            kind -> store.platform(),
            null);
    long began = store.clock().nanos();
    Rebuilt rebuilt = rebuild.run((done, last) -> {});
    long took = store.clock().nanos() - began;
    if (!rebuilt.isEqual() || rebuilt.deliveries() != store.contacts()) {
      throw new IllegalStateException("the store is not what its journal says: " + rebuilt);
    }
    report.note("rebuild, deliveries a second", rebuilt.deliveries() * 1e9 / took);
  }

  /** The model as it is now against the one that the contacts were scored by last. */
  private static void compare(LargeStore store, Report report) {
    try (StoreReader reader = Store.read(store.data())) {
      ConnectionScope scope = store.scope();
      ModelAtWork model = scope.models().getFirst();
      long now = store.clock().now();
      Terms terms =
          new Terms(
              scope,
              model,
              model.model(),
              now - YEAR_MILLIS,
              now,
              null,
              Runtime.getRuntime().availableProcessors());
      long began = store.clock().nanos();
      new ModelDiff(terms, reader, (what, done, total) -> {}).run((contact, old, other) -> {});
      long took = store.clock().nanos() - began;
      report.note("replay --model, deliveries a second", store.contacts() * 1e9 / took);
    }
  }
}
