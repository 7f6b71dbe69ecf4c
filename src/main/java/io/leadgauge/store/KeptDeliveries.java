package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds deliveries and what came with them. Thread-safe; belongs to a {@link StoreReader} and ends
 * with it.
 */
public final class KeptDeliveries {
  private static final String LINE =
      "SELECT seq, connection, received_at, bytes, events, noted, reason FROM journal";

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
        LINE + where(filter) + " AND seq > ? ORDER BY seq LIMIT ?",
        statement -> {
          int place = bind(filter, statement);
          statement.setLong(place++, sequence);
          statement.setInt(place, limit);
        },
        KeptDeliveries::line);
  }

  /**
   * Returns deliveries, newest first, a page at a time.
   *
   * @param sequence only those before this one
   */
  public List<JournalLine> before(DeliveryFilter filter, long sequence, int limit) {
    return queries.list(
        LINE + where(filter) + " AND seq < ? ORDER BY seq DESC LIMIT ?",
        statement -> {
          int place = bind(filter, statement);
          statement.setLong(place++, sequence);
          statement.setInt(place, limit);
        },
        KeptDeliveries::line);
  }

  /** Returns a delivery with what came, if the journal has one with this sequence number. */
  public Optional<KeptDelivery> find(long sequence) {
    return queries
        .list(
            LINE.replace(" FROM journal", ", head, " + StoredBody.COLUMNS + StoredBody.FROM)
                + " WHERE kind = 'delivery' AND seq = ?",
            statement -> statement.setLong(1, sequence),
            KeptDeliveries::whole)
        .stream()
        .findFirst();
  }

  private static KeptDelivery whole(ResultSet row) throws SQLException {
    JournalLine line = line(row);
    StoredBody body = StoredBody.read(row, 9);
    Delivery delivery =
        RequestText.delivery(
            new ConnectionId(line.connection()), line.receivedAt(), row.getString(8), body.bytes());
    return new KeptDelivery(line, delivery, !body.emptied());
  }

  private static JournalLine line(ResultSet row) throws SQLException {
    return new JournalLine(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getInt(5),
        row.getInt(6),
        row.getString(7));
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
