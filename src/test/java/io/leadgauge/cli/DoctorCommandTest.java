package io.leadgauge.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.Await;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor between a sandbox portal, a proxy that a test spoils, and a running server. */
class DoctorCommandTest {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final Path SHIPPED = Path.of("manifests");
  private static final String SECRET = "secret";

  @TempDir private Path folder = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final WireMockServer proxy =
      new WireMockServer(options().dynamicPort().dynamicHttpsPort().bindAddress("127.0.0.1"));
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "HUBSPOT_ACCESS_TOKEN",
              SandboxOptions.TOKEN,
              "HUBSPOT_CLIENT_SECRET",
              SECRET,
              "COLUMNS",
              "100"));
  private URI portal = URI.create("http://unset");

  @BeforeEach
  void start() throws IOException {
    proxy.start();
    portal =
        Sandbox.start(
                vertx, SandboxOptions.defaults().withLimits(Limits.OFF), new SystemClockwork())
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .address();
    Path model = manifests().resolve("models/b2b-saas/model.yaml");
    Files.createDirectories(model.getParent());
    Files.copy(SHIPPED.resolve("models/b2b-saas/model.yaml"), model);
    connectThrough("http://localhost:" + proxy.port());
  }

  @AfterEach
  void stop() {
    proxy.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Path manifests() {
    return folder.resolve("manifests");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void connectThrough(String publicUrl) throws IOException {
    Path file = manifests().resolve("connections/hubspot.yaml");
    Files.createDirectories(file.getParent());
    String example = Files.readString(SHIPPED.resolve("examples/hubspot.yaml"));
    Files.writeString(
        file,
        example
            .replace("\"12345678\"", "\"" + SandboxOptions.PORTAL_ID + "\"")
            .replace(
                "publicUrl: https://leads.example.com",
                "publicUrl: " + publicUrl + "\n  api: { base: \"" + portal + "\" }"));
  }

  private Installation serve() {
    Catalog catalog =
        Manifests.load(manifests(), SecretSource.of(environment, manifests())).catalog();
    Installation serve =
        Installation.start(catalog, Installation.Settings.local(data()), new SystemClockwork());
    answer(aResponse().proxiedFrom("http://127.0.0.1:" + serve.port()));
    return serve;
  }

  private void answer(ResponseDefinitionBuilder answer) {
    proxy.resetAll();
    proxy.stubFor(any(anyUrl()).willReturn(answer));
  }

  private String run(int code, String... arguments) {
    StringWriter out = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out),
            new PrintWriter(out),
            environment,
            new SystemClockwork(),
            false);
    assertThat(Main.run(terminal, arguments)).as(out.toString()).isEqualTo(code);
    return out.toString();
  }

  private String doctor(int code, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("doctor", "hubspot", "--manifests=" + manifests(), "--data=" + data()));
    arguments.addAll(List.of(more));
    return run(code, arguments.toArray(String[]::new));
  }

  private void setUp() {
    run(ExitCode.DONE, "setup", "hubspot", "--manifests=" + manifests());
  }

  private static void assertRow(String table, String verdict, String subject, String detail) {
    assertThat(table.lines().map(line -> line.strip().replaceAll(" {2,}", "  ")))
        .as(table)
        .anyMatch(
            line -> line.startsWith(verdict + "  " + subject + "  ") && line.contains(detail));
  }

  /** Lets somebody change a contact, and waits until the server has the news. */
  private void deliver(Installation serve) {
    SandboxControl control = new SandboxControl(portal);
    ObjectNode target = JsonNodeFactory.instance.objectNode();
    target.put("url", "http://127.0.0.1:" + serve.port() + "/webhooks/hubspot");
    target.put("signedUrl", "http://localhost:" + proxy.port() + "/webhooks/hubspot");
    control.post("/_sandbox/webhooks", target.put("secret", SECRET));
    control.post("/_sandbox/sample", JsonNodeFactory.instance.objectNode());
    Await.until(
        "all has come", () -> control.get("/_sandbox/webhooks").path("pending").asLong() == 0);
    control.close();
  }

  // ---- all is well

  @Test
  void connection_thatIsServed_isWell() {
    setUp();
    try (Installation serve = serve()) {
      assertRow(doctor(ExitCode.DONE), "warning", "last accepted", "none yet");
      deliver(serve);
      Await.until("read", () -> report().path("waitingForFacts").asLong() == 0);

      String table = doctor(ExitCode.DONE);

      assertRow(table, "ok", "address", "comes back unchanged");
      assertRow(table, "warning", "certificate", "plain http");
      assertRow(table, "ok", "portal", "" + SandboxOptions.PORTAL_ID);
      assertRow(table, "ok", "scopes", "3 granted");
      assertRow(table, "ok", "last accepted", "s ago");
      assertRow(table, "ok", "last refused", "none since the start");
      assertRow(table, "ok", "subscriptions", "of 14 properties");
      assertRow(table, "ok", "waiting for facts", "none of ");
      assertRow(table, "ok", "mode", "shadow");
      assertRow(table, "ok", "configuration", "in force");
      assertThat(table).contains("hubspot is well, with 1 warning above");
      assertThat(table.lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void report_isAsItsDescriptionSays() {
    setUp();
    try (Installation serve = serve()) {
      assertDescribed(report());
      deliver(serve);
      post(serve, "[]");
      doctor(ExitCode.NO);
      assertDescribed(report());
      assertThat(report().at("/lastRefused/reason").asText()).isNotEmpty();
      assertThat(AdminAddress.ask(data(), "/api/connections/nobody")).isEmpty();
    }
  }

  private JsonNode report() {
    return AdminAddress.ask(data(), "/api/connections/hubspot").orElseThrow();
  }

  private static void assertDescribed(JsonNode report) {
    SimpleResponse response =
        SimpleResponse.Builder.ok()
            .withContentType("application/json")
            .withBody(report.toString())
            .build();
    assertThat(
            DESCRIPTION
                .validateResponse("/api/connections/hubspot", Request.Method.GET, response)
                .getMessages())
        .isEmpty();
  }

  @Test
  void json_hasEveryFinding() throws IOException {
    setUp();
    try (Installation serve = serve()) {
      assertThat(serve.port()).isPositive();
      JsonNode told = new ObjectMapper().readTree(doctor(ExitCode.DONE, "--format=json"));

      assertThat(told.path("verdict").asText()).isEqualTo("warning");
      TreeSet<String> subjects = new TreeSet<>();
      told.path("findings").forEach(one -> subjects.add(one.path("subject").asText()));
      assertThat(subjects)
          .contains("address", "jobtitle", "leadgauge_score", "mode", "quarantined");
    }
  }

  // ---- the public address

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "502 | | answers 502 | --port",
        "200 | | answers 200 | --port",
        "301 | https://elsewhere.example/ | redirect to https://elsewhere.example/ | --port"
      })
  void proxy_thatAnswersItself_isNamed(int status, String location, String found, String cure) {
    try (Installation serve = serve()) {
      assertThat(serve.port()).isPositive();
      ResponseDefinitionBuilder answer = aResponse().withStatus(status);
      answer(location == null ? answer : answer.withHeader("Location", location));

      assertThat(doctor(ExitCode.NO)).contains(found, cure);
    }
  }

  @Test
  void proxy_thatRewritesThePath_isNamedWithWhatArrives() {
    try (Installation serve = serve()) {
      answer(aResponse().proxiedFrom("http://127.0.0.1:" + serve.port() + "/webhooks"));

      assertThat(doctor(ExitCode.NO).replaceAll("\\s+", " "))
          .contains("arrives as /webhooks/webhooks/***?doctor=", "leave path and query");
    }
  }

  @Test
  void proxy_thatLeadsToAnotherLeadgauge_isNamed() {
    setUp();
    Installation.Settings elsewhere = Installation.Settings.local(folder.resolve("other"));
    Catalog catalog =
        Manifests.load(manifests(), SecretSource.of(environment, manifests())).catalog();
    try (Installation serve = serve();
        Installation other = Installation.start(catalog, elsewhere, new SystemClockwork())) {
      assertThat(serve.port()).isPositive();
      answer(aResponse().proxiedFrom("http://127.0.0.1:" + other.port()));

      assertRow(doctor(ExitCode.NO), "problem", "address", "another Leadgauge");
    }
  }

  @Test
  void certificate_thatNobodyTrusts_isNamed() throws IOException {
    connectThrough("https://localhost:" + proxy.httpsPort());

    assertRow(doctor(ExitCode.NO), "problem", "certificate", "is not accepted");
  }

  @Test
  void address_ofAHostThatNobodyKnows_isNamed() throws IOException {
    connectThrough("https://leads.leadgauge.invalid");

    assertRow(doctor(ExitCode.NO), "problem", "address", "nobody knows the host");
  }

  @Test
  void address_whereNothingListens_isNamed() {
    proxy.stop();

    assertRow(doctor(ExitCode.NO), "problem", "address", "nothing listens there");
  }

  // ---- the portal, the server

  @Test
  void fieldsThatAreNotThere_areOneProblemWithOneCure() {
    try (Installation serve = serve()) {
      assertThat(serve.port()).isPositive();
      String table = doctor(ExitCode.NO);

      assertRow(table, "problem", "missing", "leadgauge_score");
      assertThat(table).contains("./leadgauge setup hubspot makes what is missing");
    }
  }

  @Test
  void refusedSinceAccepted_isAProblem_andNoMoreAfterTheNextDelivery() {
    setUp();
    try (Installation serve = serve()) {
      post(serve, "[]");
      assertRow(doctor(ExitCode.NO), "problem", "last refused", "401");
      deliver(serve);
      assertRow(doctor(ExitCode.DONE), "ok", "last refused", "401");
    }
  }

  @Test
  void webhookForAnotherName_isARefusedOneOfThisConnection() {
    setUp();
    try (Installation serve = serve()) {
      post(serve, "/webhooks/hubspto", "[]");

      String table = doctor(ExitCode.NO);
      assertRow(table, "problem", "last refused", "404");
      assertThat(table).contains("it came to", "/webhooks/hubspto", "let HubSpot call");
    }
  }

  private static void post(Installation serve, String body) {
    post(serve, "/webhooks/hubspot", body);
  }

  private static void post(Installation serve, String path, String body) {
    URI address = URI.create("http://127.0.0.1:" + serve.port() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void serverThatIsDown_leavesWhatTheStoreKeeps_andSaysWhatNobodyKnows() {
    setUp();
    try (Installation serve = serve()) {
      deliver(serve);
    }

    String table = doctor(ExitCode.NO);

    assertRow(table, "ok", "last accepted", "s ago");
    assertRow(table, "unknown", "last refused", "only a running serve knows");
    assertRow(table, "unknown", "the CRM's answers", "only a running serve knows");
    assertRow(table, "problem", "running", "no serve runs");
    assertThat(table).contains("start serve and ask again");
  }

  @Test
  void serverThatHasNeverRun_isNamed() {
    assertRow(doctor(ExitCode.NO), "problem", "running", "no serve has run");
  }
}
