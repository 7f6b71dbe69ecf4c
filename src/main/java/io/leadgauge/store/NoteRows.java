package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what is noted of a connection as a whole: cursors, and properties seen to send events. */
final class NoteRows {
  private final PreparedStatement cursor;
  private final PreparedStatement seen;

  NoteRows(Connection connection) throws SQLException {
    cursor =
        connection.prepareStatement(
            """
            INSERT INTO cursor (connection, name, value) VALUES (?, ?, ?)
            ON CONFLICT (connection, name) DO UPDATE SET value = excluded.value\
            """);
    seen =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO property_seen (connection, property, first_at)"
                + " VALUES (?, ?, ?)");
  }

  void moveCursor(String connection, String name, String value) {
    try {
      cursor.setString(1, connection);
      cursor.setString(2, name);
      cursor.setString(3, value);
      cursor.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot move the cursor " + name, e);
    }
  }

  void noteSeen(ConnectionId connection, String property, long at) {
    try {
      seen.setString(1, connection.name());
      seen.setString(2, property);
      seen.setLong(3, at);
      seen.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot note the property " + property, e);
    }
  }
}
