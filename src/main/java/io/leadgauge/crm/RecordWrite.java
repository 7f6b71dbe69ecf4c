package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fields of one contact to be written.
 *
 * @param record the contact
 * @param properties the value of each property; empty clears it; copied
 * @param clearFirst those of the properties that the CRM takes only once they are empty, such as a
 *     stage that is moved back, each with the value that it must still hold for that; copied
 */
public record RecordWrite(
    RecordRef record, SortedMap<String, String> properties, SortedMap<String, String> clearFirst) {
  public RecordWrite {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    clearFirst = Collections.unmodifiableSortedMap(new TreeMap<>(clearFirst));
  }

  /** Makes a write that the CRM takes as it is. */
  public RecordWrite(RecordRef record, SortedMap<String, String> properties) {
    this(record, properties, Collections.emptySortedMap());
  }

  /**
   * Tells whether this write leaves a value behind: all of it, the half that only clears, or what
   * is put back where the other half was refused.
   */
  public boolean mayLeave(String property, String value) {
    return value.equals(properties.get(property))
        || (clearFirst.containsKey(property)
            && (value.isEmpty() || value.equals(clearFirst.get(property))));
  }
}
