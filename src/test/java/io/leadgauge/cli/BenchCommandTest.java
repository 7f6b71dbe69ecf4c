package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Path data, String options) {
    Terminal terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(err),
            Map.of("COLUMNS", "120"),
            new SystemClockwork(),
            false);
    List<String> all = new ArrayList<>(List.of("bench", "--data", data.toString()));
    all.addAll(List.of(options.split(" ", -1)));
    return Main.run(terminal, all.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--contacts 1      | --contacts 1, expected at least 2",
        "--contacts many   | 'many' is not an int",
        "--contacts 2000000000 | MB are needed; take fewer --contacts",
        "--rounds 0        | --rounds 0, expected 1 to 100",
        "--rounds 101      | --rounds 101, expected 1 to 100",
        "--seconds 0       | --seconds 0.0, expected more than 0, at most 60",
        "--seconds 61      | --seconds 61.0, expected more than 0, at most 60",
        "--seconds NaN     | --seconds NaN, expected more than 0",
        "--only receive,x  | --only x, expected one of receive"
      })
  void wrongOption_endsWith2AndSaysWhich(String options, String message) {
    assertThat(run(folder, options)).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).startsWith("leadgauge: ").contains(message).doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void folder_thatHoldsSomething_isRefused_andLeftAlone() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThat(run(folder, "--rounds 1")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains(folder + " is not empty; remove it, or name another");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void folder_thatIsAFile_isRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(run(file, "--rounds 1")).isEqualTo(ExitCode.WRONG_USE);
    assertThat(err.toString()).contains("cannot use " + file);
  }

  @Test
  void receive_inATinyForm_printsAllItsFigures_andLeavesNothingBehind() throws IOException {
    Path data = folder.resolve("bench");
    Path json = folder.resolve("bench.json");
    String tiny = "--only receive --contacts 50 --rounds 1 --seconds 0.05 --seed 4 --json " + json;
    assertThat(run(data, tiny)).as(err.toString()).isEqualTo(ExitCode.DONE);

    assertThat(out.toString())
        .contains("50 contacts, 1 round of 0.05 s, seed 4", "fdatasync")
        .contains("receive, 1 event a delivery", "receive, 100 events a delivery")
        .contains("floor A, events/s", "of raw append", "floor B, events/s", "of raw SQLite")
        .contains("known contacts, events/s", "new contacts", "5,000 activities", "re-scored")
        .contains("known, ten events a contact, events/s")
        .contains("known contacts, half load: p99, ms")
        .containsPattern("of floor A, (not )?reached: at least 0.40")
        .containsPattern("of floor B, (not )?reached: at least 0.70")
        .containsPattern("of floor B, (not )?reached: at least 0.80")
        .containsPattern("(not )?reached: at most 10.0")
        .doesNotContain("NaN", "Infinity");
    assertThat(err.toString()).contains("warming up", "round 1 of 1").doesNotContain("\r");
    assertThat(data).doesNotExist();

    JsonNode read = new ObjectMapper().readTree(Files.readString(json));
    assertThat(read.path("options").path("seed").asLong()).isEqualTo(4);
    assertThat(read.path("machine").path("processors").asInt()).isPositive();
    assertThat(read.path("figures"))
        .hasSizeGreaterThan(30)
        .allSatisfy(figure -> assertThat(figure.path("rounds")).isNotEmpty())
        .filteredOn(figure -> figure.path("unit").asText().equals("events/s"))
        .allSatisfy(figure -> assertThat(figure.path("median").asDouble()).isPositive());
  }
}
