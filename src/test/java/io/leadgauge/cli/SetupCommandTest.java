package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a sandbox portal, from the example that is shipped. */
class SetupCommandTest {
  private static final Path SHIPPED = Path.of("manifests");

  @TempDir private Path folder = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "HUBSPOT_ACCESS_TOKEN", SandboxOptions.TOKEN,
              "HUBSPOT_CLIENT_SECRET", "secret",
              "COLUMNS", "80"));
  private Path manifests = Path.of("");
  private Path connection = Path.of("");

  @BeforeEach
  void copyExample() throws IOException {
    manifests = folder.resolve("manifests");
    Path model = manifests.resolve("models/b2b-saas/model.yaml");
    Files.createDirectories(model.getParent());
    Files.copy(SHIPPED.resolve("models/b2b-saas/model.yaml"), model);
    connection = manifests.resolve("connections/hubspot.yaml");
    Files.createDirectories(connection.getParent());
    Files.copy(SHIPPED.resolve("examples/hubspot.yaml"), connection);
  }

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private TestTerminal run(int code, String... more) {
    List<String> arguments = new ArrayList<>(List.of("setup", "--manifests=" + manifests));
    arguments.addAll(List.of(more));
    TestTerminal terminal = new TestTerminal(environment, "");
    assertThat(terminal.run(arguments.toArray(String[]::new)))
        .as("%s %s", terminal.out(), terminal.err())
        .isEqualTo(code);
    return terminal;
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(connection);
    assertThat(text).contains(from);
    Files.writeString(connection, text.replace(from, to));
  }

  /** Starts a portal that the connection leads to. */
  private void connect(String version) throws IOException {
    Sandbox sandbox =
        Sandbox.start(
                vertx, SandboxOptions.defaults().withLimits(Limits.OFF), new SystemClockwork())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    edit("portal: \"12345678\"", "portal: \"" + SandboxOptions.PORTAL_ID + "\"");
    String api = "  api: { base: \"" + sandbox.address() + "\", version: \"" + version + "\" }\n";
    edit("  publicUrl:", api + "  publicUrl:");
  }

  private static JsonNode json(TestTerminal terminal) throws IOException {
    return new ObjectMapper().readTree(terminal.out());
  }

  // ---- the portal

  @ParameterizedTest
  @ValueSource(strings = {"v3", "2026-03"})
  void setup_ofAFreshPortal_makesTheFieldsOnce(String version) throws IOException {
    connect(version);

    assertThat(run(ExitCode.NO, "hubspot", "--dry-run").out())
        .contains("planned", "8 things would be made", "Nothing was changed");
    assertThat(run(ExitCode.DONE, "hubspot").out())
        .contains("done", "leadgauge_score", "8 things made just now");
    assertThat(run(ExitCode.DONE, "hubspot").out())
        .contains("all that hubspot needs; nothing was changed")
        .doesNotContain("  done");
    assertThat(json(run(ExitCode.DONE, "hubspot", "--format=json")).path("verdict").asText())
        .isEqualTo("ok");
  }

  @Test
  void setup_withAnotherPortalsToken_saysSoAndEndsWithNo() throws IOException {
    connect("2026-03");
    edit("portal: \"" + SandboxOptions.PORTAL_ID, "portal: \"99");

    JsonNode told = json(run(ExitCode.NO, "hubspot", "--format=json"));

    assertThat(told.path("verdict").asText()).isEqualTo("problem");
    assertThat(told.at("/findings/1/cure").asText()).contains("" + SandboxOptions.PORTAL_ID);
  }

  @Test
  void table_staysWithinTheTerminal_andIsPlainWherePiped() throws IOException {
    connect("2026-03");
    for (int columns : List.of(60, 80, 160)) {
      environment.put("COLUMNS", Integer.toString(columns));

      String out = run(ExitCode.NO, "hubspot", "--dry-run").out();

      assertThat(out.lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
      assertThat(out).doesNotContain("\u001b");
    }
  }

  @Test
  void setup_ofAnUnknownConnection_namesThoseThatThereAre() {
    assertThat(run(ExitCode.WRONG_USE, "hubspto").err()).contains("hubspto", "hubspot");
  }

  @Test
  void setup_withoutSecrets_namesThem() {
    environment.remove("HUBSPOT_ACCESS_TOKEN");

    assertThat(run(ExitCode.WRONG_USE, "hubspot").err())
        .contains("HUBSPOT_ACCESS_TOKEN", "hubspot.yaml lacks its secrets");
  }

  @Test
  void setup_ofAnUnknownConnectionWithoutSecrets_namesThoseThatThereAre() {
    environment.remove("HUBSPOT_ACCESS_TOKEN");

    assertThat(run(ExitCode.WRONG_USE, "hubspto").err()).contains("there is hubspot");
  }

  // ---- the project

  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(root)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void project_ofTheExample_isTheOneThatIsShipped() throws IOException {
    environment.remove("HUBSPOT_ACCESS_TOKEN");
    environment.remove("HUBSPOT_CLIENT_SECRET");
    Path out = folder.resolve("project");

    String told = run(ExitCode.DONE, "hubspot", "--project=" + out).out();

    assertThat(files(out)).isEqualTo(files(SHIPPED.resolve("hubspot")));
    assertThat(told).contains("written", "20 subscriptions", "recent_conversion_date", "upload");
    assertThat(run(ExitCode.DONE, "hubspot", "--project=" + out).out())
        .contains("unchanged")
        .doesNotContain("  written");
  }

  @Test
  void project_leadsToTheConnection_andHoldsNoSecret() throws IOException {
    edit(
        "secrets: [\"${env:HUBSPOT_CLIENT_SECRET}\"]",
        "secrets: [\"${env:HUBSPOT_CLIENT_SECRET}\"], token: \"${env:WAY_IN}\"");
    environment.put("WAY_IN", "not-for-files");
    Path out = folder.resolve("project");

    String told = run(ExitCode.DONE, "hubspot", "--project=" + out).out();

    assertThat(files(out).values())
        .noneMatch(text -> text.contains("not-for-files"))
        .anyMatch(
            text -> text.contains("https://leads.example.com/webhooks/hubspot/PUT-THE-TOKEN-HERE"));
    assertThat(told).contains("PUT-THE-TOKEN-HERE");
  }

  @Test
  void project_ofAnApp_leadsToItsCallbackAndAsksForItsScopes() throws IOException {
    Files.delete(connection);
    Path apps = Files.createDirectories(manifests.resolve("apps"));
    Files.copy(SHIPPED.resolve("examples/hubspot-app.yaml"), apps.resolve("hubspot-app.yaml"));
    Path out = folder.resolve("project");

    run(ExitCode.DONE, "hubspot-app", "--project=" + out);

    assertThat(files(out).get("src/app/app-hsmeta.json"))
        .contains("\"oauth\"", "https://leads.example.com/oauth/hubspot-app/callback")
        .contains("crm.objects.contacts.write");
    assertThat(files(out).get("src/app/webhooks/webhooks-hsmeta.json"))
        .contains("https://leads.example.com/webhooks/hubspot-app\"", "\"jobtitle\"");
  }

  @Test
  void project_forNothingToWrite_asksForNoMoreThanReading() throws IOException {
    String text = Files.readString(connection);
    Files.writeString(
        connection,
        text.replaceAll("(?s)  writeBack:.*", "").replaceAll("(?s)  stages:.*?\n\n", ""));
    Path out = folder.resolve("project");

    run(ExitCode.DONE, "hubspot", "--project=" + out);

    JsonNode app = new ObjectMapper().readTree(files(out).get("src/app/app-hsmeta.json"));
    assertThat(app.at("/config/auth/requiredScopes"))
        .singleElement()
        .extracting(JsonNode::asText)
        .isEqualTo("crm.objects.contacts.read");
    assertThat(files(out).get("src/app/webhooks/webhooks-hsmeta.json"))
        .doesNotContain("lifecyclestage");
  }

  @Test
  void project_forCompaniesMeetingsAndDeals_asksForThemAndIsToldOfThem() throws IOException {
    edit(
        "{ property: numemployees, type: range }",
        "{ property: numberofemployees, type: number, object: company }");
    edit(
        "meeting_booked: { at: engagements_last_meeting_booked }",
        "meeting_booked: { object: meeting }");
    Files.writeString(connection, Files.readString(connection) + "  outcomes: { deals: true }\n");
    Path out = folder.resolve("project");

    run(ExitCode.DONE, "hubspot", "--project=" + out);

    assertThat(files(out).get("src/app/app-hsmeta.json"))
        .contains("crm.objects.companies.read", "crm.objects.deals.read");
    assertThat(files(out).get("src/app/webhooks/webhooks-hsmeta.json"))
        .contains(
            "\"company.propertyChange\", \"propertyName\": \"numberofemployees\"",
            "\"deal.propertyChange\", \"propertyName\": \"dealstage\"",
            "\"object.creation\", \"objectType\": \"meeting_event\"",
            "\"objectType\": \"meeting_event\", \"propertyName\": \"hs_timestamp\"");
    connect("2026-03");
    assertThat(run(ExitCode.NO, "hubspot", "--dry-run").out())
        .contains("company.numberofemployees", "meeting.hs_timestamp", "deal.dealstage")
        .doesNotContain("  problem");
  }

  @Test
  void project_subscribesWhatIsReadAndNeverWhatIsWritten() throws IOException {
    String webhooks =
        Files.readString(SHIPPED.resolve("hubspot/src/app/webhooks/webhooks-hsmeta.json"));

    assertThat(webhooks)
        .contains("\"jobtitle\"", "\"lifecyclestage\"", "contact.merge", "contact.privacyDeletion")
        .doesNotContain("leadgauge_", "recent_conversion", "num_unique_conversion_events");
  }
}
