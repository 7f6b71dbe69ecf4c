package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The connections that are served, each as it is in force now. Thread-safe; another version of a
 * connection is seen from the next transaction on.
 */
public final class Scopes {
  private final Map<ConnectionId, ConnectionScope> served = new ConcurrentSkipListMap<>();

  /** Also those that are served no more: what they had sent is still on its way. */
  private final Map<ConnectionId, ConnectionScope> known = new ConcurrentHashMap<>();

  /** Since when what backfills bring is held back. */
  private final Map<ConnectionId, Long> recalled = new HashMap<>();

  Scopes() {}

  /** Puts a version of a connection into force; what a backfill has brought stays held back. */
  synchronized void put(ConnectionScope scope) {
    ConnectionScope held = scope.recalledSince(recalled.getOrDefault(scope.id(), Due.NEVER));
    known.put(scope.id(), held);
    served.put(scope.id(), held);
  }

  /**
   * Holds back what a backfill brings, or does so no more.
   *
   * @param since when the backfill began; {@link Due#NEVER} for no more
   */
  synchronized void holdRecalled(ConnectionId id, long since) {
    recalled.put(id, since);
    served.computeIfPresent(id, (same, scope) -> scope.recalledSince(since));
    known.computeIfPresent(id, (same, scope) -> scope.recalledSince(since));
  }

  /** Serves a connection no more. */
  void remove(ConnectionId id) {
    served.remove(id);
  }

  /** Returns a connection, if it is served. */
  public Optional<ConnectionScope> find(ConnectionId id) {
    return Optional.ofNullable(served.get(id));
  }

  /** Returns a connection that is served, or was since the start. */
  ConnectionScope require(ConnectionId id) {
    ConnectionScope scope = known.get(id);
    if (scope == null) {
      throw new IllegalArgumentException("not served: " + id);
    }
    return scope;
  }

  /** Returns all connections that are served, in the order of their names. */
  public Collection<ConnectionScope> all() {
    return List.copyOf(served.values());
  }
}
