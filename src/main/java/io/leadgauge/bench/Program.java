package io.leadgauge.bench;

import io.leadgauge.crm.OutgoingHttp;
import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, so that what is measured has a heap of its own. */
final class Program implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_EVERY_MILLIS = 2;

  private final Process process;
  private final Path log;
  private final Clockwork clock;
  private final long begunNanos;

  /** It must not outlive us, however we end. */
  private final Thread end = new Thread(this::kill, "end");

  private final HttpClient client =
      OutgoingHttp.client().connectTimeout(Duration.ofSeconds(5)).build();

  private Program(Process process, Path log, Clockwork clock, long begunNanos) {
    this.process = process;
    this.log = log;
    this.clock = clock;
    this.begunNanos = begunNanos;
  }

  /**
   * Starts one of our classes.
   *
   * @param log where all goes that it prints
   * @param environment what the environment has beside ours
   * @param command the class and its arguments
   */
  static Program start(
      Clockwork clock, Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    return start(clock, log, environment, ownOptions(), command);
  }

  /** Returns the options of the JVM that we run in ourselves: those that the launcher gives. */
  static List<String> ownOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:") || option.startsWith("-Xm"))
        .toList();
  }

  /**
   * Starts a class with options of the JVM other than ours.
   *
   * @param options of the JVM
   */
  static Program start(
      Clockwork clock,
      Path log,
      Map<String, String> environment,
      List<String> options,
      List<String> command)
      throws IOException {
    List<String> whole = new ArrayList<>();
    whole.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    whole.add("--enable-native-access=ALL-UNNAMED");
    whole.add("-Djava.util.logging.manager=io.leadgauge.cli.LogSetup");
    whole.addAll(options);
    whole.addAll(List.of("-cp", System.getProperty("java.class.path")));
    whole.addAll(command);
    return run(clock, log, environment, whole);
  }

  /** Starts any program, by a command whose first word is found in the system's path. */
  static Program run(
      Clockwork clock, Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    long begun = clock.nanos();
    Process process =
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    Program program = new Program(process, log, clock, begun);
    Runtime.getRuntime().addShutdownHook(program.end);
    return program;
  }

  /**
   * Waits until an address answers 200.
   *
   * @return how long that took from the start
   */
  Duration awaitReady(URI address) throws IOException, InterruptedException {
    Patience patience = new Patience(clock, PATIENCE, LOOK_EVERY_MILLIS);
    boolean isOver = patience.await(() -> !process.isAlive() || answers(address));
    if (!isOver || !process.isAlive()) {
      throw new IOException(address + " does not answer:\n" + Files.readString(log));
    }
    return Duration.ofNanos(clock.nanos() - begunNanos);
  }

  /** Waits until something listens on a port of this machine. */
  void awaitPort(int port) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port);
    Patience patience = new Patience(clock, PATIENCE, LOOK_EVERY_MILLIS);
    boolean isOver = patience.await(() -> !process.isAlive() || listens(address));
    if (!isOver || !process.isAlive()) {
      throw new IOException("nobody listens on port " + port + ":\n" + Files.readString(log));
    }
  }

  private boolean listens(URI address) throws IOException, InterruptedException {
    try {
      get(address);
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private boolean answers(URI address) throws InterruptedException {
    try {
      return get(address).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks an address. */
  HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Posts JSON to an address. */
  HttpResponse<String> post(URI address, String token, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the memory that it has resident, in bytes; 0 where the system does not tell. */
  long residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }

  /** Waits until it has ended by itself, and returns its exit code. */
  int awaitEnd(Duration most) throws IOException, InterruptedException {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("not ended after " + most + ":\n" + Files.readString(log));
    }
    return process.exitValue();
  }

  /** Tells it to stop, as an operator does, and waits for the end. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    awaitEnd(PATIENCE);
  }

  private void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    client.close();
    kill();
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      return; // the hook is running
    }
    try {
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
