package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.Crowd.Manner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five times as much as can be kept: as much is kept as at the best of times, what is not is told
 * to come again, nobody is left without an answer, and soon after nothing of it is felt.
 */
@Tag("alone")
class OverloadTest {
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final int EVENTS = 240;
  private static final int MANY = 1_500;
  private static final Duration RECOVERED = Duration.ofSeconds(2);

  @TempDir Path folder;

  private static final Figures FIGURES = new Figures(OverloadTest.class);

  @Test
  void fiveTimesTheCapacity_isRefusedWhereItCannotBeKept() throws Exception {
    House house = House.in(folder, NOBODY, "shadow", "acme");
    ServeProcess.Launch launch = house.launch().java("-Xmx384m", "-XX:+ExitOnOutOfMemoryError");
    try (ServeProcess serve = launch.start()) {
      serve.awaitReady();
      Supplier<byte[]> requests = Posts.signedBefore(house, "acme", EVENTS, 40);
      Duration measured = Duration.ofSeconds(Figures.isLong() ? 30 : 4);

      Crowd few = new Crowd(serve.port(), 8, Manner.HASTY, requests);
      double peak = peak(few, measured);
      few.close();
      FIGURES.note(
          "peak, deliveries of " + EVENTS + " events a second", String.format("%.1f", peak));

      // Each sender waits so long that all of them together offer five times the peak.
      Duration pause = Duration.ofNanos((long) (MANY / (5 * peak) * 1e9));
      Crowd flood = new Crowd(serve.port(), MANY, Manner.every(pause), requests);
      Await.until("some are refused", Duration.ofMinutes(1), () -> flood.refused() > 0);
      double goodput = rate(flood, measured);
      FIGURES.note("goodput at five times that", String.format("%.1f", goodput));
      flood.close();
      FIGURES.note("flood", flood.tally());
      long log = Files.size(house.data().resolve("leadgauge.db-wal"));
      FIGURES.note("write-ahead log, bytes", log);
      Duration recovered = untilKept(serve, house);
      FIGURES.note("recovered after", Figures.millis(recovered));

      assertThat(flood.wrong()).isEmpty();
      assertThat(flood.brokenOff() + flood.unconnected()).isZero();
      assertThat(serve.isAlive()).isTrue();
      assertThat(log).as("the log starts over, though commits leave no gap").isLessThan(256 << 20);
      assertThat(goodput).isGreaterThan(peak * (Figures.isLong() ? 0.9 : 0.2));
      assertThat(recovered).isLessThan(Figures.isLong() ? RECOVERED : RECOVERED.multipliedBy(10));
      serve.terminate();
      assertThat(serve.awaitEnd()).isZero();
      assertThat(Posts.kept(house.data(), "acme"))
          .isGreaterThanOrEqualTo(few.kept() + flood.kept() + 1);
    }
  }

  /** The rate when it rises no more: a process that has just begun is slow. */
  private static double peak(Crowd crowd, Duration measured) {
    double before = 0;
    double now = rate(crowd, measured);
    while (now > 1.1 * before) {
      before = now;
      now = rate(crowd, measured);
    }
    return Math.max(before, now);
  }

  private static double rate(Crowd crowd, Duration measured) {
    long before = crowd.kept();
    long began = System.nanoTime();
    LockSupport.parkNanos(measured.toNanos());
    return (crowd.kept() - before) * 1e9 / (System.nanoTime() - began);
  }

  /** Waits until a single delivery is kept at once. */
  private static Duration untilKept(ServeProcess serve, House house) {
    long began = System.nanoTime();
    Await.until(
        "a single delivery is kept",
        () -> {
          try (Line line = Line.to(serve.port())) {
            line.send(Posts.request(house, "acme", 1));
            return line.receive().isKept();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return Duration.ofNanos(System.nanoTime() - began);
  }

  @Test
  void moreConnectionsThanMayBeOpen_areToldToComeAgain() throws Exception {
    House house = House.in(folder, NOBODY, "shadow", "acme");
    ServeProcess.Launch launch =
        house.launch().through("sh", "-c", "ulimit -n 400; exec \"$@\"", "sh");
    try (ServeProcess serve = launch.start()) {
      serve.awaitReady();
      int most = most(serve);
      // Within what is told so; what comes beyond that is closed.
      try (SlowClients held = new SlowClients(serve.port(), most, House.path("acme"));
          Line line = Line.to(serve.port())) {
        line.send(Posts.request(house, "acme", 1));
        Line.Reply reply = line.receive();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().get("retry-after")).matches("[1-9][0-9]*");
        assertThat(held.closed()).isZero();
      }
      assertThat(untilKept(serve, house)).isLessThan(RECOVERED.multipliedBy(10));
    }
  }

  private static int most(ServeProcess serve) {
    String told = serve.output().replace(",", "");
    int at = told.indexOf("at most ") + "at most ".length();
    return Integer.parseInt(told.substring(at, told.indexOf(' ', at)));
  }
}
