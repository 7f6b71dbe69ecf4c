package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is read beside all that models need, and kept as facts from the first day: how contacts
 * turned out. Nothing waits for it, and no score depends on it.
 *
 * @param contact properties of contacts: whether sales accepted it and why not, when sales first
 *     touched it; copied
 * @param records properties of other records, leads among them, by the type of those; copied
 * @param associated the types of records that every contact is asked for; records of any other type
 *     are read once something tells that a contact is linked to them; copied
 */
public record Outcomes(
    SortedSet<String> contact,
    SortedMap<String, SortedSet<String>> records,
    SortedSet<String> associated) {
  /** Nothing is read beside what models need. */
  public static final Outcomes NONE =
      new Outcomes(new TreeSet<>(), new TreeMap<>(), new TreeSet<>());

  public Outcomes {
    contact = Collections.unmodifiableSortedSet(new TreeSet<>(contact));
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
    associated = Collections.unmodifiableSortedSet(new TreeSet<>(associated));
  }

  /** Returns what is kept of persons of a type. */
  public SortedSet<String> of(String person) {
    return person.equals(RecordRef.CONTACT)
        ? contact
        : records.getOrDefault(person, Collections.emptySortedSet());
  }
}
