package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.BodyTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An admin port at one address that is not the usual one. */
class AdminHostTest {
  /** One that Linux has without being told; no name by which the port knows this machine. */
  private static final String HOST = "127.0.0.2";

  @TempDir Path folder;
  private School school;

  @BeforeEach
  void start() {
    school = School.start(folder.resolve("manifests"), "2026-03");
  }

  @AfterEach
  void stop() {
    school.close();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Installation serve() {
    return Installation.start(
        school.catalog(),
        new Installation.Settings(
            data(), "127.0.0.1", 0, HOST, 0, Secret.of("a-token"), 1 << 20, BodyTerms.DEFAULT),
        new SystemClockwork());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void commands_askWhereThePortIs() throws IOException {
    try (Installation serve = serve()) {
      assertThat(serve.adminUrl()).isEqualTo("http://" + HOST + ":" + serve.adminPort());
      assertThat(Files.readString(data().resolve("admin.json"))).contains(serve.adminUrl());
      assertThat(AdminAddress.ask(data(), "/api/connections/school")).isPresent();
    }
  }

  /** A probe asks every other second, and no less while a million contacts wait. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void readiness_countsNoMoreThanAThousandContacts() {
    school.control.post("/_sandbox/faults", School.faults("503=1"));
    try (Installation serve = serve()) {
      school.subscribe(serve.port());
      school.create(
          IntStream.range(0, (int) Readiness.MOST_COUNTED + 50)
              .mapToObj(i -> Map.of("email", "lead-" + i + "@example.com", "occupation", "Student"))
              .toList());
      Await.until(
          "they wait",
          Duration.ofMinutes(1),
          () -> serve.pipeline().health(School.ID, 0).orElseThrow().waitingForFacts() > 1_000);
      JsonNode ready = AdminAddress.ask(data(), "/health/ready").orElseThrow();
      assertThat(ready.toString()).contains("1000 or more contacts wait for facts, ");
      JsonNode exact = AdminAddress.ask(data(), "/api/connections/school").orElseThrow();
      assertThat(exact.path("waitingForFacts").asLong()).isGreaterThan(1_000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.5", HOST, "leads.internal"})
  void oneAddress_withoutAToken_isRefused_sinceNobodyWouldBeLetIn(String host) {
    TestTerminal terminal = new TestTerminal(School.SECRETS, "");
    int code =
        terminal.run(
            "serve", "--manifests=" + school.manifests, "--data=" + data(), "--admin-host=" + host);
    assertThat(code).isEqualTo(2);
    assertThat(terminal.err())
        .contains("--admin-host " + host + " without a token lets nobody in", "LEADGAUGE_ADMIN");
    assertThat(List.of(data())).noneMatch(Files::exists);
  }
}
