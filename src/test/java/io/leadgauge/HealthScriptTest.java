package io.leadgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What asks a container whether it is well: a shell script, with a stand-in for wget. */
@DisabledOnOs(OS.WINDOWS)
class HealthScriptTest {
  private static final Path SCRIPT = Path.of("src/main/docker/health").toAbsolutePath();

  @TempDir Path folder;

  private List<String> asked(int answer, Map<String, String> environment, String what)
      throws IOException, InterruptedException {
    Path wget = folder.resolve("wget");
    Files.writeString(wget, "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit " + answer + "\n");
    Files.setPosixFilePermissions(wget, PosixFilePermissions.fromString("rwxr-xr-x"));
    ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString(), what);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(told).isEqualTo(answer);
    return told.lines().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "'', http://127.0.0.1:8081/health/live, false",
    "127.0.0.1, http://127.0.0.1:8081/health/live, false",
    "0.0.0.0, http://127.0.0.1:8081/health/live, false",
    "::, http://[::1]:8081/health/live, false",
    "10.0.0.5, http://10.0.0.5:8081/health/live, true",
    "fd00::5, http://[fd00::5]:8081/health/live, true"
  })
  void health_isAskedWhereTheAdminPortIs_withTheTokenWhereItIsNeeded(
      String host, String url, boolean withToken) throws IOException, InterruptedException {
    List<String> asked =
        asked(0, Map.of("LEADGAUGE_ADMIN_HOST", host, "LEADGAUGE_ADMIN_TOKEN", "a token"), "live");
    assertThat(asked).last().isEqualTo(url);
    assertThat(asked.contains("Authorization: Bearer a token")).isEqualTo(withToken);
  }

  @Test
  void health_withNothingSet_isAskedOfLoopback_andItsAnswerIsTheExitCode()
      throws IOException, InterruptedException {
    assertThat(asked(1, Map.of(), "ready")).last().isEqualTo("http://127.0.0.1:8081/health/ready");
    assertThat(asked(0, Map.of("LEADGAUGE_ADMIN_PORT", "9"), "live"))
        .last()
        .isEqualTo("http://127.0.0.1:9/health/live");
  }
}
