package io.leadgauge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes how much there was in each hour. */
final class HourlyRows {
  private final PreparedStatement add;
  private final PreparedStatement peak;
  private final PreparedStatement forget;

  HourlyRows(Connection connection) throws SQLException {
    String insert =
        "INSERT INTO hourly (connection, measure, hour, count) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (connection, measure, hour) DO UPDATE SET count = ";
    add = connection.prepareStatement(insert + "count + excluded.count");
    peak = connection.prepareStatement(insert + "max(count, excluded.count)");
    forget = connection.prepareStatement("DELETE FROM hourly WHERE connection = ? AND hour < ?");
  }

  void note(HourlyCount counted) {
    PreparedStatement statement = counted.isPeak() ? peak : add;
    try {
      statement.setString(1, counted.connection());
      statement.setString(2, counted.measure());
      statement.setLong(3, counted.hour());
      statement.setLong(4, counted.count());
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot count an hour of " + counted.connection(), e);
    }
  }

  /** Forgets the hours before one. */
  void forget(String connection, long before) {
    try {
      forget.setString(1, connection);
      forget.setLong(2, before);
      forget.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot forget hours of " + connection, e);
    }
  }
}
