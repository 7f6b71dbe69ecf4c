package io.leadgauge.store;

import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import java.util.Collection;
import java.util.List;

/**
 * A run of entries whose bodies give way to the facts that they told, right after the entries that
 * the snapshot stands for already. Built from what was read some time ago.
 *
 * @param seen what {@link StoreWriter#rewritings} said before anything of this was read
 * @param from the last entry that the snapshot stands for before
 * @param through the last one that it stands for then
 * @param records the records that the entries told of, as they are after the last one; copied
 * @param emptied the entries of the run whose bodies go; those of deliveries that an entry of the
 *     run has applied later go as well; copied
 */
public record Retained(long seen, long from, long through, List<Kept> records, List<Long> emptied) {
  public Retained {
    records = List.copyOf(records);
    emptied = List.copyOf(emptied);
  }

  /**
   * What the snapshot is to keep of a record, made ready to be stored. Immutable.
   *
   * @param ref the record
   * @param firstSeenAt when an entry first told of it, by our clock
   * @param links where links lead that it has learned of, held or not; copied
   * @param packed the facts
   */
  public record Kept(RecordRef ref, long firstSeenAt, List<RecordRef> links, PackedFacts packed) {
    public Kept {
      links = List.copyOf(links);
    }

    /** Packs the facts of a record. */
    public static Kept of(
        RecordRef ref, RecordFacts facts, long firstSeenAt, Collection<RecordRef> links) {
      return new Kept(ref, firstSeenAt, List.copyOf(links), PackedFacts.of(facts.all(ref)));
    }
  }
}
