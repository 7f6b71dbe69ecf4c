package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that waits for the next transaction: a queue per connection, bounded in bytes, served in
 * turn, so that a noisy connection delays its own work alone. Thread-safe.
 */
final class IntakeQueue {
  private final long mostBytesPerConnection;
  private final long mostBytesPerBatch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<ConnectionId, Lane> lanes = new LinkedHashMap<>();
  private boolean closed;

  /**
   * Work and who waits for it.
   *
   * @param done completed with the entry's sequence number after the commit
   */
  record Waiting(Work work, CompletableFuture<Long> done) {}

  /** The queue of one connection. */
  private static final class Lane {
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
  }

  IntakeQueue(long mostBytesPerConnection, long mostBytesPerBatch) {
    this.mostBytesPerConnection = mostBytesPerConnection;
    this.mostBytesPerBatch = mostBytesPerBatch;
  }

  /** Puts work in its connection's queue; tells whether there was room. */
  boolean offer(Waiting item) {
    lock.lock();
    try {
      Lane lane = lanes.computeIfAbsent(item.work().connection(), id -> new Lane());
      boolean fits =
          lane.waiting.isEmpty() || lane.bytes + item.work().bytes() <= mostBytesPerConnection;
      if (closed || !fits) {
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
   * for beyond the first piece: the batch grows by itself while a commit is on its way.
   *
   * @param until how long to wait for a first piece, by the wall clock
   * @return empty if none came, or once the queue is closed and drained
   */
  List<Waiting> take(Clockwork clock, long until) throws InterruptedException {
    lock.lock();
    try {
      while (isEmpty() && !closed && clock.now() < until) {
        clock.awaitUntil(arrived, until);
      }
      List<Waiting> batch = new ArrayList<>();
      long bytes = 0;
      while (bytes < mostBytesPerBatch && !isEmpty()) {
        bytes += takeInTurn(batch);
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
