package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.bench.Suite.Settings;
import io.leadgauge.cli.SystemClockwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  @TempDir private Path folder;

  @Test
  void section_thatFails_endsNoOther() throws Exception {
    Files.writeString(folder.resolve("receive"), "a file where a folder should be");
    Settings settings = new Settings(folder, 100, 1, 0.01, 1);
    try (Suite suite = new Suite(settings, new SystemClockwork())) {
      Suite.Result result = suite.run(Set.of("receive", "end-to-end"), (done, of, text) -> {});

      assertThat(result.isFaulty()).isTrue();
      assertThat(result.gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.section()).isEqualTo("receive"));
      assertThat(result.figures())
          .isNotEmpty()
          .allSatisfy(figure -> assertThat(figure.section()).isEqualTo("end-to-end"));
    }
  }
}
