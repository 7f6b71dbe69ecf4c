package io.leadgauge.reliability;

import io.leadgauge.Await;
import io.leadgauge.bench.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A {@code serve} in a process of its own, as users run it: started from the classes under test,
 * asked over its ports, ended by signals.
 *
 * <p>The ports are chosen before the start, so that a sender finds the next one at the same place.
 */
public final class ServeProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ASKED_WITHIN_MILLIS = 20_000;

  /**
   * The simplest compiler alone where nothing is measured: half of the work of a start, of which CI
   * has a hundred, is that of the others.
   */
  private static final List<String> OPTIONS =
      Figures.isLong() ? List.of("-Xmx384m") : List.of("-Xmx384m", "-XX:TieredStopAtLevel=1");

  private final Launch launch;
  private final Process process;
  private final long begunNanos;

  /**
   * How to start one.
   *
   * @param manifests the folder of manifests
   * @param data the data folder
   * @param port the public port
   * @param adminPort the admin port
   * @param prefix a command that starts the JVM, such as {@code unshare -rm}; empty for none
   * @param javaOptions options for the JVM, such as {@code -Xmx384m}
   * @param classPath where its classes are
   * @param arguments more arguments of {@code serve}
   * @param environment what the environment has beside ours: secrets, a library to preload
   */
  public record Launch(
      Path manifests,
      Path data,
      int port,
      int adminPort,
      List<String> prefix,
      List<String> javaOptions,
      String classPath,
      List<String> arguments,
      Map<String, String> environment) {
    public Launch {
      prefix = List.copyOf(prefix);
      javaOptions = List.copyOf(javaOptions);
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    /** Returns a launch on two free ports, with a small heap and the secrets of the manifests. */
    public static Launch of(Path manifests, Path data, Map<String, String> secrets) {
      return new Launch(
          manifests,
          data,
          freePort(),
          freePort(),
          List.of(),
          OPTIONS,
          System.getProperty("java.class.path"),
          List.of(),
          secrets);
    }

    /** Returns the same through another command, such as {@code strace -f}. */
    public Launch through(String... command) {
      return new Launch(
          manifests,
          data,
          port,
          adminPort,
          List.of(command),
          javaOptions,
          classPath,
          arguments,
          environment);
    }

    /** Returns the same with other options for the JVM. */
    public Launch java(String... options) {
      return new Launch(
          manifests,
          data,
          port,
          adminPort,
          prefix,
          List.of(options),
          classPath,
          arguments,
          environment);
    }

    /** Returns the same with its classes elsewhere, such as in a jar. */
    public Launch classPath(String other) {
      return new Launch(
          manifests, data, port, adminPort, prefix, javaOptions, other, arguments, environment);
    }

    /** Returns the same with more arguments of {@code serve}. */
    public Launch with(String... more) {
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of(more));
      return new Launch(
          manifests, data, port, adminPort, prefix, javaOptions, classPath, all, environment);
    }

    /** Returns the same with a variable of the environment. */
    public Launch environment(String name, String value) {
      Map<String, String> all = new HashMap<>(environment);
      all.put(name, value);
      return new Launch(
          manifests, data, port, adminPort, prefix, javaOptions, classPath, arguments, all);
    }

    /** Starts it; what it prints is added to {@code serve.log} beside the data folder. */
    public ServeProcess start() {
      return new ServeProcess(this);
    }

    private Path log() {
      return data.resolveSibling("serve.log");
    }

    private List<String> command() {
      List<String> command = new ArrayList<>(prefix);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-Djava.util.logging.manager=io.leadgauge.cli.LogSetup");
      command.addAll(javaOptions);
      command.addAll(
          List.of(
              "-cp",
              classPath,
              "io.leadgauge.cli.Main",
              "serve",
              "--manifests=" + manifests,
              "--data=" + data,
              "--host=127.0.0.1",
              "--port=" + port,
              "--admin-port=" + adminPort));
      command.addAll(arguments);
      return command;
    }
  }

  private ServeProcess(Launch launch) {
    this.launch = launch;
    this.begunNanos = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
    // Nobody here has to notice that it stops, unless a test is about that.
    builder.environment().put("LEADGAUGE_DRAIN", "0");
    builder.environment().putAll(launch.environment());
    try {
      Files.createDirectories(launch.data().toAbsolutePath().getParent());
      this.process =
          builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a port that nobody listens on at the moment. */
  static int freePort() {
    try {
      return FreePort.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until it is ready.
   *
   * @return how long that took from the start of the process
   */
  public Duration awaitReady() {
    Await.until(
        "serve is ready; " + launch.log(),
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new AssertionError("serve has ended:\n" + output());
          }
          return status("/health/ready") == 200;
        });
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  /** Returns the public port. */
  public int port() {
    return launch.port();
  }

  /** Returns the address of a path on the admin port. */
  public URI admin(String path) {
    return URI.create("http://127.0.0.1:" + launch.adminPort() + path);
  }

  /** Returns the status of a path on the admin port; 0 where nobody answers. */
  public int status(String path) {
    try {
      HttpURLConnection connection = open(path);
      int status = connection.getResponseCode();
      connection.disconnect();
      return status;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Returns what a path on the admin port answers. */
  public String get(String path) {
    try {
      HttpURLConnection connection = open(path);
      boolean isGood = connection.getResponseCode() < 400;
      try (var body = isGood ? connection.getInputStream() : connection.getErrorStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) admin(path).toURL().openConnection();
    connection.setConnectTimeout(ASKED_WITHIN_MILLIS);
    connection.setReadTimeout(ASKED_WITHIN_MILLIS);
    return connection;
  }

  /** Returns the process id of the JVM, or of the command that it was started through. */
  public long pid() {
    return process.pid();
  }

  /** Tells whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Returns all that it, and those before it on this data folder, have printed. */
  public String output() {
    try {
      return Files.exists(launch.log()) ? Files.readString(launch.log()) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it by SIGKILL, with all that it was started through, and waits for its end. */
  public void kill() {
    if (!launch.prefix().isEmpty()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
    awaitEnd();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends a signal by its name, such as {@code INT}. */
  void signal(String name) {
    try {
      Process kill = new ProcessBuilder("kill", "-s", name, Long.toString(pid())).start();
      if (kill.waitFor() != 0) {
        throw new AssertionError("no SIG" + name + " could be sent");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Waits for its end and returns the exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("serve did not end:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }
}
