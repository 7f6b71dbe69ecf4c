package io.leadgauge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kept inputs: seeds of ours, and what the fuzzer has found. */
class CorpusTest {
  static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

  static List<Path> inputs(Target target) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS.resolve(target.folder()))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void inputs_all_keepTheLaws(Target target) throws Exception {
    List<Path> inputs = inputs(target);
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      try {
        target.check(Files.readAllBytes(input));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(input + ": " + e, e);
      }
    }
  }
}
