package io.leadgauge.replay;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.store.ScratchStore;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal once more and compares what that gives with the store: facts, first sights and
 * decisions, byte for byte. Reads beside whoever writes: the journal in short looks, its last
 * stretch and the store as they are at one instant. Calls nobody and changes nothing.
 */
public final class Rebuild {
  private static final Logger LOG = System.getLogger(Rebuild.class.getName());
  private static final int MOST_ATTEMPTS = 5;

  private final Path data;
  private final Function<StoreReader, InForce> versions;
  private final Function<CrmKind, CrmAdapter> platforms;
  private final @Nullable ConnectionId only;

  /**
   * Prepares a rebuild.
   *
   * @param data the data folder
   * @param versions finds the versions of connections that a store knows
   * @param platforms reads the deliveries of a platform
   * @param only of this connection; null for all
   */
  public Rebuild(
      Path data,
      Function<StoreReader, InForce> versions,
      Function<CrmKind, CrmAdapter> platforms,
      @Nullable ConnectionId only) {
    this.data = data;
    this.versions = versions;
    this.platforms = platforms;
    this.only = only;
  }

  /** Is told how far a rebuild has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Tells it.
     *
     * @param sequence the number of the last entry that was told again
     * @param last the number of the last entry of the journal, as far as it is known
     */
    void at(long sequence, long last);
  }

  /** Rebuilds, and compares. */
  public Rebuilt run(Progress progress) {
    return notOvertaken(() -> rebuilt(progress));
  }

  /** Retention may empty what is about to be read; then the snapshot has it. */
  private static <T> T notOvertaken(Supplier<T> work) {
    for (int attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return work.get();
      } catch (Walk.Overtaken e) {
        LOG.log(Level.DEBUG, "begun again: {0}", e.getMessage());
      }
    }
    return work.get();
  }

  private Rebuilt rebuilt(Progress progress) {
    try (StoreReader reader = Store.read(data);
        ScratchStore scratch = ScratchStore.open(data)) {
      Findings findings = new Findings();
      ScratchShelf shelf = new ScratchShelf(scratch, reader::keyed);
      Walk walk = new Walk(reader, only);
      Reading reading = new Reading(versions.apply(reader), platforms, findings);
      Folding folding = new Folding(walk, reading, shelf, findings);
      folding.goOn(progress);
      Compared compared =
          reader.atOneInstant(
              () -> {
                folding.goOn(progress);
                return compare(reader, shelf, findings, true);
              });
      return new Rebuilt(
          walk.from(),
          walk.reached(),
          folding.deliveries(),
          folding.observations(),
          compared.comparison().records(),
          compared.comparison().facts(),
          folding.decisions(),
          findings.lost(),
          findings.ofOtherRelease(),
          compared.beingErased(),
          findings.count(),
          findings.count() == 0 ? Optional.empty() : folding.firstCause());
    }
  }

  /** Reads all deliveries again by the versions in force now, and tells what would differ. */
  public Redecoded redecode(Progress progress) {
    return notOvertaken(() -> redecoded(progress));
  }

  private Redecoded redecoded(Progress progress) {
    try (StoreReader reader = Store.read(data);
        ScratchStore scratch = ScratchStore.open(data)) {
      Findings findings = new Findings();
      ScratchShelf shelf = new ScratchShelf(scratch, reader::keyed);
      Walk walk = new Walk(reader, only);
      InForce then = versions.apply(reader);
      Redecoding redecoding =
          new Redecoding(
              walk,
              new Reading(then, platforms, new Findings()),
              new Reading(now(versions.apply(reader)), platforms, new Findings()),
              shelf);
      redecoding.goOn(progress);
      reader.atOneInstant(
          () -> {
            redecoding.goOn(progress);
            return compare(reader, shelf, findings, false);
          });
      return redecoding.found(findings);
    }
  }

  /** Returns the versions that are in force now, whenever something came. */
  private static InForce now(InForce versions) {
    Map<ConnectionId, Optional<ConnectionScope>> found = new HashMap<>();
    return (connection, sequence) ->
        found.computeIfAbsent(connection, id -> versions.at(id, Long.MAX_VALUE));
  }

  private record Compared(Comparison comparison, long beingErased) {}

  private Compared compare(
      StoreReader reader, ScratchShelf shelf, Findings findings, boolean decisionsToo) {
    shelf.commit();
    Predicate<RecordRef> leaving = new Leaving(reader);
    Predicate<RecordRef> wanted = ref -> only == null || only.equals(ref.connection());
    try (StoreReader told = shelf.reader()) {
      Comparison comparison = new Comparison(reader, told, wanted.and(leaving.negate()), findings);
      comparison.run(decisionsToo);
      return new Compared(comparison, reader.countBeingErased());
    }
  }
}
