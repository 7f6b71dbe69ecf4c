package io.leadgauge.bench;

import io.leadgauge.bench.Requests.Target;
import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A program that takes deliveries, in a process of its own.
 *
 * @param program the process
 * @param target where it takes them
 */
record Receiver(Program program, Target target) implements AutoCloseable {
  /**
   * Starts ours, and returns when it is ready.
   *
   * @param folder holds {@code manifests}; its data and its log come beside them
   */
  static Receiver serve(Path folder, Clockwork clock) throws IOException, InterruptedException {
    Serve serve = Serve.start(clock, folder);
    return new Receiver(serve.program(), serve.target());
  }

  /** Returns where deliveries of the portal go on a port of this machine. */
  static Target target(int port) {
    return new Target(port, BenchPortal.PATH, BenchPortal.SIGNED_URL);
  }

  @Override
  public void close() {
    program.close();
  }
}
