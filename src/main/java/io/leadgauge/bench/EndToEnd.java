package io.leadgauge.bench;

import io.leadgauge.bench.Passage.Passed;
import io.leadgauge.bench.Suite.Settings;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * From the webhook to the field of the CRM. The stand-in has no rate limit, and the connection
 * writes; every contact is in a wave once, so that each event is worth a write of its own.
 */
final class EndToEnd {
  private static final int MANY = 100;
  private static final int STEADY_PER_SECOND = 1_000;

  /** At first; afterwards what the last round has shown. */
  private static final double GUESSED_PER_SECOND = 4_000;

  private static final int REPEATED = 5;
  private static final double LEAST_PER_SECOND = 5_000;
  private static final double MOST_LAG_MILLIS = 1_000;

  private final Settings settings;
  private final BenchPortal portal;
  private final Receiver receiver;
  private final Passage passage;
  private final Report report;
  private final String whose;
  private int next;
  private double lastPerSecond = GUESSED_PER_SECOND;

  /**
   * Measures one receiver.
   *
   * @param whose stands before the names of all figures
   */
  EndToEnd(
      Settings settings,
      BenchPortal portal,
      Receiver receiver,
      Passage passage,
      Report report,
      String whose) {
    this.settings = settings;
    this.portal = portal;
    this.receiver = receiver;
    this.passage = passage;
    this.report = report;
    this.whose = whose;
  }

  /** Measures ours, in a folder of its own. */
  static void measure(Settings settings, Clockwork clock, Vertx vertx, Report report)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(settings.folder().resolve("end-to-end"));
    SplittableRandom random = new SplittableRandom(settings.seed());
    try (BenchPortal portal =
            BenchPortal.start(
                folder, FreePort.next(), settings.contacts(), "fields", clock, random);
        Receiver receiver = Receiver.serve(folder, clock)) {
      Passage passage = new Passage(portal, folder.resolve("manifests"), vertx, clock);
      EndToEnd ours = new EndToEnd(settings, portal, receiver, passage, report, "");
      ours.meet();
      for (int round = 0; round <= settings.rounds(); round++) {
        ours.round(round);
      }
      aim(report);
    }
  }

  private static void aim(Report report) {
    for (int each : List.of(1, MANY)) {
      report.aim("end to end by " + each + ", events/s", Aim.atLeast(LEAST_PER_SECOND));
      String lag = "end to end at " + STEADY_PER_SECOND + " a second by " + each + ": lag p99, ms";
      report.aim(lag, Aim.atMost(MOST_LAG_MILLIS));
    }
  }

  /** Has every contact read and written once. */
  void meet() throws IOException, InterruptedException {
    report.tell(whose + "end to end: all " + portal.size() + " contacts become known");
    passage.send(receiver, portal.contacts(), 1, MANY, 0);
  }

  /**
   * Measures once.
   *
   * @param round 0 for warming up, which does not count
   */
  void round(int round) throws IOException, InterruptedException {
    report.tell(whose + "end to end: " + (round == 0 ? "warming up" : "round " + round));
    asFastAsItGoes(round > 0, 1);
    asFastAsItGoes(round > 0, MANY);
    repeated(round > 0);
    steady(round > 0, 1);
    steady(round > 0, MANY);
  }

  /** Every event is worth a write: events, and contacts that are written, are the same number. */
  private void asFastAsItGoes(boolean counts, int each) throws IOException, InterruptedException {
    Passed passed = passage.send(receiver, some(lastPerSecond), 1, each, 0);
    lastPerSecond = passed.contactsPerSecond();
    note(counts, "by " + each + ", events/s", passed.contactsPerSecond());
    note(counts, "CRM calls by " + each + ", calls/s", passed.callsPerSecond());
  }

  /** Several events of each contact, some of which are one write. */
  private void repeated(boolean counts) throws IOException, InterruptedException {
    Passed passed = passage.send(receiver, some(lastPerSecond / REPEATED), REPEATED, MANY, 0);
    String by = REPEATED + " of a contact by " + MANY;
    note(counts, by + ", events/s", REPEATED * passed.contactsPerSecond());
  }

  private void steady(boolean counts, int each) throws IOException, InterruptedException {
    Passed passed = passage.send(receiver, some(STEADY_PER_SECOND), 1, each, STEADY_PER_SECOND);
    String at = "at " + STEADY_PER_SECOND + " a second by " + each;
    note(counts, at + ": lag p50, ms", passed.quantileMillis(0.5));
    note(counts, at + ": lag p99, ms", passed.quantileMillis(0.99));
    note(counts, at + ": CRM calls, calls/s", passed.callsPerSecond());
  }

  /**
   * Returns as many contacts as there are events at a rate in the time of one measurement: those
   * that were longest in no wave.
   */
  private List<Long> some(double perSecond) {
    List<Long> all = portal.contacts();
    int count = (int) Math.clamp(perSecond * settings.seconds(), 1, all.size());
    List<Long> some = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      some.add(all.get((next + i) % all.size()));
    }
    next = (next + count) % all.size();
    return some;
  }

  private void note(boolean counts, String name, double figure) {
    if (counts) {
      report.note(whose + "end to end " + name, figure);
    }
  }
}
