package io.leadgauge.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command of leadgauge in a process of its own, as users run it. */
final class Command implements AutoCloseable {
  private static final int MOST_SECONDS = 120;

  private final Process process;

  private Command(List<String> prefix, Map<String, String> environment, List<String> command) {
    List<String> whole = new ArrayList<>(prefix);
    whole.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(whole).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What came of one.
   *
   * @param code the exit code
   * @param output all that it printed
   * @param took from its start to its end
   */
  record Ran(int code, String output, Duration took) {}

  /** Runs a command and waits for its end. */
  static Ran run(Map<String, String> environment, String... arguments) {
    return run(List.of(), environment, arguments);
  }

  /**
   * Runs a command and waits for its end.
   *
   * @param prefix a command that starts it, such as {@code nsenter}; empty for none
   */
  static Ran run(List<String> prefix, Map<String, String> environment, String... arguments) {
    long began = System.nanoTime();
    try (Command command = new Command(prefix, environment, line(arguments))) {
      // Read meanwhile, so that one that neither ends nor stops printing is noticed.
      CompletableFuture<String> output = CompletableFuture.supplyAsync(command::output);
      int code = command.await();
      return new Ran(code, output.join(), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** Starts a command. */
  static Command start(String... arguments) {
    return new Command(List.of(), Map.of(), line(arguments));
  }

  /** Starts a command that can write no file longer than so many KiB. */
  static Command startLimited(int kibibytes, String... arguments) {
    List<String> shell = List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash");
    return new Command(shell, Map.of(), line(arguments));
  }

  /** Starts a command that sees a small empty disk of so many KiB at a folder. */
  static Command startWithSmallDisk(int kibibytes, Path folder, String... arguments) {
    String mounted =
        "mount -t tmpfs -o size=" + kibibytes + "k tmpfs " + folder + " && exec \"$@\"";
    List<String> shell = List.of("unshare", "-rm", "bash", "-c", mounted, "bash");
    return new Command(shell, Map.of(), line(arguments));
  }

  /** Tells whether this machine lets us have a small disk. */
  static boolean hasSmallDisks() {
    try (Command probe = new Command(List.of(), Map.of(), List.of("unshare", "-rm", "true"))) {
      return probe.await() == 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static List<String> line(String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "io.leadgauge.cli.Main"));
    line.addAll(List.of(arguments));
    return line;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Waits for its end; returns the exit code. */
  int await() {
    try {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the command does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Returns all that it prints, once it has ended. */
  String output() {
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
