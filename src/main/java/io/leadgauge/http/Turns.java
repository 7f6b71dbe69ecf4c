package io.leadgauge.http;

import io.leadgauge.model.ConnectionId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Work that is too long for an event loop, one piece of each connection in turn, so that a noisy
 * connection delays its own alone. Bounded by whoever brings it. Thread-safe.
 */
final class Turns {
  private final ReentrantLock lock = new ReentrantLock();

  /** What waits for each connection that has a piece under way. */
  private final Map<ConnectionId, ArrayDeque<Runnable>> waiting = new HashMap<>();

  /** Does a piece of work in the connection's turn, on another thread. */
  void take(ConnectionId connection, Runnable work) {
    lock.lock();
    try {
      ArrayDeque<Runnable> others = waiting.get(connection);
      if (others != null) {
        others.add(work);
        return;
      }
      waiting.put(connection, new ArrayDeque<>());
    } finally {
      lock.unlock();
    }
    begin(connection, work);
  }

  /** Threads are run first come, first served, so the next piece stands behind those of others. */
  private void begin(ConnectionId connection, Runnable work) {
    Thread.ofVirtual()
        .name("turn-" + connection)
        .start(
            () -> {
              try {
                work.run();
              } finally {
                Runnable next = next(connection);
                if (next != null) {
                  begin(connection, next);
                }
              }
            });
  }

  private @Nullable Runnable next(ConnectionId connection) {
    lock.lock();
    try {
      ArrayDeque<Runnable> others = waiting.get(connection);
      Runnable next = others == null ? null : others.poll();
      if (next == null) {
        waiting.remove(connection);
      }
      return next;
    } finally {
      lock.unlock();
    }
  }
}
