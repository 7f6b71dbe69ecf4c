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
 */
public record RecordWrite(RecordRef record, SortedMap<String, String> properties) {
  public RecordWrite {
    properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
  }
}
