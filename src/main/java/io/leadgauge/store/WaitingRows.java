package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The names by which something was told of somebody, and that lead to nobody yet. What is told by
 * one that is given up is forgotten; the name itself, and which entries have it, is kept, since
 * whoever turns out to be it may ask to be erased.
 */
final class WaitingRows {
  private final PreparedStatement upsert;
  private final PreparedStatement delete;
  private final PreparedStatement[] forget;

  WaitingRows(Connection connection) throws SQLException {
    upsert =
        connection.prepareStatement(
            """
            INSERT INTO waiting (record, connection, seen_at, events) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (record) DO UPDATE SET
              seen_at = iif(?5, excluded.seen_at, seen_at), events = excluded.events\
            """);
    delete = connection.prepareStatement("DELETE FROM waiting WHERE record = ?");
    forget =
        new PreparedStatement[] {
          connection.prepareStatement("DELETE FROM activity_fact WHERE record = ?"),
          connection.prepareStatement("DELETE FROM link_fact WHERE record = ?")
        };
  }

  void put(long record, ConnectionId connection, long now, int events, boolean told) {
    try {
      upsert.setLong(1, record);
      upsert.setString(2, connection.name());
      upsert.setLong(3, now);
      upsert.setInt(4, events);
      upsert.setBoolean(5, told);
      upsert.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot note that a name waits", e);
    }
  }

  void remove(long record) {
    try {
      delete.setLong(1, record);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot note that a name waits no more", e);
    }
  }

  void forget(long record) {
    try {
      for (PreparedStatement statement : forget) {
        statement.setLong(1, record);
        statement.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot forget what was told by a name", e);
    }
    remove(record);
  }
}
