package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.Crowd.Manner;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that only hold on: others are answered as if there were none, and they are turned out.
 */
@Tag("alone")
class SlowClientsTest {
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final Duration PROMISED = Duration.ofMillis(50);

  /** Ten seconds for headers or a body, and as much again for one that had its answer. */
  private static final Duration TURNED_OUT = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static final Figures FIGURES = new Figures(SlowClientsTest.class);

  @Test
  void others_amongSlowClients_areAnsweredAsIfThereWereNone() throws Exception {
    int many = Figures.isLong() ? 2_000 : 400;
    House house = House.in(folder, NOBODY, "fields", "acme");
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      long requests = Figures.isLong() ? 2_000 : 150;
      p99(serve, house, requests, "without");
      try (SlowClients slow = new SlowClients(serve.port(), many, House.path("acme"))) {
        long began = System.nanoTime();
        Duration with = p99(serve, house, requests, "with " + many + " slow clients");
        FIGURES.note("of them still there after the requests", slow.open());
        Await.until("all are turned out", TURNED_OUT.multipliedBy(2), () -> slow.open() == 0);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        FIGURES.note("the last of them is turned out after", Figures.millis(took));
        assertThat(took).isLessThan(TURNED_OUT);
        if (Figures.isLong()) {
          assertThat(with).isLessThan(PROMISED);
        } else {
          assertThat(with).isLessThan(PROMISED.multipliedBy(100));
        }
      }
      Await.until("no socket is left", () -> serve.get("/metrics").contains("webhook_sockets 0.0"));
      Await.until(
          "no memory is held", () -> serve.get("/metrics").contains("webhook_in_flight_bytes 0.0"));
    }
  }

  private Duration p99(ServeProcess serve, House house, long requests, String when) {
    Crowd others =
        new Crowd(
            serve.port(), 4, Manner.every(Duration.ofMillis(5)), Posts.fresh(house, "acme", 3));
    Await.until("others are answered", () -> others.kept() + others.refused() >= requests);
    others.close();
    Duration p99 = Figures.quantile(others.nanos(), 0.99);
    FIGURES.note(
        when,
        "p50 "
            + Figures.millis(Figures.quantile(others.nanos(), 0.5))
            + ", p99 "
            + Figures.millis(p99)
            + ", "
            + others.tally());
    assertThat(others.wrong()).isEmpty();
    assertThat(others.refused()).isZero();
    return p99;
  }

  @Test
  void connections_beyondTheLimitOfFiles_areRefusedAndTakenAgainLater() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    ServeProcess.Launch few =
        house.launch().through("sh", "-c", "ulimit -n 300; exec \"$@\"", "sh");
    try (ServeProcess serve = few.start()) {
      serve.awaitReady();
      Crowd others =
          new Crowd(
              serve.port(),
              2,
              new Manner(true, Duration.ofMillis(50)),
              Posts.fresh(house, "acme", 3));
      // Its classes are files of a folder here; in an installation they are in jars that are open.
      Await.until("its classes are loaded", () -> others.kept() > 20);
      try (SlowClients slow = new SlowClients(serve.port(), 300, House.path("acme"))) {
        long spent = spentMillis(serve);
        long began = System.nanoTime();
        Await.until("the slow ones are turned out", TURNED_OUT, () -> slow.open() < 100);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        long work = spentMillis(serve) - spent;
        FIGURES.note(
            "processor time at the limit of files", work + " ms in " + Figures.millis(took));
        if (Figures.isLong()) {
          assertThat(work).as("it does not spin").isLessThan(took.toMillis() / 2);
        }
        long before = others.kept();
        Await.until("deliveries are kept again", () -> others.kept() > before + 20);
        assertThat(serve.status("/health/ready")).isEqualTo(200);
      }
      others.close();
      FIGURES.note("at the limit of files", others.tally());
      serve.terminate();
      assertThat(serve.awaitEnd()).isZero();
      assertThat(Posts.kept(house.data(), "acme")).isGreaterThanOrEqualTo(others.kept());
      assertThat(serve.output()).contains("connections at once, since this process may open 300");
    }
  }

  private static long spentMillis(ServeProcess serve) {
    return ProcessHandle.of(serve.pid())
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO)
        .toMillis();
  }
}
