package io.leadgauge.pipeline;

import io.leadgauge.crm.Allowance;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.pipeline.Configuration.Progress;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What goes up and down in the pipeline: how much waits, how old it is, how far it has come. Each
 * number is read when somebody asks for it. {@code docs/metrics.md} says what each means.
 */
final class Gauges {
  /** Stands for the installation where a connection is told. */
  private static final String NO_CONNECTION = "-";

  private final MeterRegistry registry;
  private final Scopes scopes;
  private final StoreReader reader;
  private final Warnings warnings;
  private final Function<ConnectionId, Optional<Configuration>> configurations;
  private final Function<ConnectionId, @Nullable Attendant> attendants;
  private final Clockwork clock;

  /**
   * Shows nothing yet.
   *
   * @param configurations how far each connection's has come
   * @param attendants who calls the CRM of a connection, if it is served
   */
  Gauges(
      MeterRegistry registry,
      Scopes scopes,
      StoreReader reader,
      Warnings warnings,
      Function<ConnectionId, Optional<Configuration>> configurations,
      Function<ConnectionId, @Nullable Attendant> attendants,
      Clockwork clock) {
    this.registry = registry;
    this.scopes = scopes;
    this.reader = reader;
    this.warnings = warnings;
    this.configurations = configurations;
    this.attendants = attendants;
    this.clock = clock;
  }

  /** Shows what belongs to no connection. */
  void ofInstallation(Store store, Intake intake, Retention retention) {
    show(
        "bodies_kept_bytes",
        "Stored bytes of bodies that are kept",
        () -> reader.snapshot().bodies().bytes());
    show(
        "bodies_oldest_seconds",
        "Age of the oldest body that is kept",
        () -> retention.progress().oldestSeconds(clock.now()));
    show(
        "snapshot_sequence",
        "Last entry that the snapshot stands for",
        () -> reader.snapshot().through());
    show(
        "intake_oldest_seconds",
        "For how long the first of what waits for its transaction has waited",
        () -> intake.oldestWait().toSeconds());
    show("intake_waiting_bytes", "How much waits for its transaction", intake::waitingBytes);
    show("store_bytes", "Length of the store's files", store::bytes, "file", "database");
    show("store_bytes", "Length of the store's files", store::logBytes, "file", "log");
    show("store_free_bytes", "Room on the disk that the store is on", store::freeBytes);
    warnings(NO_CONNECTION, Warning.Kind.DISK, warnings::ofInstallation);
  }

  /** Shows how a connection stands. */
  void of(ConnectionId id) {
    configuration(id);
    calls(id);
    waiting(id);
    unwritten(id);
    for (Warning.Kind kind : Warning.Kind.values()) {
      if (kind != Warning.Kind.DISK) {
        warnings(id.name(), kind, () -> warnings.of(id));
      }
    }
  }

  /** Shows how far the configuration and the backfill have come. */
  private void configuration(ConnectionId id) {
    for (Configuration.State state : Configuration.State.values()) {
      show(
          "configuration_state",
          "1 for the state that the connection's configuration is in",
          id,
          () -> configurations.apply(id).filter(one -> one.state() == state).isPresent() ? 1 : 0,
          "state",
          state.name().toLowerCase(Locale.ROOT));
    }
    show(
        "configuration_contacts_done",
        "Contacts that a change of configuration is done with",
        id,
        () -> changed(id, Progress::done));
    show(
        "configuration_contacts",
        "Contacts that a change of configuration goes through",
        id,
        () -> changed(id, Progress::total));
    show(
        "backfill_contacts_done",
        "Contacts that the backfill has read",
        id,
        () -> backfilled(id, BackfillProgress::done));
    show(
        "backfill_contacts",
        "Contacts that the backfill is to read",
        id,
        () -> backfilled(id, BackfillProgress::total));
  }

  private long changed(ConnectionId id, ToLongFunction<Progress> number) {
    return configurations
        .apply(id)
        .map(Configuration::progress)
        .map(number::applyAsLong)
        .orElse(0L);
  }

  private long backfilled(ConnectionId id, ToLongFunction<BackfillProgress> number) {
    return attendant(id).map(one -> number.applyAsLong(one.backfill().progress())).orElse(0L);
  }

  /** Shows how many calls the CRM allows. */
  private void calls(ConnectionId id) {
    show(
        "crm_calls_used",
        "Calls that count in the window of the rate budget",
        id,
        () -> allowed(id, Allowance::used));
    show(
        "crm_calls_limit",
        "Calls that the window of the rate budget allows",
        id,
        () -> allowed(id, Allowance::calls));
    show(
        "crm_calls_left_today",
        "Calls left for the day, as the CRM said last; -1 where it never did",
        id,
        () -> allowed(id, all -> all.leftToday().orElse(-1)));
    show(
        "crm_paused_seconds",
        "For how much longer the CRM is left alone",
        id,
        () -> attendant(id).map(this::paused).orElse(Duration.ZERO).toSeconds());
  }

  private long allowed(ConnectionId id, ToLongFunction<Allowance> number) {
    return attendant(id).map(one -> number.applyAsLong(one.client().allowance())).orElse(0L);
  }

  private Duration paused(Attendant attendant) {
    long own = Math.max(0, attendant.reconciler().health().pausedUntil() - clock.now());
    Duration closed = attendant.client().allowance().closedFor();
    return closed.toMillis() > own ? closed : Duration.ofMillis(own);
  }

  /** Shows what is to be read, written or found out, and what waits for a fix. */
  private void waiting(ConnectionId id) {
    for (DueWork work : List.of(DueWork.FETCH, DueWork.WRITE)) {
      String purpose = work == DueWork.FETCH ? "read" : "write";
      show(
          "crm_contacts_waiting",
          "Contacts that should be read, or written, by now",
          id,
          () -> reader.countDue(id, work, clock.now()),
          "purpose",
          purpose);
      show(
          "crm_oldest_waiting_seconds",
          "For how long the first of them should have been",
          id,
          () -> overdue(id, work).toSeconds(),
          "purpose",
          purpose);
    }
    show(
        "quarantined",
        "Deliveries that are kept and not applied, now",
        id,
        () -> reader.countQuarantined(id));
    show(
        "waiting_names",
        "Addresses and anonymous ids that lead to nobody yet",
        id,
        () -> reader.waiting().extent(id).names());
    show(
        "waiting_events",
        "Events that are kept under them",
        id,
        () -> reader.waiting().extent(id).events());
  }

  /** Returns for how long the contact that has waited longest should have been read or written. */
  private Duration overdue(ConnectionId id, DueWork work) {
    long due = reader.nextDue(id, work, Long.MIN_VALUE).orElse(Due.NEVER);
    return Duration.ofMillis(Math.max(0, clock.now() - due));
  }

  /** Shows how much is not written as it should be. */
  private void unwritten(ConnectionId id) {
    show(
        "hand_offs_waiting",
        "Hand-offs that wait for their task",
        id,
        () -> reader.unwritten().countOpenIntents(id));
    show(
        "fields_refused",
        "Fields that the CRM refuses for all contacts",
        id,
        () -> scopes.refused(id).size());
    show(
        "fields_contested",
        "Fields of single contacts that are left to other writers",
        id,
        () -> reader.unwritten().countContested(id, clock.now()));
  }

  private void warnings(String connection, Warning.Kind kind, Supplier<List<Warning>> all) {
    show(
        "warnings",
        "Things that are not as they usually are, or will not go on for long",
        () -> all.get().stream().filter(one -> one.kind() == kind).count(),
        "connection",
        connection,
        "kind",
        kind.word());
  }

  private Optional<Attendant> attendant(ConnectionId id) {
    return Optional.ofNullable(attendants.apply(id));
  }

  private void show(
      String name, String description, ConnectionId id, LongSupplier number, String... labels) {
    builder(name, description, number, labels).tag("connection", id.name()).register(registry);
  }

  private void show(String name, String description, LongSupplier number, String... labels) {
    builder(name, description, number, labels).register(registry);
  }

  private static Gauge.Builder<LongSupplier> builder(
      String name, String description, LongSupplier number, String... labels) {
    return Gauge.builder(name, number, LongSupplier::getAsLong)
        .description(description)
        .tags(labels)
        .strongReference(true);
  }
}
