package io.leadgauge.pipeline;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Notes how calls of one CRM end: in its health, in the metrics, in the log. Thread-safe. */
final class CallNotes {
  private static final Logger LOG = System.getLogger(CallNotes.class.getName());

  private final ConnectionId id;
  private final CrmHealth health;
  private final PipelineMetrics metrics;
  private final Clockwork clock;

  CallNotes(ConnectionId id, CrmHealth health, PipelineMetrics metrics, Clockwork clock) {
    this.id = id;
    this.health = health;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Notes how a call ended; trouble leaves the CRM alone for a while. */
  void note(String purpose, @Nullable CallTrouble trouble) {
    if (trouble == null) {
      metrics.call(id, purpose, "done");
      health.answered(clock.now());
      return;
    }
    long least = 0;
    String outcome =
        switch (trouble) {
          case CallTrouble.Wait wait -> {
            least = wait.pause().toMillis();
            yield "wait";
          }
          case CallTrouble.Refused refused -> "refused";
          case CallTrouble.Unknown unknown -> "unknown";
        };
    metrics.call(id, purpose, outcome);
    health.failed(clock.now(), least, trouble.reason());
    LOG.log(Level.WARNING, "{0}: {1} {2}: {3}", id, purpose, outcome, trouble.reason());
  }
}
