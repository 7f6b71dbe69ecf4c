package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.Sandbox;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.store.DueWork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Companies, meetings, deals and merges in a portal, from its webhooks to its score field. */
class LinkedPortalTest {
  private static final ConnectionId ID = new ConnectionId("linked");
  private static final String SECRET = "a-client-secret";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Sandbox sandbox =
      Sandbox.start(
              vertx,
              SandboxOptions.defaults().withLimits(Limits.OFF).withSeed(7),
              new SystemClockwork())
          .toCompletionStage()
          .toCompletableFuture()
          .join();
  private final SandboxControl control = new SandboxControl(sandbox.address());

  @AfterEach
  void stop() {
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Installation start(String version) throws IOException {
    Path from = Path.of("src/test/resources/linked");
    for (String name :
        new String[] {
          "models/linked/model.yaml", "models/linked/cases.yaml", "connections/linked.yaml"
        }) {
      String text = Files.readString(from.resolve(name));
      Path file = folder.resolve("manifests").resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(
          file, text.replace("@API@", sandbox.address().toString()).replace("@VERSION@", version));
    }
    field("linked_score", "number");
    field("linked_label", "string");
    ManifestFolder manifests =
        new ManifestFolder(
            folder.resolve("manifests"), Map.of("TOKEN", SandboxOptions.TOKEN, "SECRET", SECRET));
    Installation serve =
        Installation.start(
            new Installation.Watched(manifests, manifests.read(), Duration.ofSeconds(5)),
            Installation.Settings.local(folder.resolve("data")),
            new SystemClockwork());
    post(
        "/_sandbox/webhooks",
        """
        {"url":"http://127.0.0.1:%d/webhooks/linked","secret":"%s",
         "signedUrl":"https://leads.example.com/webhooks/linked"}\
        """
            .formatted(serve.port(), SECRET));
    return serve;
  }

  private void field(String name, String type) throws IOException {
    post(
        "/crm/v3/properties/contacts",
        """
        {"name":"%s","label":"%s","groupName":"contactinformation","type":"%s","fieldType":"%s"}\
        """
            .formatted(name, name, type, type.equals("number") ? "number" : "text"));
  }

  private JsonNode post(String path, String body) throws IOException {
    return control.post(path, MAPPER.readTree(body));
  }

  private String create(String type, String properties, String more) throws IOException {
    JsonNode made =
        post(
            "/_sandbox/" + type,
            "{\"%s\":[{\"properties\":{%s}%s}]}".formatted(type, properties, more));
    return made.path("ids").path(0).asText();
  }

  private String score(String id) {
    return control.get("/_sandbox/contacts/" + id).path("properties").path("linked_score").asText();
  }

  private void awaitScore(Installation serve, String id, String score) {
    Await.until(
        "contact " + id + " at " + score + ", is " + score(id),
        PATIENCE,
        () -> score(id).equals(score));
    Await.until(
        "nothing is due",
        PATIENCE,
        () ->
            serve.reader().countDue(ID, DueWork.FETCH, Due.NEVER) == 0
                && serve.reader().countDue(ID, DueWork.WRITE, Due.NEVER) == 0);
  }

  @ParameterizedTest
  @CsvSource({"v3", "2026-03"})
  void companyAndMeetings_reachTheScore_andEachChangeOfThemToo(String version) throws IOException {
    try (Installation serve = start(version)) {
      String boss = create("contacts", "\"jobtitle\":\"CEO\"", "");
      awaitScore(serve, boss, "20");
      String firm = create("companies", "\"name\":\"Firm\",\"numberofemployees\":\"600\"", "");
      post(
          "/_sandbox/associations",
          "{\"from\":\"contacts/%s\",\"to\":\"companies/%s\",\"primary\":true}"
              .formatted(boss, firm));
      awaitScore(serve, boss, "50");
      post("/_sandbox/companies/" + firm, "{\"properties\":{\"numberofemployees\":\"90\"}}");
      awaitScore(serve, boss, "25");
      String meeting =
          create(
              "meetings",
              "\"hs_timestamp\":\"2026-11-20T10:00:00Z\",\"hs_meeting_outcome\":\"SCHEDULED\"",
              ",\"associations\":[\"contacts/" + boss + "\"]");
      // Two changes of one property in one millisecond have no order that could be told.
      awaitValue(serve, new RecordRef(ID, "meeting", meeting), "hs_meeting_outcome", "SCHEDULED");
      post(
          "/_sandbox/meetings/" + meeting,
          "{\"properties\":{\"hs_meeting_outcome\":\"COMPLETED\"}}");
      awaitScore(serve, boss, "35");
      post(
          "/_sandbox/associations",
          "{\"from\":\"contacts/%s\",\"to\":\"companies/%s\",\"removed\":true}"
              .formatted(boss, firm));
      awaitScore(serve, boss, "30");
    }
  }

  @ParameterizedTest
  @CsvSource({"primary", "new"})
  void mergedContacts_areScoredAsOne(String survivor) throws IOException {
    post("/_sandbox/merges", "{\"survivor\":\"" + survivor + "\"}");
    try (Installation serve = start("2026-03")) {
      String one = create("contacts", "\"jobtitle\":\"CEO\"", "");
      String other = create("contacts", "\"jobtitle\":\"Clerk\"", "");
      for (String id : new String[] {one, other}) {
        create(
            "meetings",
            "\"hs_timestamp\":\"2026-11-20T10:00:00Z\",\"hs_meeting_outcome\":\"COMPLETED\"",
            ",\"associations\":[\"contacts/" + id + "\"]");
      }
      awaitScore(serve, one, "30");
      awaitScore(serve, other, "10");
      post("/_sandbox/contacts/" + one + "/merge", "{\"with\":\"" + other + "\"}");
      Await.until("one is left", PATIENCE, () -> left().length() > 0 && isAlone());
      awaitScore(serve, left(), "40");
      assertThat(left().equals(one)).isEqualTo(survivor.equals("primary"));
    }
  }

  private boolean isAlone() {
    return control.get("/_sandbox/contacts").path("total").asInt() == 1;
  }

  private String left() {
    return control.get("/_sandbox/contacts").path("contacts").path(0).path("id").asText();
  }

  @Test
  void deals_areKeptAsFacts() throws IOException {
    try (Installation serve = start("2026-03")) {
      String boss = create("contacts", "\"jobtitle\":\"CEO\"", "");
      String deal =
          create(
              "deals",
              "\"dealstage\":\"closedwon\",\"amount\":\"900\"",
              ",\"associations\":[\"contacts/" + boss + "\"]");
      awaitScore(serve, boss, "20");
      awaitValue(serve, new RecordRef(ID, RecordRef.DEAL, deal), "dealstage", "closedwon");
    }
  }

  private static void awaitValue(Installation serve, RecordRef ref, String property, String value) {
    Await.until(
        ref + " is known",
        PATIENCE,
        () ->
            serve
                .reader()
                .load(ref)
                .filter(state -> value.equals(state.facts().value(property)))
                .isPresent());
  }
}
