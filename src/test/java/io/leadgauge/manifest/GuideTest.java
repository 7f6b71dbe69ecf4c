package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The guides do what they say: blocks marked {@code manifest} are whole files, those marked {@code
 * rules} and {@code spec} are parts of a model.
 */
class GuideTest {
  private static final Path GUIDE = Path.of("docs/manifests.md");
  private static final Path LANGUAGE = Path.of("docs/language.md");
  private static final Pattern BLOCK = Pattern.compile("```yaml ?(\\w*)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern HEAD =
      Pattern.compile("kind: (\\w+)\nmetadata: \\{ name: ([a-z-]+)");

  @TempDir private Path dir = Path.of("");

  /** A block of the guide. */
  record Block(String mark, String text) {
    @Override
    public String toString() {
      return mark + ": " + text.lines().findFirst().orElse("");
    }
  }

  static List<Block> blocks(Path guide) throws IOException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(Files.readString(guide));
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    return blocks;
  }

  static Stream<Block> parts() throws IOException {
    return Stream.concat(blocks(GUIDE).stream(), blocks(LANGUAGE).stream())
        .filter(block -> !block.mark().equals("manifest"));
  }

  @Test
  void manifests_together_areInOrderAndTheirCasesPass() throws IOException {
    Folder folder = new Folder(dir);
    for (Block block : blocks(GUIDE)) {
      if (block.mark().equals("manifest")) {
        folder.file(file(block.text()), block.text());
      }
    }
    Loaded loaded = folder.load();

    assertThat(folder.problems(loaded)).allMatch(line -> line.contains(": note: "));
    assertThat(loaded.catalog().models()).containsOnlyKeys("first", "outcomes", "handing-over");
    assertThat(loaded.waiting()).hasSize(4);
    for (ModelManifest model : loaded.catalog().models().values()) {
      assertThat(model.cases()).allSatisfy(one -> assertThat(one.run(model)).isEmpty());
    }
  }

  static String file(String text) {
    Matcher head = HEAD.matcher(text);
    assertThat(head.find()).as(text).isTrue();
    String name = head.group(2);
    return switch (head.group(1)) {
      case "Model" -> "models/" + name + "/model.yaml";
      case "Calendar" -> "calendars/" + name + ".yaml";
      case "App" -> "apps/" + name + ".yaml";
      case "Cases" -> "models/" + name + "/cases.yaml";
      default -> "connections/" + name + ".yaml";
    };
  }

  @ParameterizedTest
  @MethodSource("parts")
  void part_inAModel_isInOrder(Block block) {
    String spec =
        switch (block.mark()) {
          case "rules" -> "spec:\n  dimensions:\n    all:\n      rules:\n" + block.text().indent(8);
          case "spec" -> "spec:\n" + block.text().indent(2) + dimensionsUnlessIn(block.text());
          default -> throw new AssertionError("a yaml block that says not what it is: " + block);
        };
    Folder folder = new Folder(dir).model(spec);

    assertThat(folder.problems()).allMatch(line -> line.contains("no cases.yaml"));
  }

  private static String dimensionsUnlessIn(String text) {
    return text.contains("dimensions:")
        ? ""
        : "  dimensions: { all: { rules: [ { id: a, activity: b, points: 1 } ] } }\n";
  }
}
