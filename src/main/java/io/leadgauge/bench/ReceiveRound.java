package io.leadgauge.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One round of deliveries with so many events each: floors, then the product with contacts of every
 * kind. What one measurement does to the next is the same in all rounds. Not thread-safe.
 */
final class ReceiveRound {
  private static final String KNOWN = "known contacts";
  private static final String NEW = "new contacts";
  private static final String BUSY = "5,000 activities a contact";
  private static final String RESCORED = "known, company re-scored";
  private static final String REPEATED = "known, ten events a contact";
  private static final int REPEATS = 10;
  private static final int CHANGES = 4;

  /** So much longer than another measurement: of a hundred deliveries the slowest is chance. */
  private static final int HALF_LOAD_TIMES = 3;

  /** So many are sent before it is known how fast they go. */
  private static final int FIRST = 2_000;

  private static final int MOST_WARMING = 15;
  private static final double FASTER = 1.1;

  private final String title;
  private final int events;
  private final Serve serve;
  private final Population population;
  private final RandomGenerator random;
  private final double seconds;
  private long firstRow;
  private long newest;
  private double perSecond;
  private double floorPerSecond;

  /**
   * Makes one.
   *
   * @param title the heading of what it finds
   * @param events how many events a delivery has
   * @param seconds how long each measurement should take
   */
  ReceiveRound(
      String title,
      int events,
      Serve serve,
      Population population,
      RandomGenerator random,
      double seconds) {
    this.title = title;
    this.events = events;
    this.serve = serve;
    this.population = population;
    this.random = random;
    this.seconds = seconds;
    // No two sizes have new contacts in common.
    this.newest = Population.FIRST + population.contacts() + events * 1_000_000_000L;
    this.perSecond = FIRST / seconds / events;
    this.floorPerSecond = perSecond;
  }

  /** Measures once; what round 0 finds is forgotten. */
  void run(
      int number, int rounds, Deliveries deliveries, Sender sender, Floors floors, Report report)
      throws IOException, InterruptedException, SQLException {
    report.under(title);
    String told = number == 0 ? ": warming up" : ": round " + number + " of " + rounds;
    report.tell(title + told);
    Sending sending = new Sending(deliveries, sender, report);
    if (number == 0) {
      warmUp(sending, floors);
    }
    floor(sending, floors);
    known(sending, floors);
    sending.measure(NEW, sending.bodies(() -> newest++), 0);
    sending.measure(BUSY, sending.bodies(() -> population.busy(random)), 0);
    if (events > 1) {
      sending.measure(REPEATED, sending.bodies(repeated()), 0);
      report.aim(name(REPEATED), Aim.atLeast(0.8, "floor B, events/s"));
    }
    sending.measure(RESCORED, sending.growing(perSecond), 0);
    serve.awaitScored();
    sending.measure(RESCORED + ", half load", sending.growing(perSecond / 2), perSecond / 2);
    serve.awaitScored();
    if (number == 0) {
      report.forget("");
    }
  }

  /** Sends until neither gets faster twice in a row, for it takes seconds to compile them. */
  private void warmUp(Sending sending, Floors floors) throws IOException, InterruptedException {
    double best = 0;
    double bestFloor = 0;
    int steady = 0;
    for (int time = 0; time < MOST_WARMING && steady < 2; time++) {
      floor(sending, floors);
      perSecond = sending.measure(KNOWN, sending.bodies(this::known), 0).perSecond();
      boolean isFaster = perSecond > FASTER * best || floorPerSecond > FASTER * bestFloor;
      steady = isFaster ? 0 : steady + 1;
      best = Math.max(best, perSecond);
      bestFloor = Math.max(bestFloor, floorPerSecond);
    }
  }

  /** It gets as much to do as it can do in its time, not as we could. */
  private void floor(Sending sending, Floors floors) throws IOException, InterruptedException {
    List<byte[]> bodies = sending.bodies(this::known, floorPerSecond);
    floorPerSecond = floors.receive(bodies, events, sending.report());
  }

  private long known() {
    return population.known(random);
  }

  /** Each contact as often as is told, one after the other. */
  private LongSupplier repeated() {
    long[] last = {0, 0};
    return () -> {
      if (last[1]++ % REPEATS == 0) {
        last[0] = known();
      }
      return last[0];
    };
  }

  private void known(Sending sending, Floors floors)
      throws IOException, InterruptedException, SQLException {
    List<byte[]> bodies = sending.bodies(this::known);
    long last = Load.last(serve.database());
    double works = serve.metric("journal_batch_entries_sum");
    double commits = serve.metric("journal_batch_entries_count");
    perSecond = sending.measure(KNOWN, bodies, 0).perSecond();
    works = serve.metric("journal_batch_entries_sum") - works;
    commits = serve.metric("journal_batch_entries_count") - commits;
    int together = Math.max(1, Math.round((float) (works / Math.max(1, commits))));
    Report report = sending.report();
    report.note("deliveries a transaction", together);
    report.aim(name(KNOWN), Aim.atLeast(events == 1 ? 0.7 : 0.8, "floor B, events/s"));

    Load load = Load.since(serve.database(), events, last);
    if (firstRow == 0) {
      firstRow = floors.floorB().row(Population.FIRST);
    }
    // Before the floor, whose pages the disk is still busy with afterwards.
    List<byte[]> half = sending.bodies(this::known, HALF_LOAD_TIMES * perSecond / 2);
    sending.measure(KNOWN + ", half load", half, perSecond / 2);
    report.aim(KNOWN + ", half load: p99, ms", Aim.atMost(10));
    LongSupplier rows = () -> firstRow + known() - Population.FIRST;
    floors.store(load, bodies, together, rows, report);
  }

  private static String name(String what) {
    return what + ", events/s";
  }

  /** What a round sends with, and notes in. */
  private final class Sending {
    private final Deliveries deliveries;
    private final Sender sender;
    private final Report report;

    Sending(Deliveries deliveries, Sender sender, Report report) {
      this.deliveries = deliveries;
      this.sender = sender;
      this.report = report;
    }

    Report report() {
      return report;
    }

    List<byte[]> bodies(LongSupplier contacts) {
      return bodies(contacts, perSecond);
    }

    /** As many as go by in the time of one measurement. */
    List<byte[]> bodies(LongSupplier contacts, double rate) {
      int count = (int) Math.max(Sender.CONNECTIONS, rate * seconds);
      return deliveries.about(count, events, contacts);
    }

    /** Deliveries about known contacts, among them changes of their company. */
    List<byte[]> growing(double rate) {
      List<byte[]> bodies = new ArrayList<>(bodies(ReceiveRound.this::known, rate));
      for (int i = 0; i < CHANGES; i++) {
        bodies.set(i * bodies.size() / CHANGES, deliveries.grown(Population.COMPANY));
      }
      return bodies;
    }

    Flood.Outcome measure(String what, List<byte[]> bodies, double rate) {
      Flood.Outcome outcome = sender.send(bodies, events, serve.target(), rate);
      if (rate == 0) {
        report.note(name(what), outcome.perSecond() * events);
        boolean isAsked = events == 1 && what.equals(KNOWN);
        String floor = "floor A, events/s";
        report.aim(name(what), isAsked ? Aim.atLeast(0.4, floor) : Aim.of(floor));
      }
      if (outcome.refused() > 0) {
        report.note(what + ": told to come again, times", outcome.refused());
      }
      report.note(what + ": p50, ms", outcome.quantileNanos(0.5) / 1e6);
      report.note(what + ": p99, ms", outcome.quantileNanos(0.99) / 1e6);
      return outcome;
    }
  }
}
