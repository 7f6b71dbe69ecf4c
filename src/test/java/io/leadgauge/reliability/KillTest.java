package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serve that is killed under load again and again, at any moment, loses nothing that it
 * acknowledged, and what it holds in the end follows from its journal. 200 kills; 2,000 with {@code
 * -Dlong}. {@code -Dseed=N} repeats the choices of a run, {@code -Dkills=N} sets how many there
 * are.
 *
 * <p>Some tasks that are made in the CRM are never answered, so that kills fall between the two.
 *
 * <p>All are told over {@value #LINES} lines that go on sending whether anybody listens or not.
 * {@link KillMoments} has when it is killed. Serve is started from an archive of its classes, with
 * the simplest compiler; long runs start it plainly now and then as well.
 */
@Tag("alone")
class KillTest {
  private static final int KILLS = Integer.getInteger("kills", Figures.isLong() ? 2_000 : 200);
  private static final int CONTACTS = Figures.isLong() ? 2_000 : 500;
  private static final int LINES = 16;
  private static final int COMPARED_EVERY = Math.max(1, KILLS / (Figures.isLong() ? 20 : 4));
  private static final int PLAIN_EVERY = 10;
  private static final int PERCENT_IN_START = 25;
  private static final int WITHIN_CHECKPOINT_EVERY = 10;
  private static final int TASKS_PER_LOST_ANSWER = 3;
  private static final Duration READY_WITHIN = Duration.ofSeconds(3);
  private static final Duration STANDSTILL = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final long seed = Long.getLong("seed", System.nanoTime() % 1_000_000);
  private final SplittableRandom random = new SplittableRandom(seed);
  private final Figures figures = new Figures(KillTest.class);
  private final AtomicInteger known = new AtomicInteger(20);
  private final List<Duration> ready = new ArrayList<>();
  private final List<Duration> plainlyReady = new ArrayList<>();

  @Test
  void acknowledgedDeliveries_underKillsAtAnyMoment_areKept_andAllFollowsFromThem()
      throws IOException {
    long began = System.nanoTime();
    figures.note("seed", seed);
    try (LivePortal portal = LivePortal.of(CONTACTS)) {
      List<String> contacts = List.copyOf(portal.contacts().keySet());
      House house = House.scoring(folder.resolve("house"), portal.api(), "1s");
      ServeProcess.Launch plain = ofPortal(house.launch());
      ServeProcess.Launch fast = archive().fast(plain);
      KillMoments moments = new KillMoments(house.data(), random.split());
      try (Senders senders =
          new Senders(
              house,
              House.PORTAL_CONNECTION,
              fast.port(),
              folder.resolve("ledgers"),
              LINES,
              random.split(),
              own -> new RandomDeliveries(own, contacts, known::get, moments::mostBallast))) {
        Audit audit = new Audit(senders.ledgers(), new Oracle(House.scoringModel()));
        Comparison comparison = new Comparison(house, portal);
        figures.note("seconds until the first start", seconds(began));
        for (int kill = 1; kill <= KILLS; kill++) {
          known.set(20 + (int) ((long) (CONTACTS - 20) * kill / KILLS));
          // Not near the end, for a task in doubt is looked for after a minute.
          if (kill < KILLS - KILLS / 4 && random.nextInt(TASKS_PER_LOST_ANSWER) == 0) {
            portal.loseNextAnswerToATask();
          }
          boolean isPlain = Figures.isLong() && kill % PLAIN_EVERY == 0;
          ServeProcess.Launch launch = isPlain ? plain : fast;
          boolean isCompared = kill % COMPARED_EVERY == 0;
          boolean isWithinCheckpoint = kill % WITHIN_CHECKPOINT_EVERY == 1;
          if (isCompared || isWithinCheckpoint || random.nextInt(100) >= PERCENT_IN_START) {
            try (ServeProcess serve = launch.start()) {
              (isPlain ? plainlyReady : ready).add(serve.awaitReady());
              check(audit, house);
              if (isCompared) {
                compare(serve, senders, audit, comparison, house);
              }
              if (isWithinCheckpoint) {
                moments.withinCheckpoint(serve);
              } else {
                moments.whileWorking(serve);
              }
            }
          } else {
            moments.whileStarting(launch, aStart());
          }
          sweep();
          senders.check();
        }
        figures.note("seconds until the last kill", seconds(began));
        if (Figures.isLong()) {
          standStill(fast, audit, house);
        }
        portal.answerAll();
        try (ServeProcess serve = fast.start()) {
          serve.awaitReady();
          senders.pause();
          end(serve, senders, comparison, house);
          moments.note(figures);
          figures.note("seconds in all", seconds(began));
        }
      }
    }
  }

  private static void compare(
      ServeProcess serve, Senders senders, Audit audit, Comparison comparison, House house) {
    senders.pause();
    comparison.factsAndPoints(() -> check(audit, house), audit.oracle(), serve);
    senders.resume();
  }

  /** Makes an archive of the classes that take some deliveries and write contacts. */
  private ClassArchive archive() {
    try (LivePortal portal = LivePortal.of(1)) {
      return archive(portal, List.copyOf(portal.contacts().keySet()));
    }
  }

  private ClassArchive archive(LivePortal portal, List<String> contacts) {
    House scratch = House.scoring(folder.resolve("scratch"), portal.api(), "1s");
    ServeProcess.Launch launch = ofPortal(scratch.launch());
    return ClassArchive.of(
        folder,
        launch,
        serve -> {
          try (Senders senders =
              new Senders(
                  scratch,
                  House.PORTAL_CONNECTION,
                  launch.port(),
                  folder.resolve("scratch-ledgers"),
                  2,
                  random.split(),
                  own -> new RandomDeliveries(own, contacts, () -> 1, () -> 1))) {
            Await.until("something is taken", () -> senders.acknowledged() > 100);
          }
          new Comparison(scratch, portal).drained();
        });
  }

  private ServeProcess.Launch ofPortal(ServeProcess.Launch launch) {
    return launch
        .environment("TOKEN", SandboxOptions.TOKEN)
        .java("-Xmx384m", "-Djava.io.tmpdir=" + temporary());
  }

  /** Who is killed leaves native libraries behind, a megabyte each time. */
  private Path temporary() {
    try {
      return Files.createDirectories(folder.resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sweep() throws IOException {
    try (Stream<Path> left = Files.walk(temporary())) {
      for (Path file : left.skip(1).sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** About as long as a start takes. */
  private Duration aStart() {
    return ready.isEmpty() ? Duration.ofSeconds(2) : ready.getLast();
  }

  private static long seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toSeconds();
  }

  private static void check(Audit audit, House house) {
    try (StoreReader reader = Store.read(house.data())) {
      audit.catchUp(reader);
    }
  }

  /** A process that stands still for a while and goes on is no other than before. */
  private void standStill(ServeProcess.Launch launch, Audit audit, House house) throws IOException {
    try (ServeProcess serve = launch.start()) {
      serve.awaitReady();
      signal(serve, "-STOP");
      LockSupport.parkNanos(STANDSTILL.toNanos());
      signal(serve, "-CONT");
      Await.until("it goes on", () -> serve.status("/health/ready") == 200);
      check(audit, house);
      serve.kill();
    }
  }

  private static void signal(ServeProcess serve, String signal) throws IOException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(serve.pid())).start();
    assertThat(kill.onExit().join().exitValue()).isZero();
  }

  /** Reads all from the beginning once more, and lets everything come to its end. */
  private void end(ServeProcess serve, Senders senders, Comparison comparison, House house) {
    senders.ledgers().forEach(Ledger::rewind);
    Audit audit = new Audit(senders.ledgers(), new Oracle(House.scoringModel()));
    comparison.factsAndPoints(() -> check(audit, house), audit.oracle(), serve);
    comparison.rebuilds(figures);
    comparison.handOffs(audit.handOffs(), figures);

    figures.note("acknowledged", audit.acknowledged());
    figures.note("acknowledged and lost", 0);
    figures.note("in the journal", audit.deliveries() + " deliveries, " + audit.entries());
    figures.note("without an answer", senders.unanswered());
    figures.note("answered 503", senders.refused());
    note("ready when started plainly", plainlyReady);
    Duration p95 = note("ready", ready);
    if (Figures.isLong()) {
      assertThat(p95).isLessThan(READY_WITHIN);
    }
  }

  /** Notes how long most of them took, and returns it. */
  private Duration note(String what, List<Duration> took) {
    long[] nanos = took.stream().mapToLong(Duration::toNanos).toArray();
    Duration p95 = took.isEmpty() ? Duration.ZERO : Figures.quantile(nanos, 0.95);
    if (!took.isEmpty()) {
      figures.note(what + " p50", Figures.millis(Figures.quantile(nanos, 0.5)));
      figures.note(what + " p95", Figures.millis(p95));
    }
    return p95;
  }
}
