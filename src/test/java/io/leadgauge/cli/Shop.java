package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.Written;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A shop: a portal in the sandbox, a workflow in it that calls a webhook, and a website whose
 * events are sent; served from manifests that a test edits.
 */
final class Shop implements AutoCloseable {
  static final ConnectionId MAIN = new ConnectionId("main");
  static final String WEBSITE_SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  static final Map<String, String> SECRETS =
      Map.of("TOKEN", SandboxOptions.TOKEN, "SECRET", "a-client-secret", "WEBSITE", WEBSITE_SECRET);
  private static final String PUBLIC = "https://leads.example.com";
  private static final String MODEL =
      """
      apiVersion: leadgauge/v1
      kind: Model
      metadata: { name: shop }
      spec:
        dimensions:
          engagement:
            rules:
              - { id: cart, activity: add_to_cart, where: { sku: "A*" }, points: 10 }
              - { id: view, activity: page_view, where: { url: "*/pricing*" }, points: 1 }
              - { id: priced, activity: priced, points: 7 }
              - { id: boss, when: { property: title, seniority: [c-level, vp] }, points: 20 }
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
        webhooks:
          secrets: ["${env:SECRET}"]
          workflows:
            priced: { activity: priced, at: when, contact: { email: address } }
        model: shop
        mode: fields
        fields: { title: jobtitle }
        writeBack: { fields: { score: leadgauge_score }, minInterval: 0s }
      """;
  private static final String SOURCE =
      """
      apiVersion: leadgauge/v1
      kind: EventSource
      metadata: { name: website }
      spec:
        connection: main
        secrets: ["${env:WEBSITE}"]
        types: { page_view: [url] }
      """;

  final Path manifests;
  final Path data;
  final SandboxControl control;
  final Map<String, String> environment = new HashMap<>(SECRETS);
  final SystemClockwork clock = new SystemClockwork();
  Installation serve;
  private final Vertx vertx = Vertx.vertx();
  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int sent;

  Shop(Path folder) throws IOException {
    this(folder, "fields");
  }

  /** Starts one whose connection is in a mode. */
  Shop(Path folder, String mode) throws IOException {
    manifests = folder.resolve("manifests");
    data = folder.resolve("data");
    Sandbox sandbox =
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
    write(
        "connections/main.yaml",
        CONNECTION
            .replace("@API@", sandbox.address().toString())
            .replace("mode: fields", "mode: " + mode));
    write("sources/website.yaml", SOURCE);
    serve = started(data);
  }

  void write(String name, String text) {
    Written.to(manifests, name, text);
  }

  /** Starts a server of the same manifests over a data folder. */
  Installation started(Path folder) {
    ManifestFolder read = new ManifestFolder(manifests, environment);
    ManifestFolder.Reading reading = read.read();
    assertThat(reading.loaded().hasErrors()).as("%s", reading.loaded().problems()).isFalse();
    return Installation.start(
        new Installation.Watched(read, reading, Duration.ZERO),
        Installation.Settings.local(folder),
        clock);
  }

  /** Changes a manifest, and has it taken over. */
  void edit(String name, String from, String to) throws IOException {
    Path file = manifests.resolve(name);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
    JsonNode told = AdminAddress.tell(data, "/api/manifests/reload").orElseThrow();
    assertThat(told.path("problems").toString()).doesNotContain("\"error\"");
  }

  JsonNode post(String path, String body) {
    try {
      return control.post(path, mapper.readTree(body.replace('\'', '"')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String contact(String properties) {
    return post("/_sandbox/contacts", "{'contacts':[{'properties':{" + properties + "}}]}")
        .at("/ids/0")
        .asText();
  }

  /** Events of the portal are sent from here on. */
  void subscribe() {
    post(
        "/_sandbox/webhooks",
        "{'url':'http://127.0.0.1:%d/webhooks/main','secret':'a-client-secret',"
                .formatted(serve.port())
            + "'signedUrl':'https://leads.example.com/webhooks/main'}");
  }

  /** Delivers events of the portal. */
  void events(String body) {
    send("/webhooks/main", body, SignatureScheme.HUBSPOT_V3, "a-client-secret");
  }

  /** Delivers what the workflow sends. */
  void workflow(String body) {
    send("/webhooks/main/priced", body, SignatureScheme.HUBSPOT_V2, "a-client-secret");
  }

  /** Delivers events of the website. */
  void website(String body) {
    send("/webhooks/website", body, SignatureScheme.STANDARD, WEBSITE_SECRET);
  }

  private void send(String path, String body, SignatureScheme scheme, String secret) {
    byte[] bytes = body.replace('\'', '"').getBytes(UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serve.port() + path))
            .header("Content-Type", "application/json");
    for (Header header :
        new RequestSigner(scheme, Secret.of(secret))
            .sign("POST", PUBLIC + path, bytes, "msg_" + ++sent, clock.now())) {
      request.header(header.name(), header.value());
    }
    try {
      HttpResponse<String> response =
          http.send(
              request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void awaitScore(String contact, String score) {
    Await.until(
        "the score of " + contact + " is " + score,
        () ->
            control
                .get("/_sandbox/contacts/" + contact)
                .at("/properties/leadgauge_score")
                .asText()
                .equals(score));
  }

  /** Returns the deliveries, oldest first. */
  List<JournalLine> lines() {
    return KeptInTests.newest(serve.reader(), null).reversed();
  }

  JournalLine last() {
    return lines().getLast();
  }

  /** Runs a command on the data folder; returns what it printed, once it has ended like this. */
  String run(int code, String... arguments) {
    TestTerminal terminal = new TestTerminal(environment, "");
    String[] all = new String[arguments.length + 1];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data=" + data;
    assertThat(terminal.run(all)).as(terminal.out() + terminal.err()).isEqualTo(code);
    return terminal.out() + terminal.err();
  }

  @Override
  public void close() {
    serve.close();
    control.close();
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
