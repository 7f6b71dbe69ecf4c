package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the snapshot: the facts that the entries told up to one of them, whose bodies were emptied
 * for it. Thread-safe; belongs to a {@link StoreReader} and ends with it.
 */
public final class SnapshotReader {
  private static final String ROW =
      """
      SELECT id, connection, type, object_id, s.first_seen_at, facts, packing
      FROM snapshot s JOIN record ON id = record\
      """;

  private final Queries queries;

  SnapshotReader(Queries queries) {
    this.queries = queries;
  }

  /** Returns the number of the last entry that it stands for; 0 if there is none. */
  public long through() {
    return queries
        .list(
            "SELECT value FROM cursor WHERE connection = '' AND name = ?",
            statement -> statement.setString(1, SnapshotRows.CURSOR),
            row -> Long.parseLong(row.getString(1)))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  /**
   * Returns records in the order of the store, a page at a time.
   *
   * @param after the number in the store of the last record of the page before; 0 for the first
   */
  public List<SnapshotRow> page(long after, int limit) {
    return queries.list(
        ROW + " WHERE s.record > ? ORDER BY s.record LIMIT ?",
        statement -> {
          statement.setLong(1, after);
          statement.setInt(2, limit);
        },
        SnapshotReader::row);
  }

  /** Returns a record, if an entry told of it. */
  public Optional<SnapshotRow> find(RecordRef ref) {
    return queries
        .list(
            ROW + " WHERE connection = ? AND type = ? AND object_id = ?",
            statement -> {
              statement.setString(1, ref.connection().name());
              statement.setString(2, ref.type());
              statement.setString(3, ref.id());
            },
            SnapshotReader::row)
        .stream()
        .findFirst();
  }

  /**
   * Returns the address or visitor of which this is the keyed hash, if an entry told of it.
   *
   * @see StoreReader#keyed
   */
  public Optional<SnapshotRow> named(String keyed) {
    return queries
        .list(
            ROW + " WHERE s.name = ?",
            statement -> statement.setString(1, keyed),
            SnapshotReader::row)
        .stream()
        .findFirst();
  }

  /** Returns how much is kept beside it, of what it does not stand for yet. */
  public KeptBodies bodies() {
    return queries
        .list(
            """
            SELECT through, bytes, coalesce(
              (SELECT received_at FROM packed_body JOIN journal USING (seq) WHERE seq > ?
               ORDER BY seq LIMIT 1), 0) FROM body_size\
            """,
            statement -> statement.setLong(1, through()),
            row -> new KeptBodies(row.getLong(1), row.getLong(2), row.getLong(3)))
        .getFirst();
  }

  /**
   * Counts the bodies of the next entries that were not counted yet.
   *
   * @param seen what the writer's {@link StoreWriter#rewritings} said before
   * @param most of how many entries at most
   */
  public CountedBodies count(long seen, int most) {
    return queries
        .list(
            """
            SELECT through, min(through + ?1, (SELECT coalesce(max(seq), 0) FROM journal)),
              (SELECT coalesce(sum(length(packed)), 0) FROM packed_body
               WHERE seq > through AND seq <= through + ?1)
            FROM body_size\
            """,
            statement -> statement.setInt(1, most),
            row -> new CountedBodies(seen, row.getLong(1), row.getLong(2), row.getLong(3)))
        .getFirst();
  }

  private static SnapshotRow row(ResultSet row) throws SQLException {
    ConnectionId connection = new ConnectionId(row.getString(2));
    String text = new String(Packed.read(row, 6).unpacked(), StandardCharsets.UTF_8);
    return new SnapshotRow(
        row.getLong(1),
        new RecordRef(connection, row.getString(3), row.getString(4)),
        RecordFacts.NONE.join(FactText.facts(connection, text)).facts(),
        row.getLong(5));
  }
}
