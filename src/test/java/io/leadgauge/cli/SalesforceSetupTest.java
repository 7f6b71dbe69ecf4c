package io.leadgauge.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.leadgauge.Await;
import io.leadgauge.crm.salesforce.SalesforcePackage;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Manifests;
import io.leadgauge.manifest.SecretSource;
import io.leadgauge.sandbox.salesforce.ConnectedApp;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

/** Setting up an org, from the example that is shipped: the package, and what is missing of it. */
class SalesforceSetupTest {
  private static final Path SHIPPED = Path.of("manifests");
  private static final String TOKEN = "t0k3n-that-nobody-guesses";

  @TempDir private Path folder = Path.of("");
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "SALESFORCE_CLIENT_ID",
              ConnectedApp.CLIENT_ID,
              "SALESFORCE_CLIENT_SECRET",
              ConnectedApp.CLIENT_SECRET,
              "SALESFORCE_WEBHOOK_TOKEN",
              TOKEN,
              "COLUMNS",
              "100"));
  private Path manifests = Path.of("");
  private Path connection = Path.of("");
  private SalesforceSandbox org;
  private SandboxControl control;

  @BeforeEach
  void start() throws IOException {
    org =
        SalesforceSandbox.start(vertx, SalesforceOptions.defaults(), new SystemClockwork())
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    control = new SandboxControl(org.address());
    manifests = folder.resolve("manifests");
    copy("models/b2b-saas/model.yaml", "models/b2b-saas/model.yaml");
    copy("examples/salesforce.yaml", "connections/salesforce.yaml");
    connection = manifests.resolve("connections/salesforce.yaml");
    edit("https://acme.my.salesforce.com", org.address().toString());
  }

  private void copy(String from, String to) throws IOException {
    Path file = manifests.resolve(to);
    Files.createDirectories(file.getParent());
    Files.copy(SHIPPED.resolve(from), file);
  }

  @AfterEach
  void stop() {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(connection);
    assertThat(text).contains(from);
    Files.writeString(connection, text.replace(from, to));
  }

  private TestTerminal run(int code, String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of(command, "salesforce", "--manifests=" + manifests));
    arguments.addAll(List.of(more));
    TestTerminal terminal = new TestTerminal(environment, "");
    assertThat(terminal.run(arguments.toArray(String[]::new)))
        .as("%s %s", terminal.out(), terminal.err())
        .isEqualTo(code);
    return terminal;
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Makes the fields of the package in the org. */
  private void deploy() {
    SalesforceParts parts =
        ConnectionAtHand.salesforce(
            manifests, "salesforce", new TestTerminal(environment, "").open());
    assertThat(new PackageDeployment(control, parts.files(null)).fields()).isEqualTo(14);
  }

  /** Changes a field of the org. */
  private void field(String object, String name, ObjectNode definition) {
    control.post("/_sandbox/fields/" + object + "/" + name, definition);
  }

  private void organization(String field, String value) {
    ObjectNode change = json();
    change.putObject("fields").put(field, value);
    control.post("/_sandbox/Organization/" + SalesforceOptions.ORG_ID, change);
  }

  /** Returns what setup finds of a subject: the verdict, the detail and the cure. */
  private String found(int code, String subject) throws IOException {
    JsonNode told = new ObjectMapper().readTree(run(code, "setup", "--format=json").out());
    for (JsonNode one : told.path("findings")) {
      if (one.path("subject").asText().equals(subject)) {
        return one.path("verdict").asText()
            + ": "
            + one.path("detail").asText()
            + " -> "
            + one.path("cure").asText("");
      }
    }
    throw new AssertionError("nothing of " + subject + " in " + told.toPrettyString());
  }

  // ---- the org

  @Test
  void org_withoutThePackage_lacksItsFields_andGetsNone() throws IOException {
    assertThat(found(ExitCode.NO, "Lead.Leadgauge_Score__c"))
        .startsWith("problem: our user sees no such field")
        .contains("force-app", "permission set");
    assertThat(found(ExitCode.NO, "Contact.Leadgauge_Reasons__c")).startsWith("problem");
  }

  @Test
  void org_withThePackage_hasAllThatIsNeeded() {
    deploy();

    String out = run(ExitCode.DONE, "setup").out();

    assertThat(out)
        .contains("Salesforce takes it, as " + ConnectedApp.USERNAME)
        .contains("sends outbound messages", "The org has all that salesforce needs")
        .doesNotContain("  problem");
    assertThat(out.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(101));
  }

  @Test
  void otherOrg_isNamed() throws IOException {
    edit("org: 00Dxx0000001gPFEAY", "org: 00Dxx0000001gPGEAY");

    assertThat(found(ExitCode.NO, "org"))
        .startsWith("problem: the login leads to org 00Dxx0000001gPFEAY")
        .contains("say org: 00Dxx0000001gPFEAY");
  }

  @Test
  void wrongSecret_isSaidOnceAndWithoutIt() {
    environment.put("SALESFORCE_CLIENT_SECRET", "not-it");

    String out = run(ExitCode.NO, "setup").out();

    assertThat(out).contains("problem", "login").doesNotContain("not-it", "Lead.");
  }

  @Test
  void edition_withoutOutboundMessages_works() throws IOException {
    deploy();
    organization("OrganizationType", "Professional Edition");

    assertThat(found(ExitCode.DONE, "edition"))
        .startsWith("warning: Professional Edition")
        .contains("lookBack");
  }

  @Test
  void daily_callsThatAreNearlyUsedUp_warn() throws IOException {
    deploy();
    control.post("/_sandbox/limits", json().put("daily", 5_000).put("byOthers", 4_700));

    assertThat(found(ExitCode.DONE, "daily calls")).startsWith("warning").contains("of 5000");
  }

  @Test
  void hiddenField_isMissing_andAFieldOfAnotherTypeIsSo() throws IOException {
    deploy();
    field("Lead", "Title", json().put("ours", "hidden"));
    field("Lead", "NumberOfEmployees", json().put("type", "date"));

    assertThat(found(ExitCode.NO, "Lead.Title"))
        .startsWith("problem: our user sees no such field")
        .contains("title");
    assertThat(found(ExitCode.NO, "Lead.NumberOfEmployees"))
        .startsWith("problem: it is of type date");
  }

  @Test
  void targets_thatCannotTakeAResult_haveACure() throws IOException {
    deploy();
    field("Lead", "Leadgauge_Score__c", json().put("ours", "read"));
    field("Lead", "Leadgauge_Label__c", json().put("type", "string").put("length", 2));
    field("Lead", "Leadgauge_Grade__c", json().put("type", "boolean"));
    field("Lead", "Leadgauge_Reasons__c", json().put("type", "string").put("length", 255));
    ObjectNode segment = json().put("restricted", true);
    segment.putArray("values").add("nurture-product");
    field("Lead", "Leadgauge_Segment__c", segment);

    assertThat(found(ExitCode.NO, "Lead.Leadgauge_Score__c")).contains("may not edit it");
    assertThat(found(ExitCode.NO, "Lead.Leadgauge_Label__c")).contains("too short for 4");
    assertThat(found(ExitCode.NO, "Lead.Leadgauge_Grade__c")).contains("is of type boolean");
    assertThat(found(ExitCode.NO, "Lead.Leadgauge_Reasons__c")).startsWith("warning");
    assertThat(found(ExitCode.NO, "Lead.Leadgauge_Segment__c"))
        .contains("lacks nurture-case-study, nurture-education, and takes no others");
  }

  @Test
  void picklist_thatTakesOtherValues_warnsOfThoseThatItLacks() throws IOException {
    deploy();
    ObjectNode label = json().put("restricted", false);
    label.putArray("values").add("hot");
    field("Lead", "Leadgauge_Label__c", label);

    assertThat(found(ExitCode.DONE, "Lead.Leadgauge_Label__c"))
        .startsWith("warning: picklist, lacks warm, cold");
  }

  @Test
  void status_thatIsNoneOrOnlyConversionSets_isAProblem() throws IOException {
    deploy();
    edit("map: { mql: Working - Contacted }", "map: { mql: Closed - Converted }");
    assertThat(found(ExitCode.NO, "Lead mql")).contains("only the conversion of a lead sets");

    edit("Working - Contacted, Closed - Not", "Calling, Closed - Not");
    edit("map: { mql: Closed - Converted }", "map: { mql: Calling }");
    assertThat(found(ExitCode.NO, "Lead mql"))
        .startsWith("problem: is Calling, which is none of Open - Not Contacted");
  }

  @Test
  void customFields_ofLeads_areToBeMapped_andThoseOfLeadsAloneAreLost() throws IOException {
    deploy();
    field("Lead", "Function__c", json().put("type", "string"));
    field("Contact", "Function__c", json().put("type", "string"));
    edit("title: Title", "title: Function__c");
    assertThat(found(ExitCode.DONE, "conversion"))
        .startsWith("warning")
        .contains("Function__c to Function__c", "Map Lead Fields");

    edit("title: Function__c", "title: { lead: Function__c }");
    assertThat(found(ExitCode.DONE, "Lead.Function__c")).startsWith("ok");
    assertThat(run(ExitCode.DONE, "setup").out().replaceAll("\\s+", " "))
        .contains("a contact that was a lead has no title");
  }

  @Test
  void personAccounts_areReported() throws IOException {
    deploy();
    assertThat(found(ExitCode.DONE, "person accounts")).startsWith("ok");

    field("Account", "IsPersonAccount", json().put("type", "boolean"));

    assertThat(found(ExitCode.DONE, "person accounts")).startsWith("warning: are switched on");
  }

  @Test
  void messages_thatTheManifestSaysOtherwise_warnHereAndInCheck() throws IOException {
    deploy();
    edit("meeting: [CreatedDate, ", "meeting: [Location, ");

    assertThat(found(ExitCode.DONE, "meeting"))
        .startsWith("warning: the manifest lacks CreatedDate; the manifest lists and")
        .contains("Location");
    TestTerminal check = new TestTerminal(environment, "");
    assertThat(check.run("check", manifests.toString())).isZero();
    assertThat(check.out())
        .contains(
            "connections/salesforce.yaml:39:16: warning: outbound messages, meeting: the manifest")
        .doesNotContain("outbound messages, lead");
  }

  @Test
  void check_needsNoSecretToCompareMessages() throws IOException {
    environment.clear();
    edit(
        "      meeting: [CreatedDate, LastModifiedById, StartDateTime, SystemModstamp, WhoId]\n",
        "");
    TestTerminal check = new TestTerminal(environment, "");

    assertThat(check.run("check", manifests.toString())).isZero();

    assertThat(check.out()).contains("outbound messages, meeting: the manifest does not say");
  }

  // ---- the doctor

  @Test
  void doctor_ofAnOrgThatIsServed_findsItWell() throws IOException {
    deploy();
    WireMockServer proxy = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    proxy.start();
    edit("https://leads.example.com", "http://localhost:" + proxy.port());
    Path data = folder.resolve("data");
    Catalog catalog = Manifests.load(manifests, SecretSource.of(environment, manifests)).catalog();
    try (Installation serve =
        Installation.start(catalog, Installation.Settings.local(data), new SystemClockwork())) {
      proxy.stubFor(
          any(anyUrl()).willReturn(aResponse().proxiedFrom("http://127.0.0.1:" + serve.port())));
      String before = run(ExitCode.DONE, "doctor", "--data=" + data).out();
      assertThat(before).contains("a call from outside comes back unchanged");
      assertThat(before.replaceAll("\\s+", " "))
          .contains("deploy the package's messages, then change the title of a test lead");

      SalesforceParts parts =
          ConnectionAtHand.salesforce(
              manifests, "salesforce", new TestTerminal(environment, "").open());
      URI endpoint =
          URI.create("http://127.0.0.1:" + serve.port() + "/webhooks/salesforce/" + TOKEN);
      PackageDeployment deployment =
          new PackageDeployment(control, new SalesforcePackage(endpoint, "us", parts.needs()));
      assertThat(deployment.messages()).isEqualTo(12);
      ObjectNode record = json();
      ObjectNode fields = record.putArray("records").addObject().putObject("fields");
      fields.put("LastName", "Meadow").put("Company", "Acme").put("Email", "kim@acme.example");
      control.post("/_sandbox/Lead", record);
      Await.until(
          "the message is acknowledged",
          () -> control.get("/_sandbox/webhooks").path("acknowledged").asLong() == 1);

      String out = run(ExitCode.DONE, "doctor", "--data=" + data).out();

      assertThat(out)
          .contains("last accepted", "types", "are there and fit", "salesforce is well")
          .doesNotContain("HubSpot", "subscriptions", "last refused  none yet");
    } finally {
      proxy.stop();
    }
  }

  // ---- the package

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
  void package_ofTheExample_isTheOneThatIsShipped() throws IOException {
    environment.clear();
    Path out = folder.resolve("package");

    String told = run(ExitCode.DONE, "setup", "--salesforce-package=" + out).out();

    Map<String, String> shipped = files(SHIPPED.resolve("salesforce"));
    assertThat(shipped.remove("README.md")).isNotBlank();
    assertThat(files(out)).isEqualTo(shipped);
    assertThat(told).contains("PUT-THE-TOKEN-HERE", "PUT-THE-USERNAME-HERE", "sf project deploy");
  }

  @Test
  void package_withItsToken_isForItsOwnerAlone_andSaysSo() throws IOException {
    Path out = folder.resolve("package");

    String told =
        run(ExitCode.DONE, "setup", "--salesforce-package=" + out, "--user=lg@acme.example").out();

    assertThat(told)
        .contains("Do not commit", "permset --name Leadgauge --on-behalf-of lg@acme.example")
        .doesNotContain(TOKEN, "PUT-THE");
    Path secret = out.resolve("messages/workflows/Lead.workflow");
    assertThat(Files.readString(secret))
        .contains("/webhooks/salesforce/" + TOKEN, "lg@acme.example");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    files(out)
        .forEach(
            (name, text) ->
                assertThat(text.contains(TOKEN)).isEqualTo(name.startsWith("messages/workflows/")));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(
            run(ExitCode.DONE, "setup", "--salesforce-package=" + out, "--user=lg@acme.example")
                .out())
        .contains("unchanged")
        .doesNotContain("  written");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
  }

  @Test
  void package_saysWhatTheManifestMustSay_andThatIsWhatTheExampleSays() throws IOException {
    String out =
        run(ExitCode.DONE, "setup", "--salesforce-package=" + folder.resolve("package")).out();

    String block = out.substring(out.indexOf("    messages:\n"), out.indexOf("\nNext:"));
    String example = Files.readString(connection).replaceAll("\\s+", " ");
    assertThat(example).contains(block.replaceAll("\\s+", " ").strip());
  }

  @Test
  void project_ofSalesforce_andPackageOfHubSpot_areUsedWrongly() throws IOException {
    copy("examples/hubspot.yaml", "connections/hubspot.yaml");

    assertThat(run(ExitCode.WRONG_USE, "setup", "--project=" + folder.resolve("p")).err())
        .contains("--salesforce-package");
    TestTerminal terminal = new TestTerminal(environment, "");
    assertThat(
            terminal.run(
                "setup", "hubspot", "--manifests=" + manifests, "--salesforce-package=" + folder))
        .isEqualTo(ExitCode.WRONG_USE);
    assertThat(terminal.err()).contains("--project");
  }

  @Test
  void userOfThePackage_isThatOfTheCredentials() throws IOException {
    edit(
        "clientSecret: \"${env:SALESFORCE_CLIENT_SECRET}\"",
        "username: lg@acme.example\n    privateKey: \"${env:KEY}\"");
    Path out = folder.resolve("package");

    run(ExitCode.DONE, "setup", "--salesforce-package=" + out);

    assertThat(Files.readString(out.resolve("messages/workflows/Lead.workflow")))
        .contains("<integrationUser>lg@acme.example</integrationUser>");
  }
}
