package io.leadgauge.store;

import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the store knows of the entries of somebody's life, beside the entries themselves.
 * Thread-safe; belongs to a {@link StoreReader} and ends with it.
 */
public final class LifeReader {
  /** The most persons of one record that an entry is said to have concerned. */
  public static final int MOST_CONCERNED = 1_000;

  private final Queries queries;

  LifeReader(Queries queries) {
    this.queries = queries;
  }

  /**
   * A fact, and when it was learned.
   *
   * @param fact the fact
   * @param receivedAt when the entry came that told it first, by our clock
   */
  public record LearnedFact(Fact fact, long receivedAt) {}

  /**
   * Returns the number of the oldest of the newest entries that name any of these records.
   *
   * @param most so many entries from it on name one
   * @return 0 where there are fewer
   */
  public long newest(Collection<RecordRef> records, int most) {
    List<RecordRef> refs = List.copyOf(records);
    return queries
        .list(
            "SELECT DISTINCT e.seq FROM entry_record e JOIN record r ON r.id = e.record"
                + " WHERE (r.connection, r.type, r.object_id) IN (VALUES "
                + String.join(", ", Collections.nCopies(refs.size(), "(?, ?, ?)"))
                + ") ORDER BY e.seq DESC LIMIT 1 OFFSET ?",
            statement -> {
              int place = 1;
              for (RecordRef ref : refs) {
                bind(statement, place, ref);
                place += 3;
              }
              statement.setInt(place, most - 1);
            },
            row -> row.getLong(1))
        .stream()
        .findFirst()
        .orElse(0L);
  }

  private static void bind(PreparedStatement statement, int place, RecordRef ref)
      throws SQLException {
    statement.setString(place, ref.connection().name());
    statement.setString(place + 1, ref.type());
    statement.setString(place + 2, ref.id());
  }

  /** Returns the connections that hold a record of this type and id, by name. */
  public List<ConnectionId> connectionsWith(String type, String id) {
    return queries.list(
        // The index over all records begins with the connection, of which there are few.
        """
        SELECT DISTINCT r.connection FROM (SELECT DISTINCT connection FROM record) c
        JOIN record r ON r.connection = c.connection AND r.type = ? AND r.object_id = ?
        ORDER BY r.connection\
        """,
        statement -> {
          statement.setString(1, type);
          statement.setString(2, id);
        },
        row -> new ConnectionId(row.getString(1)));
  }

  /**
   * Returns the persons that an entry concerned because it told of a record that they are linked
   * to; at most {@value #MOST_CONCERNED}.
   */
  public List<RecordRef> concerned(long sequence, RecordRef other) {
    return queries.list(
        """
        SELECT DISTINCT r.type, r.object_id
        FROM link_fact l JOIN record r ON r.id = l.record
        JOIN entry_record e ON e.record = r.id AND e.seq = ?
        WHERE l.to_type = ? AND l.to_id = ? AND r.connection = ? AND r.type IN ('contact', 'lead')
        ORDER BY r.id LIMIT ?\
        """,
        statement -> {
          statement.setLong(1, sequence);
          statement.setString(2, other.type());
          statement.setString(3, other.id());
          statement.setString(4, other.connection().name());
          statement.setInt(5, MOST_CONCERNED);
        },
        row -> new RecordRef(other.connection(), row.getString(1), row.getString(2)));
  }

  /** Returns the numbers of the newest deliveries of a connection that wait for a fix. */
  public List<Long> quarantined(ConnectionId connection, int most) {
    return queries.list(
        "SELECT seq FROM journal WHERE outcome = 'quarantined' AND kind = 'delivery'"
            + " AND connection = ? ORDER BY seq DESC LIMIT ?",
        statement -> {
          statement.setString(1, connection.name());
          statement.setInt(2, most);
        },
        row -> row.getLong(1));
  }

  /** Returns the number of the entry that applied a delivery that had been quarantined. */
  public Optional<Long> appliedBy(long delivery) {
    return queries
        .list(
            """
            SELECT r.seq FROM journal d JOIN journal r
              ON r.seq > d.seq AND r.kind = 'retried' AND r.head ->> 'delivery' = d.seq
            WHERE d.seq = ? AND d.outcome = 'retried' ORDER BY r.seq DESC LIMIT 1\
            """,
            statement -> statement.setLong(1, delivery),
            row -> row.getLong(1))
        .stream()
        .findFirst();
  }

  /** Returns the numbers of the entries by which a version of a connection came into force. */
  public List<Long> switches(ConnectionId connection) {
    return queries.list(
        "SELECT seq FROM journal WHERE kind = 'activation'"
            + " AND head ->> 'kind' = 'Configuration' AND head ->> 'name' = ? ORDER BY seq",
        statement -> statement.setString(1, connection.name()),
        row -> row.getLong(1));
  }

  /** Returns the facts that are kept of a record, each with the instant at which it was learned. */
  public List<LearnedFact> learned(RecordRef ref) {
    List<LearnedFact> facts = new ArrayList<>();
    facts.addAll(
        facts(ref, "property, at, rank, value", "property_fact", row -> property(ref, row), 5));
    facts.addAll(facts(ref, "type, at, attributes", "activity_fact", row -> activity(ref, row), 4));
    facts.addAll(
        facts(ref, "kind, to_type, to_id, at, rank, value", "link_fact", row -> link(ref, row), 7));
    return facts;
  }

  private List<LearnedFact> facts(
      RecordRef ref, String columns, String table, Queries.Row<Fact> fact, int received) {
    return queries.list(
        "SELECT "
            + columns
            + ", received_at FROM "
            + table
            + " WHERE record = (SELECT id FROM record r"
            + " WHERE r.connection = ? AND r.type = ? AND r.object_id = ?) ORDER BY received_at",
        statement -> bind(statement, 1, ref),
        row -> new LearnedFact(fact.read(row), row.getLong(received)));
  }

  private static Fact property(RecordRef ref, ResultSet row) throws SQLException {
    return new Fact.Assigned(ref, row.getString(1), stamp(row, 2));
  }

  private static Fact activity(RecordRef ref, ResultSet row) throws SQLException {
    return new Fact.Happened(
        ref, new Activity(row.getString(1), row.getLong(2), JsonText.attributes(row.getString(3))));
  }

  private static Fact link(RecordRef ref, ResultSet row) throws SQLException {
    RecordRef to = new RecordRef(ref.connection(), row.getString(2), row.getString(3));
    return new Fact.Linked(ref, LinkKind.valueOf(row.getString(1)), to, stamp(row, 4));
  }

  private static Stamp stamp(ResultSet row, int from) throws SQLException {
    return new Stamp(
        row.getLong(from), SourceRank.ofCode(row.getInt(from + 1)), row.getString(from + 2));
  }
}
