package io.leadgauge.http;

import static io.leadgauge.http.PublicPort.AT;
import static io.leadgauge.http.PublicPort.BODY;
import static io.leadgauge.http.PublicPort.OLD_SECRET;
import static io.leadgauge.http.PublicPort.TOKEN;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.http.RawSocket.Response;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.Receipt;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the public port answers, and what it hands over. */
class WebhookServerTest {
  private final PublicPort port = new PublicPort();

  @AfterEach
  void close() {
    port.close();
  }

  // --- kept ---

  @Test
  void delivery_authentic_isHandedOverAsItCame() throws IOException {
    Response response =
        port.send(Request.to("/webhooks/plain?b=%20%2F&a=1").header("X-Odd: one").bytes());
    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    Delivery delivery = port.deliveries.getFirst();
    assertThat(delivery.connection()).isEqualTo(new ConnectionId("plain"));
    assertThat(delivery.receivedAt()).isEqualTo(AT);
    assertThat(delivery.method()).isEqualTo("POST");
    assertThat(delivery.path()).isEqualTo("/webhooks/plain?b=%20%2F&a=1");
    assertThat(delivery.body()).isEqualTo(BODY);
    assertThat(delivery.headers())
        .contains(new Header("X-Odd", "one"), new Header("Host", "inner.example.org"));
  }

  @Test
  void delivery_bytesThatAreNoText_areHandedOverUnchanged() throws IOException {
    byte[] odd = {(byte) 0xff, 0, (byte) 0xc3, 0x28, '\r', '\n', (byte) 0x80};
    assertThat(port.send(Request.to("/webhooks/plain").body(odd).bytes()).status()).isEqualTo(204);
    assertThat(port.deliveries.getFirst().body()).isEqualTo(odd);
  }

  @Test
  void delivery_repeated_isKeptAgain() throws IOException {
    byte[] request = Request.to("/webhooks/plain").bytes();
    assertThat(port.send(request).status()).isEqualTo(204);
    assertThat(port.send(request).status()).isEqualTo(204);
  }

  @Test
  void delivery_emptyBody_isKept() throws IOException {
    assertThat(port.send(Request.to("/webhooks/plain").body(new byte[0]).bytes()).status())
        .isEqualTo(204);
  }

  @Test
  void delivery_inChunks_isPutTogether() throws IOException {
    try (RawSocket socket = port.open()) {
      socket.send(
          Request.to("/webhooks/plain")
              .withoutLength()
              .header("Transfer-Encoding: chunked")
              .head());
      for (byte one : BODY) {
        socket.send("1\r\n").send(new byte[] {one}).send("\r\n");
      }
      assertThat(socket.send("0\r\n\r\n").receive().status()).isEqualTo(204);
    }
    assertThat(port.deliveries.getFirst().body()).isEqualTo(BODY);
  }

  @Test
  void delivery_severalOnOneSocket_areAnsweredInOrder() throws IOException {
    try (RawSocket socket = port.open()) {
      socket
          .send(Request.to("/webhooks/plain").bytes())
          .send(Request.to("/webhooks/nobody").bytes())
          .send(Request.to("/webhooks/plain").bytes());
      assertThat(socket.receive().status()).isEqualTo(204);
      assertThat(socket.receive().status()).isEqualTo(404);
      assertThat(socket.receive().status()).isEqualTo(204);
    }
  }

  @Test
  void delivery_senderThatAsksFirst_isToldToGoOn() throws IOException {
    try (RawSocket socket = port.open()) {
      Request request = Request.to("/webhooks/plain").header("Expect: 100-continue");
      assertThat(socket.send(request.head()).receive().status()).isEqualTo(100);
      assertThat(socket.send(BODY).receive().status()).isEqualTo(204);
    }
  }

  // --- 404, 405, 415 ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/webhooks",
        "/webhooks/",
        "/webhooks/nobody",
        "/webhooks/Plain",
        "/webhooks/plain/",
        "/webhooks/plain/any-token",
        "/webhooks/%70lain",
        "/webhooks/../webhooks/plain",
        "/health/live",
        "/metrics"
      })
  void address_unknown_isNotFound(String target) throws IOException {
    Response response = port.send(Request.to(target).bytes());
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).startsWith("{\"error\":\"no such address\",\"hint\":");
    assertThat(response.headers()).containsEntry("content-type", "application/json");
    assertThat(port.deliveries).isEmpty();
  }

  @Test
  void token_wrong_isAnsweredLikeAnUnknownConnection() throws IOException {
    Response unknown = port.send(Request.to("/webhooks/nobody/" + TOKEN.reveal()).bytes());
    for (String token :
        List.of("wrong", TOKEN.reveal() + "x", "%74" + TOKEN.reveal().substring(1))) {
      assertThat(port.send(Request.to("/webhooks/hidden/" + token).bytes())).isEqualTo(unknown);
    }
    assertThat(port.send(Request.to("/webhooks/hidden").bytes())).isEqualTo(unknown);
    assertThat(unknown.status()).isEqualTo(404);
  }

  @Test
  void token_right_isMaskedEverywhereBehindThePort() throws IOException {
    String target = "/webhooks/hidden/" + TOKEN.reveal() + "?x=1";
    byte[] good =
        Request.to(target)
            .header("X-Original-URI: " + target)
            .header("Authorization: Bearer of-the-proxy")
            .header("Cookie: session=1")
            .bytes();
    assertThat(port.send(good).status()).isEqualTo(204);
    Delivery delivery = port.deliveries.getFirst();
    assertThat(delivery.path()).isEqualTo("/webhooks/hidden/***?x=1");
    assertThat(delivery.headers())
        .contains(
            new Header("X-Original-URI", "/webhooks/hidden/***?x=1"),
            new Header("Authorization", "***"),
            new Header("Cookie", "***"));
    assertThat(delivery.toString()).doesNotContain(TOKEN.reveal()).doesNotContain("of-the-proxy");
  }

  @Test
  void token_inARefusedRequest_isMasked() throws IOException {
    String target = "/webhooks/hidden/" + TOKEN.reveal();
    port.send(Request.to(target).at(0).header("X-Original-URI: " + target).bytes());
    port.send(Request.to("/webhook/hidden/" + TOKEN.reveal()).bytes());
    port.send(Request.to(target + "/more").bytes());
    assertThat(port.refused.list(null)).hasSize(3);
    assertThat(port.refused.list(null).toString()).doesNotContain(TOKEN.reveal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
  void method_otherThanPost_isNotAllowed(String method) throws IOException {
    Response response =
        port.send(Request.to("/webhooks/plain").method(method).body(new byte[0]).bytes());
    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers()).containsEntry("allow", "POST");
  }

  @ParameterizedTest
  @CsvSource({
    "application/json;charset=utf-8, 204",
    "APPLICATION/JSON, 204",
    "application/cloudevents-batch+json, 204",
    "text/plain, 415",
    "application/x-www-form-urlencoded, 415",
    "application/jsonp, 415"
  })
  void contentType_stated_mustBeJson(String type, int status) throws IOException {
    Request request = Request.to("/webhooks/plain").withoutType().header("Content-Type: " + type);
    assertThat(port.send(request.bytes()).status()).isEqualTo(status);
  }

  @Test
  void contentType_missing_isLetIn() throws IOException {
    assertThat(port.send(Request.to("/webhooks/plain").withoutType().bytes()).status())
        .isEqualTo(204);
  }

  @Test
  void contentEncoding_otherThanIdentity_isRefused() throws IOException {
    Request zipped = Request.to("/webhooks/plain").header("Content-Encoding: gzip");
    Response response = port.send(zipped.bytes());
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.headers()).containsEntry("accept-encoding", "identity");
    Request plain = Request.to("/webhooks/plain").header("Content-Encoding: Identity");
    assertThat(port.send(plain.bytes()).status()).isEqualTo(204);
  }

  // --- 401 ---

  @Test
  void signature_wrong_isRefusedAndKeptAside() throws IOException {
    Request stranger = Request.to("/webhooks/plain").secret(Secret.of("a stranger's"));
    Response response = port.send(stranger.bytes());
    assertThat(response.status()).isEqualTo(401);
    assertThat(response.body())
        .isEqualTo(
            "{\"error\":\"signature refused\",\"hint\":\"the hubspot-v3 signature fits this"
                + " request under none of 2 secrets\"}");
    assertThat(port.deliveries).isEmpty();
    RefusedRequest refused = port.refused.list(new ConnectionId("plain")).getFirst();
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.reason()).isEqualTo("signature_wrong");
    assertThat(refused.body()).isEqualTo(BODY);
    assertThat(refused.isWhole()).isTrue();
    assertThat(refused.at()).isEqualTo(AT);
  }

  @Test
  void signature_missingStaleOrFromTheFuture_isRefused() throws IOException {
    for (Request request :
        List.of(
            Request.to("/webhooks/plain").unsigned(),
            Request.to("/webhooks/plain").at(AT - 300_001),
            Request.to("/webhooks/plain").at(AT + 300_001),
            Request.to("/webhooks/plain").signedTarget("/webhooks/other"),
            Request.to("/webhooks/plain?a=1").signedTarget("/webhooks/plain"))) {
      assertThat(port.send(request.bytes()).status()).isEqualTo(401);
    }
    assertThat(port.refused.list(null))
        .extracting(RefusedRequest::reason)
        .containsExactly(
            "signature_wrong",
            "signature_wrong",
            "timestamp_in_future",
            "timestamp_too_old",
            "signature_missing");
  }

  @Test
  void signature_ofTheOldSecret_isAcceptedDuringRotation() throws IOException {
    assertThat(port.send(Request.to("/webhooks/plain").secret(OLD_SECRET).bytes()).status())
        .isEqualTo(204);
    assertThat(port.metric("webhook_signed_total{connection=\"plain\",secret=\"1\"}")).isEqualTo(1);
  }

  @Test
  void signature_v3Failing_doesNotFallBackToV1() throws IOException {
    Request both =
        Request.to("/webhooks/classic").signedAs(SignatureScheme.HUBSPOT_V1).at(AT - 300_001);
    assertThat(port.send(both.bytes()).status()).isEqualTo(401);
    Request v1 = new Request("/webhooks/classic").signedAs(SignatureScheme.HUBSPOT_V1);
    assertThat(port.send(v1.bytes()).status()).isEqualTo(204);
    Request notListed = new Request("/webhooks/plain").signedAs(SignatureScheme.HUBSPOT_V1);
    assertThat(port.send(notListed.bytes()).status()).isEqualTo(401);
  }

  @Test
  void signature_coversTheConfiguredAddress_notWhatHeadersSay() throws IOException {
    Request forged =
        Request.to("/webhooks/plain")
            .header("X-Forwarded-Host: evil.example.org")
            .header("X-Forwarded-Proto: http");
    assertThat(port.send(forged.bytes()).status()).isEqualTo(204);
    String absolute = "http://evil.example.org/webhooks/plain?x=1";
    Request proxied = Request.to(absolute).signedTarget("/webhooks/plain?x=1");
    assertThat(port.send(proxied.bytes()).status()).isEqualTo(204);
    assertThat(port.deliveries.getLast().path()).isEqualTo("/webhooks/plain?x=1");
  }

  @Test
  void connection_changedWhileServing_countsFromTheNextRequest() throws IOException {
    port.connections.put(new ConnectionId("plain"), PublicPort.connection("plain", Set.of(), null));
    assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(401);
    port.connections.remove(new ConnectionId("plain"));
    assertThat(port.send(Request.to("/webhooks/plain").bytes()).status()).isEqualTo(404);
  }

  // --- 503 ---

  @Test
  void intake_full_isAnsweredWithWholeSeconds() throws IOException {
    port.intake(
        delivery -> CompletableFuture.completedFuture(new Receipt.Full(Duration.ofMillis(1_200))));
    for (int round = 0; round < 20; round++) {
      Response response = port.send(Request.to("/webhooks/plain").bytes());
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.headers().get("retry-after")).matches("[234]");
    }
  }

  @Test
  void intake_fullForAMoment_asksForOneSecondAtLeast() throws IOException {
    port.intake(delivery -> CompletableFuture.completedFuture(new Receipt.Full(Duration.ZERO)));
    for (int round = 0; round < 20; round++) {
      assertThat(port.send(Request.to("/webhooks/plain").bytes()).headers().get("retry-after"))
          .matches("[12]");
    }
  }

  static Stream<CompletableFuture<Receipt>> troubles() {
    return Stream.of(
        CompletableFuture.completedFuture(new Receipt.Down("disk full")),
        CompletableFuture.failedFuture(new IllegalStateException("a fault")));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void intake_inTrouble_isNeverTheSendersFault(CompletableFuture<Receipt> trouble)
      throws IOException {
    port.intake(delivery -> trouble);
    Response response = port.send(Request.to("/webhooks/plain").bytes());
    assertThat(response.status()).isEqualTo(503);
    assertThat(Integer.parseInt(response.headers().get("retry-after"))).isPositive();
    assertThat(response.body()).doesNotContain("disk full").doesNotContain("Exception");
  }

  @Test
  void intake_throwing_isAnsweredWithRetryAfter() throws IOException {
    port.intake(
        delivery -> {
          throw new IllegalStateException("a fault");
        });
    assertThat(port.send(Request.to("/webhooks/plain").bytes()).headers())
        .containsKey("retry-after");
  }

  // --- counters ---

  @Test
  void counters_afterAMixture_addUp() throws IOException {
    port.send(Request.to("/webhooks/plain").bytes());
    port.send(Request.to("/webhooks/plain").bytes());
    port.send(Request.to("/webhooks/nobody").bytes());
    port.send(Request.to("/webhooks/plain").method("GET").body(new byte[0]).bytes());
    port.send(Request.to("/webhooks/plain").at(0).bytes());
    port.send("BOGUS\r\n\r\n".getBytes(US_ASCII));
    port.intake(delivery -> CompletableFuture.completedFuture(new Receipt.Down("x")));
    port.send(Request.to("/webhooks/plain").bytes());
    assertThat(port.sum("webhook_requests_total", "")).isEqualTo(7);
    assertThat(port.sum("webhook_requests_total", "outcome=\"kept\"")).isEqualTo(2);
    assertThat(port.sum("webhook_requests_total", "outcome=\"down\"")).isEqualTo(1);
    assertThat(port.metric("webhook_ack_seconds_count{connection=\"plain\"}")).isEqualTo(2);
    assertThat(port.sum("webhook_refused_total", "")).isEqualTo(4);
    assertThat(port.sum("webhook_refused_total", "reason=\"timestamp_too_old\"")).isEqualTo(1);
    assertThat(port.sum("webhook_signed_total", "")).isEqualTo(3);
    assertThat(port.metric("webhook_in_flight_bytes")).isZero();
  }
}
