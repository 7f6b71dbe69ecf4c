package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row of an answer: a record as it was at its last modification, which Salesforce tells in whole
 * seconds.
 *
 * <p>What was looked at in a later second is settled: nothing can follow within the second of the
 * modification any more, so its values are the last ones of that second, whatever else is told of
 * it.
 *
 * @param record which one
 * @param row its fields
 * @param modifiedAt the second of its last modification
 * @param settled whether it was looked at after that second
 */
record SentRow(RecordRef record, JsonNode row, long modifiedAt, boolean settled) {
  /** What a second lasts beyond its beginning. */
  static final long REST_OF_SECOND = 999;

  /**
   * Takes a row.
   *
   * @param begunAt when the question began at the earliest, by Salesforce's clock; 0 for not known
   * @return null if it does not say which record it is, or when that was last modified
   */
  static @Nullable SentRow of(ConnectionId connection, String type, JsonNode row, long begunAt) {
    SalesforceId id = SalesforceId.of(RowText.of(row, FieldFacts.ID)).orElse(null);
    OptionalLong at = Instants.parse(RowText.of(row, FieldFacts.SYSTEM_MODSTAMP));
    return id == null || at.isEmpty()
        ? null
        : new SentRow(
            new RecordRef(connection, type, id.text()),
            row,
            at.getAsLong(),
            begunAt > at.getAsLong() + REST_OF_SECOND);
  }

  /** Returns the instant of all that it says. */
  long at() {
    return settled ? modifiedAt + REST_OF_SECOND : modifiedAt;
  }

  /** Tells whether it lies in the recycle bin, or was merged into another. */
  boolean isDeleted() {
    return Boolean.parseBoolean(text(FieldFacts.IS_DELETED));
  }

  String text(String field) {
    return RowText.of(row, field);
  }

  /**
   * Returns what it says of these fields, and of what became of it. Of a deleted record the fields
   * say nothing any more.
   */
  List<Fact> facts(Collection<String> fields, Set<String> became) {
    Map<String, String> values = new TreeMap<>();
    if (isDeleted()) {
      values.put(FieldFacts.IS_DELETED, Boolean.toString(true));
    } else {
      fields.forEach(field -> values.put(field, text(field)));
    }
    for (String field : became) {
      if (!text(field).isEmpty()) {
        values.putIfAbsent(field, text(field));
      }
    }
    return FieldFacts.at(record, at(), values);
  }
}
