package io.leadgauge.bench;

import io.leadgauge.bench.Requests.Target;
import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures both floors, each with the raw loop below it.
 *
 * @param folder where they write
 * @param clock times them
 * @param sender sends to floor A
 * @param floorA a process of its own
 * @param port where floor A listens
 * @param floorB over a copy of what the product has stored
 */
record Floors(
    Path folder, Clockwork clock, Sender sender, Program floorA, int port, FloorB floorB) {
  /**
   * Notes how many events floor A and a bare loop append in a second.
   *
   * @return how many deliveries floor A does
   */
  double receive(List<byte[]> bodies, int events, Report report)
      throws IOException, InterruptedException {
    Target target = new Target(port, BenchPortal.PATH, BenchPortal.SIGNED_URL);
    long[] before = appended();
    Flood.Outcome outcome = sender.send(bodies, events, target, 0);
    long[] after = appended();
    report.note("floor A, events/s", outcome.perSecond() * events);
    report.note("floor A: p99, ms", outcome.quantileNanos(0.99) / 1e6);
    int together = Math.round((float) (after[0] - before[0]) / Math.max(1, after[1] - before[1]));

    long began = clock.nanos();
    RawLoops.append(folder.resolve("raw-append"), bodies, Math.max(1, together));
    report.note("raw append, events/s", perSecond(bodies.size() * (long) events, began));
    report.aim("floor A, events/s", Aim.of("raw append, events/s"));
    return outcome.perSecond();
  }

  /** Returns how many deliveries floor A has appended so far, and in how many syncs. */
  private long[] appended() throws IOException, InterruptedException {
    String[] numbers =
        floorA.get(URI.create("http://127.0.0.1:" + port + "/")).body().split(" ", -1);
    return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
  }

  /**
   * Notes how many events floor B and a bare loop store in a second.
   *
   * @param load what the product has stored of the same deliveries
   * @param together how many of them it has stored in one transaction
   * @param contacts the numbers in the store of those whom events are about
   */
  void store(Load load, List<byte[]> bodies, int together, LongSupplier contacts, Report report)
      throws IOException, SQLException {
    long events = bodies.size() * (long) load.events();
    long began = clock.nanos();
    floorB.store(load, bodies.size(), together, clock.now(), contacts);
    report.note("floor B, events/s", perSecond(events, began));

    began = clock.nanos();
    RawLoops.insert(folder.resolve("raw.db"), bodies, load.events(), together);
    report.note("raw SQLite, events/s", perSecond(events, began));
    report.aim("floor B, events/s", Aim.of("raw SQLite, events/s"));
  }

  private double perSecond(long events, long began) {
    return events * 1e9 / (clock.nanos() - began);
  }
}
