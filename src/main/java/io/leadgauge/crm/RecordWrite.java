package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of one contact to be written.
 *
 * @param record the contact
 * @param properties the value of each property; empty clears it; copied
 * @param clearFirst those of the properties that the CRM takes only once they are empty, such as a
 *     stage that is moved back; copied
 */
public record RecordWrite(
    RecordRef record, SortedMap<String, String> properties, SortedSet<String> clearFirst) {
  public RecordWrite {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    clearFirst = Collections.unmodifiableSortedSet(new TreeSet<>(clearFirst));
  }

  /** Makes a write that the CRM takes as it is. */
  public RecordWrite(RecordRef record, SortedMap<String, String> properties) {
    this(record, properties, Collections.emptySortedSet());
  }

  /** Tells whether this write, or the half of it that only clears, leaves a value behind. */
  public boolean mayLeave(String property, String value) {
    return value.equals(properties.get(property))
        || (value.isEmpty() && clearFirst.contains(property));
  }
}
