package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The connections that are served. Immutable and thread-safe. */
public final class Scopes {
  private final Map<ConnectionId, ConnectionScope> scopes = new TreeMap<>();

  public Scopes(Collection<ConnectionScope> scopes) {
    scopes.forEach(scope -> this.scopes.put(scope.id(), scope));
  }

  /** Returns a connection, if it is served. */
  public Optional<ConnectionScope> find(ConnectionId id) {
    return Optional.ofNullable(scopes.get(id));
  }

  /** Returns a connection that is known to be served. */
  ConnectionScope require(ConnectionId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("not served: " + id));
  }

  /** Returns all connections in the order of their names. */
  public Collection<ConnectionScope> all() {
    return scopes.values();
  }
}
