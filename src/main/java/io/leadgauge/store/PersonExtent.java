package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what is kept of the records of a person. */
final class PersonExtent {
  private static final List<String> FACTS = List.of("property_fact", "activity_fact", "link_fact");

  private PersonExtent() {}

  /** Returns the number of a record in the store, if it is known. */
  static Optional<Long> rowId(Connection connection, RecordRef ref) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT id FROM record WHERE connection = ? AND type = ? AND object_id = ?")) {
      statement.setString(1, ref.connection().name());
      statement.setString(2, ref.type());
      statement.setString(3, ref.id());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    }
  }

  static ErasureExtent of(Connection connection, Collection<ErasedRecord> records)
      throws SQLException {
    SortedMap<String, Long> byType = new TreeMap<>();
    long facts = 0;
    long entries = 0;
    for (ErasedRecord record : records) {
      byType.merge(record.ref().type(), 1L, Long::sum);
      for (String table : FACTS) {
        facts += count(connection, table, record.rowId());
      }
      entries += count(connection, "entry_record", record.rowId());
    }
    return new ErasureExtent(byType, facts, entries);
  }

  private static long count(Connection connection, String table, long record) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT count(*) FROM " + table + " WHERE record = ?")) {
      statement.setLong(1, record);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
