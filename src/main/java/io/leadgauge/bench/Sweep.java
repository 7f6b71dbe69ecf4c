package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.sql.SQLException;

/** How fast contacts are scored again that are due by time alone, all at once. */
final class Sweep {
  private Sweep() {}

  /** Notes the contacts a second, from the last look at which all were due to one at which none. */
  static void measure(LargeStore store, Report report)
      throws IOException, InterruptedException, SQLException {
    report.tell("points of " + store.contacts() + " contacts fade");
    store.age();
    // Not once it is ready: few contacts are swept by then.
    try (Program serve = store.begin(Program.ownOptions())) {
      long began = lastBefore(store);
      store.await(() -> store.due() == 0, "all contacts are swept");
      long took = store.clock().nanos() - began;
      report.note(
          "sweep of " + store.contacts() + LargeNumbers.RATE, store.contacts() * 1e9 / took);
      serve.awaitReady(store.ready());
      serve.stop();
    }
  }

  private static long lastBefore(LargeStore store) throws InterruptedException {
    Clockwork clock = store.clock();
    long[] last = {clock.nanos()};
    store.await(
        () -> {
          long looked = clock.nanos();
          boolean isBegun = store.due() < store.contacts();
          last[0] = isBegun ? last[0] : looked;
          return isBegun;
        },
        "the first contact is swept");
    return last[0];
  }
}
