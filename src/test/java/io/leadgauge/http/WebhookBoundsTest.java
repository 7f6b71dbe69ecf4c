package io.leadgauge.http;

import static io.leadgauge.http.PublicPort.BODY;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.http.RawSocket.Response;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of the public port: size, time, memory, sockets. */
class WebhookBoundsTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 100_000;
  private static final String CHUNKED = "Transfer-Encoding: chunked";

  private static WebhookSettings settings() {
    return timed(LONG, LONG, LONG, LONG);
  }

  private static WebhookSettings timed(Duration head, Duration body, Duration keep, Duration idle) {
    return new WebhookSettings(
        "127.0.0.1", 0, MOST, head, body, keep, idle, 1_000_000, 500_000, 100);
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  // --- time to keep ---

  @Test
  void deliveryThatIsKeptAfterItsSenderWasToldToTryAgain_isCountedApart() throws IOException {
    try (PublicPort port = new PublicPort(timed(LONG, LONG, Duration.ofMillis(100), LONG))) {
      CompletableFuture<Receipt> receipt = new CompletableFuture<>();
      port.intake(delivery -> receipt);
      assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(503);
      assertThat(port.metric("webhook_kept_late_total")).isZero();
      receipt.complete(new Receipt.Kept(1));
      await(() -> port.metric("webhook_kept_late_total") == 1);
      assertThat(port.metric("webhook_requests_total{connection=\"plain\",outcome=\"down\"}"))
          .isEqualTo(1);
      assertThat(port.metric("webhook_ack_seconds_count{connection=\"plain\"}")).isZero();
    }
  }

  // --- size ---

  @Test
  void body_announcedOverTheBound_isRefusedBeforeItIsRead() throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      Request request =
          Request.to("/webhooks/plain").withoutLength().header("Content-Length: " + (MOST + 1));
      Response response = socket.send(request.head()).receive();
      assertThat(response.status()).isEqualTo(413);
      assertThat(response.headers()).containsEntry("connection", "close");
      assertThat(response.body()).contains("expected at most 100000 bytes");
    }
  }

  @Test
  void body_ofExactlyTheBound_isKept() throws IOException {
    try (PublicPort port = new PublicPort(settings())) {
      byte[] largest = new byte[MOST];
      assertThat(port.send(Request.to("/webhooks/plain").body(largest).bytes()).status())
          .isEqualTo(204);
      assertThat(port.deliveries.getFirst().body()).hasSize(MOST);
    }
  }

  @Test
  void body_largerThanWhatIsTakenAtOnce_isPutTogether() throws IOException {
    byte[] body = new byte[90_000];
    new Random(20_261_121).nextBytes(body);
    try (PublicPort port = new PublicPort(settings())) {
      assertThat(port.send(Request.to("/webhooks/plain").body(body).bytes()).status())
          .isEqualTo(204);
      assertThat(port.deliveries.getFirst().body()).isEqualTo(body);
    }
  }

  @Test
  void body_inChunksOverTheBound_isRefusedWhileItIsRead() throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      socket.send(Request.to("/webhooks/plain").withoutLength().header(CHUNKED).head());
      String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
      for (int count = 0; count < 10; count++) {
        socket.send(chunk);
      }
      socket.send("1\r\nx\r\n");
      assertThat(socket.receive().status()).isEqualTo(413);
      assertThat(port.deliveries).isEmpty();
      await(() -> port.metric("webhook_in_flight_bytes") == 0);
    }
  }

  @Test
  void body_announcedOverTheBoundAndSentAtOnce_stillReadsTheAnswer() throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      Request request = Request.to("/webhooks/plain").body(new byte[MOST + 5_000]);
      assertThat(socket.send(request.bytes()).receive().status()).isEqualTo(413);
      assertThat(socket.isClosedByServer()).isTrue();
    }
  }

  @Test
  void body_withoutEnd_isNotSwallowedForever() throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      socket.send(Request.to("/webhooks/nobody").withoutLength().header(CHUNKED).head());
      assertThat(socket.receive().status()).isEqualTo(404);
      assertThat(writesUntilClosed(socket, 1_000)).isLessThan(1_000);
    }
  }

  private static int writesUntilClosed(RawSocket socket, int most) {
    String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
    return writesUntilClosed(socket, chunk.getBytes(US_ASCII), most);
  }

  private static int writesUntilClosed(RawSocket socket, byte[] chunk, int most) {
    for (int count = 0; count < most; count++) {
      try {
        socket.send(chunk);
      } catch (IOException e) {
        return count;
      }
    }
    return most;
  }

  @Test
  void senderThatAsksFirst_withTooMuch_isRefusedWithoutBeingToldToGoOn() throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      Request request =
          Request.to("/webhooks/plain")
              .withoutLength()
              .header("Content-Length: 999999")
              .header("Expect: 100-continue");
      assertThat(socket.send(request.head()).receive().status()).isEqualTo(413);
    }
  }

  @Test
  void head_tooLong_isRefused() throws IOException {
    try (PublicPort port = new PublicPort(settings())) {
      Request manyHeaders = Request.to("/webhooks/plain").header("X-Long: " + "x".repeat(9_000));
      assertThat(port.send(manyHeaders.bytes()).status()).isEqualTo(431);
      Request longLine = Request.to("/webhooks/plain?" + "x".repeat(5_000));
      assertThat(port.send(longLine.bytes()).status()).isEqualTo(414);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BOGUS\r\n\r\n",
        "POST /webhooks/plain HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        "POST /webhooks/plain HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /webhooks/plain HTTP/1.1\r\nContent-Length: +5\r\n\r\n",
        "POST /webhooks/plain HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /webhooks/plain HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "POST /webhooks/plain HTTP/1.1\r\nno colon\r\n\r\n"
      })
  void request_malformed_isRefusedAndTheSocketClosed(String request) throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      socket.send(request);
      Response response = socket.receive();
      assertThat(response.status()).isEqualTo(400);
      assertThat(response.body()).startsWith("{\"error\":\"not a request we can read\"");
      assertThat(socket.isClosedByServer()).isTrue();
      assertThat(port.deliveries).isEmpty();
    }
  }

  @Test
  void request_inHttp2_isNotSpoken() throws IOException {
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      socket.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(socket.receive().status()).isEqualTo(501);
      assertThat(socket.isClosedByServer()).isTrue();
    }
  }

  // --- time ---

  @Test
  void body_tooSlow_isRefusedAndTheSocketClosed() throws IOException {
    try (PublicPort port = new PublicPort(timed(LONG, SHORT, LONG, LONG));
        RawSocket socket = port.open()) {
      socket.send(Request.to("/webhooks/plain").head()).send(new byte[] {BODY[0]});
      Response response = socket.receive();
      assertThat(response.status()).isEqualTo(408);
      assertThat(response.body()).contains("within 300 ms");
      assertThat(socket.isClosedByServer()).isTrue();
      assertThat(port.metric("webhook_in_flight_bytes")).isZero();
    }
  }

  @Test
  void headers_tooSlow_closeTheSocket() throws IOException {
    try (PublicPort port = new PublicPort(timed(SHORT, LONG, LONG, LONG));
        RawSocket socket = port.open()) {
      socket.send("POST /webhooks/plain HTTP/1.1\r\nHost: ");
      assertThat(socket.isClosedWhileTrickling()).isTrue();
    }
  }

  @Test
  void headers_ofTheNextRequestTooSlow_closeTheSocket() throws IOException {
    try (PublicPort port = new PublicPort(timed(LONG, LONG, LONG, SHORT));
        RawSocket socket = port.open()) {
      assertThat(socket.send(Request.to("/webhooks/plain").bytes()).receive().status())
          .isEqualTo(204);
      socket.send("POST /webhooks/plain HTTP/1.1\r\nHost: ");
      assertThat(socket.isClosedWhileTrickling()).isTrue();
    }
  }

  @Test
  void body_ofARefusedRequestTooSlow_closesTheSocket() throws IOException {
    try (PublicPort port = new PublicPort(timed(LONG, SHORT, LONG, LONG));
        RawSocket socket = port.open()) {
      Request request =
          Request.to("/webhooks/nobody").withoutLength().header("Content-Length: 50000");
      assertThat(socket.send(request.head()).receive().status()).isEqualTo(404);
      assertThat(socket.isClosedWhileTrickling()).isTrue();
    }
  }

  @Test
  void socket_silentAfterAnAnswer_isClosed() throws IOException {
    try (PublicPort port = new PublicPort(timed(LONG, LONG, LONG, SHORT));
        RawSocket socket = port.open()) {
      assertThat(socket.send(Request.to("/webhooks/plain").bytes()).receive().status())
          .isEqualTo(204);
      assertThat(socket.isClosedByServer()).isTrue();
    }
  }

  @Test
  void intake_silent_isAnswered503AndItsMemoryCountsUntilItIsDone() throws IOException {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    try (PublicPort port = new PublicPort(timed(LONG, LONG, SHORT, LONG))) {
      port.intake(delivery -> receipt);
      assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(503);
      assertThat(port.metric("webhook_in_flight_bytes")).isPositive();
      receipt.complete(new Receipt.Kept(1));
      await(() -> port.metric("webhook_in_flight_bytes") == 0);
    }
  }

  // --- memory ---

  @Test
  void memory_takenByOneConnection_leavesRoomForAnother() throws IOException {
    List<RawSocket> open = new ArrayList<>();
    byte[] allButOne = new byte[MOST - 1];
    Request large = Request.to("/webhooks/plain").withoutLength().header("Content-Length: " + MOST);
    try (PublicPort port = new PublicPort(settings())) {
      // Each takes 100,000 + 12,288 bytes of the 500,000 that one connection may take.
      for (int count = 0; count < 4; count++) {
        open.add(port.open());
        open.getLast().send(large.head()).send(allButOne);
      }
      await(() -> port.metric("webhook_in_flight_bytes") == 4 * (MOST + 12_288));
      try (RawSocket fifth = port.open()) {
        Response response = fifth.send(large.head()).send(allButOne).receive();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers().get("retry-after")).matches("[1-9][0-9]*");
        assertThat(port.metric("webhook_in_flight_bytes")).isEqualTo(4 * (MOST + 12_288));
      }
      assertThat(port.send(Request.to("/webhooks/other").bytes()).status()).isEqualTo(204);
      assertThat(port.sum("webhook_requests_total", "outcome=\"busy\"")).isEqualTo(1);
      for (RawSocket socket : open) {
        socket.hangUp();
      }
      await(() -> port.metric("webhook_in_flight_bytes") == 0);
      assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(204);
      await(() -> port.sum("webhook_requests_total", "outcome=\"broken_off\"") == 4);
    }
  }

  @Test
  void memory_announcedAndNotUsed_isNotTaken() throws IOException {
    List<RawSocket> open = new ArrayList<>();
    Request large = Request.to("/webhooks/plain").withoutLength().header("Content-Length: " + MOST);
    try (PublicPort port = new PublicPort(settings())) {
      for (int count = 0; count < 20; count++) {
        open.add(port.open());
        open.getLast().send(large.head()).send("x");
      }
      await(() -> port.metric("webhook_in_flight_bytes") == 20 * (4_096 + 12_288));
      assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(204);
      for (RawSocket socket : open) {
        socket.hangUp();
      }
      await(() -> port.metric("webhook_in_flight_bytes") == 0);
    }
  }

  @Test
  void memory_takenInAll_isBounded() {
    Admission admission = new Admission(100, 80);
    ConnectionId one = new ConnectionId("one");
    ConnectionId two = new ConnectionId("two");
    Admission.Room first = admission.reserve(one, 80).orElseThrow();
    assertThat(admission.reserve(one, 1)).isEmpty();
    assertThat(admission.reserve(two, 21)).isEmpty();
    first.shrinkTo(50);
    first.shrinkTo(60);
    assertThat(admission.inFlight()).isEqualTo(50);
    assertThat(admission.reserve(two, 50)).isPresent();
    first.release();
    first.release();
    assertThat(admission.inFlight()).isEqualTo(50);
  }

  // --- sockets ---

  @Test
  void sockets_overTheBound_areToldToComeAgain() throws IOException {
    WebhookSettings two =
        new WebhookSettings("127.0.0.1", 0, MOST, LONG, LONG, LONG, LONG, 1_000_000, 500_000, 2);
    try (PublicPort port = new PublicPort(two);
        RawSocket first = port.open();
        RawSocket second = port.open()) {
      await(() -> port.metric("webhook_sockets") == 2);
      try (RawSocket third = port.open()) {
        await(() -> port.metric("webhook_sockets") == 3);
        try (RawSocket fourth = port.open()) {
          assertThat(fourth.isClosedByServer()).isTrue();
        }
        Response told = third.send(Request.to("/webhooks/plain").bytes()).receive();
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.headers().get("retry-after")).matches("[1-9][0-9]*");
        assertThat(told.headers()).containsEntry("connection", "close");
        assertThat(third.isClosedByServer()).isTrue();
      }
      assertThat(first.send(Request.to("/webhooks/plain").bytes()).receive().status())
          .isEqualTo(204);
      assertThat(port.metric("webhook_sockets_refused_total")).isEqualTo(2);
      second.hangUp();
      await(() -> port.metric("webhook_sockets") == 1);
      assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(204);
    }
  }

  /**
   * A sender that reads no answers is not heard any more once there is no room for another one, and
   * then it is silent. A hundred at a time, since more without an answer end the connection.
   */
  @Test
  void answers_thatNobodyReads_closeTheSocket() throws IOException {
    byte[] hundred =
        Request.to("/webhooks/nobody-is-called-like-this")
            .withoutLength()
            .head()
            .repeat(100)
            .getBytes(US_ASCII);
    try (PublicPort port = new PublicPort(timed(LONG, HOUR, LONG, Duration.ofSeconds(2)));
        RawSocket socket = port.open()) {
      await(() -> port.metric("webhook_sockets") == 1);
      Thread.ofVirtual().start(() -> askOn(port, socket, hundred));
      Await.until(
          "the sender is turned out",
          Duration.ofMinutes(1),
          () -> port.metric("webhook_sockets") == 0);
    }
  }

  /** Asks again each time that all of it is answered. */
  private static void askOn(PublicPort port, RawSocket socket, byte[] hundred) {
    int[] asked = {0};
    Await.until(
        "the sender is turned out",
        Duration.ofMinutes(1),
        () -> {
          if (port.sum("webhook_requests_total", "outcome=") == asked[0]) {
            asked[0] += 100 * writesUntilClosed(socket, hundred, 1);
          }
          return port.metric("webhook_sockets") == 0;
        });
  }

  // --- stop ---

  @Test
  void stop_whileADeliveryIsOnItsWay_waitsForItsAnswer() throws Exception {
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    CountDownLatch handedOver = new CountDownLatch(1);
    try (PublicPort port = new PublicPort(settings());
        RawSocket socket = port.open()) {
      port.intake(
          delivery -> {
            handedOver.countDown();
            return receipt;
          });
      socket.send(Request.to("/webhooks/plain").bytes());
      assertThat(handedOver.await(20, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> stopped = port.stop().toCompletableFuture();
      receipt.complete(new Receipt.Kept(1));
      assertThat(socket.receive().status()).isEqualTo(204);
      stopped.get(20, TimeUnit.SECONDS);
    }
  }

  /**
   * It waits for less than half a second, for which a busy machine may stand still now and then.
   */
  @Test
  void stop_rightAfterASocketWasOpened_answersWhatIsSentOnIt() {
    long answered =
        IntStream.range(0, 9).filter(time -> isSocketOpenedBeforeAStopAnswered()).count();
    assertThat(answered).isGreaterThan(4);
  }

  private boolean isSocketOpenedBeforeAStopAnswered() {
    try (PublicPort port = new PublicPort(settings());
        RawSocket fresh = port.open()) {
      Await.until("it is there", () -> port.metric("webhook_sockets") == 1);
      CompletableFuture<Void> stopped = port.stop().toCompletableFuture();
      // By its answer the loop has turned since.
      port.send(Request.to("/webhooks/plain").bytes());
      int status = fresh.send(Request.to("/webhooks/plain").bytes()).receive().status();
      stopped.join();
      return status == 204;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void stop_whileManyDeliveriesAreOnTheirWay_answersAllOfThem() throws Exception {
    int many = 30;
    CompletableFuture<Receipt> receipt = new CompletableFuture<>();
    CountDownLatch handedOver = new CountDownLatch(many);
    List<RawSocket> open = new ArrayList<>();
    try (PublicPort port = new PublicPort(settings())) {
      port.intake(
          delivery -> {
            handedOver.countDown();
            return receipt;
          });
      for (int count = 0; count < many; count++) {
        open.add(port.open().send(Request.to("/webhooks/plain").bytes()));
      }
      assertThat(handedOver.await(20, TimeUnit.SECONDS)).isTrue();
      port.drain();
      CompletableFuture<Void> stopped = port.stop().toCompletableFuture();
      receipt.complete(new Receipt.Kept(1));
      for (RawSocket socket : open) {
        Response response = socket.receive();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).containsEntry("connection", "close");
      }
      stopped.get(20, TimeUnit.SECONDS);
    }
  }
}
