package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Intent;
import io.leadgauge.pipeline.Configuration.Progress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What the pipeline counts. Labels are bounded: connections, and closed sets of words.
 *
 * <p>Every delivery of {@code journal_deliveries_total} is either in {@code
 * journal_quarantined_total} or has its events in {@code events_total}. Every contact of a call in
 * {@code crm_contacts_total} has one outcome there.
 */
final class PipelineMetrics {
  private final MeterRegistry registry;
  private final Timer commits;
  private final DistributionSummary batches;
  private final Counter commitFailures;

  PipelineMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.commits =
        Timer.builder("journal_commit")
            .description("From the first entry to the disk")
            .register(registry);
    this.batches =
        DistributionSummary.builder("journal_batch")
            .baseUnit("entries")
            .description("Pieces of work in one transaction")
            .register(registry);
    this.commitFailures =
        Counter.builder("journal_commit_failures")
            .description("Transactions that could not be made durable")
            .register(registry);
  }

  void committed(int works, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    batches.record(works);
  }

  void commitFailed() {
    commitFailures.increment();
  }

  void delivered(ConnectionId connection) {
    count("journal_deliveries", connection, "kind", "delivery");
  }

  void quarantined(ConnectionId connection) {
    count("journal_quarantined", connection, "kind", "delivery");
  }

  void event(ConnectionId connection, Meaning meaning) {
    count("events", connection, "meaning", meaning.name().toLowerCase(Locale.ROOT));
  }

  void givenUp(ConnectionId connection) {
    count("waiting_names_given_up", connection, "kind", "name");
  }

  void full(ConnectionId connection) {
    count("intake_full", connection, "kind", "delivery");
  }

  /** Counts a call to the CRM: what it was for, and how it ended. */
  void call(ConnectionId connection, String purpose, String outcome) {
    registry
        .counter(
            "crm_calls", "connection", connection.name(), "purpose", purpose, "outcome", outcome)
        .increment();
  }

  /** Counts contacts that calls were about. */
  void contacts(ConnectionId connection, String purpose, String outcome, int contacts) {
    registry
        .counter(
            "crm_contacts", "connection", connection.name(), "purpose", purpose, "outcome", outcome)
        .increment(contacts);
  }

  /** Counts changed contacts that were looked back at: known, missed, or never announced. */
  void lookedBack(ConnectionId connection, String outcome, int contacts) {
    registry
        .counter("look_back_contacts", "connection", connection.name(), "outcome", outcome)
        .increment(contacts);
  }

  /** Counts sampled contacts: the same in the CRM, or not. */
  void sampled(ConnectionId connection, String outcome, int contacts) {
    registry
        .counter("drift_contacts", "connection", connection.name(), "outcome", outcome)
        .increment(contacts);
  }

  /** Shows a number of a connection that goes up and down. */
  void gauge(String name, ConnectionId connection, LongSupplier number) {
    Gauge.builder(name, number, LongSupplier::getAsLong)
        .tag("connection", connection.name())
        .strongReference(true)
        .register(registry);
  }

  /** Shows how many bodies are kept, how old, and how far the snapshot is. */
  void retention(LongSupplier bytes, LongSupplier oldestSeconds, LongSupplier sequence) {
    gauge("bodies_kept_bytes", "Stored bytes of bodies that are kept", bytes);
    gauge("bodies_oldest_seconds", "Age of the oldest body that is kept", oldestSeconds);
    gauge("snapshot_sequence", "Last entry that the snapshot stands for", sequence);
  }

  private void gauge(String name, String description, LongSupplier number) {
    Gauge.builder(name, number, LongSupplier::getAsLong)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** Counts a hand-off that has come to an end. */
  void handOff(ConnectionId connection, Intent.State state) {
    count("hand_offs", connection, "outcome", state.word());
  }

  /**
   * Shows how much is not written as it should be.
   *
   * @param handOffs how many wait for their task
   * @param refused how many fields the CRM refuses for all contacts
   * @param contested how many fields of single contacts are left to other writers
   */
  void unwritten(
      ConnectionId connection,
      LongSupplier handOffs,
      LongSupplier refused,
      LongSupplier contested) {
    gauge("hand_offs_waiting", connection, handOffs);
    gauge("fields_refused", connection, refused);
    gauge("fields_contested", connection, contested);
  }

  /** Shows how far a connection's configuration has come: 1 for the state that it is in. */
  void configuration(ConnectionId connection, Supplier<Optional<Configuration>> look) {
    for (Configuration.State state : Configuration.State.values()) {
      Gauge.builder(
              "configuration_state",
              look,
              now -> now.get().filter(one -> one.state() == state).isPresent() ? 1 : 0)
          .tag("connection", connection.name())
          .tag("state", state.name().toLowerCase(Locale.ROOT))
          .strongReference(true)
          .register(registry);
    }
    progress("configuration_contacts_done", connection, look, Progress::done);
    progress("configuration_contacts_total", connection, look, Progress::total);
  }

  private void progress(
      String name,
      ConnectionId connection,
      Supplier<Optional<Configuration>> look,
      ToLongFunction<Progress> number) {
    Gauge.builder(
            name,
            look,
            now -> now.get().map(one -> (double) number.applyAsLong(one.progress())).orElse(0.0))
        .tag("connection", connection.name())
        .strongReference(true)
        .register(registry);
  }

  private void count(String name, ConnectionId connection, String label, String value) {
    registry.counter(name, "connection", connection.name(), label, value).increment();
  }
}
