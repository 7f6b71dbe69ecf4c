package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.pipeline.Changeover.Phase;
import io.leadgauge.pipeline.Configuration.Progress;
import io.leadgauge.pipeline.Configuration.State;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings versions of one connection into force, one step at a time: looks whether the portal has
 * what the version needs, reads what contacts lack, switches, scores all contacts again and counts
 * what would be moved, then lets the CRM be written or waits for approval.
 *
 * <p>Each step looks at what is wanted and at what is, so a restart, or a version that is newer
 * still, is no special case. A virtual thread of its own takes the steps; every page of a pass is a
 * transaction of its own behind the live ones.
 */
final class Rollout implements AutoCloseable {
  /** The name of the cursor: the configuration that all contacts were last settled by. */
  static final String SETTLED = "settled";

  private static final Logger LOG = System.getLogger(Rollout.class.getName());
  private static final int PAGE = 200;

  /** As many as one call reads, so that live contacts never wait for more than that. */
  private static final int FETCH_PAGE = 100;

  /** More writes than this are not put before those that live contacts cause. */
  private static final int MOST_WAITING_WRITES = 400;

  private static final long LOOK_AGAIN_MILLIS = 50;
  private static final long RETRY_MILLIS = 1_000;
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final ConnectionId id;
  private final Scopes scopes;
  private final Intake intake;
  private final States states;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Function<Connection, CrmClient> clients;
  private final ReentrantLock activating;
  private final Consumer<Connection> changed;
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;
  private final AtomicReference<@Nullable CompletableFuture<Boolean>> approval =
      new AtomicReference<>();
  private volatile Candidate wanted;
  private volatile Changeover changeover;
  private volatile @Nullable Pass pass;
  private volatile Obstacle obstacle = Obstacle.NONE;
  private volatile boolean closed;

  /** Accessed by the thread alone, and before its start. */
  private Candidate current;

  private @Nullable Demand met;
  private @Nullable ConnectionScope base;

  /**
   * What keeps a version from coming into force.
   *
   * @param missing what the portal lacks
   * @param trouble why the portal could not be asked; empty if it could
   */
  private record Obstacle(List<String> missing, String trouble) {
    static final Obstacle NONE = new Obstacle(List.of(), "");
  }

  /**
   * Makes one that has taken no step.
   *
   * @param first the version to serve at first
   * @param clients opens a client, to look at the portal
   * @param activating taken while manifests are noted, by the rollouts of all connections
   * @param changed is told, with the connection as it was, that another version is in force
   */
  Rollout(
      Candidate first,
      Scopes scopes,
      Intake intake,
      States states,
      StoreReader reader,
      Clockwork clock,
      Function<Connection, CrmClient> clients,
      ReentrantLock activating,
      Consumer<Connection> changed) {
    this.id = first.scope().id();
    this.scopes = scopes;
    this.intake = intake;
    this.states = states;
    this.reader = reader;
    this.clock = clock;
    this.clients = clients;
    this.activating = activating;
    this.changed = changed;
    this.wanted = first;
    this.current = first;
    this.changeover = kept(first.scope().configuration());
    this.thread = Thread.ofVirtual().name("rollout-" + id).unstarted(this::run);
  }

  private Changeover kept(String configuration) {
    return reader
        .cursor(id, Changeover.CURSOR)
        .map(Changeover::of)
        .or(
            () ->
                reader
                    .cursor(id, SETTLED)
                    .filter(settled -> !settled.isEmpty())
                    .map(Changeover::first))
        .orElseGet(() -> Changeover.first(configuration));
  }

  /**
   * Serves the first version, holding back what a change since the last run may not write yet;
   * returns when it is in force.
   */
  void start() {
    String configuration = current.scope().configuration();
    boolean same = changeover.configuration().equals(configuration);
    met = same ? current.demand() : null;
    bringIntoForce(current, same ? changeover : changeover.to(configuration));
    thread.start();
  }

  /** Tells which version is to be in force. */
  void want(Candidate candidate) {
    wanted = candidate;
    wakeup.ring();
  }

  /**
   * Approves what was counted; completes with whether there was anything to approve, once that is
   * on the disk.
   */
  CompletableFuture<Boolean> approve() {
    if (changeover.phase() != Phase.PAUSED) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<Boolean> asked = new CompletableFuture<>();
    CompletableFuture<Boolean> earlier = approval.compareAndExchange(null, asked);
    wakeup.ring();
    return earlier == null ? asked : earlier;
  }

  private void run() {
    try {
      while (!closed) {
        wakeup.sleep(clock, stepOrWait());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long stepOrWait() {
    try {
      return step();
    } catch (StoreException | CompletionException e) {
      LOG.log(Level.WARNING, "{0}: change of configuration put off: {1}", id, e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, id + ": a step of a change of configuration failed", e);
    }
    return clock.now() + RETRY_MILLIS;
  }

  /** Takes the next step; returns when to look again. */
  private long step() {
    Candidate candidate = wanted;
    if (!candidate.equals(current)) {
      return approach(candidate);
    }
    return switch (changeover.phase()) {
      case COUNTING -> isSetUp(candidate) ? count() : clock.now() + ASK_AGAIN.toMillis();
      case PAUSED -> release();
      case OPEN -> settle();
    };
  }

  // Towards another version

  private long approach(Candidate candidate) {
    ConnectionScope inForce = scopes.require(id);
    String configuration = candidate.scope().configuration();
    if (configuration.equals(inForce.configuration())) {
      obstacle = Obstacle.NONE;
      pass = null;
      change(candidate, changeover);
      return clock.now();
    }
    boolean known = changeover.phase() != Phase.OPEN && configuration.equals(changeover.base());
    if (!known && !isSetUp(candidate)) {
      return clock.now() + ASK_AGAIN.toMillis();
    }
    if (!known && !isFetched(candidate, inForce)) {
      return clock.now();
    }
    noteUnheard(candidate.scope(), inForce);
    if (changeover.phase() == Phase.OPEN) {
      base = inForce;
    }
    obstacle = Obstacle.NONE;
    change(candidate, changeover.to(configuration));
    LOG.log(Level.INFO, "{0}: a new configuration is in force, all contacts are scored by it", id);
    return clock.now();
  }

  private void change(Candidate candidate, Changeover next) {
    Connection before = scopes.require(id).connection();
    bringIntoForce(candidate, next);
    current = candidate;
    if (changeover.phase() != Phase.PAUSED) {
      // Approved was what was counted before, and not this.
      answer(false);
    }
    changed.accept(before);
  }

  private void bringIntoForce(Candidate candidate, Changeover next) {
    activating.lock();
    try {
      List<Activation> news = candidate.manifests().stream().filter(this::isNews).toList();
      intake.submit(new Work.Switch(candidate.scope(), news, next)).join();
    } finally {
      activating.unlock();
    }
    changeover = reader.cursor(id, Changeover.CURSOR).map(Changeover::of).orElse(next);
  }

  /** A version that only reads otherwise is noted as well, so that its text can be gone back to. */
  private boolean isNews(Activation manifest) {
    return reader
        .lastActivation(manifest.kind(), manifest.name())
        .filter(last -> last.hash().equals(manifest.hash()) && last.text().equals(manifest.text()))
        .isEmpty();
  }

  /** The portal is asked only for what is not known to be there. */
  private boolean isSetUp(Candidate candidate) {
    Demand demand = candidate.demand();
    boolean known = changeover.isBack() && candidate.equals(current);
    if (known || (met != null && met.covers(demand))) {
      obstacle = Obstacle.NONE;
      return true;
    }
    try (CrmClient client = clients.apply(candidate.scope().connection())) {
      PropertiesAnswer answer = client.properties();
      if (answer.trouble() != null) {
        meet(new Obstacle(List.of(), answer.trouble().reason()));
        return false;
      }
      List<String> missing = demand.missingIn(answer.properties());
      meet(new Obstacle(missing, ""));
      if (missing.isEmpty()) {
        met = demand;
      }
      return missing.isEmpty();
    }
  }

  private void meet(Obstacle met) {
    if (!met.equals(obstacle)) {
      obstacle = met;
      if (!met.equals(Obstacle.NONE)) {
        LOG.log(Level.WARNING, "{0}: {1}", id, needs(met));
      }
    }
  }

  private static String needs(Obstacle met) {
    return met.trouble().isEmpty()
        ? "the portal must be set up first: " + String.join("; ", met.missing())
        : "the portal cannot be asked what it has: " + met.trouble();
  }

  /** Reads another page of contacts; tells whether all of them know what the version needs. */
  private boolean isFetched(Candidate candidate, ConnectionScope inForce) {
    SortedSet<String> needed = candidate.scope().needed();
    if (inForce.needed().containsAll(needed)) {
      return true;
    }
    if (!inForce.read().containsAll(needed)) {
      scopes.put(inForce.reading(needed));
    }
    Pass fetching = pass(Pass.Kind.FETCH, candidate.scope());
    List<StoredContact> page = reader.contacts(id, fetching.lastRow(), FETCH_PAGE);
    if (page.isEmpty()) {
      return true;
    }
    List<RecordRef> lacking =
        refs(page).stream()
            .filter(ref -> states.current(ref).filter(state -> lacks(state, needed)).isPresent())
            .toList();
    if (!lacking.isEmpty()) {
      intake.submit(new Work.Flag(id, lacking, null, "")).join();
    }
    if (awaitRead(lacking)) {
      fetching.passed(page.getLast().rowId(), page.size());
    }
    return false;
  }

  private static boolean lacks(RecordState state, SortedSet<String> needed) {
    return isThere(state) && !needed.stream().allMatch(state.facts()::knows);
  }

  private static boolean isThere(RecordState state) {
    return !state.facts().isDeleted() && !state.facts().isAbsorbed();
  }

  /**
   * Waits until contacts are read, or the CRM has refused to; false when something else is wanted
   * meanwhile.
   */
  private boolean awaitRead(List<RecordRef> contacts) {
    Candidate awaited = wanted;
    try {
      while (!closed && awaited.equals(wanted)) {
        if (contacts.stream().noneMatch(this::isToBeRead)) {
          return true;
        }
        wakeup.sleep(clock, clock.now() + LOOK_AGAIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private boolean isToBeRead(RecordRef ref) {
    return states
        .current(ref)
        .map(RecordState::due)
        .filter(due -> due.fetchAt() != Due.NEVER && due.attempts() == 0)
        .isPresent();
  }

  private void noteUnheard(ConnectionScope next, ConnectionScope inForce) {
    SortedSet<String> unheard = new TreeSet<>(next.needed());
    unheard.removeAll(inForce.needed());
    unheard.addAll(Unheard.of(reader, id));
    unheard.retainAll(next.needed());
    next.connection().models().forEach(use -> unheard.removeAll(use.fields().values()));
    unheard.removeAll(states.seen(id));
    intake.submit(new Work.Flag(id, List.of(), Unheard.CURSOR, Unheard.text(unheard))).join();
  }

  // With the version that is in force

  private Pass pass(Pass.Kind kind, ConnectionScope scope) {
    Pass running = pass;
    if (running == null || !running.is(kind, scope.configuration())) {
      running = new Pass(kind, scope.configuration(), reader.countContacts(id), clock.now());
      pass = running;
    }
    return running;
  }

  private static List<RecordRef> refs(List<StoredContact> page) {
    return page.stream().map(StoredContact::ref).toList();
  }

  /**
   * Scores a page of contacts by the new configuration, each from the decision that stood before
   * the change: what a version decided that was never approved must not outlive it.
   */
  private long count() {
    ConnectionScope scope = scopes.require(id);
    Pass counting = pass(Pass.Kind.COUNT, scope);
    List<StoredContact> page = reader.contacts(id, counting.lastRow(), PAGE);
    if (page.isEmpty()) {
      judge(counting, scope);
      return clock.now();
    }
    Map<RecordRef, List<Decided>> earlier = new HashMap<>();
    Map<RecordRef, String> pending = new HashMap<>();
    for (StoredContact contact : page) {
      List<Decided> before = reader.decisionsAsOf(contact, changeover.sequence());
      earlier.put(contact.ref(), before);
      pendingStage(contact.ref(), before).ifPresent(stage -> pending.put(contact.ref(), stage));
    }
    intake.submit(new Work.Rescore(id, refs(page), earlier, false)).join();
    if (awaitRead(refs(page))) {
      refs(page).forEach(ref -> count(counting, scope, ref, pending.getOrDefault(ref, "")));
      counting.passed(page.getLast().rowId(), page.size());
    }
    return clock.now();
  }

  /** Returns the stage that the CRM was to be given even before the change. */
  private Optional<String> pendingStage(RecordRef ref, List<Decided> before) {
    ConnectionScope left = base;
    if (left == null) {
      return Optional.empty();
    }
    return states
        .current(ref)
        .map(state -> asOf(state, before))
        .map(state -> WritePlan.stage(left, state));
  }

  private static RecordState asOf(RecordState state, List<Decided> before) {
    RecordState then = state;
    for (Decided decided : before) {
      Standing standing = then.standings().get(decided.model());
      if (standing != null) {
        then = then.withStanding(standing.deciding(decided.decision()));
      }
    }
    return then;
  }

  private void count(Pass counting, ConnectionScope scope, RecordRef ref, String pending) {
    states
        .current(ref)
        .filter(Rollout::isThere)
        .ifPresent(
            state -> {
              counting.present();
              String stage = WritePlan.stage(scope, state);
              if (stage != null && !stage.equals(pending)) {
                counting.moved(stage);
              }
            });
  }

  private void judge(Pass counting, ConnectionScope scope) {
    Guard guard = scope.connection().guard();
    SortedMap<String, Long> moves = new TreeMap<>(counting.moves());
    long moved = moves.values().stream().mapToLong(Long::longValue).sum();
    if (!changeover.isBack() && guard.isExceeded(moved, counting.contacts())) {
      bringIntoForce(current, changeover.paused(counting.contacts(), moves));
      // Whoever has approved by now has not seen these numbers.
      answer(false);
      LOG.log(Level.WARNING, "{0}: {1}", id, paused(changeover, guard));
    } else {
      bringIntoForce(current, changeover.open());
    }
    pass = null;
  }

  private String paused(Changeover change, Guard guard) {
    StringBuilder stages = new StringBuilder();
    change
        .moves()
        .forEach(
            (stage, count) ->
                stages.append(stages.isEmpty() ? "" : ", ").append(count + " to " + stage));
    return "paused: the change of configuration would move "
        + change.moved()
        + " of "
        + change.contacts()
        + " contacts to another stage ("
        + stages
        + "), the guard is "
        + guard.contacts()
        + " contacts or "
        + guard.percent()
        + " %; nothing of it is written until ./leadgauge approve "
        + id
        + ", or until the manifest is put back";
  }

  private void answer(boolean approved) {
    CompletableFuture<Boolean> asked = approval.getAndSet(null);
    if (asked != null) {
      asked.complete(approved);
    }
  }

  private long release() {
    CompletableFuture<Boolean> asked = approval.get();
    if (asked == null) {
      return Due.NEVER;
    }
    bringIntoForce(current, changeover.open());
    LOG.log(Level.INFO, "{0}: approved, {1} contacts will be moved", id, changeover.moved());
    answer(true);
    return clock.now();
  }

  /** Lets a page of contacts be written, unless enough of them wait for that already. */
  private long settle() {
    ConnectionScope scope = scopes.require(id);
    if (isSettled(scope)) {
      pass = null;
      return Due.NEVER;
    }
    if (reader.countDue(id, DueWork.WRITE, clock.now()) >= MOST_WAITING_WRITES) {
      return clock.now() + LOOK_AGAIN_MILLIS;
    }
    Pass settling = pass(Pass.Kind.SETTLE, scope);
    List<StoredContact> page = reader.contacts(id, settling.lastRow(), PAGE);
    if (page.isEmpty()) {
      intake.submit(new Work.Flag(id, List.of(), SETTLED, scope.configuration())).join();
    } else {
      boolean isNews = !changeover.isBack();
      intake.submit(new Work.Rescore(id, refs(page), Map.of(), isNews)).join();
      settling.passed(page.getLast().rowId(), page.size());
    }
    return clock.now();
  }

  private boolean isSettled(ConnectionScope scope) {
    return reader.cursor(id, SETTLED).filter(scope.configuration()::equals).isPresent();
  }

  // For those who look

  /** Returns how far the configuration has come. */
  Configuration look() {
    ConnectionScope scope = scopes.require(id);
    Changeover change = changeover;
    Obstacle met = obstacle;
    Pass running = pass;
    List<String> unheard = unheard();
    State state = state(scope, change, met, !unheard.isEmpty());
    Progress progress = running == null ? Progress.NONE : running.progress(clock.now());
    return new Configuration(
        id,
        versions(scope),
        state,
        detail(scope, state, progress, met, unheard, change),
        progress,
        met.missing(),
        unheard,
        change.contacts(),
        change.moves());
  }

  /** Returns names and hashes of the models in force. */
  private static String versions(ConnectionScope scope) {
    return scope.models().stream()
        .map(model -> model.name() + " " + model.hash())
        .collect(Collectors.joining(", "));
  }

  private List<String> unheard() {
    SortedSet<String> unheard = Unheard.of(reader, id);
    unheard.removeAll(states.seen(id));
    return List.copyOf(unheard);
  }

  private State state(ConnectionScope scope, Changeover change, Obstacle met, boolean isUnheard) {
    if (!met.equals(Obstacle.NONE)) {
      return State.NEEDS_SETUP;
    }
    if (!wanted.scope().configuration().equals(scope.configuration())) {
      return State.FETCHING;
    }
    return switch (change.phase()) {
      case COUNTING -> State.SCORING;
      case PAUSED -> State.PAUSED;
      case OPEN -> {
        if (!isSettled(scope)) {
          yield State.SCORING;
        }
        yield isUnheard ? State.NEEDS_UPLOAD : State.IN_FORCE;
      }
    };
  }

  private String detail(
      ConnectionScope scope,
      State state,
      Progress progress,
      Obstacle met,
      List<String> unheard,
      Changeover change) {
    String done = progress.done() + " of " + progress.total() + " contacts";
    return switch (state) {
      case IN_FORCE -> "in force";
      case NEEDS_UPLOAD ->
          "in force; no event was seen of "
              + String.join(", ", unheard)
              + ": subscribe contact.propertyChange of each; polled meanwhile";
      case FETCHING -> "reads what the new version needs, " + done + "; the old one is in force";
      case NEEDS_SETUP -> needs(met) + "; " + old(scope);
      case SCORING ->
          (scope.isHeld() ? "counts what would be moved, " : "scores and writes, ") + done;
      case PAUSED -> paused(change, scope.connection().guard());
    };
  }

  private static String old(ConnectionScope scope) {
    return scope.isHeld() ? "nothing is written until then" : "the old version is in force";
  }

  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
