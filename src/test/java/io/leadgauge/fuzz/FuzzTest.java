package io.leadgauge.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer, guided by what it reaches, looks for bytes that break a law, take more than seconds or
 * more than the memory. In a process of its own: its agent changes every class that is loaded.
 *
 * <p>{@code -Dlong -Dfuzz.minutes=60} lets it look for an hour, {@code -Dseed=N} has it begin as
 * that run did. CI begins alike each time, so that a change is judged by what it changes; all other
 * runs begin by chance. What it has found is in {@code target/fuzz}; {@code corpus} there is what a
 * longer run may begin with. A find goes, without its first byte, to the folder of its target under
 * {@code src/test/resources/fuzz}.
 */
class FuzzTest {
  private static final Duration BRIEF = Duration.ofSeconds(60);
  private static final Duration STARTING = Duration.ofMinutes(3);
  private static final long SEED_OF_CI = 1;
  private static final Path FOUND = Path.of("target", "fuzz");

  /** The longest that one input may take, in seconds: liveness, on a machine that does more. */
  private static final int LONGEST_SECONDS = 25;

  @TempDir Path folder;

  private static Duration span() {
    String minutes = System.getProperty("fuzz.minutes");
    return minutes == null ? BRIEF : Duration.ofMinutes(Long.parseLong(minutes));
  }

  /** Puts the kept inputs where Jazzer begins. */
  private Path seeds() throws IOException {
    Path seeds = Files.createDirectory(folder.resolve("seeds"));
    for (Target target : Target.values()) {
      for (Path input : CorpusTest.inputs(target)) {
        byte[] bytes = Files.readAllBytes(input);
        byte[] addressed = new byte[bytes.length + 1];
        addressed[0] = (byte) List.of(Target.values()).indexOf(target);
        System.arraycopy(bytes, 0, addressed, 1, bytes.length);
        Files.write(seeds.resolve(target.folder() + "-" + input.getFileName()), addressed);
      }
    }
    return seeds;
  }

  private List<String> command(Path corpus, Path seeds, long seed) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:+UseSerialGC",
            "-Xss1m",
            "-Xmx768m",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + FuzzEntry.class.getName(),
            "--instrumentation_includes=io.leadgauge.**",
            // Whoever writes a manifest may say which file holds a secret.
            "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
            "--reproducer_path=" + FOUND,
            "-artifact_prefix=" + FOUND + "/",
            "-max_total_time=" + span().toSeconds(),
            "-timeout=" + LONGEST_SECONDS,
            "-max_len=6000",
            "-use_value_profile=1",
            "-print_final_stats=1",
            "-seed=" + seed,
            corpus.toString(),
            seeds.toString()));
    return command;
  }

  @Test
  void bytes_ofAnyKind_keepTheLaws() throws Exception {
    boolean isCi = Boolean.parseBoolean(System.getenv("CI"));
    long seed = Long.getLong("seed", isCi ? SEED_OF_CI : System.nanoTime() & 0x7fff_ffff);
    Path corpus = Files.createDirectories(FOUND.resolve("corpus"));
    Path log = FOUND.resolve("jazzer.log");
    System.out.println("seed " + seed);
    Process jazzer =
        new ProcessBuilder(command(corpus, seeds(), seed))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(jazzer.waitFor(span().plus(STARTING).toSeconds(), TimeUnit.SECONDS))
          .as("the fuzzer ends in time; %s", log)
          .isTrue();
    } finally {
      jazzer.destroyForcibly();
    }
    String said = Files.readString(log);
    assertThat(jazzer.exitValue()).as("seed %d\n%s", seed, tail(said)).isZero();
    assertThat(said).as("it has looked").contains("stat::number_of_executed_units");
    said.lines().filter(line -> line.startsWith("stat::")).forEach(System.out::println);
  }

  private static String tail(String text) {
    List<String> lines =
        text.lines()
            .filter(line -> Stream.of("INFO: ", "WARNING").noneMatch(line::startsWith))
            .toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
