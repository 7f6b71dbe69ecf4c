package io.leadgauge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.crm.signature.RequestSigner;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.AppInstalls;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
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
import java.util.concurrent.atomic.AtomicInteger;

/** A server with one app, over portals that it moves the clock of. */
final class AppHouse implements AutoCloseable {
  static final long START = 1_790_000_000_000L;
  static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  static final ConnectionId APP = new ConnectionId("acme");
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final String PUBLIC = "https://leads.example.com";

  final MovableClock clock = new MovableClock(START);
  final ManyPortals hubSpot = new ManyPortals(clock);
  final Path manifests;
  final Path data;
  final Map<String, String> environment = new HashMap<>();
  Installation serve;
  private final HttpClient http = HttpClient.newHttpClient();

  AppHouse(Path folder, String version) throws IOException {
    manifests = folder.resolve("manifests");
    data = folder.resolve("data");
    environment.put("CLIENT_SECRET", ManyPortals.CLIENT_SECRET);
    environment.put("LEADGAUGE_TOKEN_KEY", KEY);
    Path resources = Path.of("src/test/resources");
    copy(resources.resolve("leads/models/leads/model.yaml"), "models/leads/model.yaml", version);
    copy(resources.resolve("apps/acme.yaml"), "apps/acme.yaml", version);
    serve = started();
  }

  private void copy(Path from, String to, String version) throws IOException {
    Path file = manifests.resolve(to);
    Files.createDirectories(file.getParent());
    String text = Files.readString(from);
    Files.writeString(file, text.replace("@API@", hubSpot.base()).replace("@VERSION@", version));
  }

  private Installation started() {
    ManifestFolder folder = new ManifestFolder(manifests, environment);
    ManifestFolder.Reading reading = folder.read();
    assertThat(reading.loaded().hasErrors()).as("%s", reading.loaded().problems()).isFalse();
    return Installation.start(
        new Installation.Watched(folder, reading, Duration.ZERO),
        Installation.Settings.local(data),
        clock);
  }

  void restart() {
    restartAfter(() -> {});
  }

  /** Stops the server, has something done to its folder, and starts one. */
  void restartAfter(Runnable meanwhile) {
    serve.close();
    meanwhile.run();
    serve = started();
  }

  /** Returns the link that the command prints. */
  String link() {
    TestTerminal terminal = TestTerminal.plain();
    int code = terminal.run("install", "acme", "--data=" + data);
    assertThat(code).as(terminal.err()).isZero();
    return terminal.out().strip();
  }

  /** Makes a link by the admin port, as it is described. */
  void checkLink() {
    JsonNode link = AdminAddress.tell(data, "/api/apps/acme/install").orElseThrow();
    assertThat(
            DESCRIPTION
                .validateResponse("/api/apps/acme/install", Request.Method.POST, answered(link))
                .getMessages())
        .isEmpty();
  }

  private static SimpleResponse answered(JsonNode json) {
    return SimpleResponse.Builder.ok()
        .withContentType("application/json")
        .withBody(json.toString())
        .build();
  }

  /** Lets the app into a portal; returns what the browser is shown. */
  HttpResponse<String> install(String portal) {
    return browse(hubSpot.letIn(link(), portal));
  }

  /** Opens an address under the public one, as a browser does that came by the proxy. */
  HttpResponse<String> browse(String address) {
    assertThat(address).startsWith(PUBLIC);
    return send(HttpRequest.newBuilder(local(address.substring(PUBLIC.length()))).GET().build());
  }

  /** Sends a request for a target as it stands; returns the first line of the answer. */
  String raw(String target) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), serve.port());
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      String request = "GET " + target + " HTTP/1.1\r\nHost: leads.example.com\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return in.readLine();
    }
  }

  private URI local(String target) {
    return URI.create("http://127.0.0.1:" + serve.port() + target);
  }

  /** Delivers events, signed as HubSpot does; returns the status. */
  int deliver(String name, String body) {
    return deliver(name, body, ManyPortals.CLIENT_SECRET);
  }

  int deliver(String name, String body, String secret) {
    String target = "/webhooks/" + name;
    byte[] bytes = body.getBytes(UTF_8);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(local(target)).header("Content-Type", "application/json");
    for (Header header :
        new RequestSigner(SignatureScheme.HUBSPOT_V3, Secret.of(secret))
            .sign("POST", PUBLIC + target, bytes, "1", clock.now())) {
      request.header(header.name(), header.value());
    }
    return accepted(request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes)).build());
  }

  /** What waited while the clock was moved seems to have waited for long: it comes again then. */
  private int accepted(HttpRequest delivery) {
    AtomicInteger status = new AtomicInteger();
    Await.until(
        "it is not too much at once",
        () -> {
          HttpResponse<String> response = send(delivery);
          status.set(response.statusCode());
          return !response.body().contains("too much at once");
        });
    return status.get();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Returns an event that sets a property of a contact. */
  String event(String portal, long contact, String property, String value) {
    return """
    {"eventId":%d,"subscriptionId":7,"portalId":%s,"appId":19,"occurredAt":%d,\
    "subscriptionType":"contact.propertyChange","attemptNumber":0,"objectId":%d,\
    "propertyName":"%s","propertyValue":"%s","changeSource":"CRM_UI"}\
    """
        .formatted(contact * 31, portal, clock.now(), contact, property, value);
  }

  AppInstalls installs() {
    return serve.apps().installs();
  }

  static ConnectionId connection(String portal) {
    return new ConnectionId("acme-" + portal);
  }

  boolean isServed(String portal) {
    return serve.pipeline().scopes().find(connection(portal)).isPresent();
  }

  /** Returns what the admin port tells of a portal. */
  JsonNode told(String portal) {
    JsonNode told = AdminAddress.ask(data, "/api/apps").orElseThrow();
    assertThat(
            DESCRIPTION
                .validateResponse("/api/apps", Request.Method.GET, answered(told))
                .getMessages())
        .isEmpty();
    for (JsonNode one : told.path("portals")) {
      if (one.path("portal").asText().equals(portal)) {
        return one;
      }
    }
    return told.path("none");
  }

  List<JournalLine> deliveries(String connection) {
    return KeptInTests.newest(serve.reader(), new ConnectionId(connection));
  }

  @Override
  public void close() {
    serve.close();
    hubSpot.close();
    http.close();
  }
}
