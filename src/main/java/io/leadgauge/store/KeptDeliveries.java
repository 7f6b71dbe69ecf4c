package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds deliveries, in the order in which they came. Thread-safe; belongs to a {@link StoreReader}
 * and ends with it.
 */
public final class KeptDeliveries {
  private final Queries queries;

  KeptDeliveries(Queries queries) {
    this.queries = queries;
  }

  /**
   * Returns deliveries, oldest first, a page at a time.
   *
   * @param sequence only those after this one
   */
  public List<JournalLine> after(DeliveryFilter filter, long sequence, int limit) {
    return queries.list(
        StoreReader.LINE + where(filter) + " AND seq > ? ORDER BY seq LIMIT ?",
        statement -> {
          int place = bind(filter, statement);
          statement.setLong(place++, sequence);
          statement.setInt(place, limit);
        },
        StoreReader::line);
  }

  /**
   * Returns deliveries, newest first, a page at a time.
   *
   * @param sequence only those before this one
   */
  public List<JournalLine> before(DeliveryFilter filter, long sequence, int limit) {
    return queries.list(
        StoreReader.LINE + where(filter) + " AND seq < ? ORDER BY seq DESC LIMIT ?",
        statement -> {
          int place = bind(filter, statement);
          statement.setLong(place++, sequence);
          statement.setInt(place, limit);
        },
        StoreReader::line);
  }

  /** Returns how many there are. */
  public long count(DeliveryFilter filter) {
    return queries
        .list(
            "SELECT count(*) FROM journal" + where(filter),
            statement -> bind(filter, statement),
            row -> row.getLong(1))
        .getFirst();
  }

  private static String where(DeliveryFilter filter) {
    List<String> conditions = new ArrayList<>();
    conditions.add("kind = 'delivery'");
    conditions.add(filter.outcome().condition());
    conditions.add("received_at >= ? AND received_at < ?");
    if (filter.connection() != null) {
      conditions.add("connection = ?");
    }
    if (filter.record() != null) {
      conditions.add(
          """
          seq IN (SELECT e.seq FROM entry_record e JOIN record r ON r.id = e.record
            WHERE r.connection = ? AND r.type = ? AND r.object_id = ?)\
          """);
    }
    return " WHERE " + String.join(" AND ", conditions);
  }

  /** Returns the place of the next parameter. */
  private static int bind(DeliveryFilter filter, PreparedStatement statement) throws SQLException {
    int place = 1;
    statement.setLong(place++, filter.since());
    statement.setLong(place++, filter.until());
    if (filter.connection() != null) {
      statement.setString(place++, filter.connection().name());
    }
    RecordRef record = filter.record();
    if (record != null) {
      statement.setString(place++, record.connection().name());
      statement.setString(place++, record.type());
      statement.setString(place++, record.id());
    }
    return place;
  }
}
