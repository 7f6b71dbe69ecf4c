package io.leadgauge.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much is kept of a person.
 *
 * @param records how many records, by type; copied
 * @param facts how many facts of theirs
 * @param entries how many entries of the journal name them, as far as the index leads
 */
public record ErasureExtent(SortedMap<String, Long> records, long facts, long entries) {
  /** Nothing is kept. */
  public static final ErasureExtent NONE = new ErasureExtent(new TreeMap<>(), 0, 0);

  public ErasureExtent {
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }

  /** Returns both together. */
  public ErasureExtent and(ErasureExtent other) {
    SortedMap<String, Long> all = new TreeMap<>(records);
    other.records.forEach((type, count) -> all.merge(type, count, Long::sum));
    return new ErasureExtent(all, facts + other.facts, entries + other.entries);
  }
}
