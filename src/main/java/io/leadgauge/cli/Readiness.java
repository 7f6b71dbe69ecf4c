package io.leadgauge.cli;

import io.leadgauge.http.Health;
import io.leadgauge.http.Health.Check;
import io.leadgauge.model.Clockwork;
import io.leadgauge.pipeline.ConnectionHealth;
import io.leadgauge.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether deliveries should be sent here: the store can be written, and nobody has asked to stop. A
 * CRM that does not answer is told, and does not matter for that. Thread-safe.
 */
final class Readiness {
  private final Pipeline pipeline;
  private final Clockwork clock;
  private volatile boolean draining;

  Readiness(Pipeline pipeline, Clockwork clock) {
    this.pipeline = pipeline;
    this.clock = clock;
  }

  /** From now on nothing new should be sent here. */
  void drain() {
    draining = true;
  }

  Health look() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("running", !draining, true, draining ? "stopping" : "running"));
    String trouble = pipeline.intake().trouble();
    checks.add(
        new Check("store", trouble.isEmpty(), true, trouble.isEmpty() ? "writable" : trouble));
    for (ConnectionHealth health : pipeline.health(clock.now())) {
      checks.add(
          new Check(
              "connection " + health.connection(),
              health.trouble().isEmpty(),
              false,
              describe(health)));
    }
    return new Health(checks);
  }

  private static String describe(ConnectionHealth health) {
    String waiting =
        health.waitingForFacts()
            + " contacts wait for facts, "
            + health.waitingForWrite()
            + " for a write";
    return health.trouble().isEmpty() ? waiting : health.trouble() + "; " + waiting;
  }
}
