package io.leadgauge.cli;

import io.leadgauge.http.Health;
import io.leadgauge.http.Health.Check;
import io.leadgauge.http.WebhookServer;
import io.leadgauge.pipeline.Intake;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether this process still does anything, so that only a restart would help where it does not:
 * its event loops turn, the intake gets on with what waits, and no threads wait for each other.
 *
 * <p>Asks neither a CRM nor the store, and waits for nothing: a CRM that is away, a full disk or a
 * secret that is missing are cured by no restart. That the question is answered shows that the
 * admin port's own loop turns. Thread-safe.
 */
final class Liveness {
  /** How long one of them may stand still. */
  static final Duration MOST = Duration.ofSeconds(30);

  private final WebhookServer webhooks;
  private final Intake intake;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  Liveness(WebhookServer webhooks, Intake intake) {
    this.webhooks = webhooks;
    this.intake = intake;
  }

  Health look() {
    return new Health(
        List.of(
            check("public port", "its event loop turns", webhooks.silentFor()),
            check("intake", "it gets on", intake.stuckFor()),
            deadlock()));
  }

  private static Check check(String name, String well, Duration still) {
    boolean ok = still.compareTo(MOST) < 0;
    return new Check(
        name, ok, true, ok ? well : "nothing has moved for " + still.toSeconds() + " s");
  }

  private Check deadlock() {
    long[] waiting = threads.findDeadlockedThreads();
    if (waiting == null) {
      return new Check("threads", true, true, "none wait for each other");
    }
    List<String> names = new ArrayList<>();
    for (ThreadInfo one : threads.getThreadInfo(waiting)) {
      if (one != null) {
        names.add(one.getThreadName());
      }
    }
    return new Check(
        "threads", false, true, "wait for each other for ever: " + String.join(", ", names));
  }
}
