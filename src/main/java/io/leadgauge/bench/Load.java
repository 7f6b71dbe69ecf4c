package io.leadgauge.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What the product has stored of a load, so that a floor stores the same.
 *
 * @param events how many events a delivery had
 * @param head the text that describes a delivery in the journal
 * @param packed the bytes of its headers and body, packed
 * @param bytes how long its body is
 * @param standing what was stored of where its contact stands
 * @param decision what was stored of the decision that was taken last
 * @param decided how many decisions were stored for each event
 */
@SuppressWarnings("ArrayRecordComponent") // one for millions of rows
record Load(
    int events,
    String head,
    byte[] packed,
    long bytes,
    Standing standing,
    Decision decision,
    double decided) {
  private static final String LAST =
      """
      SELECT j.head, b.packed, j.bytes, s.model, s.model_hash, s.outputs, s.decision,
        r.write_at IS NOT NULL, r.sweep_at IS NOT NULL
      FROM journal j JOIN packed_body b ON b.seq = j.seq JOIN entry_record e ON e.seq = j.seq
        JOIN record r ON r.id = e.record JOIN standing s ON s.record = e.record
      WHERE j.kind = 'delivery' AND j.events = ? AND j.seq > ? ORDER BY j.seq DESC LIMIT 1\
      """;

  /**
   * Where a contact stands.
   *
   * @param isWritten whether it is to be written to the CRM
   * @param isSwept whether time alone will change it
   */
  record Standing(
      String model,
      String hash,
      String outputs,
      String decision,
      boolean isWritten,
      boolean isSwept) {}

  /** An entry of the journal for a decision. */
  record Decision(String head, String body) {}

  /**
   * Looks at what a store holds.
   *
   * @param file the product's database
   * @param events how many events each delivery of the load had
   * @param after the last entry before the load
   */
  static Load since(Path file, int events, long after) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement last = connection.prepareStatement(LAST)) {
      last.setInt(1, events);
      last.setLong(2, after);
      try (ResultSet row = last.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("no delivery with " + events + " events was stored");
        }
        Standing standing =
            new Standing(
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getBoolean(8),
                row.getBoolean(9));
        double all = count(connection, "sum(events)", "delivery", after);
        double decided = count(connection, "count(*)", "decision", after) / all;
        return new Load(
            events,
            row.getString(1),
            row.getBytes(2),
            row.getLong(3),
            standing,
            decision(connection),
            decided);
      }
    }
  }

  private static double count(Connection connection, String what, String kind, long after)
      throws SQLException {
    String sql = "SELECT " + what + " FROM journal WHERE kind = ? AND seq > ?";
    try (PreparedStatement count = connection.prepareStatement(sql)) {
      count.setString(1, kind);
      count.setLong(2, after);
      try (ResultSet row = count.executeQuery()) {
        return row.next() ? row.getDouble(1) : 0;
      }
    }
  }

  private static Decision decision(Connection connection) throws SQLException {
    try (PreparedStatement last =
            connection.prepareStatement(
                "SELECT head, body FROM journal WHERE kind = 'decision' ORDER BY seq DESC LIMIT 1");
        ResultSet row = last.executeQuery()) {
      return row.next()
          ? new Decision(row.getString(1), text(row.getString(2)))
          : new Decision("{}", "{}");
    }
  }

  private static String text(@Nullable String body) {
    return body == null ? "" : body;
  }

  /** Returns the last entry of a store's journal. */
  static long last(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement last =
            connection.prepareStatement("SELECT coalesce(max(seq), 0) FROM journal");
        ResultSet row = last.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** Copies a store's file as it stands, beside whoever writes it. */
  static void copy(Path file, Path copy) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement into = connection.prepareStatement("VACUUM INTO ?")) {
      into.setString(1, copy.toString());
      into.execute();
    }
  }
}
