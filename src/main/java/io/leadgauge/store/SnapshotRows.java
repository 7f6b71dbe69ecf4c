package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the snapshot, and empties the bodies that it stands for. */
final class SnapshotRows {
  /** How far it is; kept like a cursor. */
  static final String CURSOR = "snapshot";

  private final TombstoneKey key;
  private final PreparedStatement save;
  private final PreparedStatement link;
  private final PreparedStatement empty;
  private final PreparedStatement shorten;
  private final PreparedStatement retried;
  private final PreparedStatement count;
  private final PreparedStatement linked;
  private final PreparedStatement replace;
  private final PreparedStatement unlink;

  SnapshotRows(Connection connection, TombstoneKey key) throws SQLException {
    this.key = key;
    // Whoever has no row was erased, or forgotten with an install.
    save =
        connection.prepareStatement(
            """
            INSERT INTO snapshot (record, first_seen_at, facts, packing, name)
            SELECT id, ?4, ?5, ?6, ?7 FROM record
            WHERE connection = ?1 AND type = ?2 AND object_id = ?3
            ON CONFLICT (record) DO UPDATE SET first_seen_at = excluded.first_seen_at,
              facts = excluded.facts, packing = excluded.packing\
            """);
    link =
        connection.prepareStatement(
            """
            INSERT OR IGNORE INTO snapshot_link (record, to_type, to_id)
            SELECT id, ?4, ?5 FROM record
            WHERE connection = ?1 AND type = ?2 AND object_id = ?3\
            """);
    // One that an entry further on has applied, once more or at last, keeps its body until then.
    empty =
        connection.prepareStatement(
            """
            DELETE FROM packed_body WHERE seq = ?1
              AND NOT EXISTS (SELECT 1 FROM journal WHERE seq = ?1 AND outcome = 'quarantined')
              AND NOT EXISTS (SELECT 1 FROM journal
                WHERE kind = 'retried' AND head ->> 'delivery' = ?1 AND seq > ?2)\
            """);
    // What a path says after the question mark was part of the message, too.
    shorten =
        connection.prepareStatement(
            """
            UPDATE journal
            SET head = json_set(head, '$.path',
              substr(head ->> 'path', 1, instr(head ->> 'path', '?') - 1))
            WHERE seq = ? AND kind = 'delivery' AND instr(head ->> 'path', '?') > 0\
            """);
    retried =
        connection.prepareStatement(
            "SELECT DISTINCT head ->> 'delivery' FROM journal"
                + " WHERE kind = 'retried' AND seq > ? AND seq <= ?");
    count =
        connection.prepareStatement(
            "UPDATE body_size SET through = ?, bytes = bytes + ? WHERE through = ?");
    linked =
        connection.prepareStatement(
            """
            SELECT id, facts, packing FROM snapshot_link l
            JOIN snapshot s USING (record) JOIN record ON id = l.record
            WHERE l.to_type = ? AND l.to_id = ? AND connection = ?\
            """);
    replace =
        connection.prepareStatement("UPDATE snapshot SET facts = ?, packing = ? WHERE record = ?");
    unlink =
        connection.prepareStatement(
            "DELETE FROM snapshot_link WHERE record = ? AND to_type = ? AND to_id = ?");
  }

  /** Stores the records as the entries left them, and empties the entries. */
  void retain(Retained retained) {
    try {
      for (Retained.Kept kept : retained.records()) {
        save(kept);
      }
      for (long sequence : retained.emptied()) {
        empty(sequence, retained.through());
      }
      for (long sequence : retried(retained.from(), retained.through())) {
        empty(sequence, retained.through());
      }
    } catch (SQLException e) {
      throw new StoreException("cannot store the snapshot", e);
    }
  }

  private void empty(long sequence, long through) throws SQLException {
    empty.setLong(1, sequence);
    empty.setLong(2, through);
    if (empty.executeUpdate() > 0) {
      shorten.setLong(1, sequence);
      shorten.executeUpdate();
    }
  }

  /** Returns the deliveries that entries of a run have applied, whenever they came. */
  private List<Long> retried(long from, long through) throws SQLException {
    retried.setLong(1, from);
    retried.setLong(2, through);
    List<Long> deliveries = new ArrayList<>();
    try (ResultSet row = retried.executeQuery()) {
      while (row.next()) {
        deliveries.add(row.getLong(1));
      }
    }
    return deliveries;
  }

  private void save(Retained.Kept kept) throws SQLException {
    RecordRef ref = kept.ref();
    bind(save, ref);
    save.setLong(4, kept.firstSeenAt());
    save.setBytes(5, kept.packed().packed().bytes());
    save.setInt(6, kept.packed().packed().packing().code());
    save.setString(7, ref.isAlias() ? key.hash(ref).digits() : null);
    save.executeUpdate();
    for (RecordRef to : kept.links()) {
      bind(link, ref);
      link.setString(4, to.type());
      link.setString(5, to.id());
      link.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, RecordRef ref) throws SQLException {
    statement.setString(1, ref.connection().name());
    statement.setString(2, ref.type());
    statement.setString(3, ref.id());
  }

  void count(CountedBodies counted) {
    try {
      count.setLong(1, counted.through());
      count.setLong(2, counted.bytes());
      count.setLong(3, counted.from());
      count.executeUpdate();
    } catch (SQLException e) {
      throw new StoreException("cannot note how long the bodies are", e);
    }
  }

  /** Takes the links that lead to a record out of the facts of all others. */
  void unlink(RecordRef gone) {
    try {
      for (Linking one : linking(gone)) {
        String text = new String(one.facts().unpacked(), StandardCharsets.UTF_8);
        Optional<String> less =
            FactText.observedWithout(
                text, gone.connection(), gone::equals, (connection, reason) -> false);
        if (less.isPresent()) {
          Packed packed = PackedFacts.of(less.get()).packed();
          replace.setBytes(1, packed.bytes());
          replace.setInt(2, packed.packing().code());
          replace.setLong(3, one.record());
          replace.executeUpdate();
        }
        unlink.setLong(1, one.record());
        unlink.setString(2, gone.type());
        unlink.setString(3, gone.id());
        unlink.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot take a record out of the snapshot", e);
    }
  }

  private record Linking(long record, Packed facts) {}

  private List<Linking> linking(RecordRef to) throws SQLException {
    linked.setString(1, to.type());
    linked.setString(2, to.id());
    linked.setString(3, to.connection().name());
    List<Linking> found = new ArrayList<>();
    try (ResultSet row = linked.executeQuery()) {
      while (row.next()) {
        found.add(new Linking(row.getLong(1), Packed.read(row, 2)));
      }
    }
    return found;
  }
}
