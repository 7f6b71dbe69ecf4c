package io.leadgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Dockerfile read; {@code src/test/docker/run-dockerfile-steps} runs its steps. */
final class DockerfileTest {
  @Test
  void dockerfile_asItIs_hasNoProblem() throws IOException {
    assertThat(DockerfileLint.problems(dockerfile())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FROM maven:\\S+ AS | FROM maven:latest AS | pin the image",
        "FROM maven:\\S+ AS | FROM maven AS | pin the image",
        "FROM eclipse-temurin:\\S+ | FROM eclipse-temurin:25-jre | pin the image",
        "COPY pom.xml | ADD https://example.org/pom.xml | use COPY",
        "WORKDIR /$ | RUN apk add curl | build in the stage",
        "ENV LEADGAUGE_JAVA_OPTS= | ENV LEADGAUGE_ADMIN_TOKEN= | a secret",
        "ENV LEADGAUGE_JAVA_OPTS= | ARG HUBSPOT_SECRET= | a secret",
        "USER 10001:10001 | USER root | by numbers",
        "USER 10001:10001 | USER 0:0 | by numbers",
        "USER 10001:10001 | '' | by numbers",
        "ENTRYPOINT .* | ENTRYPOINT /opt/leadgauge/leadgauge | ENTRYPOINT: use the exec form",
        "CMD \\[\"serve\"] | CMD serve | CMD: use the exec form",
        "STOPSIGNAL SIGTERM | STOPSIGNAL SIGKILL | SIGTERM",
        "HEALTHCHECK.*\\R.* | '' | there must be one",
        "--interval=10s | '' | its interval",
        "CMD \\[\"/opt.* | CMD wget http://127.0.0.1:8081/ | HEALTHCHECK: use the exec form",
        "EXPOSE 8080 8081 | EXPOSE 8080 | ports",
        "VOLUME .* | VOLUME [\"/data\"] | outlive"
      })
  void dockerfile_madeWorse_hasAProblem(String pattern, String worse, String problem)
      throws IOException {
    String changed = dockerfile().replaceFirst("(?m)" + pattern, worse);
    assertThat(changed).isNotEqualTo(dockerfile());
    assertThat(DockerfileLint.problems(changed)).anyMatch(found -> found.contains(problem));
  }

  @Test
  void context_exceptWhatIsNamed_staysOutside() throws IOException {
    List<String> patterns =
        Files.readAllLines(Path.of(".dockerignore")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(patterns).first().isEqualTo("*");
    assertThat(patterns.subList(1, patterns.size())).allMatch(line -> line.startsWith("!"));
  }

  private static String dockerfile() throws IOException {
    return Files.readString(Path.of("Dockerfile"));
  }
}
