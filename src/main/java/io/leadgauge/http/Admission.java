package io.leadgauge.http;

import io.leadgauge.model.ConnectionId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that requests in flight may take: in all, and for each connection.
 *
 * <p>Room is taken for what has come and not for what was announced, which costs a sender nothing:
 * some for the headers and the first bytes, more as the body grows, each time about twice as much.
 * It is given back when the intake is done with the delivery. Thread-safe.
 */
final class Admission {
  private final long most;
  private final long mostEach;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ConnectionId, Long> taken = new HashMap<>();
  private long total;

  /** Makes room for so many bytes in all, and so many for each connection. */
  Admission(long most, long mostEach) {
    this.most = most;
    this.mostEach = mostEach;
  }

  /** Reserves room; empty if there is not enough. */
  Optional<Room> reserve(ConnectionId connection, long bytes) {
    lock.lock();
    try {
      return take(connection, bytes) ? Optional.of(new Room(connection, bytes)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean take(ConnectionId connection, long bytes) {
    long own = taken.getOrDefault(connection, 0L);
    if (total + bytes > most || own + bytes > mostEach) {
      return false;
    }
    add(connection, bytes);
    return true;
  }

  /** Returns the bytes that are reserved now. */
  long inFlight() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  private void add(ConnectionId connection, long bytes) {
    total += bytes;
    taken.merge(connection, bytes, (one, other) -> one + other == 0 ? null : one + other);
  }

  /** Room that one request has. */
  final class Room {
    private final ConnectionId connection;
    private long bytes;

    private Room(ConnectionId connection, long bytes) {
      this.connection = connection;
      this.bytes = bytes;
    }

    /** Takes as much more as makes so many bytes in all; false, and nothing taken, without room. */
    boolean growTo(long wanted) {
      lock.lock();
      try {
        if (wanted > bytes) {
          if (!take(connection, wanted - bytes)) {
            return false;
          }
          bytes = wanted;
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    /** Gives back all but so many bytes; more than are reserved change nothing. */
    void shrinkTo(long left) {
      lock.lock();
      try {
        if (left < bytes) {
          add(connection, left - bytes);
          bytes = left;
        }
      } finally {
        lock.unlock();
      }
    }

    /** Gives everything back; a second time changes nothing. */
    void release() {
      shrinkTo(0);
    }
  }
}
