package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import java.util.Collection;
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

  Scopes() {}

  /** Puts a version of a connection into force. */
  void put(ConnectionScope scope) {
    known.put(scope.id(), scope);
    served.put(scope.id(), scope);
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
