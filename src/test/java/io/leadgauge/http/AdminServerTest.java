package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Connection;
import io.leadgauge.http.Health.Check;
import io.leadgauge.http.JsonRequest.NoSuchThing;
import io.leadgauge.http.PublicPort.Request;
import io.leadgauge.http.RawSocket.Response;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port: who may ask, what is answered, and that its description tells the truth. */
class AdminServerTest {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final Secret TOKEN = Secret.of("admin-t0ken");

  private final Vertx vertx = Vertx.vertx();
  private final PublicPort receiver = new PublicPort();
  private final AtomicReference<Health> alive =
      new AtomicReference<>(new Health(List.of(new Check("intake", true, true, "it gets on"))));
  private final AtomicReference<Health> health =
      new AtomicReference<>(new Health(List.of(new Check("store", true, true, "one writer"))));
  private final AdminReads reads =
      new AdminReads(
          (contact, model) -> {
            if ("none".equals(model)) {
              throw new NoSuchThing("model 'none': expected b2b");
            }
            return contact.id().equals("7") ? Optional.of(score(model)) : Optional.empty();
          },
          (connection, limit, before) -> deliveries(limit),
          sequence -> sequence == 1 ? Optional.of(delivery(1)) : Optional.empty());

  @AfterEach
  void close() {
    receiver.close();
    vertx.close().await();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static JsonNode score(@Nullable String model) {
    ObjectNode score = JsonNodeFactory.instance.objectNode();
    score.put("model", model == null ? "b2b" : model);
    score.put("modelHash", "ab12").put("at", "2026-11-21T10:00:00Z").put("total", 42);
    score.putObject("dimensions").put("fit", 42);
    score
        .putArray("contributions")
        .addObject()
        .put("rule", "r")
        .put("points", 42)
        .put("reason", "x");
    return score;
  }

  private static JsonNode deliveries(int count) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (int sequence = count; sequence > 0; sequence--) {
      json.withArray("deliveries").add(delivery(sequence));
    }
    return json;
  }

  private static JsonNode delivery(long sequence) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("sequence", sequence)
        .put("connection", "plain")
        .put("receivedAt", "2026-11-21T10:00:00Z");
  }

  private AdminServer start(AdminSettings settings, JsonRoute... more) {
    List<JsonRoute> routes = new ArrayList<>(reads.routes());
    routes.addAll(
        new RefusedRoutes(
                receiver.refused,
                id -> Optional.ofNullable(receiver.connections.get(id)).map(Connection::webhooks))
            .routes());
    routes.addAll(List.of(more));
    AdminServer server =
        new AdminServer(settings, alive::get, health::get, receiver.metrics, routes);
    vertx.deployVerticle(server).await();
    return server;
  }

  private static Response get(int port, String target, String... headers) throws IOException {
    return ask(port, "GET", target, headers);
  }

  private static Response ask(int port, String method, String target, String... headers)
      throws IOException {
    try (RawSocket socket = new RawSocket(port)) {
      return socket.send(request(method, target, headers)).receive();
    }
  }

  private static byte[] request(String method, String target, String... headers) {
    List<String> lines = new ArrayList<>(List.of(method + " " + target + " HTTP/1.1"));
    lines.addAll(List.of(headers));
    if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
      lines.add("Host: localhost:8081");
    }
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(US_ASCII);
  }

  private static JsonNode json(Response response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  // --- health, metrics ---

  @Test
  void ready_followsTheNeededChecks() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    assertThat(get(port, "/health/live").status()).isEqualTo(200);
    assertThat(get(port, "/health/ready").body())
        .isEqualTo(
            "{\"status\":\"ready\",\"checks\":[{\"name\":\"store\",\"ok\":true,\"needed\":true,"
                + "\"detail\":\"one writer\"}]}");
    health.set(new Health(List.of(new Check("crm", false, false, "down"))));
    assertThat(get(port, "/health/ready").status()).isEqualTo(200);
    health.set(new Health(List.of(new Check("store", false, true, "disk full"))));
    assertThat(get(port, "/health/ready").status()).isEqualTo(503);
    assertThat(get(port, "/health/live").status()).isEqualTo(200);
    alive.set(new Health(List.of(new Check("intake", false, true, "it stands"))));
    Response dead = get(port, "/health/live");
    assertThat(dead.status()).isEqualTo(503);
    assertThat(dead.body()).contains("not live", "it stands");
  }

  @Test
  void metrics_areOpenMetricsText() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    receiver.send(Request.to("/webhooks/plain").bytes());
    Response response = get(port, "/metrics");
    assertThat(response.headers().get("content-type")).startsWith("application/openmetrics-text");
    assertThat(response.body())
        .contains("webhook_requests_total{connection=\"plain\",outcome=\"kept\"} 1.0")
        .contains("webhook_ack_seconds_bucket{connection=\"plain\",le=\"0.005\"}")
        .endsWith("# EOF\n");
  }

  // --- refused requests ---

  @Test
  void refused_wrongSignature_isExplainedWithoutTheToken() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    String token = PublicPort.TOKEN.reveal();
    receiver.send(
        Request.to("/webhooks/hidden/" + token + "?a=1")
            .signedTarget("/webhooks/hidden/" + token)
            .bytes());
    receiver.send(Request.to("/webhooks/nobody").bytes());
    JsonNode all = json(get(port, "/api/refused")).path("refused");
    assertThat(all).hasSize(2);
    JsonNode mine = json(get(port, "/api/refused?connection=hidden")).path("refused");
    assertThat(mine).hasSize(1);
    Response one = get(port, "/api/refused/" + mine.path(0).path("id").asText());
    JsonNode last = json(one).path("signature").path(6);
    assertThat(last.path("step").asText()).isEqualTo("wrong part");
    assertThat(last.path("detail").asText())
        .startsWith("address: the signature is over https://hooks.example.org/webhooks/hidden/***")
        .contains("without the query");
    assertThat(json(one).path("body").asText()).contains("Zoë");
    assertThat(one.body()).doesNotContain(token);
  }

  @Test
  void refused_forAnotherReason_hasNoSteps() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    receiver.send(Request.to("/webhooks/plain").method("GET").body(new byte[0]).bytes());
    JsonNode one = json(get(port, "/api/refused/1"));
    assertThat(one.path("status").asInt()).isEqualTo(405);
    assertThat(one.has("signature")).isFalse();
    assertThat(get(port, "/api/refused/2").status()).isEqualTo(404);
  }

  @Test
  void refused_bodyThatIsNoText_isBase64() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    receiver.send(Request.to("/webhooks/plain").at(0).body(new byte[] {(byte) 0xff}).bytes());
    JsonNode one = json(get(port, "/api/refused/1"));
    assertThat(one.path("bodyBase64").asText()).isEqualTo("/w==");
    assertThat(one.has("body")).isFalse();
  }

  // --- questions ---

  @Test
  void contact_knownOrNot_isAnsweredByTheFunction() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    assertThat(json(get(port, "/api/contacts/plain/contact/7")).path("total").asInt())
        .isEqualTo(42);
    assertThat(json(get(port, "/api/contacts/plain/contact/7?model=x")).path("model").asText())
        .isEqualTo("x");
    assertThat(get(port, "/api/contacts/plain/contact/8").status()).isEqualTo(404);
    Response none = get(port, "/api/contacts/plain/contact/7?model=none");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.body()).contains("model 'none': expected b2b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/contacts/Plain/contact/7 | connection: 'Plain': expected lower-case letters",
        "/api/contacts/plain/contact/7?modle=x | unknown parameter 'modle': expected model",
        "/api/deliveries?limit=0 | limit: '0': expected a number from 1 to 1000",
        "/api/deliveries?limit=1001 | limit: '1001': expected",
        "/api/deliveries?before=x | before: 'x': expected",
        "/api/deliveries/last | sequence: 'last': expected",
        "/api/refused?connection= | connection: '': expected",
        "/api/refused/1?steps=no | unknown parameter 'steps': expected none",
        "/api/deliveries?limit=%zz | expected a valid path and query"
      })
  void question_wrong_isToldWhatWasExpected(String target, String hint) throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    Response response = get(port, target);
    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("hint").asText()).contains(hint);
  }

  @Test
  void question_unknownPathOrMethod_isRefusedInJson() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    assertThat(json(get(port, "/api/nothing")).path("error").asText()).isEqualTo("not found");
    Response post = ask(port, "POST", "/api/refused", "Content-Length: 0");
    assertThat(post.status()).isEqualTo(405);
    assertThat(post.headers()).containsEntry("allow", "GET");
    assertThat(get(port, "/webhooks/plain").status()).isEqualTo(404);
  }

  @Test
  void question_failing_isAFaultWithoutItsTrace() throws IOException {
    JsonRoute broken =
        new JsonRoute(
            "/api/broken",
            Set.of(),
            request -> {
              throw new IllegalStateException("secret details");
            });
    Response response = get(start(AdminSettings.loopback(0), broken).port(), "/api/broken");
    assertThat(response.status()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("secret details");
  }

  @Test
  void questions_tooManyAtOnce_areRefused() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    JsonRoute slow =
        new JsonRoute(
            "/api/slow",
            Set.of(),
            request -> {
              try {
                hold.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Optional.empty();
            });
    int port = start(AdminSettings.loopback(0), slow).port();
    List<RawSocket> sockets = new ArrayList<>();
    try {
      for (int count = 0; count < 40; count++) {
        sockets.add(new RawSocket(port));
        sockets.getLast().send(request("GET", "/api/slow"));
      }
      // Eight of the forty find no room; the others wait.
      await(() -> sockets.stream().filter(RawSocket::hasAnswer).count() == 8);
      for (RawSocket socket : sockets.stream().filter(RawSocket::hasAnswer).toList()) {
        assertThat(socket.receive().headers()).containsEntry("retry-after", "1");
      }
      assertThat(get(port, "/health/live").status()).isEqualTo(200);
    } finally {
      hold.countDown();
      for (RawSocket socket : sockets) {
        socket.hangUp();
      }
    }
  }

  // --- access ---

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8081", "127.0.0.1:9", "[::1]:8081", "LOCALHOST"})
  void access_fromHereToLoopback_isLetIn(String host) throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    assertThat(get(port, "/health/live", "Host: " + host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rebound.example.org", "rebound.example.org:8081", "localhost.evil.org"})
  void access_fromHereToAnotherName_isRefused(String host) throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    Response response = get(port, "/api/refused", "Host: " + host);
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void access_throughAProxy_isNotFromHere() throws IOException {
    int without = start(AdminSettings.loopback(0)).port();
    assertThat(get(without, "/metrics", "X-Forwarded-For: 10.0.0.1").status()).isEqualTo(403);
    int with = start(new AdminSettings("127.0.0.1", 0, TOKEN)).port();
    Response missing = get(with, "/metrics", "X-Forwarded-For: 10.0.0.1");
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.headers()).containsEntry("www-authenticate", "Bearer");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer admin-t0ken, 200",
    "bearer admin-t0ken, 200",
    "Bearer admin-t0ke, 401",
    "Bearer admin-t0kenn, 401",
    "Bearer, 401",
    "Basic admin-t0ken, 401"
  })
  void access_withAToken_mustBringTheRightOne(String authorization, int status) throws IOException {
    int port = start(new AdminSettings("127.0.0.1", 0, TOKEN)).port();
    assertThat(
            get(
                    port,
                    "/health/live",
                    "Authorization: " + authorization,
                    "X-Forwarded-For: 10.0.0.1",
                    "Host: admin.example.org")
                .status())
        .isEqualTo(status);
  }

  @Test
  void access_withATokenWhereNoneIsSet_isRefused() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    for (String token : List.of("Bearer ", "Bearer x", "Bearer null")) {
      assertThat(get(port, "/health/live", "Authorization: " + token).status()).isEqualTo(401);
    }
  }

  @Test
  void access_fromElsewhere_needsTheToken() throws IOException {
    Optional<InetAddress> outside = outsideAddress();
    assumeTrue(outside.isPresent(), "skipped: this machine has no address but loopback");
    int without = start(new AdminSettings("0.0.0.0", 0, null)).port();
    int with = start(new AdminSettings("0.0.0.0", 0, TOKEN)).port();
    assertThat(fromOutside(outside.get(), without)).isEqualTo(403);
    assertThat(fromOutside(outside.get(), with)).isEqualTo(401);
    assertThat(fromOutside(outside.get(), with, "Authorization: Bearer admin-t0ken"))
        .isEqualTo(200);
  }

  private static int fromOutside(InetAddress address, int port, String... headers)
      throws IOException {
    try (RawSocket socket = new RawSocket(address, port)) {
      return socket.send(request("GET", "/health/live", headers)).receive().status();
    }
  }

  private static Optional<InetAddress> outsideAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
        .findFirst();
  }

  // --- description ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/health/live",
        "/health/ready",
        "/metrics",
        "/api/openapi.yaml",
        "/api/refused",
        "/api/refused?connection=plain",
        "/api/refused?connection=Plain",
        "/api/refused/1",
        "/api/refused/2",
        "/api/refused/3",
        "/api/refused/99",
        "/api/contacts/plain/contact/7",
        "/api/contacts/plain/contact/8",
        "/api/contacts/plain/contact/7?model=none",
        "/api/deliveries?limit=3",
        "/api/deliveries?limit=x",
        "/api/deliveries/1",
        "/api/deliveries/2"
      })
  void answer_toEveryQuestion_isAsDescribed(String target) throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    receiver.send(Request.to("/webhooks/plain").at(0).bytes());
    receiver.send(Request.to("/webhooks/plain").at(0).body(new byte[] {(byte) 0xff}).bytes());
    receiver.send(Request.to("/webhooks/nobody").bytes());
    assertDescribed(target, get(port, target));
  }

  @Test
  void answer_notReadyOrNotLetIn_isAsDescribed() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    health.set(new Health(List.of(new Check("store", false, true, "disk full"))));
    assertDescribed("/health/ready", get(port, "/health/ready"));
    assertDescribed("/api/refused", get(port, "/api/refused", "Host: rebound.example.org"));
    assertDescribed("/api/refused", get(port, "/api/refused", "Authorization: Bearer x"));
  }

  @Test
  void description_isServedAsItIsShipped() throws IOException {
    int port = start(AdminSettings.loopback(0)).port();
    assertThat(get(port, "/api/openapi.yaml").body()).startsWith("openapi: 3.0.3");
  }

  private static void assertDescribed(String target, Response response) {
    int query = target.indexOf('?');
    SimpleResponse answer =
        SimpleResponse.Builder.status(response.status())
            .withContentType(response.headers().get("content-type"))
            .withBody(response.body())
            .build();
    ValidationReport report =
        DESCRIPTION.validateResponse(
            query < 0 ? target : target.substring(0, query), Method.GET, answer);
    assertThat(report.getMessages()).as("%s %s", target, response.body()).isEmpty();
  }

  // --- commands ---

  @Test
  void command_isAPostThatNoOtherSiteCanSend() throws IOException {
    JsonRoute route =
        JsonRoute.changing(
            "/api/things/{id}/do",
            request ->
                Optional.of(JsonNodeFactory.instance.objectNode().put("id", request.path("id"))));
    int port = start(AdminSettings.loopback(0), route).port();

    assertThat(ask(port, "POST", "/api/things/7/do", "Content-Length: 0").body())
        .isEqualTo("{\"id\":\"7\"}");
    assertThat(
            ask(
                    port,
                    "POST",
                    "/api/things/7/do",
                    "Content-Length: 0",
                    "Origin: https://elsewhere.example")
                .status())
        .isEqualTo(403);
    assertThat(
            ask(
                    port,
                    "POST",
                    "/api/things/7/do",
                    "Content-Length: 0",
                    "Origin: http://localhost:8081")
                .status())
        .isEqualTo(200);
    Response read = get(port, "/api/things/7/do");
    assertThat(read.status()).isEqualTo(405);
    assertThat(read.headers()).containsEntry("allow", "POST");
  }
}
