package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The running whole: the intake, and for every connection a rollout, a reconciler and a poll, and
 * one sweep. Thread-safe after {@link #start}.
 */
public final class Pipeline implements AutoCloseable {
  private final Scopes scopes = new Scopes();
  private final StoreReader reader;
  private final States states;
  private final Intake intake;
  private final Sweep sweep;
  private final WaitingSweep waiting;
  private final Checkpoints checkpoints;
  private final DiskWatch disk;
  private final Erasures erasures;
  private final Retention retention;
  private final Retries retries;
  private final Warnings warnings;
  private final PipelineMetrics metrics;
  private final Gauges gauges;
  private final Clockwork clock;
  private final Map<CrmKind, CrmAdapter> adapters;
  private final Versions versionsThen;
  private final Map<ConnectionId, Rollout> rollouts = new ConcurrentSkipListMap<>();
  private final Map<ConnectionId, Attendant> attendants = new ConcurrentSkipListMap<>();
  private final List<StoreReader> readers = new CopyOnWriteArrayList<>();
  private final ReentrantLock changing = new ReentrantLock();
  private final ReentrantLock activating = new ReentrantLock();
  private final Store store;
  private boolean closed;

  /** Puts the parts together, to keep all bodies for ever; nothing runs yet. */
  public Pipeline(
      Store store,
      Map<CrmKind, CrmAdapter> adapters,
      MeterRegistry registry,
      Clockwork clock,
      long cacheBytes) {
    this(store, adapters, registry, clock, cacheBytes, BodyTerms.FOREVER);
  }

  /**
   * Puts the parts together; nothing runs yet.
   *
   * @param store open for writing; closed by whoever opened it
   * @param adapters the platforms
   * @param cacheBytes about how much memory the states in use may take
   * @param bodies how long the bodies of what came are kept
   */
  public Pipeline(
      Store store,
      Map<CrmKind, CrmAdapter> adapters,
      MeterRegistry registry,
      Clockwork clock,
      long cacheBytes,
      BodyTerms bodies) {
    this.store = store;
    this.clock = clock;
    this.adapters = Map.copyOf(adapters);
    this.reader = opened();
    this.versionsThen = new Versions(reader.journal());
    this.states = new States(opened(), cacheBytes);
    this.metrics = new PipelineMetrics(registry);
    Function<ConnectionId, CrmAdapter> adapter = id -> adapter(scopes.require(id).connection());
    this.disk = new DiskWatch(store);
    this.intake =
        new Intake(
            scopes,
            adapter,
            states,
            store,
            disk,
            metrics,
            clock,
            this::erasureBegun,
            this::lookSoon,
            this::committed);
    this.retries = new Retries(intake, reader);
    this.erasures = new Erasures(store, intake, this::redacted, this::decodedOnce, clock);
    this.sweep = new Sweep(scopes, intake, opened(), clock);
    this.waiting = new WaitingSweep(scopes, intake, opened(), clock);
    this.warnings =
        new Warnings(scopes, intake, store, opened(), metrics.tally(), this::expiries, clock);
    this.checkpoints = new Checkpoints(store, disk, clock);
    StoreReader retold = opened();
    Versions versions = new Versions(retold.journal());
    this.retention =
        new Retention(
            store, retold, intake, new KeptDecoder(versions, this::adapter), bodies, clock);
    this.gauges =
        new Gauges(registry, scopes, reader, warnings, this::configuration, attendants::get, clock);
    gauges.ofInstallation(store, intake, retention);
  }

  private StoreReader opened() {
    StoreReader another = store.reader();
    readers.add(another);
    return another;
  }

  private CrmAdapter adapter(Connection connection) {
    return adapter(connection.kind());
  }

  private List<Expiry> expiries(Connection connection) {
    List<Expiry> all = new ArrayList<>(adapter(connection).expiries(connection));
    all.addAll(connection.expiries());
    return all;
  }

  private CrmAdapter adapter(CrmKind kind) {
    CrmAdapter adapter = adapters.get(kind);
    if (adapter == null) {
      throw new IllegalArgumentException("no adapter for " + kind);
    }
    return adapter;
  }

  private Redacted redacted(Delivery delivery, Erased erased) {
    return scopes
        .find(delivery.connection())
        .map(scope -> adapter(scope.connection()).without(delivery, erased))
        .orElseGet(() -> Redaction.ofAny(adapters.values()).of(delivery, erased));
  }

  /**
   * Reads a delivery as it was read when it came, also of a connection that is served no more. A
   * fault of the decoder must not hold up an erasure.
   */
  private Decoded decodedOnce(Delivery delivery, long sequence) {
    return versionsThen
        .at(delivery.connection(), sequence)
        .or(() -> scopes.find(delivery.connection()))
        .map(ConnectionScope::connection)
        .map(connection -> KeptDecoder.decode(this::adapter, connection, delivery))
        .orElseGet(() -> new Decoded.Undecodable("its connection is not known"));
  }

  /**
   * Returns what is wrong with single events of a delivery, as its connection reads it now; nothing
   * where the connection is not served, or the whole cannot be read.
   */
  public List<String> notes(Delivery delivery) {
    return scopes
        .find(delivery.connection())
        .map(scope -> notes(scope.connection(), delivery))
        .orElse(List.of());
  }

  /** Returns the same, as a connection reads it. */
  List<String> notes(Connection connection, Delivery delivery) {
    return adapter(connection).decode(connection, delivery) instanceof Decoded.Events decoded
        ? decoded.events().stream().map(CrmEvent::note).filter(Objects::nonNull).toList()
        : List.of();
  }

  private void erasureBegun() {
    erasures.wake();
  }

  private void lookSoon(ConnectionId id) {
    Attendant attendant = attendants.get(id);
    if (attendant != null) {
      attendant.lookSoon();
    }
  }

  private CrmClient client(Connection connection) {
    return adapter(connection).connect(connection);
  }

  /**
   * Starts all parts; returns when all connections are served.
   *
   * @param versions the connections, as they are to be served at first
   */
  public void start(Collection<Candidate> versions) {
    intake.start();
    checkpoints.start();
    replace(versions);
    sweep.start();
    waiting.start();
    erasures.start();
    retention.start();
    warnings.start();
  }

  /** Starts what erases alone; nothing is served. */
  public void startErasing() {
    intake.start();
    erasures.start();
  }

  /**
   * Replaces what is served. New connections are served at once, those that are left out no more; a
   * new version of one comes into force when all that it needs is there. What keeps one from being
   * served is thrown when all others are.
   *
   * @param versions all connections that are to be served
   */
  public void replace(Collection<Candidate> versions) {
    changing.lock();
    try {
      if (closed) {
        return;
      }
      Map<ConnectionId, Candidate> wanted = new TreeMap<>();
      versions.forEach(version -> wanted.put(version.scope().id(), version));
      List.copyOf(rollouts.keySet()).stream()
          .filter(id -> !wanted.containsKey(id))
          .forEach(this::dismiss);
      serve(wanted);
    } finally {
      changing.unlock();
    }
  }

  /** One connection that cannot be served keeps no other from it. */
  private void serve(Map<ConnectionId, Candidate> wanted) {
    RuntimeException failed = null;
    for (Map.Entry<ConnectionId, Candidate> one : wanted.entrySet()) {
      try {
        serve(one.getKey(), one.getValue());
      } catch (RuntimeException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void serve(ConnectionId id, Candidate candidate) {
    Rollout running = rollouts.get(id);
    if (running != null) {
      running.want(candidate);
      return;
    }
    Rollout rollout =
        new Rollout(
            candidate,
            scopes,
            intake,
            states,
            store.reader(),
            clock,
            this::client,
            activating,
            before -> changed(id, before));
    scopes.refuse(id, reader.unwritten().refusedFields(id));
    scopes.recall(id, Backfill.recalled(reader, id));
    metrics.serve(id);
    gauges.of(id);
    try {
      attend(id, candidate.scope().connection(), rollout);
    } catch (RuntimeException e) {
      rollout.close();
      dismiss(id);
      throw e;
    }
  }

  private void attend(ConnectionId id, Connection connection, Rollout rollout) {
    rollout.start();
    rollouts.put(id, rollout);
    Attendant attendant = attendant(id, connection);
    attendants.put(id, attendant);
    attendant.start();
  }

  private Attendant attendant(ConnectionId id, Connection connection) {
    CrmClient client = client(connection);
    StoreReader due = store.reader();
    StoreReader behind = store.reader();
    StoreReader linked = store.reader();
    StoreReader intended = store.reader();
    StoreReader walked = store.reader();
    RefusedFields fields = new RefusedFields(id, scopes, intake, clock);
    Reconciler reconciler =
        new Reconciler(id, scopes, client, intake, states, fields, due, metrics, clock);
    return new Attendant(
        client,
        reconciler,
        new Poller(id, scopes, client, intake, states, behind, metrics, clock),
        new LookBack(id, scopes, client, intake, states, behind, metrics, clock),
        new DriftCheck(id, scopes, client, intake, states, behind, metrics, clock),
        new Backfill(id, scopes, client, intake, states, behind, metrics, clock),
        new FanOut(id, scopes, states, intake, linked, clock),
        new TaskMaker(id, scopes, client, intake, states, intended, metrics, clock),
        new FieldProbe(
            id, scopes, client, reconciler.writes(), fields, intake, states, walked, clock),
        List.of(due, behind, linked, intended, walked));
  }

  /** Calls the CRM as the version in force says; the calls that are under way end first. */
  private void changed(ConnectionId id, Connection before) {
    Attendant attendant = attendants.get(id);
    Connection now = scopes.require(id).connection();
    if (attendant == null) {
      return;
    }
    if (now.isCalledLike(before)) {
      attendant.wake();
      return;
    }
    attendant.close();
    Attendant next = attendant(id, now);
    attendants.put(id, next);
    next.start();
  }

  private void dismiss(ConnectionId id) {
    Rollout rollout = rollouts.remove(id);
    if (rollout != null) {
      rollout.close();
    }
    Attendant attendant = attendants.remove(id);
    if (attendant != null) {
      attendant.close();
    }
    // Last: until then both ask for the connection that they serve.
    scopes.remove(id);
  }

  private void committed(List<RecordState> stored) {
    long sweepAt = Due.NEVER;
    for (RecordState state : stored) {
      Due due = state.due();
      Attendant attendant = attendants.get(state.ref().connection());
      if (attendant != null && (due.fetchAt() != Due.NEVER || due.writeAt() != Due.NEVER)) {
        attendant.reconciler().wake();
      }
      if (attendant != null && !state.ref().isContact()) {
        attendant.fanOut().wake();
      }
      if (attendant != null && HandOffs.mayBe(state)) {
        attendant.tasks().wake();
      }
      sweepAt = Math.min(sweepAt, due.sweepAt());
    }
    sweep.expect(sweepAt);
  }

  /** Returns the way in for deliveries. */
  public Intake intake() {
    return intake;
  }

  /** Returns how the disk of the data folder stands. */
  public DiskWatch.Look disk() {
    return disk.look();
  }

  /** Returns what erases persons. */
  public Erasures erasures() {
    return erasures;
  }

  /** Returns what empties bodies. */
  public Retention retention() {
    return retention;
  }

  /** Returns what takes up deliveries that were kept and not applied. */
  public Retries retries() {
    return retries;
  }

  /** Returns the states of the records in use. */
  public States states() {
    return states;
  }

  /** Returns the connections that are served. */
  public Scopes scopes() {
    return scopes;
  }

  /** Returns how far the configuration of each connection has come. */
  public List<Configuration> configurations() {
    return rollouts.values().stream().map(Rollout::look).toList();
  }

  /** Returns how far the configuration of a connection has come, if it is served. */
  public Optional<Configuration> configuration(ConnectionId id) {
    return Optional.ofNullable(rollouts.get(id)).map(Rollout::look);
  }

  /**
   * Approves the change of configuration that a connection is paused for.
   *
   * @return whether there was one, once the approval is on the disk; empty if the connection is not
   *     served
   */
  public Optional<CompletableFuture<Boolean>> approve(ConnectionId id) {
    return Optional.ofNullable(rollouts.get(id)).map(Rollout::approve);
  }

  /**
   * Begins to read all contacts of a connection, unless that is on its way already.
   *
   * @return how far it is; empty if the connection is not served
   */
  public Optional<BackfillProgress> beginBackfill(ConnectionId id) {
    return Optional.ofNullable(attendants.get(id)).map(one -> one.backfill().begin());
  }

  /** Returns how far the backfill of a connection is; empty if the connection is not served. */
  public Optional<BackfillProgress> backfill(ConnectionId id) {
    return Optional.ofNullable(attendants.get(id)).map(one -> one.backfill().progress());
  }

  /** Lets a backfill that waits for approval move contacts; false if none waits for that. */
  public boolean approveBackfill(ConnectionId id) {
    Attendant attendant = attendants.get(id);
    return attendant != null && attendant.backfill().approve();
  }

  /**
   * Lets contacts be moved whose stages are held back because a company of theirs, or another
   * record that they are linked to, has changed; returns how many, 0 where none wait for that.
   */
  public long approveFanOuts(ConnectionId id) {
    Attendant attendant = attendants.get(id);
    return attendant == null ? 0 : attendant.fanOut().approve();
  }

  /**
   * Returns how each connection does; it costs the same however many contacts wait.
   *
   * @param most no more contacts than these are counted of a kind
   */
  public List<ConnectionHealth> health(long now, long most) {
    List<ConnectionHealth> all = new ArrayList<>();
    attendants.forEach((id, attendant) -> all.add(health(id, attendant, now, most)));
    return all;
  }

  /** Returns how a connection does, if it is served. */
  public Optional<ConnectionHealth> health(ConnectionId id, long now) {
    return Optional.ofNullable(attendants.get(id))
        .map(attendant -> health(id, attendant, now, Long.MAX_VALUE));
  }

  /** Returns what is not as it usually is, or will not go on for long, of a connection. */
  public List<Warning> warnings(ConnectionId id) {
    return warnings.of(id);
  }

  /** Returns the same of the installation as a whole. */
  public List<Warning> warnings() {
    return warnings.ofInstallation();
  }

  /** Returns what somebody should look at: what keeps results from being written, and warnings. */
  public List<Concern> concerns(long now) {
    List<Concern> all = new ArrayList<>();
    attendants.forEach(
        (id, attendant) -> {
          BackfillProgress progress = attendant.backfill().progress();
          if (progress.isCatchingUp()) {
            all.add(new Concern(id, "restore", progress.catchingUp()));
          } else if (progress.isPaused()) {
            all.add(new Concern(id, "backfill", progress.heldBack()));
          }
          String unread = attendant.backfill().unread();
          if (!unread.isEmpty()) {
            all.add(new Concern(id, "not read", unread));
          }
          all.addAll(
              Concern.of(
                  id, scopes.refused(id).values(), attendant.tasks().trouble(), reader, now));
        });
    attendants.keySet().stream()
        .flatMap(
            id -> warnings(id).stream().map(one -> new Concern(id, one.subject(), one.detail())))
        .forEach(all::add);
    return all;
  }

  private ConnectionHealth health(ConnectionId id, Attendant attendant, long now, long most) {
    Reconciler reconciler = attendant.reconciler();
    return new ConnectionHealth(
        id,
        reader.countDue(id, DueWork.FETCH, Due.NEVER, most),
        reader.countDue(id, DueWork.WRITE, now, most),
        reconciler.health().answeredAt(),
        reconciler.health().pausedUntil(),
        reconciler.health().trouble(),
        attendant.client().allowance(),
        attendant.lookBack().looked(),
        attendant.driftCheck().drift());
  }

  /**
   * Ends what looks for work by itself and calls CRMs, all connections at once, since each may wait
   * for a CRM that does not answer. What comes in is kept and scored as before.
   */
  public void rest() {
    changing.lock();
    try {
      closed = true;
      rollouts.values().forEach(Rollout::close);
      rollouts.clear();
      attendants.values().forEach(Attendant::rest);
      sweep.close();
      waiting.close();
      warnings.close();
      AtOnce.run(attendants.values().stream().<Runnable>map(one -> one::close).toList());
      attendants.clear();
    } finally {
      changing.unlock();
    }
  }

  /** Stops in the order of the flow: nothing that was begun is lost. */
  @Override
  public void close() {
    rest();
    retention.close();
    erasures.close();
    intake.close();
    checkpoints.close();
    readers.forEach(StoreReader::close);
  }
}
