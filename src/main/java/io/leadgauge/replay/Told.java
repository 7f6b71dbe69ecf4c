package io.leadgauge.replay;

import io.leadgauge.model.Fact;
import io.leadgauge.model.Observation;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.MemoryShelf;
import io.leadgauge.pipeline.Retelling;
import io.leadgauge.store.JournalEntry;
import io.leadgauge.store.LifeReader.LearnedFact;
import io.leadgauge.store.StoreReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What entries tell of some records: by their bodies, and where retention has emptied these, by the
 * facts that the store learned at the same instant. Not thread-safe.
 */
final class Told {
  private final Retelling.Decoder decoder;
  private final StoreReader reader;
  private final Set<RecordRef> records;
  private final String emailProperty;
  private final Retelling entries;
  private @Nullable Map<Long, List<Fact>> learned;

  Told(
      Retelling.Decoder decoder, StoreReader reader, Set<RecordRef> records, String emailProperty) {
    this.decoder = decoder;
    this.reader = reader;
    this.records = records;
    this.emailProperty = emailProperty;
    this.entries = retelling();
  }

  /** Returns records of which nothing was told yet. */
  Retelling retelling() {
    return new Retelling(decoder, new MemoryShelf(emailProperty, reader::keyed));
  }

  /** Returns what an entry told of the records, in order. */
  List<Fact> by(JournalEntry entry) {
    return entry.hasBody()
        ? entries.told(entry).stream().filter(fact -> records.contains(fact.of())).toList()
        : learnedAt(entry.entry().receivedAt());
  }

  private List<Fact> learnedAt(long receivedAt) {
    if (learned == null) {
      learned = allLearned();
    }
    List<Fact> facts = learned.remove(receivedAt);
    return facts == null ? List.of() : facts;
  }

  private Map<Long, List<Fact>> allLearned() {
    Map<Long, List<Fact>> all = new HashMap<>();
    for (RecordRef ref : records) {
      for (LearnedFact fact : reader.lives().learned(ref)) {
        all.computeIfAbsent(fact.receivedAt(), at -> new ArrayList<>()).add(fact.fact());
      }
    }
    return all;
  }

  /** Tells facts as what an entry told and nothing else. */
  static void tell(Retelling retelling, JournalEntry entry, List<Fact> facts) {
    if (!facts.isEmpty()) {
      long at = entry.entry().receivedAt();
      Observation told =
          new Observation(
              facts.getFirst().of().connection(), at, at, Observation.Cause.BACKFILL, facts);
      retelling.tell(new JournalEntry(entry.sequence(), told, entry.outcome(), true));
    }
  }
}
