package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.FastClock;
import io.leadgauge.MovableClock;
import io.leadgauge.cli.OwnInstallation;
import io.leadgauge.model.Intent;
import io.leadgauge.reliability.FaultProxy.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The CRM is away, for a day or in all the ways in which a network can be: deliveries are kept all
 * the while, the CRM is probed and not stormed, and once it is back everything is as it should be.
 */
@Tag("alone")
class OutageTest {
  /** 21 November 2026, 10:00 UTC. */
  private static final long START = 1_795_255_200_000L;

  private static final long STEP = Figures.isLong() ? 60_000 : 300_000;
  private static final long HALF_A_DAY = 12 * 60 * 60_000;
  private static final int CONTACTS = 60;
  private static final int EVENTS = 1_000;
  private static final long MOST_GROWTH = 32 << 20;
  private static final Figures FIGURES = new Figures(OutageTest.class);

  private final long seed = OutageRig.seed(FIGURES);

  @TempDir Path folder;

  @Test
  void crm_awayForADay_costsNothingButTime() {
    MovableClock clock = new MovableClock(START);
    try (OutageRig rig =
        new OutageRig(folder, clock, () -> clock.advance(60), 0, Duration.ofSeconds(5), seed)) {
      rig.begin(CONTACTS);
      long handedOver = rig.ids.get(0);
      long movedOn = rig.ids.get(1);
      qualify(rig, handedOver);
      qualify(rig, movedOn);
      rig.await("two hand-offs wait for an owner", () -> open(rig) == 2);
      rig.await("their stages are written", () -> rig.backlog() == 0);

      rig.portal.proxy.be(Manner.RESET);
      long connections = rig.portal.proxy.connections();
      rig.portal.forgetCalls();
      List<Integer> versions = versions(rig);
      long heap = usedHeap();
      rig.change(movedOn, "lifecyclestage", "customer");
      changeAThousandTimes(rig, clock, rig.ids.get(2));
      assertThat(rig.backlog()).as("contacts that wait").isLessThanOrEqualTo(2);
      halfADay(rig, clock);
      long probes = rig.portal.proxy.connections() - connections;
      rig.portal.proxy.be(Manner.REFUSE);
      halfADay(rig, clock);
      FIGURES.note("probes in 12 hours", probes);
      FIGURES.note("contacts that wait after a day", rig.backlog());
      assertThat(probes)
          .as("calls in 12 hours, a few each time that it is looked")
          .isBetween(HALF_A_DAY / STEP, 4 * HALF_A_DAY / STEP);
      assertThat(rig.backlog()).isLessThanOrEqualTo(CONTACTS);
      assertThat(rig.portal.calls("")).as("calls that arrived").isZero();

      FIGURES.note("heap after a day, more than before, KB", (usedHeap() - heap) / 1024);
      assertThat(usedHeap() - heap).as("growth of the heap").isLessThan(MOST_GROWTH);

      rig.portal.proxy.be(Manner.PASS);
      rig.awaitDone();
      rig.assertKept();
      rig.assertHeld();
      rig.assertTasksOnce();
      assertThat(states(rig, handedOver)).containsExactly(Intent.State.DONE);
      assertThat(states(rig, movedOn)).containsExactly(Intent.State.WITHDRAWN);
      assertThat(rig.portal.contactsWritten()).as("writes").isLessThanOrEqualTo(CONTACTS);
      List<Integer> after = versions(rig);
      for (int i = 0; i < CONTACTS; i++) {
        assertThat(after.get(i) - versions.get(i)).as("writes of %d", i).isLessThanOrEqualTo(1);
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void qualify(OutageRig rig, long id) {
    rig.deliver(
        List.of(
            rig.changed(id, "occupation", "Working Professional"), rig.changed(id, "visits", "7")));
  }

  private static long open(OutageRig rig) {
    return rig.reader().unwritten().countOpenIntents(OutageRig.ACME);
  }

  private static List<Intent.State> states(OutageRig rig, long id) {
    return rig.intents(id).stream().map(intent -> intent.step().state()).toList();
  }

  private static List<Integer> versions(OutageRig rig) {
    return rig.ids.stream().map(id -> rig.portal.versions(id, "leadgauge_score")).toList();
  }

  /** Only the last value is looked at any more: the CRM has one that differs from the first. */
  private static void changeAThousandTimes(OutageRig rig, MovableClock clock, long id) {
    long at = clock.now();
    clock.advance(EVENTS);
    for (int i = 0; i < EVENTS; i += 100) {
      List<String> told = new ArrayList<>();
      for (int j = i; j < i + 100; j++) {
        told.add(rig.event(id, "visits", Integer.toString(j % 9), at + j));
      }
      rig.deliver(told);
    }
    rig.change(id, "visits", "3");
  }

  /** A step at a time; each time it is waited until the CRM is left alone again. */
  private static void halfADay(OutageRig rig, MovableClock clock) {
    long end = clock.now() + HALF_A_DAY;
    while (clock.now() < end) {
      clock.advance(STEP);
      if (rig.random.nextInt(5) == 0) {
        rig.changeSome(5);
      }
      rig.await("the CRM is left alone", () -> rig.pausedUntil() > clock.now());
    }
  }

  @Test
  void crm_brokenInEveryManner_isProbedAndCaughtUpWith() {
    boolean isLong = Figures.isLong();
    int speed = isLong ? 1 : 60;
    Duration outage = isLong ? Duration.ofMinutes(1) : Duration.ofMillis(600);
    try (OutageRig rig =
        new OutageRig(
            folder, new FastClock(speed), () -> {}, 0, Duration.ofSeconds(isLong ? 5 : 1), seed)) {
      rig.begin(100);
      for (Manner manner : EnumSet.complementOf(EnumSet.of(Manner.PASS, Manner.NO_TOKENS))) {
        long requests = rig.portal.proxy.requests();
        long began = System.nanoTime();
        rig.portal.proxy.be(manner);
        while (System.nanoTime() - began < outage.toNanos()) {
          rig.changeSome(5);
        }
        long calls = rig.portal.proxy.requests() - requests;
        Duration lasted = Duration.ofNanos(System.nanoTime() - began);
        String trouble = rig.trouble();
        long waiting = rig.backlog();
        rig.portal.proxy.be(Manner.PASS);
        long back = System.nanoTime();
        rig.awaitDone(Duration.ofMinutes(3));
        rig.assertHeld();
        FIGURES.note(
            manner.name(),
            "%d calls, %d contacts waited, caught up after %d ms; %s"
                .formatted(calls, waiting, (System.nanoTime() - back) / 1_000_000, trouble));
        // Within its time limit a CRM that is only slow is used on.
        if (!isLong || manner != Manner.SLOW) {
          assertThat(calls)
              .as("calls while %s", manner)
              .isLessThanOrEqualTo(mostCalls(speed, lasted));
        }
      }
      FIGURES.note("tasks", rig.assertTasksOnce());
      FIGURES.note("deliveries", rig.assertKept());
    }
  }

  /** What the retry schedule allows: some at once, then few. */
  private static long mostCalls(int speed, Duration outage) {
    return 20 + 2 * outage.toSeconds() * speed;
  }

  @Test
  void backlog_afterAnOutage_drainsAtTheSpeedOfTheBudget() {
    int speed = Figures.isLong() ? 4 : 10;
    int calls = 20;
    int contacts = Figures.isLong() ? 60_000 : 5_000;
    try (OutageRig rig =
        new OutageRig(folder, new FastClock(speed), () -> {}, calls, Duration.ofSeconds(2), seed)) {
      rig.portal.proxy.be(Manner.RESET);
      long away = rig.clock.now();
      long tried = rig.portal.proxy.requests();
      rig.tellOf(contacts);
      assertThat(rig.backlog()).isEqualTo(contacts);
      rig.await("the CRM is away for a while", () -> rig.clock.now() > away + 20_000);
      long probes = rig.portal.proxy.requests() - tried;
      long steps = (rig.clock.now() - away) / 15_000;
      FIGURES.note("probes with a long backlog", probes);
      assertThat(probes).as("one at a time").isLessThanOrEqualTo(8 + 2 * steps);
      rig.portal.forgetCalls();
      rig.portal.proxy.be(Manner.PASS);
      long back = rig.portal.proxy.requests();
      rig.await("it is back", () -> rig.portal.proxy.requests() >= back + calls + 3);
      long requests = rig.portal.proxy.requests();
      long began = rig.clock.nanos();
      rig.awaitDone(Duration.ofMinutes(6));
      double seconds = (rig.clock.nanos() - began) / 1e9;
      double used = (rig.portal.proxy.requests() - requests) / (seconds * calls / 10);
      FIGURES.note("budget used while draining", String.format(Locale.ROOT, "%.3f", used));
      assertThat(rig.portal.calls("429")).as("calls that were too many").isZero();
      assertThat(used).isGreaterThan(Figures.isLong() ? 0.95 : 0.05);
      rig.assertHeld();
    }
  }

  @Test
  void crm_whoseNameHasNoAddress_isToldSo_andDeliveriesAreKept() throws IOException {
    House house = House.in(folder, "https://crm.invalid", "full", "acme");
    try (OwnInstallation serve =
            OwnInstallation.start(
                house.manifests(), house.data(), House.SECRETS, new FastClock(1));
        Line line = Line.to(serve.port())) {
      for (int i = 0; i < 20; i++) {
        byte[] body = House.body(List.of(House.change(i, 100 + i, "visits", "3", i)));
        assertThat(line.post(House.path("acme"), house.signed("acme", body), body).isKept())
            .isTrue();
      }
      Await.until(
          "it is told",
          () ->
              serve.pipeline().health(OutageRig.ACME, 0).orElseThrow().trouble().contains("host")
                  && line(serve).contains("its host has no address here"));
      FIGURES.note("a name without an address", line(serve));
    }
  }

  private static String line(OwnInstallation serve) {
    return serve.pipeline().health(OutageRig.ACME, 0).orElseThrow().trouble();
  }
}
