package io.leadgauge.bench;

import io.leadgauge.bench.Suite.Settings;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Ours beside Node-RED: the same deliveries from the same generator, by turns, and the same way
 * into the CRM.
 */
final class BesideNodeRed {
  private static final int CONNECTIONS = 64;
  private static final int MANY = 100;
  private static final int MOST_ROUNDS = 3;
  private static final int FIRST_DELIVERIES = 500;
  private static final String OURS = "receive beside Node-RED";
  private static final String THEIRS = "Node-RED receive";

  private final Settings settings;
  private final BenchPortal portal;
  private final Clockwork clock;
  private final Vertx vertx;
  private final Report report;

  private BesideNodeRed(
      Settings settings, BenchPortal portal, Clockwork clock, Vertx vertx, Report report) {
    this.settings = settings;
    this.portal = portal;
    this.clock = clock;
    this.vertx = vertx;
    this.report = report;
  }

  /** Measures both, in a folder of its own; says so where there is no Node-RED. */
  static void measure(Settings settings, Clockwork clock, Vertx vertx, Report report)
      throws IOException, InterruptedException {
    // Beside the folder and not in it, so that the next run finds it again.
    Path installed = Path.of(settings.folder().toAbsolutePath() + "-node-red");
    measure(settings, installed, clock, vertx, report);
  }

  /** Measures both, with the Node-RED of a folder, where it is installed if need be. */
  static void measure(
      Settings settings, Path installed, Clockwork clock, Vertx vertx, Report report)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(settings.folder().resolve("beside-node-red"));
    report.tell("Node-RED " + NodeRed.VERSION + " is looked for, and installed if need be");
    NodeRed.Found found = NodeRed.install(installed);
    NodeRed nodeRed = found.nodeRed();
    if (nodeRed == null) {
      report.leaveOut(found.missing());
      return;
    }
    SplittableRandom random = new SplittableRandom(settings.seed());
    try (BenchPortal portal =
        BenchPortal.start(folder, FreePort.next(), settings.contacts(), "shadow", clock, random)) {
      BesideNodeRed both = new BesideNodeRed(settings, portal, clock, vertx, report);
      Passage passage = new Passage(portal, folder.resolve("manifests"), vertx, clock);
      both.receive(folder, nodeRed, passage);
      both.endToEnd(nodeRed, passage);
    }
  }

  private void receive(Path folder, NodeRed nodeRed, Passage passage)
      throws IOException, InterruptedException {
    try (Receiver ours = Receiver.serve(folder, clock);
        Receiver theirs = nodeRed.start(portal, false, clock)) {
      List<byte[]> everyone = portal.everyone();
      flood(everyone, 1, ours);
      flood(everyone, 1, theirs);
      passage.awaitQuiet();
      for (int round = 0; round <= rounds(); round++) {
        report.tell("beside Node-RED: " + (round == 0 ? "warming up" : "round " + round));
        receive(round > 0, ours, theirs, 1);
        receive(round > 0, ours, theirs, MANY);
      }
    }
  }

  private void receive(boolean counts, Receiver ours, Receiver theirs, int events) {
    String by = " by " + events;
    int most = deliveries(OURS + by + ", events/s", events);
    List<byte[]> bodies = portal.deliveries(most, events);
    int some = Math.min(most, deliveries(THEIRS + by + ", events/s", events));
    note(counts, OURS, by, events, flood(bodies, events, ours));
    note(counts, THEIRS, by, events, flood(bodies.subList(0, some), events, theirs));
    if (counts) {
      report.aim(OURS + by + ", events/s", Aim.atLeast(8, THEIRS + by + ", events/s"));
    }
  }

  private void note(boolean counts, String name, String by, int events, Flood.Outcome outcome) {
    if (counts) {
      report.note(name + by + ", events/s", outcome.perSecond() * events);
      report.note(name + by + ": p99, ms", outcome.quantileNanos(0.99) / 1e6);
    }
  }

  /** As many as take about as long as was asked, by the last round. */
  private int deliveries(String name, int events) {
    List<Double> rounds = report.rounds(name);
    double perSecond = rounds.isEmpty() ? FIRST_DELIVERIES : rounds.getLast() / events;
    return (int) Math.max(10, perSecond * settings.seconds());
  }

  private Flood.Outcome flood(List<byte[]> bodies, int events, Receiver receiver) {
    Requests requests =
        Requests.of(receiver.target(), BenchPortal.SIGNER, bodies, events, clock.now());
    int port = receiver.target().port();
    return Flood.send(vertx, clock, requests, port, CONNECTIONS, 0).join();
  }

  /** It writes what our model says, or its wave would not pass. */
  private void endToEnd(NodeRed nodeRed, Passage passage) throws IOException, InterruptedException {
    try (Receiver theirs = nodeRed.start(portal, true, clock)) {
      EndToEnd way = new EndToEnd(settings, portal, theirs, passage, report, "Node-RED ");
      way.meet();
      for (int round = 0; round <= rounds(); round++) {
        way.round(round);
      }
    }
  }

  private int rounds() {
    return Math.min(MOST_ROUNDS, settings.rounds());
  }
}
