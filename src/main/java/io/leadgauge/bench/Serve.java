package io.leadgauge.bench;

import static io.leadgauge.model.Due.NEVER;

import io.leadgauge.bench.Requests.Target;
import io.leadgauge.model.Clockwork;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The product in a process of its own, over the folders {@code manifests} and {@code data} below
 * one.
 */
final class Serve implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Clockwork clock;
  private final Path folder;
  private final int port;
  private final int admin;
  private final Program program;
  private Duration start = Duration.ZERO;

  private Serve(Clockwork clock, Path folder, List<String> options) throws IOException {
    this.clock = clock;
    this.folder = folder;
    this.port = FreePort.next();
    this.admin = FreePort.next();
    List<String> command =
        new ArrayList<>(
            List.of(
                "io.leadgauge.cli.Main",
                "serve",
                "--manifests=" + folder.resolve("manifests"),
                "--data=" + data(),
                "--host=127.0.0.1",
                "--port=" + port,
                "--admin-port=" + admin));
    command.addAll(options);
    program = Program.start(clock, folder.resolve("serve.log"), BenchPortal.SECRETS, command);
  }

  /** Starts one; returns when it is ready. */
  static Serve start(Clockwork clock, Path folder, String... options)
      throws IOException, InterruptedException {
    Serve serve = new Serve(clock, folder, List.of(options));
    try {
      serve.start = serve.program.awaitReady(serve.admin("/health/ready"));
      return serve;
    } catch (IOException | InterruptedException e) {
      serve.close();
      throw e;
    }
  }

  /** Returns how long it took from the start until it was ready. */
  Duration start() {
    return start;
  }

  Program program() {
    return program;
  }

  /** Returns its data folder. */
  Path data() {
    return folder.resolve("data");
  }

  /** Returns its database. */
  Path database() {
    return data().resolve("leadgauge.db");
  }

  /** Returns an address of its admin port. */
  URI admin(String path) {
    return URI.create("http://127.0.0.1:" + admin + path);
  }

  /** Returns where deliveries go. */
  Target target() {
    return new Target(port, BenchPortal.PATH, BenchPortal.SIGNED_URL);
  }

  /** Returns a sum over all lines of a metric, 0 where it is not told. */
  double metric(String name) throws IOException, InterruptedException {
    return program
        .get(admin("/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Waits until no change of a company has contacts left that were not scored again. */
  void awaitScored() throws IOException, InterruptedException {
    try (StoreReader reader = Store.read(data())) {
      await("contacts are scored", () -> reader.cursors(BenchPortal.ID, "fan-out/").isEmpty());
    }
  }

  /** Waits until all that is known by id has been read. */
  void awaitFacts() throws IOException, InterruptedException {
    try (StoreReader reader = Store.read(data())) {
      await("contacts are read", () -> reader.countDue(BenchPortal.ID, DueWork.FETCH, NEVER) == 0);
    }
  }

  private void await(String what, Patience.Look look) throws IOException, InterruptedException {
    if (!new Patience(clock, PATIENCE).await(look)) {
      throw new IOException("after " + PATIENCE.toMinutes() + " minutes not yet: " + what);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
