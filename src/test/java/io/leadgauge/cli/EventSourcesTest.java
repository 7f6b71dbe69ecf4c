package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.Written;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a website, from the signed request to the score in the CRM. */
class EventSourcesTest {
  private static final ConnectionId MAIN = new ConnectionId("main");
  private static final String NEW_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String OLD_SECRET = "whsec_ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: shop }
      spec:
        dimensions:
          engagement:
            rules:
              - { id: cart, activity: add_to_cart, where: { product.sku: "A*" }, points: 10 }
              - { id: view, activity: page_view, points: 1 }
      """;
  private static final String CONNECTION =
      """
      apiVersion: leadgauge/v1
      kind: Connection
      metadata: { name: main }
      spec:
        crm: hubspot
        portal: 44237313
        publicUrl: https://leads.example.com
        api: { base: "@API@", version: v3 }
        credentials: { accessToken: "${env:TOKEN}" }
        webhooks: { secrets: ["${env:SECRET}"] }
        model: shop
        mode: fields
        writeBack: { fields: { score: leadgauge_score }, minInterval: 0s }
      """;
  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: website }
      spec:
        connection: main
        secrets: ["${env:NEW}", "${env:OLD}"]
        tolerance: 10m
      """;

  @TempDir Path folder;
  private Vertx vertx;
  private Sandbox sandbox;
  private SandboxControl control;
  private Installation installation;
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> secrets =
      new HashMap<>(
          Map.of(
              "TOKEN", SandboxOptions.TOKEN, "SECRET", "s", "NEW", NEW_SECRET, "OLD", OLD_SECRET));
  private final SystemClockwork clock = new SystemClockwork();

  @BeforeEach
  void start() throws IOException {
    vertx = Vertx.vertx();
    sandbox =
        Sandbox.start(vertx, SandboxOptions.defaults().withLimits(Limits.OFF).withSeed(7), clock)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    control = new SandboxControl(sandbox.address());
    post(
        "/crm/v3/properties/contacts",
        "{'name':'leadgauge_score','label':'Score','type':'number','fieldType':'number',"
            + "'groupName':'contactinformation'}");
    write("models/shop/model.yaml", MODEL);
    write("connections/main.yaml", CONNECTION.replace("@API@", sandbox.address().toString()));
    write("sources/website.yaml", SOURCE);
    installation = installed();
    post(
        "/_sandbox/webhooks",
        "{'url':'http://127.0.0.1:%d/webhooks/main','secret':'s',".formatted(installation.port())
            + "'signedUrl':'https://leads.example.com/webhooks/main'}");
  }

  private void write(String name, String text) {
    Written.to(folder.resolve("manifests"), name, text);
  }

  private Installation installed() {
    Path manifests = folder.resolve("manifests");
    Loaded loaded = Manifests.load(manifests, SecretSource.of(secrets, manifests));
    assertThat(loaded.hasErrors()).as("%s", loaded.problems()).isFalse();
    Catalog catalog = loaded.catalog();
    return Installation.start(catalog, Installation.Settings.local(folder.resolve("data")), clock);
  }

  @AfterEach
  void stop() {
    installation.close();
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private JsonNode post(String path, String body) {
    try {
      return control.post(path, mapper.readTree(body.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String contact(String properties) {
    return post("/_sandbox/contacts", "{'contacts':[{'properties':{" + properties + "}}]}")
        .at("/ids/0")
        .asText();
  }

  private void awaitScore(String contact, String score) {
    Await.until(
        "the score is " + score,
        () ->
            control
                .get("/_sandbox/contacts/" + contact)
                .at("/properties/leadgauge_score")
                .asText()
                .equals(score));
  }

  private int send(String body) {
    return send(NEW_SECRET, body, clock.now()).statusCode();
  }

  private HttpResponse<String> send(String secret, String body, long at) {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    URI address = URI.create("http://127.0.0.1:" + installation.port() + "/webhooks/website");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Content-Type", "application/json");
    for (Header header :
        new RequestSigner(SignatureScheme.STANDARD, Secret.of(secret))
            .sign("POST", "", bytes, "msg_1", at)) {
      request.header(header.name(), header.value());
    }
    try {
      return http.send(
          request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String cart(String who, int minute, String sku) {
    return ("{'contact':{%s},'type':'add_to_cart','at':'2026-09-01T10:%02d:00Z',"
            + "'attributes':{'product':{'sku':'%s'}}}")
        .formatted(who, minute, sku);
  }

  private List<JournalLine> lines() {
    return KeptInTests.newest(installation.reader(), MAIN);
  }

  @Test
  void event_beforeItsContact_andOfAVisitorIdentifiedLater_scoreOnce() {
    assertThat(send(cart("'anonymousId':'v'", 1, "A1"))).isEqualTo(204);
    assertThat(send(cart("'email':'Ann@Acme.example','anonymousId':'v'", 2, "A2"))).isEqualTo(204);
    assertThat(waiting().path("names").asInt()).isEqualTo(2);
    assertThat(waiting().path("events").asInt()).isEqualTo(2);

    String id = contact("'email':'ann@acme.example'");
    awaitScore(id, "20");
    assertThat(send(cart("'anonymousId':'v'", 1, "A1"))).isEqualTo(204);
    assertThat(send(cart("'id':'" + id + "'", 3, "A3"))).isEqualTo(204);
    awaitScore(id, "30");
    assertThat(waiting().path("names").asInt()).isZero();
    assertThat(lines()).allMatch(line -> line.quarantined() == null);
  }

  private JsonNode waiting() {
    return AdminAddress.ask(folder.resolve("data"), "/api/connections/main")
        .orElseThrow()
        .path("unidentified");
  }

  @Test
  void array_ofGoodAndBad_countsTheGood_andKeepsAllOfIt() {
    String id = contact("'email':'bob@acme.example'");
    awaitScore(id, "0");
    String bad = "{'contact':{'email':'bob@acme.example'},'type':'page view','at':0,'foo':1}";
    String body =
        "["
            + cart("'email':'bob@acme.example'", 1, "A1")
            + ","
            + bad
            + ",7,"
            + cart("'email':'bob@acme.example'", 2, "A2")
            + "]";
    assertThat(send(body)).isEqualTo(204);
    awaitScore(id, "20");
    JournalLine line = lines().stream().filter(one -> one.noted() > 0).findFirst().orElseThrow();
    assertThat(line.noted()).isEqualTo(2);
    assertThat(KeptInTests.at(installation.reader(), line.sequence()).delivery().path())
        .isEqualTo("/webhooks/website");
    TestTerminal terminal = TestTerminal.plain();
    terminal.run("deliveries", "show", "" + line.sequence(), "--data=" + folder.resolve("data"));
    assertThat(terminal.out())
        .contains("applied, 2 only noted")
        .contains("event 1 at line 1, column ")
        .contains("unknown key foo, expected contact, type, at, id, attributes")
        .contains("event 2 at line 1, column ")
        .contains("it is no object");
    assertThat(send("{'contact':")).isEqualTo(204);
    assertThat(lines()).anyMatch(one -> String.valueOf(one.quarantined()).contains("too early"));
  }

  @Test
  void signature_wrongOldOrMissing_isRefused_andEitherSecretWillDo() {
    String body = cart("'email':'x@acme.example'", 1, "A1");
    long now = clock.now();
    assertThat(send(OLD_SECRET, body, now).statusCode()).isEqualTo(204);
    assertThat(send(NEW_SECRET, body, now - 9 * 60_000).statusCode()).isEqualTo(204);
    assertThat(send(NEW_SECRET, body, now - 11 * 60_000).statusCode()).isEqualTo(401);
    assertThat(send(NEW_SECRET, body, now + 11 * 60_000).statusCode()).isEqualTo(401);
    String other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assertThat(send(other, body, now).statusCode()).isEqualTo(401);
    assertThat(lines()).hasSize(2);
    installation.close();
    secrets.put("OLD", NEW_SECRET);
    installation = installed();
    assertThat(send(OLD_SECRET, body, now).statusCode()).isEqualTo(401);
    assertThat(send(NEW_SECRET, body, now).statusCode()).isEqualTo(204);
  }

  @Test
  void sourceOfAConnectionThatIsNotServed_isKeptForIt() throws IOException {
    write(
        "apps/many.yaml",
        """
        apiVersion: leadgauge/v1
        kind: App
        metadata: { name: many }
        spec:
          crm: hubspot
          publicUrl: https://leads.example.com
          oauth:
            clientId: ab-12
            clientSecret: "${env:SECRET}"
            scopes: [oauth]
            tokenKeys: ["${env:KEY}"]
          model: shop
        """);
    write("sources/website.yaml", SOURCE.replace("connection: main", "connection: many-6"));
    secrets.put("KEY", AppHouse.KEY);
    installation.close();
    installation = installed();
    assertThat(send(cart("'email':'x@acme.example'", 1, "A1"))).isEqualTo(204);
    assertThat(KeptInTests.newest(installation.reader(), new ConnectionId("many-6")))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.quarantined())
                    .isEqualTo("the connection many-6 that it feeds is not served"));
  }

  @Test
  void personWhomNoContactIs_canBeErasedByTheirAddress() {
    send(cart("'email':'ghost@acme.example','anonymousId':'ghosts-phone'", 1, "A1"));
    send(cart("'anonymousId':'ghosts-phone'", 2, "A2"));
    TestTerminal terminal = TestTerminal.plain();
    int code =
        terminal.run(
            "erase", "main", "Ghost@acme.example", "--yes", "--data=" + folder.resolve("data"));
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out()).contains("1 email_address, 1 visitor");
    assertThat(waiting().path("names").asInt()).isZero();
    for (JournalLine line : lines()) {
      assertThat(KeptInTests.text(installation.reader(), line.sequence())).doesNotContain("ghost");
    }
  }

  @Test
  void erasedPerson_leavesNothingOfWhatTheSourceTold() {
    String id = contact("'email':'eve@acme.example'");
    awaitScore(id, "0");
    send(cart("'anonymousId':'eves-phone'", 1, "A1"));
    send(
        "["
            + cart("'email':'eve@acme.example','anonymousId':'eves-phone'", 2, "A2")
            + ","
            + cart("'email':'bob@acme.example'", 3, "A3")
            + "]");
    awaitScore(id, "20");
    installation.pipeline().erasures().erase(RecordRef.contact(MAIN, id)).join();
    Await.until("erased", () -> installation.pipeline().erasures().progress().isDone());
    send(cart("'anonymousId':'eves-phone'", 4, "A4"));
    StringBuilder kept = new StringBuilder();
    for (JournalLine line : lines()) {
      kept.append(KeptInTests.text(installation.reader(), line.sequence()));
    }
    assertThat(kept.toString()).doesNotContain("eve").contains("bob@acme.example");
    assertThat(installation.reader().load(RecordRef.visitor(MAIN, "eves-phone"))).isEmpty();
    assertThat(Instant.ofEpochMilli(clock.now())).isAfter("2026-01-01T00:00:00Z");
  }
}
