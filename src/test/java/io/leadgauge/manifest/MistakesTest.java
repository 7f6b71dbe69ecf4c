package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A folder in which nearly every manifest has one mistake. Its first line names the mistake, {@code
 * # here} marks the line that must be told, {@code # with} a line that it has to do with. The page
 * {@code docs/check.md} shows each one with what is said of it.
 */
class MistakesTest {
  private static final Path MISTAKES = Path.of("src/test/resources/manifests/mistakes");
  private static final Path PAGE = Path.of("docs/check.md");
  private static final String HERE = "  # here";
  private static final String WITH = "  # with";

  /** The parts of the page; a mistake's first line begins with one. */
  private static final List<String> PARTS =
      List.of(
          "Files",
          "Keys and values",
          "Ranges",
          "Rules that never count",
          "Limits",
          "Outcomes",
          "Cases",
          "Connections");

  private static final List<Problem> TOLD =
      Manifests.load(MISTAKES, SecretSource.none()).problems().stream()
          .filter(problem -> problem.severity() != Problem.Severity.NOTE)
          .toList();

  /** A manifest with a mistake. */
  record Mistake(Path file, List<String> lines) {
    static Mistake of(Path file) {
      try {
        return new Mistake(file, Files.readAllLines(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String title() {
      return lines.getFirst().substring("# ".length());
    }

    boolean isSound() {
      return title().endsWith("nothing wrong");
    }

    List<Problem> told() {
      return TOLD.stream().filter(one -> one.at().file().equals(Source.shown(file))).toList();
    }

    List<Integer> linesMarked() {
      return IntStream.rangeClosed(1, lines.size())
          .filter(line -> lines.get(line - 1).endsWith(HERE))
          .boxed()
          .toList();
    }

    /** Returns the lines that matter with their numbers, and what is said of them. */
    String text() {
      List<String> shown = new ArrayList<>();
      int indent =
          lines.stream()
              .filter(line -> line.endsWith(HERE) || line.endsWith(WITH))
              .mapToInt(line -> line.length() - line.replaceFirst("^ +", "").length())
              .min()
              .orElse(0);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i);
        if (line.endsWith(HERE) || line.endsWith(WITH)) {
          String text = line.substring(indent, line.length() - HERE.length());
          shown.add("%3d  %s".formatted(i + 1, text.replace("\t", "→")));
        }
      }
      shown.add("");
      told().forEach(problem -> shown.add(plain(problem)));
      return String.join("\n", shown);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  private static String plain(Problem problem) {
    return problem.toString().replace(Source.shown(MISTAKES) + "/", "");
  }

  static Stream<Mistake> mistakes() {
    return all().filter(mistake -> !mistake.isSound());
  }

  private static Stream<Mistake> all() {
    try (Stream<Path> files = Files.walk(MISTAKES)) {
      return files.filter(Files::isRegularFile).sorted().map(Mistake::of).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistake_inItsFolder_isToldAtItsLineAlone(Mistake mistake) {
    assertThat(mistake.linesMarked()).hasSize(1);
    assertThat(mistake.told())
        .isNotEmpty()
        .allMatch(problem -> mistake.linesMarked().contains(problem.at().line()));
  }

  @Test
  void folder_asAWhole_tellsOfEachMistakeAndOfNothingSound() {
    assertThat(mistakes().count()).isGreaterThan(30);
    assertThat(all().filter(Mistake::isSound).flatMap(one -> one.told().stream())).isEmpty();
  }

  @Test
  void page_showsEachMistakeAsItIsTold() throws IOException {
    String page = Files.readString(PAGE);
    String begin = "<!-- What follows is compared with what the program says. -->\n";
    int start = page.indexOf(begin) + begin.length();
    String expected = page.substring(0, start) + shown();
    if (!page.equals(expected)) {
      Path right = Files.createDirectories(Path.of("target")).resolve("check.md");
      Files.writeString(right, expected);
    }

    assertThat(page).as("target/check.md is the page as it should be").isEqualTo(expected);
  }

  private static String shown() {
    StringBuilder page = new StringBuilder();
    for (String part : PARTS) {
      page.append("\n### ").append(part).append('\n');
      mistakes()
          .filter(mistake -> mistake.title().startsWith(part + ": "))
          .forEach(
              mistake ->
                  page.append("\n**")
                      .append(mistake.title().substring(part.length() + 2))
                      .append(".**\n\n```text\n")
                      .append(mistake.text())
                      .append("\n```\n"));
    }
    return page.toString();
  }

  @Test
  void everyMistake_hasItsPartOfThePage() {
    assertThat(mistakes())
        .allMatch(
            mistake -> PARTS.stream().anyMatch(part -> mistake.title().startsWith(part + ": ")));
  }
}
