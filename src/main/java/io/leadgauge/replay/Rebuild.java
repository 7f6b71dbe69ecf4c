package io.leadgauge.replay;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.ScratchStore;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Folds the journal once more and compares what that gives with the store: facts, first sights and
 * decisions, byte for byte. Reads beside whoever writes: the journal in short looks, its last
 * stretch and the store as they are at one instant. Calls nobody and changes nothing.
 */
public final class Rebuild {
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
    try (StoreReader reader = Store.read(data);
        ScratchStore scratch = ScratchStore.open(data)) {
      ScratchShelf shelf = new ScratchShelf(scratch, reader::keyed);
      Folding folding = new Folding(reader, versions.apply(reader), platforms, shelf, only);
      folding.goOn(progress);
      Compared compared =
          reader.atOneInstant(
              () -> {
                folding.goOn(progress);
                return compare(reader, shelf, folding);
              });
      Findings findings = folding.findings();
      return new Rebuilt(
          folding.from(),
          folding.reached(),
          folding.deliveries(),
          folding.observations(),
          compared.comparison().records(),
          compared.comparison().facts(),
          folding.decisions(),
          findings.lost(),
          compared.beingErased(),
          findings.count(),
          findings.count() == 0 ? Optional.empty() : folding.firstCause());
    }
  }

  private record Compared(Comparison comparison, long beingErased) {}

  private Compared compare(StoreReader reader, ScratchShelf shelf, Folding folding) {
    shelf.commit();
    Predicate<RecordRef> leaving = new Leaving(reader);
    Predicate<RecordRef> wanted = ref -> only == null || only.equals(ref.connection());
    try (StoreReader told = shelf.reader()) {
      Comparison comparison =
          new Comparison(reader, told, wanted.and(leaving.negate()), folding.findings());
      comparison.run();
      return new Compared(comparison, reader.countBeingErased());
    }
  }
}
