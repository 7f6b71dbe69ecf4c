package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Writes what is noted of a connection as a whole: cursors, and properties seen to send events. */
final class NoteRows {
  private final PreparedStatement cursor;
  private final PreparedStatement selectCursor;
  private final PreparedStatement deleteCursor;
  private final PreparedStatement seen;

  NoteRows(Connection connection) throws SQLException {
    cursor =
        connection.prepareStatement(
            """
            INSERT INTO cursor (connection, name, value) VALUES (?, ?, ?)
            ON CONFLICT (connection, name) DO UPDATE SET value = excluded.value\
            """);
    selectCursor =
        connection.prepareStatement("SELECT value FROM cursor WHERE connection = ? AND name = ?");
    deleteCursor =
        connection.prepareStatement("DELETE FROM cursor WHERE connection = ? AND name = ?");
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

  Optional<String> cursor(String connection, String name) {
    try {
      selectCursor.setString(1, connection);
      selectCursor.setString(2, name);
      try (ResultSet row = selectCursor.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot read the cursor " + name, e);
    }
  }

  void dropCursor(String connection, String name) {
    try {
      deleteCursor.setString(1, connection);
      deleteCursor.setString(2, name);
      deleteCursor.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot give up the cursor " + name, e);
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
