package io.leadgauge.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** How fast contacts are scored again that are due by time alone, all at once. */
final class Sweep {
  private Sweep() {}

  /** Notes the contacts a second, from the first look to the last. */
  static void measure(LargeStore store, Report report)
      throws IOException, InterruptedException, SQLException {
    report.tell("points of " + store.contacts() + " contacts fade");
    store.age();
    try (Program serve = store.serve()) {
      // It has begun before it was ready.
      long left = store.due();
      Duration took = store.await(() -> store.due() == 0, "all contacts are swept");
      report.note("sweep of " + store.contacts() + LargeNumbers.RATE, left * 1e9 / took.toNanos());
      serve.stop();
    }
  }
}
