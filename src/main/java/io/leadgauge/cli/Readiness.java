package io.leadgauge.cli;

import io.leadgauge.http.Health;
import io.leadgauge.http.Health.Check;
import io.leadgauge.model.Clockwork;
import io.leadgauge.pipeline.Concern;
import io.leadgauge.pipeline.Configuration;
import io.leadgauge.pipeline.ConnectionHealth;
import io.leadgauge.pipeline.DiskWatch;
import io.leadgauge.pipeline.Drift;
import io.leadgauge.pipeline.Erasures;
import io.leadgauge.pipeline.LookedBack;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.Retention;
import io.leadgauge.pipeline.Warning;
import io.leadgauge.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether deliveries should be sent here: the ports are open, the store can be written, and nobody
 * has asked to stop. A CRM that does not answer is told, and does not matter for that. Thread-safe.
 */
final class Readiness {
  /** A probe asks every other second, and must cost little just when much waits. */
  static final long MOST_COUNTED = 1_000;

  private final Pipeline pipeline;
  private final Served served;
  private final @Nullable ManifestWatch watch;
  private final Clockwork clock;
  private volatile Phase phase = Phase.STARTING;

  /** How far the process is. */
  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  Readiness(Pipeline pipeline, Served served, @Nullable ManifestWatch watch, Clockwork clock) {
    this.pipeline = pipeline;
    this.served = served;
    this.watch = watch;
    this.clock = clock;
  }

  /** From now on deliveries are taken: all that was kept is known again, and the ports are open. */
  void open() {
    phase = Phase.RUNNING;
  }

  /** From now on nothing new should be sent here. */
  void drain() {
    phase = Phase.STOPPING;
  }

  Health look() {
    List<Check> checks = new ArrayList<>();
    Phase now = phase;
    checks.add(
        new Check("running", now == Phase.RUNNING, true, now.name().toLowerCase(Locale.ROOT)));
    String trouble = pipeline.intake().trouble();
    checks.add(
        new Check("store", trouble.isEmpty(), true, trouble.isEmpty() ? "writable" : trouble));
    checks.add(check(pipeline.disk()));
    try {
      checks.addAll(details());
    } catch (StoreException e) {
      checks.add(new Check("details", false, false, "cannot be read: " + e.getMessage()));
    }
    return new Health(checks);
  }

  /**
   * Returns what does not matter for being sent deliveries; a store that cannot be read keeps it.
   */
  private List<Check> details() {
    List<Check> checks = new ArrayList<>();
    for (ConnectionHealth health : pipeline.health(clock.now(), MOST_COUNTED)) {
      checks.add(
          new Check(
              "connection " + health.connection(),
              health.trouble().isEmpty(),
              false,
              describe(health)));
    }
    checks.addAll(served.checks());
    for (Concern concern : pipeline.concerns(clock.now())) {
      String name = concern.subject() + " of " + concern.connection();
      checks.add(new Check(name, false, false, concern.detail()));
    }
    for (Warning warning : pipeline.warnings()) {
      checks.add(new Check(warning.subject(), false, false, warning.detail()));
    }
    if (watch != null) {
      ManifestWatch.Look look = watch.look();
      String detail = look.isRefused() ? "refused: " + look.refusal() : "taken";
      checks.add(new Check("manifests", !look.isRefused(), false, detail));
    }
    pipeline.configurations().forEach(one -> checks.add(check(one)));
    checks.add(check(pipeline.erasures().progress()));
    checks.add(check(pipeline.retention().progress()));
    return checks;
  }

  private static Check check(DiskWatch.Look disk) {
    boolean takes = disk.trouble().isEmpty();
    return new Check("disk", takes && !disk.isShort(), !takes, disk.detail());
  }

  private static Check check(Erasures.Progress progress) {
    String trouble = progress.trouble();
    return new Check(
        "erasure", trouble.isEmpty(), false, trouble.isEmpty() ? detail(progress) : trouble);
  }

  private static Check check(Retention.Progress progress) {
    String trouble = progress.trouble();
    return new Check(
        "bodies",
        trouble.isEmpty(),
        false,
        trouble.isEmpty() ? detail(progress) : trouble + "; " + detail(progress));
  }

  private static String detail(Retention.Progress progress) {
    long oldestAt = progress.bodies().oldestAt();
    String oldest = oldestAt == 0 ? "" : ", the oldest of " + Instant.ofEpochMilli(oldestAt);
    String snapshot =
        progress.through() == 0
            ? ""
            : "; facts stand for the entries up to " + progress.through() + " without theirs";
    return progress.bodies().bytes() + " bytes are kept" + oldest + snapshot;
  }

  private static String detail(Erasures.Progress progress) {
    if (progress.pending() > 0) {
      return progress.pending() + " records are being erased";
    }
    return progress.pagesClean()
        ? "nothing is left of anybody who was erased"
        : "free space of the file is being cleaned";
  }

  /** A pass goes by on its own; what waits for a person is worth a look. */
  private static Check check(Configuration one) {
    boolean ok =
        switch (one.state()) {
          case IN_FORCE, FETCHING, SCORING -> true;
          case NEEDS_UPLOAD, NEEDS_SETUP, PAUSED -> false;
        };
    return new Check(
        "configuration " + one.connection(), ok, false, one.state().word() + ": " + one.detail());
  }

  /** Says what no event has told; nothing where all is as it was told. */
  private static String agreement(LookedBack looked, Drift drift) {
    String missed =
        looked.missed() == 0 ? "" : "; " + looked.missed() + " changes came without an event";
    String drifted =
        drift.differing() == 0
            ? ""
            : "; " + drift.differing() + " of " + drift.sampled() + " sampled contacts had drifted";
    return missed + drifted;
  }

  private static String counted(long contacts) {
    return contacts == MOST_COUNTED ? MOST_COUNTED + " or more" : Long.toString(contacts);
  }

  private static String describe(ConnectionHealth health) {
    String waiting =
        counted(health.waitingForFacts())
            + " contacts wait for facts, "
            + counted(health.waitingForWrite())
            + " for a write";
    String told = waiting + agreement(health.lookedBack(), health.drift());
    return health.trouble().isEmpty() ? told : health.trouble() + "; " + told;
  }
}
