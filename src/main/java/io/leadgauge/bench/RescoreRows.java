package io.leadgauge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Floor B of a re-score: a contact's record and its standing written anew, nothing read and nothing
 * computed, in the transactions and with the log that the product has.
 */
final class RescoreRows {
  /** As many as the product scores in one transaction. */
  private static final int TOGETHER = 200;

  private static final long MOST_LOG_BYTES = 16L << 20;
  private static final int CACHE_KIB = 64 * 1024;

  private final LargeStore store;

  /**
   * Prepares it.
   *
   * @param store served by nobody meanwhile; its standings are all alike afterwards
   */
  RescoreRows(LargeStore store) {
    this.store = store;
  }

  private record Like(String model, String hash, long recheckAt, String outputs, String decision) {}

  /** Writes all, and returns how long that took. */
  Duration store() throws SQLException, IOException {
    try (Connection connection = store.connect()) {
      for (String pragma :
          new String[] {
            "journal_mode = WAL",
            "synchronous = FULL",
            "wal_autocheckpoint = 0",
            "secure_delete = ON",
            "cache_size = -" + CACHE_KIB
          }) {
        execute(connection, "PRAGMA " + pragma);
      }
      Like like = like(connection);
      long began = store.clock().nanos();
      write(connection, like);
      return Duration.ofNanos(store.clock().nanos() - began);
    }
  }

  private void write(Connection connection, Like like) throws SQLException, IOException {
    Path log = store.data().resolve("leadgauge.db-wal");
    long now = store.clock().now();
    try (PreparedStatement record =
            connection.prepareStatement(
                "UPDATE record SET version = version + 1, sweep_at = ? WHERE id = ?");
        PreparedStatement standing =
            connection.prepareStatement(
                "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (long first = 1; first <= store.contacts(); first += TOGETHER) {
        execute(connection, "BEGIN IMMEDIATE");
        for (long id = first; id < first + TOGETHER && id <= store.contacts(); id++) {
          record.setLong(1, like.recheckAt());
          record.setLong(2, id);
          record.executeUpdate();
          standing.setLong(1, id);
          standing.setString(2, like.model());
          standing.setString(3, like.hash());
          standing.setLong(4, now);
          standing.setLong(5, like.recheckAt());
          standing.setString(6, like.outputs());
          standing.setString(7, like.decision());
          standing.executeUpdate();
        }
        execute(connection, "COMMIT");
        if (Files.size(log) > MOST_LOG_BYTES) {
          execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
      }
    }
  }

  private static Like like(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT model, model_hash, recheck_at, outputs, decision FROM standing LIMIT 1")) {
      if (!row.next()) {
        throw new SQLException("no contact was scored");
      }
      return new Like(
          row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
