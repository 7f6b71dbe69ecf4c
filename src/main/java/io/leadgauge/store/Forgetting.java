package io.leadgauge.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes all that is kept of a connection, a bounded step at a time: first its records with all
 * that hangs on them and the entries that name them, then its deliveries, then whatever other
 * entries it has, by ranges of their numbers, since no index finds them. Of an entry its number and
 * instant stay. The pages of the file are to be cleaned from the first on.
 */
final class Forgetting {
  /** How many numbers of entries are looked through in a step. */
  static final int RANGE = 20_000;

  private static final String ERASE =
      "UPDATE journal SET kind = 'erased', head = '{}', body = x'', bytes = 0,"
          + " outcome = 'applied', reason = NULL, events = 0, noted = 0";

  private static final String OF_RECORDS =
      "(SELECT id FROM record WHERE connection = ?1 ORDER BY id LIMIT ?2)";

  private final List<PreparedStatement> records = new ArrayList<>();
  private final PreparedStatement deliveries;
  private final PreparedStatement others;
  private final List<PreparedStatement> notes = new ArrayList<>();
  private final PreparedStatement unclean;

  Forgetting(Connection connection) throws SQLException {
    records.add(
        connection.prepareStatement(
            ERASE
                + " WHERE connection = ?1 AND kind <> 'erased' AND seq IN"
                + " (SELECT seq FROM entry_record WHERE record IN "
                + OF_RECORDS
                + ")"));
    for (String table : ErasureRows.KEYED_BY_RECORD) {
      records.add(
          connection.prepareStatement("DELETE FROM " + table + " WHERE record IN " + OF_RECORDS));
    }
    records.add(
        connection.prepareStatement(
            "UPDATE tombstone SET record = NULL WHERE record IN " + OF_RECORDS));
    records.add(connection.prepareStatement("DELETE FROM record WHERE id IN " + OF_RECORDS));
    deliveries =
        connection.prepareStatement(
            ERASE
                + " WHERE seq IN (SELECT seq FROM journal"
                + " WHERE connection = ?1 AND kind = 'delivery' ORDER BY seq LIMIT ?2)");
    others =
        connection.prepareStatement(
            ERASE + " WHERE seq >= ?3 AND seq < ?3 + ?2 AND connection = ?1 AND kind <> 'erased'");
    for (String table : List.of("cursor", "property_seen", "refused_field", "hourly")) {
      notes.add(connection.prepareStatement("DELETE FROM " + table + " WHERE connection = ?1"));
    }
    unclean =
        connection.prepareStatement(
            "INSERT INTO cursor VALUES ('', '"
                + ErasureRows.PAGES
                + "', '1') ON CONFLICT DO UPDATE SET value = '1'");
  }

  /**
   * Takes a step.
   *
   * @param most how many records or deliveries at most
   * @param from the number from which other entries are looked for
   * @return how many records or deliveries it has erased; 0 where none was left, and a range of
   *     other entries was looked through
   */
  long step(String connection, int most, long from) {
    try {
      long deleted = 0;
      for (PreparedStatement statement : records) {
        deleted = deleted(statement, connection, most);
      }
      if (deleted == 0) {
        deleted = deleted(deliveries, connection, most);
      }
      if (deleted == 0) {
        others.setLong(3, from);
        deleted(others, connection, RANGE);
      }
      for (PreparedStatement statement : notes) {
        statement.setString(1, connection);
        statement.executeUpdate();
      }
      unclean.executeUpdate();
      return deleted;
    } catch (SQLException e) {
      throw new StoreException("cannot forget " + connection, e);
    }
  }

  private static long deleted(PreparedStatement statement, String connection, int most)
      throws SQLException {
    statement.setString(1, connection);
    statement.setInt(2, most);
    return statement.executeUpdate();
  }
}
