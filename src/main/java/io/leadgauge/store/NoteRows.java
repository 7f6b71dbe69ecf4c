package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RefusedField;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;

/**
 * Writes what is noted of a connection as a whole: cursors, properties seen to send events, fields
 * that the CRM refuses.
 */
final class NoteRows {
  private final PreparedStatement cursor;
  private final PreparedStatement selectCursor;
  private final PreparedStatement deleteCursor;
  private final PreparedStatement seen;
  private final PreparedStatement accept;
  private final PreparedStatement refuse;

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
    accept = connection.prepareStatement("DELETE FROM refused_field WHERE connection = ?");
    refuse =
        connection.prepareStatement(
            "INSERT INTO refused_field (connection, property, message, since, tries, next_try_at,"
                + " definition) VALUES (?, ?, ?, ?, ?, ?, ?)");
  }

  /** Keeps these fields, and no others, as refused. */
  void refuse(ConnectionId connection, Collection<RefusedField> fields) {
    try {
      accept.setString(1, connection.name());
      accept.executeUpdate();
      for (RefusedField field : fields) {
        refuse.setString(1, connection.name());
        refuse.setString(2, field.property());
        refuse.setString(3, field.message());
        refuse.setLong(4, field.since());
        refuse.setInt(5, field.tries());
        refuse.setLong(6, field.nextTryAt());
        refuse.setString(7, field.definition());
        refuse.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot note the refused fields of " + connection, e);
    }
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
