package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.Seeds;
import io.leadgauge.reliability.Crowd.Manner;
import io.leadgauge.reliability.Line.Reply;
import io.leadgauge.reliability.ServeProcess.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A serve that is told to stop: not ready first, while it still takes deliveries; every request
 * answered; all that was acknowledged kept; code 0 within ten seconds.
 */
@Tag("alone")
class StopTest {
  private static final String NOBODY = "http://127.0.0.1:1";
  private static final Duration IN_TIME = Duration.ofSeconds(10);
  private static final int SIGINT = 2;

  @TempDir Path folder;

  private static final Figures FIGURES = new Figures(StopTest.class);

  /** Waits for the end of one that was told to at that instant, and returns its exit code. */
  private int ended(ServeProcess serve, long toldNanos, String of) {
    int code = serve.awaitEnd();
    Duration took = Duration.ofNanos(System.nanoTime() - toldNanos);
    FIGURES.note("end " + of, Figures.millis(took));
    assertThat(took).isLessThan(IN_TIME);
    return code;
  }

  @Test
  void serve_toldToStopUnderLoad_isNotReadyFirstAndAnswersAll() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    try (ServeProcess serve = house.launch().environment("LEADGAUGE_DRAIN", "5").start()) {
      serve.awaitReady();
      Crowd kept = new Crowd(serve.port(), 12, Manner.HASTY, Posts.fresh(house, "acme", 3));
      Crowd fleeting = new Crowd(serve.port(), 4, Manner.STRANGERS, Posts.fresh(house, "acme", 3));
      Await.until("deliveries are kept", () -> kept.kept() > 200 && fleeting.kept() > 50);
      long told = System.nanoTime();
      serve.terminate();
      Await.until("not ready", () -> serve.status("/health/ready") == 503);
      FIGURES.note("not ready after", Figures.millis(Duration.ofNanos(System.nanoTime() - told)));
      long before = kept.kept() + fleeting.kept();
      try (Line late = Line.to(serve.port())) {
        late.send(Posts.request(house, "acme", 1));
        Reply reply = late.receive();
        assertThat(reply.isKept()).isTrue();
        assertThat(reply.headers()).containsEntry("connection", "close");
      }
      Await.until("the balancer notices", () -> kept.kept() + fleeting.kept() > before + 50);
      assertThat(serve.status("/health/live")).isEqualTo(200);
      kept.close();
      fleeting.close();
      assertThat(ended(serve, told, "under load")).isZero();
      FIGURES.note("kept lines", kept.tally());
      FIGURES.note("a line for each", fleeting.tally());
      assertThat(kept.wrong()).isEmpty();
      assertThat(fleeting.wrong()).isEmpty();
      assertThat(kept.unconnected() + fleeting.unconnected()).isZero();
      assertThat(Posts.kept(house.data(), "acme")).isEqualTo(kept.kept() + fleeting.kept() + 1);
    }
  }

  @Test
  void serve_toldToStopWhileNobodyNotices_answersWhatWasSentOnLinesThatItTook() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    try (ServeProcess serve = house.launch().environment("LEADGAUGE_DRAIN", "1").start()) {
      serve.awaitReady();
      Crowd crowd = new Crowd(serve.port(), 16, Manner.HASTY, Posts.fresh(house, "acme", 3));
      Await.until("deliveries are kept", () -> crowd.kept() > 200);
      long told = System.nanoTime();
      serve.terminate();
      assertThat(ended(serve, told, "while nobody notices")).isZero();
      crowd.close();
      FIGURES.note("nobody notices", crowd.tally() + crowd.wrong());
      assertThat(crowd.unconnected()).isPositive();
      assertThat(Posts.kept(house.data(), "acme"))
          .isBetween(crowd.kept(), crowd.kept() + crowd.refused() + crowd.unanswered());
    }
  }

  @Test
  void request_underWayAtTheEnd_isToldToComeAgain() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    try (ServeProcess serve = house.launch().start()) {
      serve.awaitReady();
      byte[] request = Posts.request(house, "acme", 50);
      try (Line slow = Line.to(serve.port())) {
        slow.send(Arrays.copyOf(request, request.length - 1));
        Await.until("under way", () -> serve.get("/metrics").contains("webhook_sockets 1.0"));
        long told = System.nanoTime();
        serve.terminate();
        Reply reply = slow.receive();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().get("retry-after")).matches("[1-9][0-9]*");
        assertThat(reply.headers()).containsEntry("connection", "close");
        assertThat(ended(serve, told, "with half a request")).isZero();
      }
    }
  }

  /** What a script starts in the background ignores SIGINT, and so does all that it starts. */
  private static Launch interruptible(Launch launch) throws IOException {
    return isInterruptIgnored() ? launch.through("env", "--default-signal=INT") : launch;
  }

  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .findFirst()
            .orElse("0");
    return (Long.parseUnsignedLong(ignored, 16) & (1L << (SIGINT - 1))) != 0;
  }

  @Test
  void serve_interrupted_endsLikeOneThatIsTerminated() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    try (ServeProcess serve = interruptible(house.launch()).start()) {
      serve.awaitReady();
      long told = System.nanoTime();
      serve.signal("INT");
      assertThat(ended(serve, told, "by SIGINT")).isZero();
    }
  }

  @Test
  void serve_toldTwice_doesNotWaitForABalancer() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    try (ServeProcess serve = house.launch().environment("LEADGAUGE_DRAIN", "60").start()) {
      serve.awaitReady();
      Crowd crowd = new Crowd(serve.port(), 4, Manner.HASTY, Posts.fresh(house, "acme", 3));
      Await.until("deliveries are kept", () -> crowd.kept() > 50);
      serve.terminate();
      Await.until("not ready", () -> serve.status("/health/ready") == 503);
      long told = System.nanoTime();
      serve.terminate();
      serve.signal("INT");
      assertThat(ended(serve, told, "told twice")).isZero();
      crowd.close();
      assertThat(Posts.kept(house.data(), "acme"))
          .isBetween(crowd.kept(), crowd.kept() + crowd.refused() + crowd.unanswered());
    }
  }

  @Test
  void serve_toldWhileItStarts_endsAndStartsAgain() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    Seeds.forEach(
        Figures.isLong() ? 40 : 2,
        seed -> {
          try (ServeProcess serve = house.launch().start()) {
            LockSupport.parkNanos(Duration.ofMillis(300 + seed.nextInt(1_500)).toNanos());
            long told = System.nanoTime();
            serve.terminate();
            // Before there is anything to end, the JVM ends by itself.
            assertThat(ended(serve, told, "while starting")).isIn(0, 143);
          }
        });
    try (ServeProcess serve = house.launch().start();
        Line line = ready(serve)) {
      line.send(Posts.request(house, "acme", 1));
      assertThat(line.receive().isKept()).isTrue();
    }
  }

  private static Line ready(ServeProcess serve) throws IOException {
    serve.awaitReady();
    return Line.to(serve.port());
  }

  @Test
  void serve_toldWhileCrmsHang_endsInTime() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> acceptInSilence(silent, calls));
      String[] names = {"one", "two", "three"};
      House house = House.in(folder, "http://127.0.0.1:" + silent.getLocalPort(), "full", names);
      try (ServeProcess serve = house.launch().environment("LEADGAUGE_DRAIN", "3").start()) {
        serve.awaitReady();
        for (String name : names) {
          try (Line line = Line.to(serve.port())) {
            line.send(Posts.request(house, name, 240));
            assertThat(line.receive().isKept()).isTrue();
          }
        }
        Await.until("each connection has called its CRM", () -> calls.get() >= names.length);
        long told = System.nanoTime();
        serve.terminate();
        assertThat(ended(serve, told, "while three CRMs hang")).isZero();
        for (String name : names) {
          assertThat(Posts.kept(house.data(), name)).isOne();
        }
        assertThat(serve.output()).doesNotContain("not all that was under way");
      }
    }
  }

  private static void acceptInSilence(ServerSocket silent, AtomicInteger calls) {
    List<Socket> taken = new ArrayList<>();
    try {
      while (true) {
        taken.add(silent.accept());
        calls.incrementAndGet();
      }
    } catch (IOException e) {
      taken.forEach(StopTest::hangUp);
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void serve_toldWhileNothingCanBeWritten_endsInTime() throws Exception {
    House house = House.in(folder, NOBODY, "fields", "acme");
    ServeProcess.Launch full =
        house
            .launch()
            .environment("LEADGAUGE_DRAIN", "3")
            .through("sh", "-c", "ulimit -f 4096; exec \"$@\"", "sh");
    try (ServeProcess serve = full.start()) {
      serve.awaitReady();
      Crowd crowd = new Crowd(serve.port(), 4, Manner.HASTY, Posts.fresh(house, "acme", 100));
      Await.until("nothing can be written", () -> crowd.refused() > 20);
      long told = System.nanoTime();
      serve.terminate();
      Await.until("it is not ready", () -> serve.status("/health/ready") != 200);
      crowd.close();
      assertThat(ended(serve, told, "while nothing can be written")).isZero();
      assertThat(crowd.wrong()).isEmpty();
      assertThat(Posts.kept(house.data(), "acme")).isGreaterThanOrEqualTo(crowd.kept());
    }
  }
}
