package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.SplittableRandom;

/**
 * What a contact costs where there are many, and where there are a tenth as many: starts, memory,
 * scoring, what time alone changes, a change of the model, what was kept told again.
 */
final class LargeNumbers {
  /** Ends the names of figures that count contacts. */
  static final String RATE = ", contacts a second";

  private static final int TIMES = 5;
  private static final int SHARE = 10;
  private static final double MOST_OF_FLOOR = 1.3;
  private static final double MOST_OF_SCORING = 1.1;

  private final Suite.Settings settings;
  private final Clockwork clock;
  private final Vertx vertx;
  private final Report report;

  private LargeNumbers(Suite.Settings settings, Clockwork clock, Vertx vertx, Report report) {
    this.settings = settings;
    this.clock = clock;
    this.vertx = vertx;
    this.report = report;
  }

  /**
   * Notes all of it, of five times as many contacts as the settings say, and of a tenth of that.
   */
  static void measure(Suite.Settings settings, Clockwork clock, Vertx vertx, Report report)
      throws IOException, InterruptedException, SQLException {
    int many = settings.contacts() * TIMES;
    new LargeNumbers(settings, clock, vertx, report).measure(many / SHARE, many);
  }

  static String resident(int contacts) {
    return "resident after a re-score of " + contacts + ", MB";
  }

  private void measure(int few, int many) throws IOException, InterruptedException, SQLException {
    try (LargeStore store = store(0)) {
      Start.measure(store, settings.rounds(), report);
    }
    try (LargeStore store = store(few)) {
      // First: a re-score's rows alone leave standings that no journal tells of.
      Replays.measure(store, report);
      measure(store);
    }
    try (LargeStore store = store(many)) {
      Start.measure(store, settings.rounds(), report);
      measure(store);
    }
    quotients(few, many);
  }

  private LargeStore store(int contacts) throws IOException, InterruptedException {
    report.tell("a store of " + contacts + " contacts is made");
    Path folder = settings.folder().resolve("large").resolve(Integer.toString(contacts));
    return LargeStore.fill(folder, contacts, clock, vertx, new SplittableRandom(settings.seed()));
  }

  private void measure(LargeStore store) throws IOException, InterruptedException, SQLException {
    Scoring.measure(store, report);
    Sweep.measure(store, report);
    Rescore.measure(store, report);
  }

  /** What a contact costs among many, over what it costs among few; of us and of the floor. */
  private void quotients(int few, int many) {
    quotient("scoring on one core", few, many);
    quotient("sweep", few, many);
    quotient("re-score", few, many);
    quotient("rows of a re-score", few, many);
    report.aim(cost("scoring on one core"), Aim.atMost(MOST_OF_SCORING));
    for (String ours : new String[] {"sweep", "re-score"}) {
      report.aim(cost(ours), Aim.atMost(MOST_OF_FLOOR, cost("rows of a re-score")));
    }
    double more = last(resident(many)) - last(resident(few));
    report.note("resident for a million contacts more, MB", more * 1e6 / (many - few));
  }

  private void quotient(String what, int few, int many) {
    report.note(cost(what), last(what + " of " + few + RATE) / last(what + " of " + many + RATE));
  }

  private double last(String name) {
    return report.rounds(name).getLast();
  }

  private static String cost(String what) {
    return what + ": cost of one where there are ten times as many, times";
  }
}
