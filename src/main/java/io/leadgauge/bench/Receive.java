package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * How fast deliveries are acknowledged, beside both floors by turns: verified, kept, decoded,
 * folded, scored, decided, saved. The CRM is away meanwhile, so that what comes in is measured
 * alone.
 */
final class Receive {
  private static final int MANY = 100;

  /** Nobody listens there. */
  private static final URI AWAY = URI.create("http://127.0.0.1:9");

  private Receive() {}

  /** Measures single events, and a hundred in a delivery. */
  static void measure(Suite.Settings settings, Clockwork clock, Vertx vertx, Report report)
      throws IOException, InterruptedException, SQLException {
    Path folder = Files.createDirectories(settings.folder().resolve("receive"));
    new BenchManifests(AWAY, "shadow", true).write(folder.resolve("manifests"));
    Population population = Population.of(settings.contacts());
    SplittableRandom random = new SplittableRandom(settings.seed());
    report.tell("receive: " + settings.contacts() + " contacts are put in");
    population.settle(folder.resolve("data"), clock, random);
    int port = FreePort.next();
    try (Serve serve = Serve.start(clock, folder);
        Program floorA = floorA(folder, port, clock)) {
      floorA.awaitPort(port);
      Sender sender = new Sender(clock, vertx);
      Deliveries deliveries = new Deliveries(Population.readAt(clock) + 1, random);
      report.tell("receive: all contacts are scored");
      sender.send(List.of(deliveries.grown(Population.COMPANY)), 1, serve.target(), 0);
      serve.awaitScored();
      Path copy = folder.resolve("floor-b.db");
      Load.copy(serve.database(), copy);
      try (FloorB floorB = new FloorB(copy)) {
        Floors floors = new Floors(folder, clock, sender, floorA, port, floorB);
        List<ReceiveRound> sizes =
            List.of(
                round("receive, 1 event a delivery", 1, serve, population, random, settings),
                round("receive, 100 events a delivery", MANY, serve, population, random, settings));
        for (int number = 0; number <= settings.rounds(); number++) {
          for (ReceiveRound size : sizes) {
            size.run(number, settings.rounds(), deliveries, sender, floors, report);
          }
        }
      }
      report.under("receive, memory");
      report.note("resident after all this, MB", serve.program().residentBytes() / 1e6);
    }
  }

  private static ReceiveRound round(
      String title,
      int events,
      Serve serve,
      Population population,
      SplittableRandom random,
      Suite.Settings settings) {
    return new ReceiveRound(title, events, serve, population, random, settings.seconds());
  }

  private static Program floorA(Path folder, int port, Clockwork clock) throws IOException {
    return Program.start(
        clock,
        folder.resolve("floor-a.log"),
        Map.of(),
        List.of(
            "io.leadgauge.cli.Main",
            "bench",
            "--floor=" + port,
            "--data=" + folder.resolve("floor-a")));
  }

  /** Serves floor A on a port until the process is ended. */
  static void floorA(Path folder, int port, Clockwork clock, Vertx vertx)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    FloorA.start(
        vertx,
        clock,
        folder.resolve("appended"),
        port,
        Runtime.getRuntime().availableProcessors(),
        Secret.of(BenchPortal.CLIENT_SECRET),
        BenchPortal.SIGNED_URL);
    new CountDownLatch(1).await();
  }
}
