package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.List;

/** The names by which something was told of somebody, and that lead to nobody yet. Thread-safe. */
public final class WaitingNames {
  private final Queries queries;

  WaitingNames(Queries queries) {
    this.queries = queries;
  }

  /**
   * One of them.
   *
   * @param ref the key under which what was told is kept
   * @param seenAt when something was told by it last, by our clock
   * @param events how many events are kept under it
   */
  public record WaitingName(RecordRef ref, long seenAt, int events) {}

  /**
   * How many there are.
   *
   * @param names how many names
   * @param events how many events are kept under them
   * @param oldest when something was told last by the name that waits longest; 0 if none does
   */
  public record Extent(long names, long events, long oldest) {}

  /** Returns how many wait. */
  public Extent extent(ConnectionId connection) {
    return queries
        .list(
            """
            SELECT count(*), coalesce(sum(events), 0), coalesce(min(seen_at), 0)
            FROM waiting WHERE connection = ?\
            """,
            statement -> statement.setString(1, connection.name()),
            row -> new Extent(row.getLong(1), row.getLong(2), row.getLong(3)))
        .getFirst();
  }

  /** Returns those that wait longest. */
  public List<WaitingName> longest(ConnectionId connection, int limit) {
    return queries.list(
        """
        SELECT type, object_id, seen_at, events FROM waiting w JOIN record r ON r.id = w.record
        WHERE w.connection = ? ORDER BY seen_at, w.record LIMIT ?\
        """,
        statement -> {
          statement.setString(1, connection.name());
          statement.setInt(2, limit);
        },
        row ->
            new WaitingName(
                new RecordRef(connection, row.getString(1), row.getString(2)),
                row.getLong(3),
                row.getInt(4)));
  }

  /** Returns how many were ever given up, by the bounds of waiting. */
  public long givenUp(ConnectionId connection) {
    return queries
        .list(
            "SELECT value FROM cursor WHERE connection = ? AND name = ?",
            statement -> {
              statement.setString(1, connection.name());
              statement.setString(2, StoreWriter.GIVEN_UP);
            },
            row -> row.getLong(1))
        .stream()
        .findFirst()
        .orElse(0L);
  }
}
