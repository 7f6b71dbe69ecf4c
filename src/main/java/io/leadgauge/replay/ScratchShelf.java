package io.leadgauge.replay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.leadgauge.model.Decided;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordFacts.Joined;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.model.Standing;
import io.leadgauge.pipeline.Shelf;
import io.leadgauge.store.RecordChange;
import io.leadgauge.store.ScratchStore;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoreWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keeps the records of a whole journal: in a store of its own, in the order in which they are told,
 * those used last in memory as well. Takes as much memory whatever the journal holds. Not
 * thread-safe.
 */
final class ScratchShelf implements Shelf {
  private static final int CHANGES_AT_ONCE = 20_000;
  private static final long MOST_BYTES = 64 << 20;
  private static final int BYTES_PER_RECORD = 600;
  private static final int BYTES_PER_FACT = 120;

  private final ScratchStore scratch;
  private final StoreWriter writer;
  private final Function<RecordRef, String> keyed;
  private final Cache<RecordRef, RecordState> cache;
  private int changes;

  /**
   * Makes an empty one.
   *
   * @param scratch holds it; nothing else may be in it
   * @param keyed the hash by which the journal knows a name that was given up
   */
  ScratchShelf(ScratchStore scratch, Function<RecordRef, String> keyed) {
    this.scratch = scratch;
    this.writer = scratch.writer();
    this.keyed = keyed;
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((RecordRef ref, RecordState state) -> weight(state))
            .executor(Runnable::run)
            .build();
  }

  private static int weight(RecordState state) {
    return BYTES_PER_RECORD + BYTES_PER_FACT * state.facts().size();
  }

  @Override
  public void put(RecordState state, Joined joined, long receivedAt) {
    if (state.rowId() == 0 && state.ref().isAlias()) {
      writer.moveCursor(state.ref().connection(), keyed.apply(state.ref()), name(state.ref()));
    }
    save(new RecordChange(state, joined.added(), joined.removed(), List.of(), receivedAt));
  }

  private static String name(RecordRef alias) {
    return alias.type() + "/" + alias.id();
  }

  private void save(RecordChange change) {
    RecordState stored = writer.save(change);
    cache.put(stored.ref(), stored);
    changed();
  }

  private void changed() {
    changes++;
    if (changes >= CHANGES_AT_ONCE) {
      commit();
    }
  }

  /** Has all that was put seen by readers. */
  void commit() {
    scratch.commit();
    changes = 0;
  }

  /** Puts a contact where a decision says that it stands. */
  void decide(Decided decided) {
    RecordState state =
        find(decided.contact())
            .orElseGet(() -> RecordState.unknown(decided.contact(), decided.receivedAt()));
    Standing standing =
        new Standing(
            decided.model(),
            decided.modelHash(),
            decided.receivedAt(),
            Map.of(),
            decided.decision(),
            Long.MAX_VALUE);
    RecordState after = state.withStanding(standing);
    save(new RecordChange(after, List.of(), List.of(), List.of(standing), decided.receivedAt()));
  }

  @Override
  public void forget(GivenUp names) {
    for (String hash : names.names()) {
      writer
          .cursor(names.connection(), hash)
          .map(name -> alias(names, name))
          .flatMap(this::find)
          .ifPresent(this::forget);
    }
  }

  private static RecordRef alias(GivenUp names, String name) {
    int slash = name.indexOf('/');
    return new RecordRef(names.connection(), name.substring(0, slash), name.substring(slash + 1));
  }

  private void forget(RecordState alias) {
    writer.giveUp(alias);
    cache.put(alias.ref(), alias.withFacts(RecordFacts.NONE, 0, alias.firstSeenAt()));
    changed();
  }

  @Override
  public Optional<RecordState> find(RecordRef ref) {
    RecordState cached = cache.getIfPresent(ref);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<RecordState> loaded = writer.load(ref);
    loaded.ifPresent(state -> cache.put(ref, state));
    return loaded;
  }

  @Override
  public Set<RecordRef> withAddress(RecordRef address) {
    return new LinkedHashSet<>(writer.contactsWithAddress(address));
  }

  /** Opens a look at what was committed; the caller closes it. */
  StoreReader reader() {
    return scratch.reader();
  }
}
