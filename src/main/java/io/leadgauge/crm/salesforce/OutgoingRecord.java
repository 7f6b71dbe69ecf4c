package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.model.RecordRef;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to Salesforce.
 *
 * @param record which one
 * @param values what is to be written, empty text for a field to be cleared; copied
 */
record OutgoingRecord(RecordRef record, SortedMap<String, String> values) {
  OutgoingRecord {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  static OutgoingRecord of(RecordWrite write) {
    return new OutgoingRecord(write.record(), write.properties());
  }

  /** Returns the same without some fields. */
  OutgoingRecord without(Collection<String> fields) {
    SortedMap<String, String> left = new TreeMap<>(values);
    left.keySet().removeAll(fields);
    return new OutgoingRecord(record, left);
  }

  /**
   * Puts it into a request.
   *
   * @param fields how the object's fields are defined, as far as is known: a number is sent as a
   *     number only to a field of numbers
   */
  void put(ObjectNode node, Map<String, OrgField> fields) {
    node.putObject("attributes").put("type", ObjectTypes.name(record.type()));
    node.put("id", record.id());
    values.forEach((name, value) -> put(node, name, value, fields.get(name)));
  }

  private static void put(ObjectNode node, String name, String value, @Nullable OrgField field) {
    if (value.isEmpty()) {
      node.putNull(name);
      return;
    }
    switch (field == null ? OrgField.Kind.TEXT : field.kind()) {
      case NUMBER -> putNumber(node, name, value);
      case TRUTH -> node.put(name, Boolean.parseBoolean(value));
      case TEXT -> node.put(name, PlainText.storable(value));
    }
  }

  /** What is no number is sent as it is, so that Salesforce says what is wrong with it. */
  private static void putNumber(ObjectNode node, String name, String value) {
    try {
      node.put(name, new BigDecimal(value));
    } catch (NumberFormatException e) {
      node.put(name, PlainText.storable(value));
    }
  }
}
