package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The running whole: the intake, and for every connection a reconciler and a poll, and one sweep.
 * Thread-safe after {@link #start}.
 */
public final class Pipeline implements AutoCloseable {
  private final Scopes scopes;
  private final StoreReader reader;
  private final States states;
  private final Intake intake;
  private final Sweep sweep;
  private final Checkpoints checkpoints;
  private final Map<ConnectionId, Reconciler> reconcilers = new TreeMap<>();
  private final List<Poller> pollers = new ArrayList<>();
  private final List<StoreReader> readers = new ArrayList<>();
  private final Store store;

  /**
   * Puts the parts together; nothing runs yet.
   *
   * @param store open for writing; closed by whoever opened it
   * @param adapters the platforms
   * @param cacheBytes about how much memory the states in use may take
   */
  public Pipeline(
      Scopes scopes,
      Store store,
      Map<CrmKind, CrmAdapter> adapters,
      MeterRegistry registry,
      Clockwork clock,
      long cacheBytes) {
    this.scopes = scopes;
    this.store = store;
    this.reader = opened();
    this.states = new States(opened(), cacheBytes);
    PipelineMetrics metrics = new PipelineMetrics(registry);
    Function<ConnectionId, CrmAdapter> adapter = id -> adapter(scopes.require(id), adapters);
    this.intake =
        new Intake(scopes, adapter, states, store.writer(), metrics, clock, this::committed);
    this.sweep = new Sweep(scopes, intake, opened(), clock);
    this.checkpoints = new Checkpoints(store, clock);
    for (ConnectionScope scope : scopes.all()) {
      CrmClient client = adapter(scope, adapters).connect(scope.connection());
      reconcilers.put(
          scope.id(), new Reconciler(scope, client, intake, states, opened(), metrics, clock));
      pollers.add(new Poller(scope, client, intake, states, opened(), metrics, clock));
    }
  }

  private StoreReader opened() {
    StoreReader another = store.reader();
    readers.add(another);
    return another;
  }

  private static CrmAdapter adapter(ConnectionScope scope, Map<CrmKind, CrmAdapter> adapters) {
    CrmAdapter adapter = adapters.get(scope.connection().kind());
    if (adapter == null) {
      throw new IllegalArgumentException("no adapter for " + scope.connection().kind());
    }
    return adapter;
  }

  /**
   * Starts all parts.
   *
   * @param manifests the versions of the manifests in force, each noted in the journal where it is
   *     new
   */
  public void start(List<Activation> manifests) {
    intake.start();
    checkpoints.start();
    for (Activation manifest : manifests) {
      String active = reader.activeHash(manifest.kind(), manifest.name()).orElse("");
      if (!active.equals(manifest.hash())) {
        ConnectionId lane = scopes.all().iterator().next().id();
        intake.submit(new Work.Activate(lane, manifest)).join();
      }
    }
    reconcilers.values().forEach(Reconciler::start);
    pollers.forEach(Poller::start);
    sweep.start();
  }

  private void committed(List<RecordState> stored) {
    long sweepAt = Due.NEVER;
    for (RecordState state : stored) {
      Due due = state.due();
      Reconciler reconciler = reconcilers.get(state.ref().connection());
      if (reconciler != null && (due.fetchAt() != Due.NEVER || due.writeAt() != Due.NEVER)) {
        reconciler.wake();
      }
      sweepAt = Math.min(sweepAt, due.sweepAt());
    }
    sweep.expect(sweepAt);
  }

  /** Returns the way in for deliveries. */
  public Intake intake() {
    return intake;
  }

  /** Returns the states of the records in use. */
  public States states() {
    return states;
  }

  /** Returns the connections that are served. */
  public Scopes scopes() {
    return scopes;
  }

  /** Returns how each connection does. */
  public List<ConnectionHealth> health(long now) {
    List<ConnectionHealth> all = new ArrayList<>();
    reconcilers.forEach(
        (id, reconciler) ->
            all.add(
                new ConnectionHealth(
                    id,
                    reader.countDue(id, DueWork.FETCH, Due.NEVER),
                    reader.countDue(id, DueWork.WRITE, now),
                    reconciler.health().answeredAt(),
                    reconciler.health().pausedUntil(),
                    reconciler.health().trouble())));
    return all;
  }

  /** Stops in the order of the flow: nothing that was begun is lost. */
  @Override
  public void close() {
    pollers.forEach(Poller::close);
    sweep.close();
    reconcilers.values().forEach(Reconciler::close);
    intake.close();
    checkpoints.close();
    readers.forEach(StoreReader::close);
  }
}
