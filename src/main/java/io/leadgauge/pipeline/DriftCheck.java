package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Stamp;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a few known contacts now and then and compares them with what is known: whatever it was
 * that went wrong, here it shows. It walks through all contacts, so each is looked at in its turn,
 * and the read itself puts right what differs.
 *
 * <p>Its calls wait for all others, and are bounded: one sample of {@value #SAMPLE} contacts each
 * time. What has changed within the last minutes on either side may still be under way and does not
 * count.
 */
final class DriftCheck implements AutoCloseable {
  /** The name of the cursor: the number in the store of the last contact of the last sample. */
  static final String CURSOR = "drift";

  /** The contacts of one sample: as many as one call reads with their histories. */
  static final int SAMPLE = 50;

  private static final Logger LOG = System.getLogger(DriftCheck.class.getName());
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final ConnectionId id;
  private final Scopes scopes;
  private final CrmClient client;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Rounds rounds;
  private volatile Drift drift = Drift.UNKNOWN;
  private boolean begun;

  DriftCheck(
      ConnectionId id,
      Scopes scopes,
      CrmClient client,
      Intake intake,
      States states,
      StoreReader reader,
      PipelineMetrics metrics,
      Clockwork clock) {
    this.id = id;
    this.scopes = scopes;
    this.client = client.inBackground();
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.metrics = metrics;
    this.clock = clock;
    this.rounds = new Rounds("drift check of " + id, LOG, clock, this::turn);
  }

  void start() {
    rounds.start();
  }

  /** Returns what was found since the start. */
  Drift drift() {
    return drift;
  }

  /** The first sample is taken when the first pause is over: a start has better things to do. */
  private long turn() {
    if (begun && !scopes.require(id).recall().holdsAll()) {
      sample();
    }
    begun = true;
    return clock.now() + scopes.require(id).connection().poll().drift().toMillis();
  }

  private void sample() {
    long after = reader.cursor(id, CURSOR).map(Long::parseLong).orElse(0L);
    List<StoredContact> page = reader.contacts(id, after, SAMPLE);
    Map<RecordRef, RecordFacts> known = new HashMap<>();
    page.forEach(contact -> quiet(contact).ifPresent(facts -> known.put(contact.ref(), facts)));
    if (!known.isEmpty() && !compare(known)) {
      return;
    }
    long last = page.size() < SAMPLE ? 0 : page.getLast().rowId();
    intake.submit(new Work.Flag(id, List.of(), CURSOR, Long.toString(last))).join();
  }

  /** Returns the facts of a contact that is there, and that nobody is about to read. */
  private Optional<RecordFacts> quiet(StoredContact contact) {
    return states
        .current(contact.ref())
        .filter(state -> !state.facts().isGone() && state.due().fetchAt() == Due.NEVER)
        .filter(state -> !scopes.require(id).recall().holds(state.ref()))
        .map(RecordState::facts);
  }

  /** Reads and compares; false when the CRM did not answer. */
  private boolean compare(Map<RecordRef, RecordFacts> known) {
    ConnectionScope scope = scopes.require(id);
    long askedAt = intake.instant();
    List<Fact> facts = new ArrayList<>();
    boolean answered = true;
    for (String person : scope.connection().personTypes()) {
      ReadAnswer answer = read(scope, person, known.keySet());
      metrics.call(id, "drift", answer.trouble() == null ? "done" : "trouble");
      facts.addAll(answer.facts());
      answered &= answer.trouble() == null;
    }
    Map<RecordRef, List<Fact>> told = new HashMap<>();
    facts.forEach(f -> told.computeIfAbsent(f.of(), ref -> new ArrayList<>()).add(f));
    long until = clock.now() - GRACE.toMillis();
    Map<RecordRef, Set<String>> differing = new HashMap<>();
    known.forEach(
        (ref, before) -> {
          RecordFacts held = RecordFacts.NONE.join(told.getOrDefault(ref, List.of())).facts();
          Set<String> properties = differing(scope.needed(ref.type()), before, held, until);
          if (held.size() > 0 && !properties.isEmpty()) {
            differing.put(ref, properties);
          }
        });
    heal(askedAt, facts);
    count(told.size(), differing);
    return answered;
  }

  private ReadAnswer read(ConnectionScope scope, String person, Set<RecordRef> known) {
    List<String> ids =
        known.stream()
            .filter(ref -> ref.type().equals(person))
            .map(RecordRef::id)
            .sorted()
            .toList();
    return ids.isEmpty()
        ? new ReadAnswer(List.of(), Set.of(), null)
        : client.read(person, ids, scope.read(person));
  }

  private static Set<String> differing(
      Set<String> needed, RecordFacts known, RecordFacts held, long until) {
    Set<String> names = new HashSet<>(needed);
    names.add(Fact.Assigned.PRESENCE);
    Set<String> differing = new HashSet<>();
    for (String property : names) {
      if (held.knows(property)
          && !SameValue.isSame(known.value(property), held.value(property))
          && isOld(known.current(property), until)
          && isOld(held.current(property), until)) {
        differing.add(property);
      }
    }
    return differing;
  }

  private static boolean isOld(Optional<Stamp> stamp, long until) {
    return stamp.isEmpty() || stamp.get().at() < until;
  }

  private void heal(long askedAt, List<Fact> facts) {
    if (!facts.isEmpty()) {
      Observation read = new Observation(id, clock.now(), askedAt, Observation.Cause.FETCH, facts);
      intake.submit(new Work.Observe(read, Map.of())).join();
    }
  }

  private void count(int sampled, Map<RecordRef, Set<String>> differing) {
    drift = drift.and(clock.now(), sampled, differing.size());
    metrics.sampled(id, "same", sampled - differing.size());
    metrics.sampled(id, "differs", differing.size());
    differing.forEach(
        (ref, properties) ->
            LOG.log(
                Level.WARNING,
                "{0} had drifted from the CRM in {1}, and was read again",
                ref,
                String.join(", ", properties)));
  }

  @Override
  public void close() {
    rounds.close();
  }
}
