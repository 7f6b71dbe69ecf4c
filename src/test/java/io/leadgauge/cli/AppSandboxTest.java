package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Await;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.KeptInTests;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app in accounts of the sandbox: consent, tokens and webhooks as they come from there. */
class AppSandboxTest {
  private static final String FIRST = "44237313";
  private static final String SECOND = "62515";
  private static final String UNKNOWN = "77001";
  private static final String PUBLIC = "https://leads.example.com";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int CONTACTS = 40;

  @TempDir Path folder;

  private final HttpClient browser = HttpClient.newHttpClient();

  private static Path copy(Path from, Path to, Map<String, String> replaced) throws IOException {
    Files.createDirectories(to.getParent());
    String text = Files.readString(from);
    for (Map.Entry<String, String> one : replaced.entrySet()) {
      text = text.replace(one.getKey(), one.getValue());
    }
    return Files.writeString(to, text);
  }

  private Installation serve(URI sandbox) throws IOException {
    Path manifests = folder.resolve("manifests");
    Path resources = Path.of("src/test/resources");
    copy(
        resources.resolve("leads/models/leads/model.yaml"),
        manifests.resolve("models/leads/model.yaml"),
        Map.of());
    Map<String, String> ofThePortal = new HashMap<>();
    ofThePortal.put("@API@", sandbox.toString());
    ofThePortal.put("@VERSION@", "2026-03");
    ofThePortal.put("3f2a91c0-0000-4000-8000-5e1dbb0a7c11", "sandbox-client");
    ofThePortal.put("occupation: occupation", "occupation: jobtitle");
    ofThePortal.put("lead_origin", "company");
    ofThePortal.put("lead_source", "city");
    ofThePortal.put("seconds_on_site", "hs_analytics_num_page_views");
    ofThePortal.put("property: visits", "property: hs_analytics_num_visits");
    ofThePortal.put("do_not_email", "hs_email_optout");
    ofThePortal.put("\"222\": { mode: fields }", "\"222\": {}");
    copy(resources.resolve("apps/acme.yaml"), manifests.resolve("apps/acme.yaml"), ofThePortal);
    ManifestFolder read =
        new ManifestFolder(
            manifests,
            Map.of("CLIENT_SECRET", "sandbox-secret", "LEADGAUGE_TOKEN_KEY", AppHouse.KEY));
    ManifestFolder.Reading reading = read.read();
    assertThat(reading.loaded().hasErrors()).as("%s", reading.loaded().problems()).isFalse();
    return Installation.start(
        new Installation.Watched(read, reading, Duration.ZERO),
        Installation.Settings.local(folder.resolve("data")),
        new SystemClockwork());
  }

  private HttpResponse<String> get(URI address) {
    try {
      return browser.send(
          HttpRequest.newBuilder(address).GET().build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Opens the link as an administrator of the portal, and follows where it leads. */
  private void install(Installation serve, String portal) {
    TestTerminal terminal = TestTerminal.plain();
    assertThat(terminal.run("install", "acme", "--data=" + folder.resolve("data"))).isZero();
    HttpResponse<String> consent = get(URI.create(terminal.out().strip() + "&portal=" + portal));
    String callback = consent.headers().firstValue("Location").orElseThrow();
    assertThat(callback).startsWith(PUBLIC);
    URI local =
        URI.create("http://127.0.0.1:" + serve.port() + callback.substring(PUBLIC.length()));
    assertThat(get(local).statusCode()).isEqualTo(200);
  }

  private static void create(SandboxControl control, String portal) {
    ObjectNode body = NODES.objectNode();
    for (int i = 0; i < CONTACTS; i++) {
      ObjectNode properties = body.withArray("contacts").addObject().putObject("properties");
      properties.put("email", i + "@of-" + portal + ".example");
      properties.put("jobtitle", "Working Professional").put("country", "In " + portal);
    }
    control.post("/_sandbox/contacts?portal=" + portal, body);
  }

  private static Collection<String> ids(SandboxControl control, String portal) {
    return control
        .get("/_sandbox/contacts?portal=" + portal)
        .path("contacts")
        .findValuesAsText("id");
  }

  private static boolean allScored(Installation serve, String portal, Collection<String> ids) {
    ConnectionId connection = AppHouse.connection(portal);
    return ids.stream()
        .map(id -> serve.reader().load(RecordRef.contact(connection, id)))
        .allMatch(
            one ->
                one.map(state -> state.standings().containsKey("leads")).orElse(false)
                    && one.map(state -> state.facts().value("country"))
                        .orElse("")
                        .equals("In " + portal));
  }

  /** Shows 7 of the issue on HubSpot, with the sandbox's own deliveries. */
  @Test
  void twoPortalsThroughOneApp_eventsMixedInOneDelivery_anUnknownPortalAmongThem()
      throws IOException {
    Vertx vertx = Vertx.vertx();
    Sandbox sandbox =
        Sandbox.start(
                vertx,
                SandboxOptions.defaults().withLimits(Limits.OFF).withSeed(7),
                new SystemClockwork())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    try (SandboxControl control = new SandboxControl(sandbox.address());
        Installation serve = serve(sandbox.address())) {
      control.post("/_sandbox/oauth", NODES.objectNode().put("rotates", true));
      control.post("/_sandbox/portals", NODES.objectNode().put("portalId", 62515));
      control.post(
          "/_sandbox/portals",
          NODES.objectNode().put("portalId", 77001).put("token", "ours-by-another-way"));
      ObjectNode target = NODES.objectNode();
      target.put("url", "http://127.0.0.1:" + serve.port() + "/webhooks/acme");
      target.put("signedUrl", PUBLIC + "/webhooks/acme").put("secret", "sandbox-secret");
      control.post("/_sandbox/webhooks", target);
      install(serve, FIRST);
      install(serve, SECOND);

      List.of(FIRST, SECOND, UNKNOWN).forEach(portal -> create(control, portal));

      for (String portal : List.of(FIRST, SECOND)) {
        Collection<String> ids = ids(control, portal);
        assertThat(ids).hasSize(CONTACTS);
        Await.until("all of " + portal, () -> allScored(serve, portal, ids));
      }
      Await.until(
          "all is told", () -> control.get("/_sandbox/webhooks").path("pending").asInt() == 0);
      JsonNode told = control.get("/_sandbox/webhooks");
      assertThat(told.path("failed").asInt()).isZero();
      List<JournalLine> ofFirst = lines(serve, FIRST);
      assertThat(ofFirst).isNotEmpty().allMatch(line -> line.quarantined() == null);
      assertThat(ofFirst).allMatch(line -> line.noted() == 0);
      assertThat(lines(serve, UNKNOWN))
          .isNotEmpty()
          .allMatch(line -> String.valueOf(line.quarantined()).contains("not installed"));
      assertThat(strangers(serve, FIRST, ids(control, SECOND))).isEmpty();
      assertThat(strangers(serve, SECOND, ids(control, FIRST))).isEmpty();
      assertThat(control.get("/_sandbox/calls").path("contactWrites")).isEmpty();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static List<JournalLine> lines(Installation serve, String portal) {
    return KeptInTests.newest(serve.reader(), AppHouse.connection(portal));
  }

  private static List<RecordState> strangers(
      Installation serve, String portal, Collection<String> ids) {
    return ids.stream()
        .map(id -> serve.reader().load(RecordRef.contact(AppHouse.connection(portal), id)))
        .flatMap(Optional::stream)
        .toList();
  }
}
