package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, the admin port and the server, over a sandbox portal that told of nothing. */
class BackfillCommandTest {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForSpecificationUrl("/openapi/admin.yaml").build();
  private static final int CONTACTS = 250;

  @TempDir Path folder;

  private Installation serve(School school) {
    return Installation.start(
        school.catalog(),
        Installation.Settings.local(folder.resolve("data")),
        new SystemClockwork());
  }

  private static void fill(School school, int count) {
    List<Map<String, String>> leads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      leads.add(Map.of("email", i + "@school.example", "occupation", "Working Professional"));
    }
    school.create(leads);
  }

  private String run(int expected, boolean colour, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(new byte[0]),
            new PrintWriter(out),
            new PrintWriter(err),
            Map.of(),
            new SystemClockwork(),
            colour);
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data=" + folder.resolve("data"));
    int code = Main.run(terminal, all.toArray(String[]::new));
    assertThat(code).as(out + "\n" + err).isEqualTo(expected);
    return out + err.toString();
  }

  private static long scored(School school) {
    return school.contacts().values().stream()
        .filter(contact -> contact.getOrDefault("leadgauge_score", "").equals("24"))
        .count();
  }

  @Test
  void contacts_thatNoWebhookTold_areReadScoredAndWritten_andTheWayIsShown() throws IOException {
    try (School school = School.start(folder.resolve("manifests"), "2026-03");
        Installation installation = serve(school)) {
      assertThat(installation.port()).isPositive();
      fill(school, CONTACTS);

      String out = run(ExitCode.DONE, false, "backfill", "school");

      assertThat(out)
          .contains("a second", "Done: 250 contacts of school read, 0 known ones are gone.")
          .doesNotContain("\u001b");
      Await.until("all are written", () -> scored(school) == CONTACTS);
      assertThat(run(ExitCode.DONE, true, "backfill", "school"))
          .contains("\r\u001b[2K", "░", "Done: 250");
      JsonNode json =
          new ObjectMapper()
              .readTree(run(ExitCode.DONE, false, "backfill", "school", "--format=json"));
      assertThat(json.path("phase").asText()).isEqualTo("done");
      assertThat(json.path("done").asInt()).isEqualTo(CONTACTS);
      for (String path : List.of("/backfill", "/crm")) {
        assertAsDescribed(path);
      }
    }
  }

  private JsonNode assertAsDescribed(String what) {
    String path = "/api/connections/school" + what;
    JsonNode told = AdminAddress.ask(folder.resolve("data"), path).orElseThrow();
    SimpleResponse response =
        SimpleResponse.Builder.ok()
            .withContentType("application/json")
            .withBody(told.toString())
            .build();
    assertThat(DESCRIPTION.validateResponse(path, Request.Method.GET, response).getMessages())
        .isEmpty();
    return told;
  }

  @Test
  void moreThanTheGuard_waitsForApproval() throws IOException {
    try (School school = School.start(folder.resolve("manifests"), "v3")) {
      Path model = school.manifests.resolve("models/leads/model.yaml");
      Files.writeString(
          model,
          Files.readString(model)
              .replace("total >= 40, leave: total < 30", "total >= 4, leave: total < 3"));
      try (Installation installation = serve(school)) {
        assertThat(installation.port()).isPositive();
        fill(school, CONTACTS);

        assertThat(run(ExitCode.NO, false, "backfill", "school"))
            .contains("250 would be moved", "leadgauge approve school");
        assertThat(scored(school)).isZero();
        // What the doctor and health show of it.
        assertThat(assertAsDescribed("").at("/backfill/detail").asText())
            .startsWith("paused: 250 contacts would be moved");
        assertThat(AdminAddress.ask(folder.resolve("data"), "/health/ready").orElseThrow())
            .asString()
            .contains("backfill of school");

        assertThat(run(ExitCode.DONE, false, "approve", "school"))
            .contains("250 contacts of school will be moved");
        assertThat(assertAsDescribed("").path("backfill").isNull()).isTrue();
        Await.until("all are written", () -> scored(school) == CONTACTS);
      }
    }
  }

  @Test
  void noSuchConnection_isSaid() {
    try (School school = School.start(folder.resolve("manifests"), "v3");
        Installation installation = serve(school)) {
      assertThat(installation.port()).isPositive();
      assertThat(run(ExitCode.WRONG_USE, false, "backfill", "nobody"))
          .contains("has no connection nobody");
    }
  }
}
