package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordState;
import io.leadgauge.pipeline.IntakeQueue.Waiting;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one way into the store. Whatever comes, many deliveries at once or the answer to a read, is
 * put into one transaction with all else that waits, and is reported only after that transaction is
 * on the disk.
 *
 * <p>Thread-safe. One thread of its own owns the writer.
 */
public final class Intake implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Intake.class.getName());
  private static final long HEALING_MILLIS = 1_000;
  private static final String NOT_WRITABLE = "the store is not writable";

  /** No more, for what a fault says may quote a person, and reasons outlive an erasure. */
  static final String FAULT = "a fault of ours; the log has it";

  /**
   * A batch of a megabyte, some four thousand events, is done in less than a tenth of a second;
   * that long a connection waits for those before it. A second of work may wait, so that what
   * nobody waits for any more is soon done; and where the disk hangs, as long as is well below the
   * ten seconds after which a sender is told that its delivery is not kept.
   */
  private static final IntakeQueue.Bounds BOUNDS =
      new IntakeQueue.Bounds(
          32L << 20, 1L << 20, 256L << 10, Duration.ofSeconds(1), Duration.ofSeconds(3));

  private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_EXTRA_RETRY_SECONDS = 5;

  private final Scopes scopes;
  private final Function<ConnectionId, CrmAdapter> adapters;
  private final States states;
  private final Store store;
  private final StoreWriter writer;
  private final DiskWatch disk;
  private final Stripping stripping;
  private final Runnable erasureBegun;
  private final Consumer<ConnectionId> overflow;
  private final PipelineMetrics metrics;
  private final Clockwork clock;
  private final Consumer<List<RecordState>> listener;
  private final IntakeQueue queue = new IntakeQueue(BOUNDS);
  private final Thread thread;
  private volatile String trouble = "";

  /** The instant of the transaction that is on its way, or of the last one. */
  private volatile long batchAt;

  /** The instant of the last transaction that ended; what came of it can be seen. */
  private volatile long endedAt;

  /** When the thread last took something up or was done with it, as a monotonic reading. */
  private volatile long movedNanos;

  private volatile boolean working;

  /**
   * Makes an intake that does not run yet.
   *
   * @param disk says when nothing should be taken
   * @param adapters reads the deliveries of a connection
   * @param erasureBegun is called after a commit that has marked somebody for erasure
   * @param overflow is called after a commit for a connection whose CRM has said that more changed
   *     than it tells; must not block
   * @param listener is told of every record after the commit that stored it; must not block
   */
  Intake(
      Scopes scopes,
      Function<ConnectionId, CrmAdapter> adapters,
      States states,
      Store store,
      DiskWatch disk,
      PipelineMetrics metrics,
      Clockwork clock,
      Runnable erasureBegun,
      Consumer<ConnectionId> overflow,
      Consumer<List<RecordState>> listener) {
    this.scopes = scopes;
    this.adapters = adapters;
    this.states = states;
    this.store = store;
    this.writer = store.writer();
    this.disk = disk;
    this.erasureBegun = erasureBegun;
    this.overflow = overflow;
    this.stripping =
        new Stripping(
            store.tombstones(),
            (delivery, erased) -> adapters.apply(delivery.connection()).without(delivery, erased),
            delivery -> decoded(scopes.require(delivery.connection()), delivery));
    this.metrics = metrics;
    this.clock = clock;
    this.movedNanos = clock.nanos();
    this.listener = listener;
    this.thread = Thread.ofPlatform().name("intake").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /**
   * Takes an authentic delivery. It is decoded here, on the caller's thread; the receipt comes
   * after the commit, on the intake's.
   */
  public CompletionStage<Receipt> receive(Delivery delivery) {
    if (!disk.look().trouble().isEmpty()) {
      return down();
    }
    ConnectionId turn = delivery.connection();
    // Before it is read: what is refused should cost little.
    return queue.isFull(turn, delivery.body().length, clock.nanos())
        ? full(turn)
        : queued(turn, received(scopes.require(turn), delivery));
  }

  /**
   * Keeps an authentic delivery that no connection takes, quarantined; the receipt comes after the
   * commit.
   *
   * @param turn in whose turn
   */
  CompletionStage<Receipt> keep(ConnectionId turn, Delivery delivery, String reason) {
    if (!disk.look().trouble().isEmpty()) {
      return down();
    }
    return queue.isFull(turn, delivery.body().length, clock.nanos())
        ? full(turn)
        : queued(turn, new Work.Keep(turn, delivery, reason));
  }

  private CompletionStage<Receipt> queued(ConnectionId turn, Work work) {
    Waiting item = waiting(work);
    return queue.offer(item)
        ? item.done().handle((sequence, fault) -> receipt(turn, sequence, fault))
        : full(turn);
  }

  private CompletionStage<Receipt> full(ConnectionId turn) {
    metrics.full(turn, 1);
    return CompletableFuture.completedStage(new Receipt.Full(retryAfter()));
  }

  private Waiting waiting(Work work) {
    return new Waiting(work, clock.nanos(), new CompletableFuture<>());
  }

  private static CompletionStage<Receipt> down() {
    return CompletableFuture.completedStage(new Receipt.Down(NOT_WRITABLE));
  }

  private Work.Receive received(ConnectionScope scope, Delivery delivery) {
    return new Work.Receive(delivery, decoded(scope, delivery), scope.configuration());
  }

  /** What was read before another version came into force is read again by that one. */
  private Work upToDate(Work work) {
    if (work instanceof Work.Receive receive) {
      ConnectionScope scope = scopes.require(receive.connection());
      return receive.configuration().equals(scope.configuration())
          ? receive
          : received(scope, receive.delivery());
    }
    return work;
  }

  /** Reads a delivery that is kept as the connection reads it now, without the erased. */
  private Work.Receive opened(Delivery kept, BatchErasure erasure) {
    Work.Receive work = received(scopes.require(kept.connection()), kept);
    erasure.meet(work);
    return stripping.of(work);
  }

  /** A fault of the decoder costs the delivery its meaning for now, never its keeping. */
  private Decoded decoded(ConnectionScope scope, Delivery delivery) {
    try {
      return adapters.apply(scope.id()).decode(scope.connection(), delivery);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "cannot decode a delivery of " + delivery.connection(), e);
      return new Decoded.Undecodable("could not be decoded: " + FAULT);
    }
  }

  private Receipt receipt(ConnectionId counted, Long sequence, Throwable fault) {
    if (fault != null) {
      return new Receipt.Down(NOT_WRITABLE);
    }
    metrics.delivered(counted);
    return new Receipt.Kept(sequence);
  }

  /** Spreads the tries of many senders, so that they do not come back as one. */
  private Duration retryAfter() {
    return LEAST_RETRY.plusSeconds(clock.random().nextInt(MOST_EXTRA_RETRY_SECONDS));
  }

  /**
   * Does work of our own; completes after the commit, exceptionally where the store failed or the
   * intake is closed.
   */
  CompletableFuture<Long> submit(Work work) {
    Waiting item = waiting(work);
    if (!queue.offer(item)) {
      return CompletableFuture.failedFuture(new StoreException("the intake takes no more work"));
    }
    return item.done();
  }

  /**
   * Returns an instant after that of every transaction that can be seen, and not after that of one
   * that is still on its way: what that one changes came later. Transactions have instants of their
   * own, each later than the one before, so that of two things in one millisecond it is known which
   * came first.
   */
  long instant() {
    long seen = endedAt;
    long begun = batchAt;
    return begun > seen ? begun : Math.max(clock.now(), seen + 1);
  }

  /** Returns for how long the first of what waits has waited; zero while nothing waits. */
  Duration oldestWait() {
    OptionalLong oldest = queue.oldest();
    return oldest.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, clock.nanos() - oldest.getAsLong()));
  }

  /** Returns how much waits, in bytes. */
  long waitingBytes() {
    return queue.bytes();
  }

  /** Returns why nothing can be made durable at the moment; empty when all is well. */
  public String trouble() {
    return trouble;
  }

  /**
   * Returns for how long nothing has come of what waits: a transaction that does not end, or a
   * thread that is no more. Zero while nothing waits. A transaction that fails has ended.
   */
  public Duration stuckFor() {
    long now = clock.nanos();
    long moved = movedNanos;
    if (working) {
      return Duration.ofNanos(Math.max(0, now - moved));
    }
    OptionalLong oldest = queue.oldest();
    return oldest.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(Math.max(0, Math.min(now - oldest.getAsLong(), now - moved)));
  }

  private void run() {
    try {
      while (!queue.isFinished()) {
        long until = trouble.isEmpty() ? Due.NEVER : clock.now() + HEALING_MILLIS;
        List<Waiting> items = queue.take(clock, until);
        movedNanos = clock.nanos();
        working = true;
        process(items);
        movedNanos = clock.nanos();
        working = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void process(List<Waiting> items) {
    batchAt = Math.max(clock.now(), endedAt + 1);
    BatchErasure erasure = new BatchErasure(store, states, erasureBegun, batchAt);
    Batch batch =
        new Batch(scopes, states, writer, metrics, erasure, kept -> opened(kept, erasure), batchAt);
    long began = clock.nanos();
    long[] sequences = new long[items.size()];
    try {
      heal();
      if (items.isEmpty()) {
        endedAt = batchAt;
        return;
      }
      for (int i = 0; i < sequences.length; i++) {
        Work work = upToDate(items.get(i).work());
        erasure.meet(work);
        sequences[i] = batch.add(stripping.of(work));
      }
      batch.finish();
      writer.commit();
    } catch (RuntimeException | Error e) {
      failed(items, batch, e);
      return;
    }
    states.committed(batch.stored());
    endedAt = batchAt;
    batch.count();
    metrics.committed(items.size(), clock.nanos() - began);
    for (int i = 0; i < sequences.length; i++) {
      items.get(i).done().complete(sequences[i]);
    }
    tell(batch.stored());
    items.forEach(item -> tellOverflow(item.work()));
    erasure.afterwards();
  }

  /** What is on the disk stays so, whatever those who are told of it make of it. */
  private void tell(List<RecordState> stored) {
    try {
      listener.accept(stored);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a commit could not be told on", e);
    }
  }

  private void tellOverflow(Work work) {
    if (work instanceof Work.Receive receive
        && receive.decoded() instanceof Decoded.Events decoded
        && decoded.events().stream().anyMatch(event -> event.meaning() == Meaning.RESYNC)) {
      ConnectionId id = receive.delivery().connection();
      LOG.log(Level.WARNING, "{0}: more has changed than the CRM tells; it is looked for", id);
      overflow.accept(id);
    }
  }

  /**
   * After a failure the connection is opened anew, and a commit is tried on it, before all else.
   */
  private void heal() {
    if (!trouble.isEmpty()) {
      writer.reopen();
      trouble = "";
      LOG.log(Level.INFO, "the store is writable again");
    }
  }

  /** The whole batch is void. The connection is opened anew before the next one. */
  private void failed(List<Waiting> items, Batch batch, Throwable fault) {
    if (trouble.isEmpty()) {
      LOG.log(Level.ERROR, "nothing of a transaction could be made durable", fault);
    }
    metrics.commitFailed();
    trouble = fault instanceof StoreException ? String.valueOf(fault.getMessage()) : FAULT;
    states.failed(batch.touched());
    endedAt = batchAt;
    for (Waiting item : items) {
      item.done().completeExceptionally(fault);
    }
  }

  /** Takes no more work, finishes what waits, and returns when it is on the disk. */
  @Override
  public void close() {
    queue.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
