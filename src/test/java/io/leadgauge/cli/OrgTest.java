package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.bench.FreePort;
import io.leadgauge.model.Due;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.sandbox.salesforce.OrgFaults;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Salesforce org from its outbound messages to its fields, through the real server. */
class OrgTest {
  private static final int LEADS = 600;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String SCORE = "Leadgauge_Score__c";
  private static final String LABEL = "Leadgauge_Label__c";
  private static final List<String> WRITTEN = List.of(SCORE, LABEL, "Status");

  @TempDir Path folder;

  private Org org() {
    return Org.start(
        folder.resolve("manifests"), SalesforceOptions.defaults(), new SystemClockwork());
  }

  private Installation start(Org org) {
    Installation serve =
        Installation.start(
            org.catalog(),
            Installation.Settings.local(folder.resolve("data")),
            new SystemClockwork());
    org.subscribe(serve.port());
    return serve;
  }

  private static void awaitQuiet(Org org, StoreReader reader) {
    Await.until("nothing is under way", PATIENCE, () -> isQuiet(org, reader));
  }

  private static boolean isQuiet(Org org, StoreReader reader) {
    return org.allTold()
        && reader.countDue(Org.ID, DueWork.FETCH, Due.NEVER) == 0
        && reader.countDue(Org.ID, DueWork.WRITE, Due.NEVER) == 0;
  }

  /** To list all persons is dear, so that is looked at last. */
  private static void awaitDone(Org org, StoreReader reader, int persons) {
    Await.until(
        "all are told and scored", PATIENCE, () -> isQuiet(org, reader) && scored(org) == persons);
    awaitQuiet(org, reader);
  }

  private static long scored(Org org) {
    return org.persons().values().stream()
        .filter(person -> !person.getOrDefault(SCORE, "").isEmpty())
        .count();
  }

  @Test
  void leads_areToldReadScoredAndWritten_andTheirEchoesCauseNothing() {
    try (Org org = org();
        Installation serve = start(org)) {
      StoreReader reader = serve.reader();
      org.create(LEADS);
      awaitDone(org, reader, LEADS);

      assertThat(reader.counts().quarantined()).isZero();
      assertThat(org.persons()).hasSize(LEADS);
      org.persons().forEach((ref, fields) -> assertHoldsItsScore(reader, ref, fields));
      long calls = org.writeCalls();
      assertThat(calls).as("200 in a call").isBetween(3L, 60L);

      String lead = org.persons().keySet().iterator().next().id();
      long entries = reader.counts().lastSequence();
      org.change("Lead", lead, "\"Phone\":\"+49 30 1\"");
      org.change("Lead", lead, "\"Email\":\"new@company.example\"");
      Await.until("the second is told", () -> reader.counts().lastSequence() > entries);
      awaitQuiet(org, reader);
      assertThat(org.writeCalls()).as("echoes and what no rule reads").isEqualTo(calls);

      String before = org.field("Lead", lead, SCORE);
      String size = before.equals("20") ? "3" : "5000";
      org.change("Lead", lead, "\"Title\":\"Clerk\",\"NumberOfEmployees\":" + size);
      Await.until("scored anew", () -> !before.equals(org.field("Lead", lead, SCORE)));
      awaitQuiet(org, reader);
      assertThat(org.writeCalls()).isEqualTo(calls + 1);
    }
  }

  private static void assertHoldsItsScore(
      StoreReader reader, RecordRef ref, Map<String, String> fields) {
    RecordState state = reader.load(ref).orElseThrow();
    Map<Output, String> outputs = Found.in(state.standings(), "org").outputs();
    assertThat(fields.get(SCORE)).isEqualTo(outputs.get(Output.SCORE) + ".0");
    assertThat(fields.get(LABEL)).isEqualTo(outputs.get(Output.LABEL));
    int points = byHand(fields);
    assertThat(outputs.get(Output.SCORE)).isEqualTo(Integer.toString(points));
    assertThat(fields.get("Status"))
        .isEqualTo(points >= 45 ? "Working - Contacted" : "Open - Not Contacted");
  }

  /** The model, worked out from what the org itself holds. */
  private static int byHand(Map<String, String> lead) {
    double size = Double.parseDouble(lead.get("NumberOfEmployees"));
    boolean boss = lead.getOrDefault("Title", "").matches("(?i).*(chief|vp|director|head of).*");
    return (boss ? 30 : 0)
        + (size >= 300 ? 20 : size >= 50 ? 10 : 0)
        + ("Germany".equals(lead.get("Country")) ? 5 : 0);
  }

  @Test
  void mode_setFromShadowToFull_comesIntoForce() {
    try (Org org = org()) {
      org.edit("mode: full", "mode: shadow");
      try (Installation serve = start(org)) {
        org.create(5);
        Await.until("all is told", PATIENCE, org::allTold);
        awaitQuiet(org, serve.reader());
      }
      assertThat(scored(org)).as("in shadow").isZero();

      org.edit("mode: shadow", "mode: full");
      try (Installation serve = start(org)) {
        awaitDone(org, serve.reader(), 5);
        org.persons().forEach((ref, fields) -> assertHoldsItsScore(serve.reader(), ref, fields));
      }
    }
  }

  @Test
  void serve_killedInTheMiddle_endsWithTheSameFields() throws Exception {
    assertThat(runOnce(true)).isEqualTo(runOnce(false));
  }

  private Map<String, Map<String, String>> runOnce(boolean kill) throws Exception {
    Path place = Files.createDirectories(folder.resolve(kill ? "killed" : "undisturbed"));
    Path data = place.resolve("data");
    int port = FreePort.next();
    // Slow, so that there is a middle.
    OrgFaults slow = kill ? OrgFaults.parse("slow=200ms:1") : OrgFaults.NONE;
    try (Org org =
        Org.start(
            place.resolve("manifests"),
            SalesforceOptions.defaults().withFaults(slow),
            new SystemClockwork())) {
      Process serve = serve(org, data, port);
      try {
        Await.until("serve has started", PATIENCE, () -> Files.exists(data.resolve("admin.json")));
        org.subscribe(port);
        org.create(LEADS);
        if (kill) {
          Await.until("serve is in the middle", PATIENCE, () -> org.writeCalls() > 0);
          serve.destroyForcibly().waitFor();
          serve = serve(org, data, port);
        }
        try (StoreReader reader = Store.read(data)) {
          awaitDone(org, reader, LEADS);
        }
        return written(org);
      } finally {
        serve.destroy();
        serve.waitFor();
      }
    }
  }

  private static Map<String, Map<String, String>> written(Org org) {
    Map<String, Map<String, String>> written = new TreeMap<>();
    org.persons()
        .values()
        .forEach(
            fields -> {
              Map<String, String> ours = new TreeMap<>(fields);
              ours.keySet().retainAll(WRITTEN);
              written.put(fields.getOrDefault("Email", ""), ours);
            });
    return written;
  }

  private static Process serve(Org org, Path data, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.leadgauge.cli.Main",
            "serve",
            "--manifests=" + org.manifests,
            "--data=" + data,
            "--host=127.0.0.1",
            "--port=" + port,
            "--admin-port=0");
    builder.environment().putAll(Org.SECRETS);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolveSibling("log").toFile()))
        .start();
  }

  @Test
  void lead_convertedInTheMiddle_livesOnAsItsContact_withOneTask() throws Exception {
    try (Org org = org();
        Installation serve = start(org)) {
      StoreReader reader = serve.reader();
      String lead =
          org.create(
              "Lead",
              "\"LastName\":\"Ada\",\"Company\":\"Ada Works\",\"Title\":\"VP Sales\","
                  + "\"NumberOfEmployees\":60");
      meet(org, lead, "2026-11-20T10:00:00.000Z");
      Await.until(
          "a lead at 50 and handed over",
          PATIENCE,
          () -> org.field("Lead", lead, SCORE).equals("50") && tasks(org).size() == 1);
      awaitQuiet(org, reader);
      assertThat(org.field("Lead", lead, "Status")).isEqualTo("Working - Contacted");

      JsonNode converted = org.post("/_sandbox/Lead/" + lead + "/convert", "{}");
      String contact = converted.at("/fields/ConvertedContactId").asText();
      awaitScore(org, contact, "50", "what the lead did counts for the contact");
      assertThat(asked(serve, "lead/" + lead)).contains("a lead that lives on as its contact");
      assertThat(asked(serve, "lead/00Q00000000none")).contains("nobody has told of it");
      String account = org.field("Contact", contact, "AccountId");
      org.change("Account", account, "\"NumberOfEmployees\":700");
      awaitScore(org, contact, "60", "its company counts");
      meet(org, contact, "2026-11-21T10:00:00.000Z");
      awaitScore(org, contact, "70", "what the contact does counts");

      String held = org.field("Lead", lead, SCORE);
      deliverLate(serve.port(), lead);
      awaitQuiet(org, reader);
      assertThat(org.field("Lead", lead, SCORE)).as("the lead is left alone").isEqualTo(held);
      assertThat(tasks(org)).as("handed over once").hasSize(1);
      assertThat(reader.counts().quarantined()).isZero();
      assertThat(reader.load(RecordRef.contact(Org.ID, contact)).orElseThrow().due().problem())
          .isNull();
    }
  }

  private static String asked(Installation serve, String person) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String address = "http://127.0.0.1:" + serve.adminPort() + "/api/contacts/org/" + person;
      HttpRequest question = HttpRequest.newBuilder(URI.create(address)).build();
      return client.send(question, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private static void awaitScore(Org org, String contact, String score, String why) {
    Await.until(
        why + ", expected " + score, () -> org.field("Contact", contact, SCORE).equals(score));
  }

  private static void meet(Org org, String person, String at) {
    String start = "\"StartDateTime\":\"" + at + "\",\"DurationInMinutes\":30";
    org.create("Event", "\"WhoId\":\"" + person + "\",\"Subject\":\"Meeting\"," + start);
  }

  private static List<JsonNode> tasks(Org org) {
    List<JsonNode> tasks = new ArrayList<>();
    org.control.get("/_sandbox/Task").path("records").forEach(tasks::add);
    return tasks;
  }

  /** Delivers what a message of the lead said before it was converted. */
  private static void deliverLate(int port, String lead) throws Exception {
    String body =
        """
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
        <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
        <OrganizationId>00Dxx0000001gPFEAY</OrganizationId><ActionId>04kxx00000000blBAA</ActionId>
        <SessionId xsi:nil="true"/><EnterpriseUrl>x</EnterpriseUrl><PartnerUrl>x</PartnerUrl>
        <Notification><Id>04lxx000000CaSeAAK</Id>
        <sObject xsi:type="sf:Lead" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
        <sf:Id>%s</sf:Id><sf:SystemModstamp>2026-01-01T10:00:00.000Z</sf:SystemModstamp>
        <sf:Title>Clerk</sf:Title></sObject></Notification></notifications>
        </soapenv:Body></soapenv:Envelope>\
        """
            .formatted(lead);
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + port + "/webhooks/org/" + Org.TOKEN);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(address)
                  .version(HttpClient.Version.HTTP_1_1)
                  .header("Content-Type", "text/xml; charset=utf-8")
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("<Ack>true</Ack>");
    }
  }
}
