package io.leadgauge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How fast all contacts are scored anew after their model has changed, beside the rows alone that
 * this leaves in the store.
 */
final class Rescore {
  private Rescore() {}

  /** Notes the contacts a second of both; what the model says differs afterwards. */
  static void measure(LargeStore store, Report report)
      throws IOException, InterruptedException, SQLException {
    report.tell("all " + store.contacts() + " contacts are scored by another model");
    String of = " of " + store.contacts() + LargeNumbers.RATE;
    try (Program serve = store.serve()) {
      report.note("re-score" + of, rate(store, rescore(store, serve)));
      report.note(LargeNumbers.resident(store.contacts()), serve.residentBytes() / 1e6);
      serve.stop();
    }
    report.note("rows of a re-score" + of, rate(store, new RescoreRows(store).store()));
  }

  private static Duration rescore(LargeStore store, Program serve)
      throws IOException, InterruptedException {
    String before = store.scope().configuration();
    String text = Files.readString(store.model());
    // Another model each time, and never far from the first.
    String other =
        text.contains("points: 20 }")
            ? text.replace("points: 20 }", "points: 19 }")
            : text.replace("points: 19 }", "points: 20 }");
    Files.writeString(store.model(), other);
    store.reload(serve);
    return store.await(() -> store.isCountedBeyond(before), "all contacts are scored anew");
  }

  private static double rate(LargeStore store, Duration took) {
    return store.contacts() * 1e9 / took.toNanos();
  }
}
