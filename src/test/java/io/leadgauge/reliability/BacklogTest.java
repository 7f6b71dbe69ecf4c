package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.FastClock;
import io.leadgauge.Found;
import io.leadgauge.cli.OwnInstallation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.pipeline.Intake;
import io.leadgauge.pipeline.Receipt;
import io.leadgauge.reliability.FaultProxy.Manner;
import io.leadgauge.reliability.OutagePortal.Expected;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.store.DueWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serve that ended in the middle of an outage, a million events behind: it is ready at once,
 * takes deliveries while it catches up, and needs no more memory than otherwise.
 */
@Tag("alone")
class BacklogTest {
  private static final ConnectionId ACME = new ConnectionId("acme");
  private static final int EVENTS_AT_ONCE = 100;
  private static final int CONTACTS = Figures.isLong() ? 100_000 : 4_000;
  private static final int EVENTS = Figures.isLong() ? 1_000_000 : 24_000;

  /**
   * The pages of the contacts that are asked for first, of who counts those that wait, and of
   * retention, which counts the bodies that came since it looked last, here all: 2 kB a delivery.
   */
  private static final long READ_AT_START = Figures.isLong() ? 32 << 20 : 1 << 20;

  private static final String AWAY = "http://127.0.0.1:1";
  private static final Duration READY = Duration.ofSeconds(5);
  private static final Figures FIGURES = new Figures(BacklogTest.class);

  private final long seed = OutageRig.seed(FIGURES);

  @TempDir Path folder;

  @Test
  void restart_onABacklog_isReadyAtOnceTakesDeliveriesAndCatchesUp() throws IOException {
    FastClock clock = new FastClock(1);
    try (OutagePortal portal = OutagePortal.open(Limits.OFF, clock, seed)) {
      House house = portal.house(folder, 10_000, Duration.ofSeconds(10));
      List<Long> ids = portal.contacts(CONTACTS, BacklogTest::values);
      fallBehind(portal, house, ids);
      portal.proxy.be(Manner.REFUSE);
      long elsewhere =
          readAtStart(House.in(folder.resolve("empty"), AWAY, "full", "acme").launch());
      ServeProcess.Launch launch = house.launch();
      long read = readAtStart(launch) - elsewhere;
      FIGURES.note("read at the start, more than for an empty store, bytes", read);
      assertThat(read).isLessThan(READ_AT_START);
      try (ServeProcess serve = launch.start()) {
        Duration ready = serve.awaitReady();
        FIGURES.note("ready behind " + EVENTS + " events, after a kill", Figures.millis(ready));
        assertThat(ready).isLessThan(Figures.isLong() ? READY : READY.multipliedBy(10));
        portal.proxy.be(Manner.PASS);
        catchUp(serve, house, portal, ids);
        assertThat(serve.output()).doesNotContain("OutOfMemoryError");
      }
    }
  }

  /** Returns how many bytes a process has read by the time that it is ready; it is killed then. */
  private static long readAtStart(ServeProcess.Launch launch) throws IOException {
    try (ServeProcess serve = launch.start()) {
      serve.awaitReady();
      for (String line : Files.readAllLines(Path.of("/proc/" + serve.pid() + "/io"))) {
        if (line.startsWith("rchar: ")) {
          return Long.parseLong(line.substring("rchar: ".length()));
        }
      }
      throw new AssertionError("no count of bytes that were read");
    }
  }

  private static Map<String, String> values(int i) {
    return Map.of(
        "occupation", i % 2 == 0 ? "Working Professional" : "Student",
        "country", i % 3 == 0 ? "India" : "France",
        "visits", Integer.toString(i % 9));
  }

  /** Takes all events while the CRM is away, and ends without another word. */
  private void fallBehind(OutagePortal portal, House house, List<Long> ids) {
    FastClock clock = new FastClock(1);
    long began = System.nanoTime();
    try (OwnInstallation serve =
        OwnInstallation.start(house.manifests(), house.data(), House.SECRETS, clock)) {
      Await.until(
          "in force",
          () ->
              serve.pipeline().configuration(ACME).orElseThrow().state()
                  == Configuration.State.IN_FORCE);
      portal.proxy.be(Manner.REFUSE);
      List<Delivery> deliveries = new ArrayList<>();
      long at = clock.now() - EVENTS;
      for (int i = 0; i < EVENTS; i += EVENTS_AT_ONCE) {
        List<String> told = new ArrayList<>();
        for (int j = i; j < i + EVENTS_AT_ONCE; j++) {
          int contact = j % CONTACTS;
          String value = Found.in(values(contact), property(j));
          told.add(House.change(j, ids.get(contact), property(j), value, at + j));
        }
        deliveries.add(
            new Delivery(
                ACME, clock.now(), "POST", House.path("acme"), List.of(), House.body(told)));
        if (deliveries.size() == EVENTS_AT_ONCE) {
          keep(serve.pipeline().intake(), deliveries);
        }
      }
      keep(serve.pipeline().intake(), deliveries);
      FIGURES.note(
          "events a second while falling behind",
          EVENTS * 1_000_000_000L / (System.nanoTime() - began));
      assertThat(due(serve)).as("contacts that wait").isEqualTo(CONTACTS);
    }
  }

  /** Half of the contacts are told of in all that is read of them, half in part. */
  private static String property(int event) {
    int round = event / CONTACTS;
    boolean whole = event % CONTACTS % 2 == 0;
    return round % 3 == 0 || !whole ? "visits" : round % 3 == 1 ? "occupation" : "country";
  }

  private static long due(OwnInstallation serve) {
    return Math.max(
        serve.reader().countDue(ACME, DueWork.FETCH, Due.NEVER),
        serve.reader().countDue(ACME, DueWork.WRITE, Due.NEVER));
  }

  /** Has all of them kept; what is told to come again comes again. */
  private static void keep(Intake intake, List<Delivery> deliveries) {
    List<CompletableFuture<Receipt>> receipts =
        deliveries.stream().map(each -> intake.receive(each).toCompletableFuture()).toList();
    for (int i = 0; i < deliveries.size(); i++) {
      Delivery delivery = deliveries.get(i);
      if (!(receipts.get(i).join() instanceof Receipt.Kept)) {
        Await.until(
            "a delivery is kept",
            () -> intake.receive(delivery).toCompletableFuture().join() instanceof Receipt.Kept);
      }
    }
    deliveries.clear();
  }

  /** Deliveries are taken one after another until nothing waits any more. */
  private static void catchUp(ServeProcess serve, House house, OutagePortal portal, List<Long> ids)
      throws IOException {
    long began = System.nanoTime();
    List<Long> nanos = new ArrayList<>();
    try (Line line = Line.to(serve.port())) {
      for (int i = 0; i == 0 || (i % 50 != 0) || isBehind(serve); i++) {
        String visits = "5";
        long id = ids.get(i % ids.size());
        long at = portal.set(id, "visits", visits);
        byte[] body = House.body(List.of(House.change(EVENTS + i, id, "visits", visits, at)));
        long sent = System.nanoTime();
        assertThat(line.post(House.path("acme"), house.signed("acme", body), body).isKept())
            .isTrue();
        nanos.add(System.nanoTime() - sent);
        assertThat(System.nanoTime() - began)
            .as("catching up")
            .isLessThan(Duration.ofMinutes(Figures.isLong() ? 15 : 3).toNanos());
      }
      long[] all = nanos.stream().mapToLong(Long::longValue).toArray();
      Duration p99 = Figures.quantile(all, 0.99);
      FIGURES.note("deliveries while catching up", all.length);
      FIGURES.note("their p50", Figures.millis(Figures.quantile(all, 0.5)));
      FIGURES.note("their p99", Figures.millis(p99));
    }
    FIGURES.note("caught up after", Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
    Await.until("the last ones are written", Duration.ofSeconds(60), () -> isHeld(portal));
  }

  private static boolean isBehind(ServeProcess serve) {
    return !serve.get("/health/ready").contains("\"0 contacts wait for facts, 0 for a write");
  }

  private static boolean isHeld(OutagePortal portal) {
    return portal.held().values().stream().allMatch(held -> Expected.of(held).isHeldBy(held));
  }
}
