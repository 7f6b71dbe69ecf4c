package io.leadgauge.pipeline;

import io.leadgauge.crm.events.SourcesAdapter;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.RecordState;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.SnapshotRow;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Retention over the store of a {@link Rig}, and what must come out the same whatever it did. */
final class RetentionRig implements AutoCloseable {
  final Retention retention;
  private final Rig rig;
  private final StoreReader reader;
  private volatile Runnable beforeReading = () -> {};

  RetentionRig(Rig rig, BodyTerms terms) {
    this(rig, terms, decoder(rig));
  }

  /** Reads deliveries by the versions that were in force. */
  RetentionRig(Rig rig, BodyTerms terms, Retelling.Decoder decoder) {
    this.rig = rig;
    this.reader = rig.store.reader();
    this.retention =
        new Retention(
            rig.store,
            reader,
            rig.pipeline.intake(),
            (delivery, sequence) -> {
              beforeReading.run();
              return decoder.decode(delivery, sequence);
            },
            terms,
            rig.clock);
  }

  /** Has something done each time before a delivery is told again. */
  void beforeReading(Runnable done) {
    beforeReading = done;
  }

  static BodyTerms days(int days) {
    return new BodyTerms(Duration.ofDays(days), Long.MAX_VALUE);
  }

  /** Empties all that there is at its start. */
  static void all(Rig rig) {
    run(rig, new BodyTerms(null, 0));
  }

  static void run(Rig rig, BodyTerms terms) {
    try (RetentionRig running = new RetentionRig(rig, terms)) {
      running.retention.start();
      running.awaitRest();
    }
  }

  /** Waits until the first look has done all that was to be done. */
  void awaitRest() {
    rig.awaitCreeping("retention has looked", () -> retention.looks() > 0);
  }

  private static Retelling.Decoder decoder(Rig rig) {
    SourcesAdapter adapter = new SourcesAdapter(rig.crm);
    return (delivery, sequence) -> adapter.decode(rig.scope.connection(), delivery);
  }

  /** Returns facts and first sight of all records, by snapshot and the entries after it. */
  static SortedMap<RecordRef, String> retold(Rig rig, Path folder) {
    try (StoreReader kept = Store.read(folder)) {
      return retold(rig, kept, null);
    }
  }

  /**
   * The same, by the entries up to one of them.
   *
   * @param until the last one; null for the end of the journal
   */
  static SortedMap<RecordRef, String> retold(Rig rig, StoreReader kept, @Nullable Long until) {
    MemoryShelf shelf = new MemoryShelf("email", kept::keyed);
    SortedMap<RecordRef, String> found = new TreeMap<>();
    for (SnapshotRow row : rows(kept)) {
      found.put(row.ref(), "");
      RecordState state = RecordState.unknown(row.ref(), row.firstSeenAt());
      RecordFacts.Joined joined = RecordFacts.NONE.join(row.facts().all(row.ref()));
      shelf.put(state.withFacts(joined.facts(), 0, row.firstSeenAt()), joined, row.firstSeenAt());
    }
    Retelling retelling = new Retelling(decoder(rig), shelf);
    long last = kept.snapshot().through();
    for (List<JournalEntry> page = kept.journal().after(last, 7);
        !page.isEmpty();
        page = kept.journal().after(last, 7)) {
      for (JournalEntry entry : page) {
        if (until == null || entry.sequence() <= until) {
          retelling.tell(entry);
          retelling.told(entry).forEach(fact -> found.put(fact.of(), ""));
        }
      }
      last = page.getLast().sequence();
    }
    found.replaceAll((ref, none) -> retelling.find(ref).map(RetentionRig::text).orElse(""));
    return found;
  }

  /** Returns facts and first sight of all records in the snapshot. */
  static SortedMap<RecordRef, String> snapshot(StoreReader kept) {
    SortedMap<RecordRef, String> found = new TreeMap<>();
    for (SnapshotRow row : rows(kept)) {
      RecordState state = RecordState.unknown(row.ref(), row.firstSeenAt());
      found.put(row.ref(), text(state.withFacts(row.facts(), 0, row.firstSeenAt())));
    }
    return found;
  }

  private static List<SnapshotRow> rows(StoreReader kept) {
    List<SnapshotRow> rows = new ArrayList<>();
    for (List<SnapshotRow> page = kept.snapshot().page(0, 3);
        !page.isEmpty();
        page = kept.snapshot().page(page.getLast().rowId(), 3)) {
      rows.addAll(page);
    }
    return rows;
  }

  /** Returns facts and first sight of these records, as the store has them. */
  static SortedMap<RecordRef, String> stored(Rig rig, Iterable<RecordRef> refs) {
    SortedMap<RecordRef, String> found = new TreeMap<>();
    refs.forEach(ref -> found.put(ref, rig.reader.load(ref).map(RetentionRig::text).orElse("")));
    return found;
  }

  /** When somebody of whom nothing is known was seen first does not matter. */
  private static String text(RecordState state) {
    return state.facts().size() == 0 ? "" : state.firstSeenAt() + "\n" + state.facts().canonical();
  }

  @Override
  public void close() {
    retention.close();
    reader.close();
  }
}
