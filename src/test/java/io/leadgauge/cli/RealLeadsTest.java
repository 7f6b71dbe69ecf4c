package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.bench.FreePort;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.store.DeliveryFilter;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.JournalLine;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of real leads, created in the sandbox, told by webhooks, read, scored and written. */
class RealLeadsTest {
  private static final int SOME = 50;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<String> TOLD =
      List.of(
          "occupation",
          "lead_origin",
          "lead_source",
          "country",
          "seconds_on_site",
          "visits",
          "do_not_email");
  private static final List<String> WRITTEN =
      List.of("leadgauge_score", "leadgauge_grade", "leadgauge_label", "lifecyclestage");

  @TempDir Path folder;

  @Test
  void leads_createdInTheCrm_areReadScoredAndWrittenAndTheirEchoesCauseNothing()
      throws IOException {
    List<Map<String, String>> leads = Leads.read();
    try (School school = School.start(folder.resolve("manifests"), "2026-03");
        Installation installation = start(school)) {
      school.subscribe(installation.port());
      school.create(leads);
      StoreReader reader = installation.reader();
      awaitDone(school, reader, leads.size());

      Map<String, Map<String, String>> contacts = school.contacts();
      assertCountsAgree(school, reader, leads.size());
      assertThat(contacts).hasSize(leads.size());
      assertEachIsWhatScoreSays(school, reader, contacts);
      assertCommandAgrees(school, contacts);
      assertNothingMoreIsWritten(school, reader);
      assertOthersCauseOneWriteEach(school, reader, contacts.keySet().iterator().next());
    }
  }

  @Test
  void serve_killedInTheMiddle_endsWithTheSameFactsPointsAndFields()
      throws IOException, InterruptedException {
    List<Map<String, String>> leads = Leads.read();
    Map<String, Map<String, String>> undisturbed = fieldsByEmail(runOnce(leads, false));
    Map<String, Map<String, String>> killed = fieldsByEmail(runOnce(leads, true));
    assertThat(killed).isEqualTo(undisturbed);
  }

  private static Map<String, Map<String, String>> fieldsByEmail(
      Map<String, Map<String, String>> contacts) {
    Map<String, Map<String, String>> fields = new TreeMap<>();
    for (Map<String, String> contact : contacts.values()) {
      Map<String, String> written = new TreeMap<>(contact);
      written.keySet().retainAll(WRITTEN);
      fields.put(contact.getOrDefault("email", ""), written);
    }
    return fields;
  }

  private Map<String, Map<String, String>> runOnce(List<Map<String, String>> leads, boolean kill)
      throws IOException, InterruptedException {
    Path place = Files.createDirectories(folder.resolve(kill ? "killed" : "undisturbed"));
    int port = FreePort.next();
    try (School school = School.start(place.resolve("manifests"), "v3")) {
      Path data = place.resolve("data");
      Process serve = serve(school, data, port);
      try {
        Await.until("serve has started", PATIENCE, () -> Files.exists(data.resolve("admin.json")));
        school.subscribe(port);
        school.create(leads);
        if (kill) {
          Await.until(
              "serve is in the middle", PATIENCE, () -> isInTheMiddle(school, leads.size()));
          serve.destroyForcibly().waitFor();
          assertThat(scored(school)).isStrictlyBetween(0L, (long) leads.size());
          serve = serve(school, data, port);
        }
        try (StoreReader reader = Store.read(data)) {
          awaitDone(school, reader, leads.size());
          assertFactsAreTheCrmsOwn(school, reader);
        }
        return school.contacts();
      } finally {
        serve.destroy();
        serve.waitFor();
      }
    }
  }

  private static Process serve(School school, Path data, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.leadgauge.cli.Main",
            "serve",
            "--manifests=" + school.manifests,
            "--data=" + data,
            "--host=127.0.0.1",
            "--port=" + port,
            "--admin-port=0");
    builder.environment().putAll(School.SECRETS);
    File log = data.resolveSibling("serve.log").toFile();
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
        .start();
  }

  private static long scored(School school) {
    return school.contacts().values().stream()
        .filter(contact -> !contact.getOrDefault("leadgauge_score", "").isEmpty())
        .count();
  }

  private Installation start(School school) {
    return Installation.start(
        school.catalog(),
        Installation.Settings.local(folder.resolve("data")),
        new SystemClockwork());
  }

  /** At most a hundred are written in a call; to list all contacts costs far more. */
  private static boolean isInTheMiddle(School school, int leads) {
    return school.writeCalls() > leads / 400;
  }

  private static void awaitDone(School school, StoreReader reader, int leads) {
    Await.until(
        "all are told, and scored in the CRM",
        PATIENCE,
        () -> isQuiet(school, reader) && scored(school) == leads);
    awaitQuiet(school, reader);
  }

  private static void awaitQuiet(School school, StoreReader reader) {
    Await.until("nothing is under way", PATIENCE, () -> isQuiet(school, reader));
  }

  private static boolean isQuiet(School school, StoreReader reader) {
    return school.allTold()
        && reader.countDue(School.ID, DueWork.FETCH, Due.NEVER) == 0
        && reader.countDue(School.ID, DueWork.WRITE, Due.NEVER) == 0;
  }

  private static void assertCountsAgree(School school, StoreReader reader, int leads) {
    JsonNode webhooks = school.webhooks();
    assertThat(webhooks.path("made").asLong()).isEqualTo(webhooks.path("acknowledged").asLong());
    long events = 0;
    List<JournalLine> page =
        reader.keptDeliveries().before(DeliveryFilter.all(null), Long.MAX_VALUE, 1000);
    while (!page.isEmpty()) {
      events += page.stream().mapToLong(JournalLine::events).sum();
      assertThat(page).allMatch(line -> line.quarantined() == null && line.noted() == 0);
      page =
          reader.keptDeliveries().before(DeliveryFilter.all(null), page.getLast().sequence(), 1000);
    }
    assertThat(events).isEqualTo(webhooks.path("acknowledged").asLong());
    assertThat(reader.counts().records()).isEqualTo(leads);
    assertThat(reader.counts().quarantined()).isZero();
  }

  private static void assertEachIsWhatScoreSays(
      School school, StoreReader reader, Map<String, Map<String, String>> contacts)
      throws IOException {
    ModelManifest model = Found.in(school.catalog().models(), "leads");
    long now = System.currentTimeMillis();
    for (Map.Entry<String, Map<String, String>> contact : contacts.entrySet()) {
      RecordState state = reader.load(RecordRef.contact(School.ID, contact.getKey())).orElseThrow();
      Map<Output, String> outputs = Found.in(state.standings(), "leads").outputs();
      Evaluation expected = ScoredFile.of(model, contact.getValue(), now);
      assertThat(outputs.get(Output.SCORE))
          .isEqualTo(Long.toString(expected.score().total()))
          .isEqualTo(contact.getValue().get("leadgauge_score"));
      assertThat(contact.getValue())
          .containsEntry("leadgauge_grade", String.valueOf(expected.score().grade()))
          .containsEntry("leadgauge_label", String.valueOf(expected.decision().label()))
          .containsEntry(
              "lifecyclestage",
              expected.decision().stage() == null ? "lead" : "marketingqualifiedlead");
    }
  }

  /** The same by the command itself, for some of them. */
  private static void assertCommandAgrees(School school, Map<String, Map<String, String>> contacts)
      throws IOException {
    for (Map<String, String> contact : contacts.values().stream().limit(SOME).toList()) {
      ObjectNode file = JsonNodeFactory.instance.objectNode();
      ObjectNode properties = file.putObject("properties");
      ScoredFile.properties(contact).forEach(properties::put);
      TestTerminal terminal = new TestTerminal(Map.of(), file.toString());
      int code =
          terminal.run(
              "score",
              "--model=leads",
              "--contact=-",
              "--format=json",
              "--manifests=" + school.manifests);
      assertThat(code).as(terminal.err()).isZero();
      assertThat(new ObjectMapper().readTree(terminal.out()).path("total").asText())
          .isEqualTo(contact.get("leadgauge_score"));
    }
  }

  /** Echoes of all writes have come by now; a second round of quiet must not cost a call. */
  private static void assertNothingMoreIsWritten(School school, StoreReader reader) {
    long calls = school.writeCalls();
    long entries = reader.counts().lastSequence();
    assertThat(calls).isPositive();
    school.change(school.contacts().keySet().iterator().next(), "phone", "+1 555 0100", false);
    Await.until("the change is kept", () -> reader.counts().lastSequence() > entries);
    awaitQuiet(school, reader);
    assertThat(school.writeCalls()).isEqualTo(calls);
  }

  private static void assertOthersCauseOneWriteEach(
      School school, StoreReader reader, String contact) {
    long calls = school.writeCalls();
    String before = scoreOf(school, contact);
    school.change(contact, "leadgauge_score", "99", false);
    Await.until("put right", () -> before.equals(scoreOf(school, contact)));
    awaitQuiet(school, reader);
    assertThat(school.writeCalls()).isEqualTo(calls + 1);
    String visits = Found.in(school.contacts(), contact).getOrDefault("visits", "");
    school.change(contact, "visits", visits.isEmpty() ? "7" : "", true);
    Await.until("scored anew", () -> !before.equals(scoreOf(school, contact)));
    awaitQuiet(school, reader);
    assertThat(school.writeCalls()).isEqualTo(calls + 2);
  }

  private static String scoreOf(School school, String contact) {
    return Found.in(school.contacts(), contact).getOrDefault("leadgauge_score", "");
  }

  /** What events and histories told is exactly the history that the CRM keeps. */
  private static void assertFactsAreTheCrmsOwn(School school, StoreReader reader) {
    List<String> ids = new ArrayList<>(school.contacts().keySet());
    for (int i = 0; i < ids.size(); i += 50) {
      String id = ids.get(i);
      RecordState state = reader.load(RecordRef.contact(School.ID, id)).orElseThrow();
      JsonNode history =
          school.control.get("/_sandbox/contacts/" + id).path("propertiesWithHistory");
      for (String property : TOLD) {
        Map<Long, String> kept = new HashMap<>();
        for (Stamp stamp : state.facts().history(property)) {
          if (stamp.rank() == SourceRank.EVENT) {
            kept.put(stamp.at(), stamp.value());
          }
        }
        Map<Long, String> true_ = new HashMap<>();
        for (JsonNode value : history.path(property)) {
          true_.put(
              Instant.parse(value.path("timestamp").asText()).toEpochMilli(),
              value.path("value").asText());
        }
        assertThat(kept).as(id + " " + property).isEqualTo(true_);
      }
      assertThat(state.facts().properties()).contains(Fact.Assigned.PRESENCE);
    }
  }
}
