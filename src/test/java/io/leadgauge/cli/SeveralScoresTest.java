package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A portal scored by two models, from the manifest to the fields of the CRM and the admin API. */
class SeveralScoresTest {
  private static final String ONE_MODEL = "  model: leads\n";
  private static final String TWO_MODELS =
      """
        models:
          - model: leads
            as: students
            when: { property: occupation, is: Student }
            writeBack: { score: leadgauge_score, label: leadgauge_label }
          - { model: leads, writeBack: { grade: leadgauge_grade } }
      """;

  @TempDir Path folder;
  private School school;
  private Installation installation;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    school = School.start(folder.resolve("manifests"), "v3");
    Path connection = school.manifests.resolve("connections/school.yaml");
    String text = Files.readString(connection);
    Files.writeString(
        connection,
        text.replace(ONE_MODEL, TWO_MODELS)
            .replaceAll("  stages: .*\n", "")
            .replaceAll("    fields: \\{ score: .*\n", ""));
    installation =
        Installation.start(
            school.catalog(),
            Installation.Settings.local(folder.resolve("data")),
            new SystemClockwork());
    school.subscribe(installation.port());
  }

  @AfterEach
  void stop() {
    installation.close();
    school.close();
    client.close();
  }

  @Test
  void contact_ofTwoModels_isWrittenByBothAndAnsweredWithBoth() {
    school.create(
        List.of(Map.of("occupation", "Student"), Map.of("occupation", "Working Professional")));
    Await.until("both are written", () -> graded() == 2);

    Map<String, Map<String, String>> contacts = school.contacts();
    for (String id : contacts.keySet()) {
      Map<String, String> held = contacts.get(id);
      boolean student = "Student".equals(held.get("occupation"));
      JsonNode scores = found(id, "").path("scores");
      assertThat(found(id, "").path("writeBack").path("refused").isArray()).isTrue();

      assertThat(scores.findValuesAsText("model")).containsExactly("students", "leads");
      assertThat(scores.get(0).path("scored").asBoolean()).isEqualTo(student);
      assertThat(scores.get(0).path("total").isNull()).isEqualTo(!student);
      assertThat(scores.get(1).path("scored").asBoolean()).isTrue();
      assertThat(held.getOrDefault("leadgauge_score", ""))
          .isEqualTo(student ? scores.get(0).path("total").asText() : "");
      assertThat(held.getOrDefault("leadgauge_label", "").isEmpty()).isEqualTo(!student);
      JsonNode one = found(id, "?model=leads");
      assertThat(one.path("model").asText()).isEqualTo("leads");
      assertThat(one.path("contributions")).isEqualTo(scores.get(1).path("contributions"));
    }
  }

  @Test
  void contact_askedForAModelThatTheConnectionHasNot_isToldWhichItHas() {
    HttpResponse<String> answer = ask("1", "?model=student");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("model 'student': expected students or leads");
  }

  private long graded() {
    return school.contacts().values().stream()
        .filter(held -> !held.getOrDefault("leadgauge_grade", "").isEmpty())
        .count();
  }

  private JsonNode found(String id, String query) {
    try {
      HttpResponse<String> answer = ask(id, query);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> ask(String id, String query) {
    URI base = URI.create("http://127.0.0.1:" + installation.adminPort());
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/contacts/school/contact/" + id + query)).build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }
}
