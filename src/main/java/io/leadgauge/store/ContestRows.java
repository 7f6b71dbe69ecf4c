package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Contested;
import io.leadgauge.model.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes which fields are left to other writers, and reads one from a row. */
final class ContestRows {
  /** What a row of {@link #read} must begin with. */
  static final String COLUMNS =
      "record.connection, type, object_id, property, writer, since, until";

  private final PreparedStatement select;
  private final PreparedStatement upsert;

  ContestRows(Connection connection) throws SQLException {
    select =
        connection.prepareStatement("SELECT until FROM contest WHERE record = ? AND property = ?");
    upsert =
        connection.prepareStatement(
            """
            INSERT INTO contest (record, property, connection, writer, since, until)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (record, property) DO UPDATE SET
              since = CASE WHEN until > excluded.since THEN since ELSE excluded.since END,
              writer = excluded.writer, until = excluded.until\
            """);
  }

  /** Keeps a contest; tells whether it has only just begun. */
  boolean note(long record, Contested contested) {
    try {
      boolean known = isUnderWay(record, contested);
      upsert.setLong(1, record);
      upsert.setString(2, contested.property());
      upsert.setString(3, contested.contact().connection().name());
      upsert.setString(4, contested.by());
      upsert.setLong(5, contested.since());
      upsert.setLong(6, contested.until());
      upsert.executeUpdate();
      return !known;
    } catch (SQLException e) {
      throw new StoreException("cannot note a contest of " + contested.contact(), e);
    }
  }

  private boolean isUnderWay(long record, Contested contested) throws SQLException {
    select.setLong(1, record);
    select.setString(2, contested.property());
    try (ResultSet row = select.executeQuery()) {
      return row.next() && row.getLong(1) > contested.since();
    }
  }

  static Contested read(ResultSet row) throws SQLException {
    RecordRef contact =
        new RecordRef(new ConnectionId(row.getString(1)), row.getString(2), row.getString(3));
    return new Contested(
        contact, row.getString(4), row.getString(5), row.getLong(6), row.getLong(7));
  }
}
