package io.leadgauge.pipeline;

import io.leadgauge.model.Fact;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.Retained;
import io.leadgauge.store.SnapshotReader;
import io.leadgauge.store.SnapshotRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The snapshot, and over it what a run of entries after it has told. Whom a record has absorbed is
 * not kept: it follows from the links of others. Not thread-safe.
 */
final class SnapshotShelf implements Shelf {
  private final SnapshotReader snapshot;
  private final Function<RecordRef, String> keyed;
  private final Map<RecordRef, Optional<RecordState>> states = new HashMap<>();

  /** The records that were put, each with where new links of it lead. */
  private final Map<RecordRef, Set<RecordRef>> changed = new LinkedHashMap<>();

  /**
   * Makes one on which the snapshot lies and nothing else.
   *
   * @param keyed the hash by which the journal knows a name that was given up
   */
  SnapshotShelf(SnapshotReader snapshot, Function<RecordRef, String> keyed) {
    this.snapshot = snapshot;
    this.keyed = keyed;
  }

  @Override
  public Optional<RecordState> find(RecordRef ref) {
    return states.computeIfAbsent(ref, key -> snapshot.find(key).map(SnapshotShelf::state));
  }

  private static RecordState state(SnapshotRow row) {
    return RecordState.unknown(row.ref(), row.firstSeenAt())
        .withFacts(row.facts(), 0, row.firstSeenAt());
  }

  @Override
  public void put(RecordState state, Joined joined, long receivedAt) {
    states.put(state.ref(), Optional.of(state));
    Set<RecordRef> links = changed.computeIfAbsent(state.ref(), ref -> new LinkedHashSet<>());
    for (Fact fact : joined.added()) {
      if (fact instanceof Fact.Linked link) {
        links.add(link.to());
      }
    }
  }

  @Override
  public void forget(GivenUp names) {
    Set<String> gone = Set.copyOf(names.names());
    gone.forEach(hash -> snapshot.named(hash).ifPresent(row -> find(row.ref())));
    for (Optional<RecordState> known : List.copyOf(states.values())) {
      known
          .filter(state -> state.ref().isAlias() && gone.contains(keyed.apply(state.ref())))
          .ifPresent(this::forget);
    }
  }

  private void forget(RecordState alias) {
    states.put(alias.ref(), Optional.of(alias.withFacts(RecordFacts.NONE, 0, alias.firstSeenAt())));
    changed.putIfAbsent(alias.ref(), new LinkedHashSet<>());
  }

  /** Returns what the snapshot is to hold of the records that were put. */
  List<Retained.Kept> kept() {
    List<Retained.Kept> kept = new ArrayList<>();
    changed.forEach(
        (ref, links) ->
            find(ref)
                .ifPresent(
                    state ->
                        kept.add(
                            Retained.Kept.of(ref, state.facts(), state.firstSeenAt(), links))));
    return kept;
  }

  /** Returns how many facts are in hand, as a measure of the work to store them. */
  long facts() {
    long facts = 0;
    for (RecordRef ref : changed.keySet()) {
      facts += find(ref).map(state -> state.facts().size()).orElse(0);
    }
    return facts;
  }
}
