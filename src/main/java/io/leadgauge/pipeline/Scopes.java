package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RefusedField;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** What their CRMs refuse to be written. */
  private final Map<ConnectionId, SortedMap<String, RefusedField>> refused =
      new ConcurrentHashMap<>();

  /** The records whose changes would move too many contacts. */
  private final Map<ConnectionId, Set<RecordRef>> withheld = new HashMap<>();

  /** Their last backfills. */
  private final Map<ConnectionId, Recall> recalls = new HashMap<>();

  Scopes() {}

  /**
   * Puts a version of a connection into force; what its CRM refuses stays left out, and what a
   * backfill has brought held back.
   */
  synchronized void put(ConnectionScope scope) {
    ConnectionScope left =
        scope
            .refusing(refused(scope.id()).keySet())
            .withholding(withheld.getOrDefault(scope.id(), Set.of()))
            .recalling(recalls.getOrDefault(scope.id(), Recall.NONE));
    known.put(scope.id(), left);
    served.put(scope.id(), left);
  }

  /** Tells of the last backfill, and whether what it brings is held back. */
  synchronized void recall(ConnectionId id, Recall last) {
    recalls.put(id, last);
    known.computeIfPresent(id, (same, scope) -> scope.recalling(last));
    served.computeIfPresent(id, (same, scope) -> scope.recalling(last));
  }

  /** Holds back the stages of all contacts that are linked to these records, and of no others. */
  synchronized void withhold(ConnectionId id, Set<RecordRef> records) {
    withheld.put(id, Set.copyOf(records));
    known.computeIfPresent(id, (same, scope) -> scope.withholding(records));
    served.computeIfPresent(id, (same, scope) -> scope.withholding(records));
  }

  /** Leaves these properties, and no others, out of all writes. */
  synchronized void refuse(ConnectionId id, SortedMap<String, RefusedField> fields) {
    refused.put(id, Collections.unmodifiableSortedMap(new TreeMap<>(fields)));
    known.computeIfPresent(id, (same, scope) -> scope.refusing(fields.keySet()));
    served.computeIfPresent(id, (same, scope) -> scope.refusing(fields.keySet()));
  }

  /** Returns the properties that are left out of all writes, by name. */
  public SortedMap<String, RefusedField> refused(ConnectionId id) {
    return refused.getOrDefault(id, Collections.emptySortedMap());
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
