package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder of {@code broken} is wrong in its own way, and {@code problems.txt} in it holds
 * exactly what must be said, place by place.
 */
class BrokenManifestsTest {
  private static final Path BROKEN = Path.of("src/test/resources/manifests/broken");

  static Stream<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(BROKEN)) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("folders")
  void brokenFolder_loaded_tellsExactlyItsProblems(Path folder) throws IOException {
    List<String> expected = Files.readAllLines(folder.resolve("problems.txt"));

    Loaded loaded = Manifests.load(folder, SecretSource.none());

    assertThat(new Folder(folder).problems(loaded)).containsExactlyElementsOf(expected);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void brokenFolder_loaded_usesNoManifestWithAnError(Path folder) {
    Loaded loaded = Manifests.load(folder, SecretSource.none());

    List<String> wrong =
        loaded.problems().stream()
            .filter(Problem::isError)
            .map(problem -> problem.at().file())
            .toList();
    List<String> used =
        loaded.catalog().models().values().stream()
            .map(model -> Source.shown(model.file()))
            .toList();
    assertThat(used).isNotNull().filteredOn(wrong::contains).isEmpty();
  }
}
