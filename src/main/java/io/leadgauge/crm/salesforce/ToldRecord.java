package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A record that a delivery tells as it was at its last modification: an outbound message, or what
 * Apex or a flow has written down of it.
 *
 * <p>Its values were so at {@code SystemModstamp}. Without that they have no place in time, and the
 * record is read instead.
 *
 * @param type what the event is called
 * @param record which one
 * @param fields the value of each field that was told, empty for an empty one
 */
record ToldRecord(String type, RecordRef record, SortedMap<String, String> fields) {

  /**
   * Returns what it says.
   *
   * @param listed the fields that are told whenever they hold anything: one that is absent is empty
   * @throws UnreadableException if its last modification cannot be read
   */
  CrmEvent event(SortedSet<String> listed) throws UnreadableException {
    String modified = fields.getOrDefault(FieldFacts.SYSTEM_MODSTAMP, "");
    if (modified.isEmpty()) {
      return new CrmEvent(type, record, 0, Meaning.READ, List.of());
    }
    OptionalLong at = Instants.parse(modified);
    if (at.isEmpty()) {
      throw new UnreadableException(
          "SystemModstamp holds no instant, expected such as 2026-11-22T10:00:00.000Z");
    }
    SortedMap<String, String> values = new TreeMap<>(fields);
    listed.forEach(field -> values.putIfAbsent(field, ""));
    long instant = at.getAsLong();
    return new CrmEvent(
        type, record, instant, Meaning.FACTS, FieldFacts.at(record, instant, values));
  }

  /** One record of a delivery cannot be read; its message says what is wrong. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message, null, false, false);
    }
  }
}
