package io.leadgauge.http;

import io.leadgauge.model.ConnectionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last refused requests, in memory and apart from the durable store, so that strangers can fill
 * neither.
 *
 * <p>Each connection has a ring of {@value #MOST_EACH}, and all requests that name no connection
 * share one. Of a body the first {@value #MOST_BODY_BYTES} bytes are kept. When all rings together
 * pass {@value #MOST_BYTES} bytes, the ring that holds most gives up its oldest, so a flood at one
 * address pushes out itself. Thread-safe.
 */
public final class RefusedRequests {
  /** Requests kept for each connection. */
  static final int MOST_EACH = 100;

  /** Bytes kept of one body. */
  static final int MOST_BODY_BYTES = 64 << 10;

  /** Bytes kept of all requests together. */
  static final long MOST_BYTES = 16L << 20;

  private static final int OBJECT_BYTES = 256;
  private static final int HEADER_BYTES = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Ring> rings = new HashMap<>();
  private long lastId;
  private long bytes;

  private static final class Ring {
    private final Deque<RefusedRequest> requests = new ArrayDeque<>();
    private long bytes;
  }

  /**
   * Keeps a request; its id is given here, and its body is cut here.
   *
   * @return the request as it is kept
   */
  RefusedRequest add(RefusedRequest request) {
    lock.lock();
    try {
      RefusedRequest kept = numbered(request, ++lastId);
      Ring ring = rings.computeIfAbsent(key(kept.connection()), key -> new Ring());
      ring.requests.addLast(kept);
      account(ring, size(kept));
      if (ring.requests.size() > MOST_EACH) {
        dropOldest(ring);
      }
      while (bytes > MOST_BYTES) {
        dropOldest(largest());
      }
      return kept;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up the requests that pass a test.
   *
   * @param connection whose; those that name no connection are tested as well
   */
  public void forget(ConnectionId connection, Predicate<RefusedRequest> test) {
    lock.lock();
    try {
      for (String key : List.of(connection.name(), key(null))) {
        Ring ring = rings.get(key);
        if (ring != null) {
          List<RefusedRequest> given = ring.requests.stream().filter(test).toList();
          ring.requests.removeAll(given);
          given.forEach(request -> account(ring, -size(request)));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns the requests, the newest first.
   *
   * @param connection whose; null for all, those that name no connection included
   */
  public List<RefusedRequest> list(@Nullable ConnectionId connection) {
    lock.lock();
    try {
      List<RefusedRequest> found = new ArrayList<>();
      rings.forEach(
          (key, ring) -> {
            if (connection == null || key.equals(connection.name())) {
              found.addAll(ring.requests);
            }
          });
      found.sort(Comparator.comparingLong(RefusedRequest::id).reversed());
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the request with this number; empty if there was none or it was pushed out. */
  public Optional<RefusedRequest> find(long id) {
    return list(null).stream().filter(one -> one.id() == id).findFirst();
  }

  /** Returns the bytes that all requests take, as they are counted here. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  private static String key(@Nullable ConnectionId connection) {
    return connection == null ? "" : connection.name();
  }

  private static RefusedRequest numbered(RefusedRequest request, long id) {
    byte[] body = request.body();
    return new RefusedRequest(
        id,
        request.at(),
        request.connection(),
        request.status(),
        request.reason(),
        request.text(),
        request.method(),
        request.path(),
        request.headers(),
        body.length <= MOST_BODY_BYTES ? body : Arrays.copyOf(body, MOST_BODY_BYTES),
        request.bodyLength());
  }

  /** Returns about how much memory a request takes. */
  private static long size(RefusedRequest request) {
    long headers =
        request.headers().stream()
            .mapToLong(one -> one.name().length() + one.value().length() + HEADER_BYTES)
            .sum();
    return OBJECT_BYTES
        + headers
        + request.text().length()
        + request.path().length()
        + request.body().length;
  }

  private void dropOldest(Ring ring) {
    account(ring, -size(ring.requests.removeFirst()));
  }

  private void account(Ring ring, long change) {
    ring.bytes += change;
    bytes += change;
  }

  private Ring largest() {
    return rings.values().stream()
        .max(Comparator.comparingLong(ring -> ring.bytes))
        .orElseThrow(() -> new IllegalStateException("bytes without a ring: " + bytes));
  }
}
