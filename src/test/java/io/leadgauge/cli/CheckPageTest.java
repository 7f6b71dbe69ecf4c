package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about {@code check} shows what {@code check --mutate} really says of its example. */
class CheckPageTest {
  private static final Path PAGE = Path.of("docs/check.md");

  @TempDir private Path dir = Path.of("");

  /** Returns the blocks of the page that are marked so, without the fences. */
  private static List<String> blocks(String mark) throws IOException {
    Pattern block = Pattern.compile("```" + mark + "\n(.*?)```", Pattern.DOTALL);
    Matcher matcher = block.matcher(Files.readString(PAGE));
    return matcher.results().map(result -> result.group(1)).toList();
  }

  private String mutate(String cases) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("models/first"));
    Files.writeString(folder.resolve("model.yaml"), blocks("yaml manifest").getFirst());
    Files.writeString(folder.resolve("cases.yaml"), cases);
    TestTerminal terminal = new TestTerminal(Map.of(), "");
    terminal.run("check", dir.toString(), "--mutate");
    return terminal.out().replaceAll("\\Q" + dir + "\\E", "manifests");
  }

  @Test
  void example_mutated_saysWhatThePageShows() throws IOException {
    String cases = blocks("yaml manifest").getLast();

    assertThat(blocks("text mutate"))
        .containsExactly("$ ./leadgauge check --mutate\n" + mutate(cases));
  }

  @Test
  void example_withMoreCases_isHeld() throws IOException {
    String cases = blocks("yaml manifest").getLast() + blocks("yaml manifest more").getFirst();

    assertThat(blocks("text mutate more"))
        .containsExactly("$ ./leadgauge check --mutate\n" + mutate(cases));
  }
}
