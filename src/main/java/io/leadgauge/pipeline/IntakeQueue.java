package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that waits for the next transaction: a queue per connection, bounded in bytes, served in
 * turn, so that a noisy connection delays its own work alone. Thread-safe.
 *
 * <p>For what comes from outside it is bounded in time as well: a sender that would wait too long
 * gives up, and work that is done for nobody takes the place of work that is waited for. So nothing
 * more is taken from a connection whose queue, at the pace of the last full batches, is longer than
 * that, or whose oldest has waited for so long already, as it does where a disk hangs.
 */
final class IntakeQueue {
  private static final int LONG_ALONE = 32;

  private final Bounds bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<ConnectionId, Lane> lanes = new LinkedHashMap<>();
  private final Pace pace = new Pace();
  private int batchesOfOne = LONG_ALONE;
  private boolean closed;

  /**
   * How much may wait.
   *
   * @param bytesPerConnection of all kinds of work
   * @param bytesPerBatch after so many, a batch takes nothing more
   * @param bytesPerSharedBatch the same while several connections have their turns, so that each
   *     waits little for the others
   * @param expected how long more from outside may have to wait, as far as can be told
   * @param waited how long the oldest of a connection may have waited when more comes from outside
   */
  record Bounds(
      long bytesPerConnection,
      long bytesPerBatch,
      long bytesPerSharedBatch,
      Duration expected,
      Duration waited) {}

  /**
   * Work and who waits for it.
   *
   * @param sinceNanos since when, as a monotonic reading
   * @param done completed with the entry's sequence number after the commit
   */
  record Waiting(Work work, long sinceNanos, CompletableFuture<Long> done) {}

  /** The queue of one connection. */
  private static final class Lane {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    private boolean hasWaitedFor(Duration longest, long nowNanos) {
      Waiting oldest = waiting.peek();
      return oldest != null && nowNanos - oldest.sinceNanos() > longest.toNanos();
    }
  }

  /**
   * How fast full batches were done lately, the last one counting half. What is not full says
   * nothing: of a single delivery nearly all time goes to the sync, which many share.
   */
  private static final class Pace {
    private double bytes;
    private double nanos;
    private long takenBytes;
    private long takenNanos;

    void taken(long full, long nowNanos) {
      takenBytes = full;
      takenNanos = nowNanos;
    }

    void done(long nowNanos) {
      if (takenBytes > 0) {
        bytes = bytes / 2 + takenBytes;
        nanos = nanos / 2 + (nowNanos - takenNanos);
        takenBytes = 0;
      }
    }

    boolean takesLonger(long waiting, Duration longest) {
      return waiting * nanos > longest.toNanos() * bytes;
    }
  }

  /** Makes an empty queue. */
  IntakeQueue(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Tells whether so much from outside would find no room at the moment. */
  boolean isFull(ConnectionId connection, long bytes, long nowNanos) {
    lock.lock();
    try {
      Lane lane = lanes.get(connection);
      return lane != null
          && !lane.waiting.isEmpty()
          && (!fits(lane, bytes)
              || lane.hasWaitedFor(bounds.waited(), nowNanos)
              || pace.takesLonger(lane.bytes * busy(), bounds.expected()));
    } finally {
      lock.unlock();
    }
  }

  private boolean fits(Lane lane, long bytes) {
    return lane.waiting.isEmpty() || lane.bytes + bytes <= bounds.bytesPerConnection();
  }

  /** A connection that was there a moment ago will be there again in a moment. */
  private long mostBytes() {
    batchesOfOne = busy() > 1 ? 0 : Math.min(batchesOfOne + 1, LONG_ALONE + 1);
    return batchesOfOne > LONG_ALONE ? bounds.bytesPerBatch() : bounds.bytesPerSharedBatch();
  }

  /** Returns how many connections have their turns. */
  private int busy() {
    int busy = 0;
    for (Lane lane : lanes.values()) {
      busy += lane.waiting.isEmpty() ? 0 : 1;
    }
    return busy;
  }

  /** Puts work in its connection's queue; tells whether there was room. */
  boolean offer(Waiting item) {
    lock.lock();
    try {
      Lane lane = lanes.computeIfAbsent(item.work().connection(), id -> new Lane());
      if (closed || !fits(lane, item.work().bytes())) {
        return false;
      }
      lane.waiting.add(item);
      lane.bytes += item.work().bytes();
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for work and takes what is there, a piece of each connection in turn. Nothing is waited
   * for beyond the first piece: the batch grows by itself while a commit is on its way. To be
   * called again when what was taken is done.
   *
   * @param until how long to wait for a first piece, by the wall clock
   * @return empty if none came, or once the queue is closed and drained
   */
  List<Waiting> take(Clockwork clock, long until) throws InterruptedException {
    lock.lock();
    try {
      pace.done(clock.nanos());
      while (isEmpty() && !closed && clock.now() < until) {
        clock.awaitUntil(arrived, until);
      }
      List<Waiting> batch = new ArrayList<>();
      long most = mostBytes();
      long bytes = 0;
      while (bytes < most && !isEmpty()) {
        bytes += takeInTurn(batch);
      }
      if (bytes >= most) {
        pace.taken(bytes, clock.nanos());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private long takeInTurn(List<Waiting> batch) {
    long bytes = 0;
    for (Lane lane : lanes.values()) {
      Waiting item = lane.waiting.poll();
      if (item != null) {
        lane.bytes -= item.work().bytes();
        bytes += item.work().bytes();
        batch.add(item);
      }
    }
    return bytes;
  }

  private boolean isEmpty() {
    for (Lane lane : lanes.values()) {
      if (!lane.waiting.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns since when the first of all has waited, as a monotonic reading; empty if none waits.
   */
  OptionalLong oldest() {
    lock.lock();
    try {
      // Not by their readings alone, which may be negative: by how far they are apart.
      OptionalLong oldest = OptionalLong.empty();
      for (Lane lane : lanes.values()) {
        Waiting first = lane.waiting.peek();
        if (first != null && (oldest.isEmpty() || first.sinceNanos() - oldest.getAsLong() < 0)) {
          oldest = OptionalLong.of(first.sinceNanos());
        }
      }
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how much waits, in bytes. */
  long bytes() {
    lock.lock();
    try {
      return lanes.values().stream().mapToLong(lane -> lane.bytes).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether the queue is closed and nothing is left in it. */
  boolean isFinished() {
    lock.lock();
    try {
      return closed && isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more work; what is there is still given out. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
