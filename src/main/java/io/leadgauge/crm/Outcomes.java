package io.leadgauge.crm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is read beside all that models need, and kept as facts from the first day: how contacts
 * turned out. Nothing waits for it, and no score depends on it.
 *
 * @param records properties by the type of the records that hold them: of persons, whether sales
 *     accepted one and why not, when sales first touched one; of other records, what became of
 *     them; copied
 * @param associated the types of records that every contact is asked for; records of any other type
 *     are read once something tells that a contact is linked to them; copied
 */
public record Outcomes(SortedMap<String, SortedSet<String>> records, SortedSet<String> associated) {
  /** Nothing is read beside what models need. */
  public static final Outcomes NONE = new Outcomes(new TreeMap<>(), new TreeSet<>());

  public Outcomes {
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    associated = Collections.unmodifiableSortedSet(new TreeSet<>(associated));
  }

  /** Returns what is kept of records of a type. */
  public SortedSet<String> of(String type) {
    return records.getOrDefault(type, Collections.emptySortedSet());
  }
}
