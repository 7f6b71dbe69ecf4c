package io.leadgauge.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoreWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The states of the records that are in use, as the last commit stored them. Bounded by weight;
 * what is not here is read from the store. Thread-safe: only the intake's thread puts states in,
 * after a commit, and takes them out, after a failed one.
 */
public final class States implements Neighbourhood {
  private static final int BYTES_PER_RECORD = 600;
  private static final int BYTES_PER_FACT = 120;

  private final Cache<RecordRef, RecordState> cache;
  private final StoreReader reader;
  private final Map<ConnectionId, Set<String>> seen = new ConcurrentHashMap<>();

  /**
   * Makes an empty cache.
   *
   * @param mostBytes about how much memory it may take
   */
  States(StoreReader reader, long mostBytes) {
    this.reader = reader;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(mostBytes)
            .weigher((RecordRef ref, RecordState state) -> weight(state))
            .executor(Runnable::run)
            .build();
  }

  private static int weight(RecordState state) {
    return BYTES_PER_RECORD + BYTES_PER_FACT * state.facts().size();
  }

  /** Returns a record as the last commit stored it, if it is known. */
  public Optional<RecordState> current(RecordRef ref) {
    RecordState cached = cache.getIfPresent(ref);
    return cached != null ? Optional.of(cached) : reader.load(ref);
  }

  @Override
  public Optional<RecordState> find(RecordRef ref) {
    return current(ref);
  }

  @Override
  public Set<RecordRef> withAddress(RecordRef address) {
    return Set.copyOf(reader.contactsWithAddress(address));
  }

  /** Returns a record for the transaction that is about to change it. */
  RecordState forWriting(RecordRef ref, StoreWriter writer, long now) {
    return duringWriting(ref, writer).orElseGet(() -> RecordState.unknown(ref, now));
  }

  /** Returns a record that a transaction looks at, if it is known. */
  Optional<RecordState> duringWriting(RecordRef ref, StoreWriter writer) {
    RecordState cached = cache.getIfPresent(ref);
    return cached != null ? Optional.of(cached) : writer.load(ref);
  }

  /** Takes over what a commit has stored. */
  void committed(List<RecordState> states) {
    states.forEach(state -> cache.put(state.ref(), state));
  }

  /** Forgets records that the store holds otherwise by now, or no more. */
  void forget(Collection<RecordRef> refs) {
    cache.invalidateAll(refs);
  }

  /** Forgets records whose transaction failed. */
  void failed(Collection<RecordRef> refs) {
    cache.invalidateAll(refs);
    seen.clear();
  }

  /** Forgets all of a connection, after the commit that deleted it. */
  void forget(ConnectionId connection) {
    cache.asMap().keySet().removeIf(ref -> ref.connection().equals(connection));
    seen.remove(connection);
  }

  /** Notes that a property sends events; tells whether that is new. */
  boolean markSeen(ConnectionId connection, String property) {
    return seen(connection).add(property);
  }

  /** Returns the properties that have been seen to send events. */
  Set<String> seen(ConnectionId connection) {
    return seen.computeIfAbsent(
        connection,
        id -> {
          Set<String> properties = ConcurrentHashMap.newKeySet();
          properties.addAll(reader.seenProperties(id));
          return properties;
        });
  }
}
