package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Intent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the pipeline counts. Labels are bounded: connections, and closed sets of words. {@code
 * docs/metrics.md} says of each what it means and how they relate:
 *
 * <ul>
 *   <li>Every delivery of {@code journal_deliveries_total} is either in {@code
 *       journal_applied_total} or in {@code journal_quarantined_total}.
 *   <li>{@code events_total} counts the events of those applied, {@code facts_told_total} the facts
 *       that they told; those that were known before are told less {@code facts_new_total}.
 *   <li>Every contact of {@code crm_call_contacts_total} has one outcome in {@code
 *       crm_contacts_total}.
 *   <li>{@code hand_offs_waiting} has grown by {@code hand_offs_planned_total} less {@code
 *       hand_offs_total}.
 * </ul>
 *
 * <p>All of it counts what is on the disk, after the commit. What goes up and down is in {@link
 * Gauges}.
 */
final class PipelineMetrics {
  private static final Duration[] COMMIT_BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Timer commits;
  private final DistributionSummary batches;
  private final Counter commitFailures;
  private final HourTally tally = new HourTally();
  private final Map<ConnectionId, OfDeliveries> ofDeliveries = new ConcurrentHashMap<>();

  /** What every delivery of a connection counts: to look for it in the registry takes longer. */
  private record OfDeliveries(
      Counter kept,
      Counter applied,
      Counter told,
      Counter added,
      Map<CrmEvent.Meaning, Counter> events) {}

  PipelineMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.commits =
        Timer.builder("journal_commit")
            .description("From the first entry of a transaction to the disk")
            .serviceLevelObjectives(COMMIT_BOUNDS)
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

  /** Why a delivery is quarantined, in a word that bounds the label. */
  enum Quarantine {
    /** Nobody could read it. */
    UNDECODABLE,
    /** It was read, and its events could not be applied. */
    UNFOLDABLE,
    /** Its connection is not served, or it names none. */
    UNSERVED
  }

  /** Begins to count for a connection: what is most looked for shows from the beginning, as 0. */
  void serve(ConnectionId connection) {
    of(connection);
    for (Quarantine why : Quarantine.values()) {
      quarantines(connection, why);
    }
    full(connection, 0);
    givenUp(connection, 0);
    handOffsPlanned(connection, 0);
    for (Intent.State state : Intent.State.values()) {
      if (state.isEnd()) {
        handOffs(connection, state);
      }
    }
    lookedBack(connection, "known", 0);
    lookedBack(connection, "missed", 0);
    lookedBack(connection, "unannounced", 0);
    sampled(connection, "same", 0);
    sampled(connection, "differs", 0);
  }

  void committed(int works, long nanos) {
    commits.record(nanos, TimeUnit.NANOSECONDS);
    batches.record(works);
  }

  void commitFailed() {
    commitFailures.increment();
  }

  void delivered(ConnectionId connection) {
    of(connection).kept().increment();
  }

  void appliedOne(ConnectionId connection) {
    of(connection).applied().increment();
  }

  private OfDeliveries of(ConnectionId connection) {
    return ofDeliveries.computeIfAbsent(
        connection,
        id ->
            new OfDeliveries(
                counter("journal_deliveries", "Deliveries that are on the disk", id),
                counter("journal_applied", "Deliveries whose events count", id),
                counter("facts_told", "Facts that deliveries told", id),
                counter("facts_new", "Facts that deliveries told and that were not known", id),
                new ConcurrentHashMap<>()));
  }

  void quarantined(ConnectionId connection, Quarantine why) {
    tally.count(connection, HourTally.QUARANTINED);
    quarantines(connection, why).increment();
  }

  private Counter quarantines(ConnectionId connection, Quarantine why) {
    return counter(
        "journal_quarantined",
        "Deliveries that are kept and not applied",
        connection,
        "reason",
        word(why));
  }

  void event(ConnectionScope scope, CrmEvent event) {
    event.facts().forEach(fact -> happened(scope, fact));
    of(scope.id())
        .events()
        .computeIfAbsent(event.meaning(), meaning -> events(scope.id(), meaning))
        .increment();
  }

  private Counter events(ConnectionId connection, CrmEvent.Meaning meaning) {
    return counter(
        "events", "Events of deliveries that were applied", connection, "meaning", word(meaning));
  }

  private void happened(ConnectionScope scope, Fact fact) {
    switch (fact) {
      case Fact.Happened happened when scope.concerns(fact) ->
          tally.count(scope.id(), HourTally.ACTIVITY + happened.activity().type());
      case Fact.Assigned assigned when scope.isPartOfActivity(assigned) ->
          scope
              .activityOf(assigned)
              .ifPresent(type -> tally.count(scope.id(), HourTally.ACTIVITY + type));
      case Fact.Happened other -> {}
      case Fact.Assigned other -> {}
      case Fact.Linked linked -> {}
    }
  }

  /** Counts, for what is usual, a delivery that came in; what a source sends is apart. */
  void came(ConnectionScope scope, Delivery delivery) {
    tally.count(scope.id(), measure(scope, delivery));
  }

  private static String measure(ConnectionScope scope, Delivery delivery) {
    Set<ConnectionId> sources = scope.connection().events().sources().keySet();
    if (sources.isEmpty()) {
      return HourTally.DELIVERIES;
    }
    String path = delivery.path().split("\\?", 2)[0];
    for (ConnectionId source : sources) {
      if (path.equals("/webhooks/" + source) || path.startsWith("/webhooks/" + source + "/")) {
        return HourTally.SOURCE + source;
      }
    }
    return HourTally.DELIVERIES;
  }

  /** Counts, for what is usual, the stages that a contact has come to by a decision. */
  void decided(Decided decided) {
    for (Decision.StageMark mark : decided.decision().stages()) {
      if (mark.entered() && mark.since() == decided.receivedAt()) {
        tally.count(decided.contact().connection(), HourTally.STAGE + mark.stage());
      }
    }
  }

  /** Returns what has come since it was last written down. */
  HourTally tally() {
    return tally;
  }

  /**
   * Counts facts that a delivery told.
   *
   * @param told how many
   * @param added how many of them were not known
   */
  void told(ConnectionId connection, int told, int added) {
    OfDeliveries counts = of(connection);
    counts.told().increment(told);
    counts.added().increment(added);
  }

  void givenUp(ConnectionId connection, int names) {
    counter(
            "waiting_names_given_up",
            "Addresses and anonymous ids that were given up without leading to anybody",
            connection)
        .increment(names);
  }

  void full(ConnectionId connection, int refused) {
    counter("intake_full", "Deliveries refused since the intake's queue was full", connection)
        .increment(refused);
  }

  /** Counts a call to the CRM: what it was for, and how it ended. */
  void call(ConnectionId connection, String purpose, String outcome) {
    counter(
            "crm_calls",
            "Calls of the CRM's API",
            connection,
            "purpose",
            purpose,
            "outcome",
            outcome)
        .increment();
  }

  /** Counts contacts that a call was about. */
  void called(ConnectionId connection, String purpose, int contacts) {
    counter(
            "crm_call_contacts",
            "Contacts that calls of the CRM were about",
            connection,
            "purpose",
            purpose)
        .increment(contacts);
  }

  /** Counts what became of contacts that a call was about. */
  void contacts(ConnectionId connection, String purpose, String outcome, int contacts) {
    counter(
            "crm_contacts",
            "What calls of the CRM did for the contacts that they were about",
            connection,
            "purpose",
            purpose,
            "outcome",
            outcome)
        .increment(contacts);
  }

  /** Counts changed contacts that were looked back at: known, missed, or never announced. */
  void lookedBack(ConnectionId connection, String outcome, int contacts) {
    counter(
            "look_back_contacts",
            "Changed contacts that looking back has met",
            connection,
            "outcome",
            outcome)
        .increment(contacts);
  }

  /** Counts sampled contacts: the same in the CRM, or not. */
  void sampled(ConnectionId connection, String outcome, int contacts) {
    counter(
            "drift_contacts",
            "Sampled contacts, compared with the CRM",
            connection,
            "outcome",
            outcome)
        .increment(contacts);
  }

  /** Counts a hand-off that has come to an end. */
  void handOff(ConnectionId connection, Intent.State state) {
    handOffs(connection, state).increment();
  }

  private Counter handOffs(ConnectionId connection, Intent.State state) {
    return counter(
        "hand_offs", "Hand-offs that have come to an end", connection, "outcome", state.word());
  }

  /** Counts hand-offs that are to have a task. */
  void handOffsPlanned(ConnectionId connection, int planned) {
    counter("hand_offs_planned", "Hand-offs that are to have a task", connection)
        .increment(planned);
  }

  private Counter counter(
      String name, String description, ConnectionId connection, String... labels) {
    return Counter.builder(name)
        .description(description)
        .tag("connection", connection.name())
        .tags(labels)
        .register(registry);
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
