package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.replay.Town;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command over a store that a connection was served from. */
class ReplayModelTest {
  private static final int FEW = 40;

  @TempDir private Path folder = Path.of("");

  private TownHouse house(String models) {
    return new TownHouse(folder, models, FEW, 25);
  }

  @Test
  void twoRuns_whateverTheThreads_giveTheSameBytes_andPartsThatSumUp() throws IOException {
    TownHouse house = house(TownHouse.ONE);
    String first = "";
    for (int threads = 1; threads <= 3; threads++) {
      Path csv = house.file("changes.csv");
      Path json = house.file("summary.json");
      TestTerminal terminal = TownHouse.columns(110);
      int status =
          house.replay(
              terminal, "--capacity=1", "--csv=" + csv, "--json=" + json, "--threads=" + threads);

      assertThat(status).as(terminal.err()).isEqualTo(ExitCode.DONE);
      String all = terminal.out() + Files.readString(csv) + Files.readString(json);
      first = first.isEmpty() ? all : first;
      assertThat(all).isEqualTo(first);
      assertThat(terminal.err()).contains("Comparing contacts: 40 of 40 (100 %)");
      assertThat(folder).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
      assertSums(new ObjectMapper().readTree(json.toFile()));
    }
  }

  private static void assertSums(JsonNode json) {
    assertSum(json.path("scores"));
    json.path("labels").path("each").forEach(label -> assertSum(label.path("gained")));
    json.path("labels").path("each").forEach(label -> assertSum(label.path("lost")));
  }

  private static void assertSum(JsonNode parts) {
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode part : parts.path("parts")) {
      sum = sum.add(part.path("difference").decimalValue());
    }
    assertThat(sum).isEqualByComparingTo(parts.path("difference").decimalValue());
  }

  @ParameterizedTest
  @CsvSource({"60", "80", "100", "160"})
  void text_fitsTheTerminal(int columns) {
    TestTerminal terminal = TownHouse.columns(columns);

    assertThat(house(TownHouse.ONE).replay(terminal, "--capacity=1")).isEqualTo(ExitCode.DONE);
    assertThat(terminal.out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    assertThat(terminal.out())
        .contains("~ rule form: points 15 → 20")
        .contains("+ rule webinar is new")
        .contains("- rule page is gone")
        .contains("~ stage sql: enter total >= 45 → total >= 40")
        .contains("all parts together", "days with more than 1");
  }

  @Test
  void json_isPrintedWhereItIsAskedFor() throws IOException {
    TestTerminal terminal = TownHouse.columns(80);

    house(TownHouse.ONE).replay(terminal, "--format=json", "--until=2026-10-01");

    JsonNode json = new ObjectMapper().readTree(terminal.out());
    assertThat(json.path("until").asText()).isEqualTo("2026-10-01T00:00:00Z");
    assertThat(json.path("since").asText()).isEqualTo("2025-10-01T00:00:00Z");
    assertThat(json.path("old").path("model").asText()).isEqualTo("plain");
    assertThat(json.path("contacts").asInt()).isEqualTo(FEW);
  }

  /** Only who is in Germany is scored by it, so by the new model as well. */
  @Test
  void model_thatIsForSomeContactsOnly_isReplacedForThemOnly() throws IOException {
    String some = TownHouse.ONE.replace("plain,", "plain, when: { property: country, is: DE },");
    TestTerminal terminal = TownHouse.columns(80);

    assertThat(house(some).replay(terminal, "--format=json"))
        .as(terminal.err())
        .isEqualTo(ExitCode.DONE);

    JsonNode scored = new ObjectMapper().readTree(terminal.out()).path("scored");
    assertThat(scored.path("old").asInt()).isBetween(5, FEW - 5);
    assertThat(scored.path("new").asInt()).isEqualTo(scored.path("old").asInt());
  }

  @Test
  void model_ofSeveral_isFoundByItsName_orNamed() {
    String two = TownHouse.ONE + ", { model: plain, as: second, writeBack: { score: other } }";
    TownHouse house = house(two);
    TestTerminal terminal = TownHouse.columns(80);
    assertThat(house.replay(terminal, "--old=second")).as(terminal.err()).isEqualTo(ExitCode.DONE);
    assertThat(terminal.out())
        .contains("second ", "This model moves no stages here", "None by either model.");

    house.write("new.yaml", Town.NEW.replace("name: plain", "name: other"));
    TestTerminal unnamed = TownHouse.columns(80);
    assertThat(house.replay(unnamed)).isEqualTo(ExitCode.WRONG_USE);
    assertThat(unnamed.err()).contains("town has no model other", "--old: plain, second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--since=2026-12-01|--since must be before --until",
        "--capacity=-1|--capacity -1, expected 0 or more",
        "--connection=other|no connection other was ever served from here; known: ",
        "--csv=/nowhere/at/all.csv|cannot write /nowhere/at/all.csv: no such file or folder",
      })
  void wrongUse_isToldPlainly(String option, String error) {
    TestTerminal terminal = TownHouse.columns(80);

    assertThat(house(TownHouse.ONE).replay(terminal, option)).isEqualTo(ExitCode.WRONG_USE);
    assertThat(terminal.err()).contains(error).doesNotContain("Exception");
  }

  @Test
  void model_withErrors_isRefusedWithTheirPlaces() {
    TownHouse house = house(TownHouse.ONE);
    house.write("new.yaml", Town.NEW.replace("points: 20, limit", "punts: 20, limit"));
    TestTerminal terminal = TownHouse.columns(80);

    assertThat(house.replay(terminal)).isEqualTo(ExitCode.WRONG_USE);
    assertThat(terminal.err()).contains("new.yaml:", "punts", "cannot be used");
  }
}
