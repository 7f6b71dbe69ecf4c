package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes leave in the temporary folder, when nobody lets them clean up. */
class TemporaryFilesTest {
  @TempDir Path folder;

  @Test
  void killedProcesses_twoAtOnce_leaveNoLibrary() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    try (ServeProcess one = start("one", temporary);
        ServeProcess other = start("other", temporary)) {
      one.awaitReady();
      other.awaitReady();
      one.kill();
      other.kill();
    }
    assertThat(libraries(temporary)).isEmpty();
  }

  private ServeProcess start(String name, Path temporary) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    return DiskLoad.house(own).launch().java("-Xmx384m", "-Djava.io.tmpdir=" + temporary).start();
  }

  private static List<Path> libraries(Path temporary) throws IOException {
    try (Stream<Path> all = Files.walk(temporary)) {
      return all.filter(file -> file.toString().contains("sqlite")).toList();
    }
  }
}
