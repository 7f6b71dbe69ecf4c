package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a manifest, reading it ends with problems at places in it, or with none. */
class SpoiledManifestsTest {
  private static final List<String> FILES =
      List.of(
          "models/b2b-saas/model.yaml",
          "models/whole/model.yaml",
          "models/b2b-saas/cases.yaml",
          "connections/hubspot.yaml");
  private static final List<String> SCRAPS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ":",
          "- ",
          "\n",
          "\t",
          "\"",
          "'",
          "#",
          "&a ",
          "*a",
          "!!int ",
          "~",
          "|",
          "null",
          "-1",
          "1e9",
          "0x1",
          "99999999999999999999",
          "0.0000001",
          "..",
          "..<",
          "true",
          "no",
          "id: x",
          "%",
          "\u0000",
          "\uFEFF",
          "\uD83D\uDE00",
          "---",
          "...",
          "? ",
          "<<: ",
          "50%",
          "..<7d",
          "({9",
          "{value",
          "{ list: x }",
          "${env:A}");

  /** A model in which every word of the language stands. */
  private static final Path WHOLE = Path.of("src/test/resources/manifests/whole");

  @TempDir private Path dir = Path.of("");

  private static String shipped(String file) throws IOException {
    Path whole = WHOLE.resolve(file);
    if (Files.exists(whole)) {
      return Files.readString(whole);
    }
    return Files.readString(Path.of("manifests", file.replace("connections/", "examples/")));
  }

  @Test
  void manifests_spoiledAtRandom_neverBreakTheReader() throws IOException {
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    Folder folder = new Folder(dir);
    for (String file : FILES) {
      folder.file(file, shipped(file));
    }
    int wrong = 0;
    for (int i = 0; i < 400; i++) {
      String file = FILES.get(i % FILES.size());
      String spoiled = spoil(shipped(file), random);
      Loaded loaded = folder.file(file, spoiled).load();
      assertThat(loaded.problems())
          .as("seed %d, round %d:\n%s", seed, i, spoiled)
          .allSatisfy(SpoiledManifestsTest::checkPlace);
      wrong += loaded.hasErrors() ? 1 : 0;
      folder.file(file, shipped(file));
    }
    assertThat(wrong).as("seed %d", seed).isGreaterThan(260);
  }

  private static void checkPlace(Problem problem) throws IOException {
    List<String> lines = Files.readString(Path.of(problem.at().file())).lines().toList();
    assertThat(problem.at().line()).isBetween(1, lines.size() + 1);
    String line = problem.at().line() > lines.size() ? "" : lines.get(problem.at().line() - 1);
    assertThat(problem.at().column()).isBetween(1, line.length() + 2);
    assertThat(problem.message()).isNotBlank();
  }

  private static String spoil(String text, SplittableRandom random) {
    StringBuilder spoiled = new StringBuilder(text);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(spoiled.length());
      int end = Math.min(spoiled.length(), at + random.nextInt(20));
      String scrap = SCRAPS.get(random.nextInt(SCRAPS.size()));
      switch (random.nextInt(3)) {
        case 0 -> spoiled.delete(at, end);
        case 1 -> spoiled.insert(at, scrap);
        default -> spoiled.replace(at, end, scrap);
      }
    }
    return spoiled.toString();
  }
}
