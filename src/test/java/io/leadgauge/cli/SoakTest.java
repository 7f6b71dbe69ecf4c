package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Await;
import io.leadgauge.FastClock;
import io.leadgauge.Found;
import io.leadgauge.manifest.ModelManifest;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Due;
import io.leadgauge.sandbox.Limits;
import io.leadgauge.sandbox.SandboxOptions;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.store.DueWork;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of contacts that change all the time, under a CRM that refuses, fails, answers late or
 * not at all, and webhooks that come twice and in any order; on a clock that goes {@value #SPEED}
 * times as fast. In the end the CRM holds of each contact what a computation over the CRM's own
 * values says, and its limits were kept to.
 */
@Tag("alone")
class SoakTest {
  private static final boolean CI = "true".equals(System.getenv("CI"));
  private static final int CONTACTS = Integer.getInteger("soak.contacts", CI ? 10_000 : 1_000);
  private static final int EVENTS = 20 * CONTACTS;
  private static final int SPEED = 20;
  private static final int ROUNDS = 2;
  private static final int AT_ONCE = 100;
  private static final long SEED = 20_261_122;
  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("soak.patience", 240));
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(30);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(2);
  private static final Limits LIMITS = new Limits(100, 250_000, 5);

  private static final String FAULTS =
      "401=0.003,423=0.005,429=0.01,500=0.01,502=0.005,503=0.01,timeout=0.002,"
          + "timeout-after-apply=0.004,reset=0.004,reset-after-apply=0.004,"
          + "slow=500ms:0.05,webhook-duplicate=0.05,webhook-reorder=0.05";

  /** The same without refusals for being too many: every 429 is one that was earned. */
  private static final String FAULTS_BUT_429 = FAULTS.replace("429=0.01,", "");

  private static final List<String> OCCUPATIONS =
      List.of("Working Professional", "Student", "Unemployed", "Housewife", "Other");
  private static final List<String> ORIGINS = List.of("Lead Add Form", "API", "Import");
  private static final List<String> SOURCES = List.of("Google", "Organic Search", "Direct");

  @TempDir Path folder;

  private final FastClock clock = new FastClock(SPEED);
  private final Random random = new Random(SEED);

  private School school() throws IOException {
    SandboxOptions options = SandboxOptions.defaults().withLimits(LIMITS);
    School school = School.start(folder.resolve("manifests"), "2026-03", options, clock);
    Path manifest = school.manifests.resolve("connections/school.yaml");
    String text = Files.readString(manifest);
    Files.writeString(
        manifest,
        text.replace("minInterval: 1s", "minInterval: " + LEAST_INTERVAL.toSeconds() + "s")
            .replace("callsPerTenSeconds: 10000", "timeout: " + LONGEST_CALL.toSeconds() + "s")
            .replace("  mode: full", "  mode: full\n  poll: { lookBack: 1h }"));
    return school;
  }

  @Test
  void everyContact_endsAsItsFactsSay_whateverFails_withinTheLimits(TestReporter reporter)
      throws Exception {
    long began = System.nanoTime();
    try (School school = school();
        Installation serve =
            Installation.start(
                school.catalog(), Installation.Settings.local(folder.resolve("data")), clock)) {
      school.subscribe(serve.port());
      faults(school, FAULTS);
      school.create(contacts());
      awaitDone(school, serve);
      List<String> ids = List.copyOf(school.contacts().keySet());
      for (int round = 0; round < ROUNDS; round++) {
        if (round == ROUNDS / 2) {
          awaitDone(school, serve);
          faults(school, FAULTS_BUT_429);
          forgetCalls(school);
        }
        changeAll(school, ids);
      }
      awaitDone(school, serve);

      assertFields(school);
      assertCalls(school, ids);
      reporter.publishEntry(
          "seed %d: %d contacts, %s events, %d calls since the middle, %d s"
              .formatted(
                  SEED,
                  CONTACTS,
                  school.webhooks().path("made"),
                  ours(school, ""),
                  Duration.ofNanos(System.nanoTime() - began).toSeconds()));
    }
  }

  private List<Map<String, String>> contacts() {
    List<Map<String, String>> contacts = new ArrayList<>();
    for (int i = 0; i < CONTACTS; i++) {
      Map<String, String> contact = new HashMap<>();
      contact.put("email", "soak-" + i + "@school.example");
      contact.put("occupation", pick(OCCUPATIONS));
      contact.put("lead_origin", pick(ORIGINS));
      contact.put("lead_source", pick(SOURCES));
      contact.put("country", random.nextBoolean() ? "India" : "France");
      contact.put("do_not_email", random.nextInt(5) == 0 ? "Yes" : "No");
      contact.putAll(behaviour());
      contacts.add(contact);
    }
    return contacts;
  }

  private Map<String, String> behaviour() {
    return Map.of(
        "seconds_on_site", Integer.toString(random.nextInt(2_000)),
        "visits", Integer.toString(random.nextInt(9)));
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static void faults(School school, String faults) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    school.control.post("/_sandbox/faults", body.put("faults", faults));
  }

  private void forgetCalls(School school) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(school.api().resolve("/_sandbox/calls")).DELETE());
  }

  /** Another app changes all contacts, and tries again until each change is taken. */
  private void changeAll(School school, List<String> ids) throws IOException, InterruptedException {
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode inputs = body.putArray("inputs");
      for (String id : ids.subList(from, Math.min(ids.size(), from + AT_ONCE))) {
        ObjectNode properties = inputs.addObject().put("id", id).putObject("properties");
        behaviour().forEach(properties::put);
      }
      URI address = school.api().resolve("/crm/v3/objects/contacts/batch/update");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .header("Authorization", "Bearer " + SandboxOptions.OTHER_TOKEN)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
      Await.until("the change is taken", PATIENCE, () -> isTaken(request));
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private boolean isTaken(HttpRequest.Builder request) {
    try {
      return send(request) == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(
            request.timeout(Duration.ofSeconds(2)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static void awaitDone(School school, Installation serve) {
    try {
      Await.until(
          "all is told, read and written", PATIENCE, () -> school.allTold() && isDone(serve));
    } catch (AssertionError e) {
      throw new AssertionError(
          school.webhooks()
              + " "
              + serve.pipeline().health(0, Long.MAX_VALUE)
              + serve.reader().counts(),
          e);
    }
  }

  private static boolean isDone(Installation serve) {
    return serve.reader().countDue(School.ID, DueWork.FETCH, Due.NEVER) == 0
        && serve.reader().countDue(School.ID, DueWork.WRITE, Due.NEVER) == 0
        && serve.reader().countContacts(School.ID) == CONTACTS;
  }

  /** By the CRM's own values; a label is right where it stays what it is. */
  private static void assertFields(School school) {
    ModelManifest model = Found.in(school.catalog().models(), "leads");
    Map<String, Map<String, String>> contacts = school.contacts();
    assertThat(contacts).hasSize(CONTACTS);
    contacts.forEach(
        (id, contact) -> {
          Decision held = new Decision(contact.get("leadgauge_label"), 0, List.of());
          Evaluation expected = ScoredFile.of(model, contact, held, 1);
          assertThat(contact)
              .as(id)
              .containsEntry("leadgauge_score", Long.toString(expected.score().total()))
              .containsEntry("leadgauge_grade", String.valueOf(expected.score().grade()))
              .containsEntry("leadgauge_label", String.valueOf(expected.decision().label()));
          if (expected.decision().stage() != null) {
            assertThat(contact).as(id).containsEntry("lifecyclestage", "marketingqualifiedlead");
          }
        });
  }

  private static void assertCalls(School school, List<String> ids) {
    assertThat(school.webhooks().path("made").asInt()).isGreaterThanOrEqualTo(EVENTS);
    assertThat(ours(school, "429")).as("calls that were too many").isZero();
    for (int i = 0; i < ids.size(); i += Math.max(1, ids.size() / 100)) {
      assertIntervals(school.control.get("/_sandbox/contacts/" + ids.get(i)));
    }
  }

  /**
   * Writes of a contact begin half a minute apart. The first of them may reach the CRM late by as
   * long as a call may take, which on a clock this fast is longer than that; so all of them
   * together are measured, and not each two.
   */
  private static void assertIntervals(JsonNode contact) {
    List<Long> written = new ArrayList<>();
    for (JsonNode value : contact.at("/propertiesWithHistory/leadgauge_score")) {
      written.add(Instant.parse(value.path("timestamp").asText()).toEpochMilli());
    }
    long span = Collections.max(written) - Collections.min(written);
    long late = LONGEST_CALL.toMillis() * SPEED;
    assertThat(span)
        .as("%d writes of %s", written.size(), contact.path("id").asText())
        .isGreaterThanOrEqualTo((written.size() - 1) * LEAST_INTERVAL.toMillis() - late);
  }

  private static long ours(School school, String outcome) {
    long count = 0;
    for (JsonNode call : school.control.get("/_sandbox/calls").path("calls")) {
      if (call.path("appId").asLong() == SandboxOptions.APP_ID
          && (outcome.isEmpty() || call.path("outcome").asText().equals(outcome))) {
        count += call.path("count").asLong();
      }
    }
    return count;
  }
}
