package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Await;
import io.leadgauge.model.Due;
import io.leadgauge.store.DueWork;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a portal is told again, beside the server that writes it and after. */
class RebuildCommandTest {
  private static final int STUDENTS = 40;

  @TempDir Path folder;
  private School school;
  private Path data;

  @BeforeEach
  void start() {
    school = School.start(folder.resolve("manifests"), "v3");
    data = folder.resolve("data");
  }

  @AfterEach
  void stop() {
    school.close();
  }

  private Installation serve() {
    Installation serve =
        Installation.start(
            school.catalog(), Installation.Settings.local(data), new SystemClockwork());
    school.subscribe(serve.port());
    List<Map<String, String>> students = new ArrayList<>();
    for (int i = 0; i < STUDENTS; i++) {
      students.add(Map.of("email", "s" + i + "@x.example", "occupation", "Student"));
    }
    school.create(students);
    Await.until(
        "all are scored in the CRM",
        () ->
            school.contacts().values().stream()
                .noneMatch(one -> one.getOrDefault("leadgauge_score", "").isEmpty()));
    Await.until(
        "nothing is under way",
        () ->
            school.allTold()
                && serve.reader().countDue(School.ID, DueWork.FETCH, Due.NEVER) == 0
                && serve.reader().countDue(School.ID, DueWork.WRITE, Due.NEVER) == 0);
    return serve;
  }

  private String rebuilt(int expected, String... options) {
    TestTerminal terminal = TestTerminal.plain();
    List<String> arguments = new ArrayList<>(List.of("rebuild", "--data", data.toString()));
    arguments.addAll(List.of(options));
    int code = terminal.run(arguments.toArray(String[]::new));
    assertThat(code).as(terminal.out() + terminal.err()).isEqualTo(expected);
    return expected == ExitCode.WRONG_USE ? terminal.err() : terminal.out();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private void tamper(String sql) {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("leadgauge.db"));
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isOne();
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Test
  void portal_besideServe_isRebuiltToTheByteAndTheFirstDifferenceTold() {
    try (Installation serve = serve()) {
      assertThat(serve.port()).isPositive();
      assertThat(rebuilt(ExitCode.DONE))
          .contains("Entries 1 to ")
          .contains("Compared: ")
          .endsWith("The store is what its journal says." + System.lineSeparator());
      JsonNode told = json(rebuilt(ExitCode.DONE, "--format", "json", "--connection", "school"));
      assertThat(told.path("equal").asBoolean()).isTrue();
      assertThat(told.path("from").asLong()).isOne();
      assertThat(told.path("records").asLong()).isEqualTo(STUDENTS);
      assertThat(told.path("decisions").asLong()).isGreaterThanOrEqualTo(STUDENTS);
      assertThat(told.path("first").isNull()).isTrue();
      assertThat(rebuilt(ExitCode.DONE, "--redecode"))
          .contains("All of them tell what they told when they came.")
          .contains("No fact in the store would differ.");
      assertThat(json(rebuilt(ExitCode.DONE, "--redecode", "--format", "json")).path("facts"))
          .hasToString("0");
    }
    tamper(
        "UPDATE property_fact SET value = 'Retired' WHERE property = 'occupation' AND record ="
            + " (SELECT min(record) FROM property_fact WHERE property = 'occupation')");
    assertThat(rebuilt(ExitCode.NO))
        .contains("The store is not what its journal says. First difference:")
        .contains(": property occupation")
        .contains("    journal: \"Student\" at ")
        .contains("    store:   \"Retired\" at ")
        .containsPattern("entry [0-9]+ brought it");
    JsonNode told = json(rebuilt(ExitCode.NO, "--format", "json"));
    assertThat(told.path("equal").asBoolean()).isFalse();
    assertThat(told.path("differences").asLong()).isOne();
    assertThat(told.path("first").path("kind").asText()).isEqualTo("fact");
    assertThat(told.path("first").path("entry").asLong()).isPositive();
    assertThat(data.resolve("rebuild.tmp")).doesNotExist();
  }

  @Test
  void rebuild_ofNothing_saysWhatIsMissing() {
    try (Installation serve = serve()) {
      assertThat(serve.port()).isPositive();
      assertThat(rebuilt(ExitCode.WRONG_USE, "--connection", "nobody"))
          .contains("no connection nobody was ever served from ");
      assertThat(rebuilt(ExitCode.WRONG_USE, "--connection", "No One"))
          .contains("'No One' is no name of a connection");
    }
  }
}
