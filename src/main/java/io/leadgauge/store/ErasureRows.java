package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Erases persons, step by step, each step part of the writer's transaction: {@link #mark} first,
 * then {@link #rewrite} and {@link #passed} for the entries that name them, {@link #forget} last.
 * What was marked and not yet forgotten is found again after a crash. To be used between two
 * commits, by the writer's thread.
 */
public final class ErasureRows {
  /** The cursor of the pass over the pages of the file; there is none while all are clean. */
  static final String PAGES = "erased-pages";

  /** All tables that keep something of a record under its number, but for the record itself. */
  static final List<String> KEYED_BY_RECORD =
      List.of(
          "property_fact",
          "activity_fact",
          "link_fact",
          "snapshot",
          "snapshot_link",
          "standing",
          "intent",
          "contest",
          "waiting",
          "entry_record");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Connection connection;
  private final TombstoneKey key;
  private final PersonRecords persons;
  private final SnapshotRows snapshot;

  ErasureRows(Connection connection, TombstoneKey key, SnapshotRows snapshot) {
    this.connection = connection;
    this.key = key;
    this.snapshot = snapshot;
    this.persons = new PersonRecords(connection);
  }

  /**
   * What was marked.
   *
   * @param records the records that are to be erased; copied
   * @param extent how much is kept of them
   */
  public record Marked(Set<RecordRef> records, ErasureExtent extent) {
    public Marked {
      records = Set.copyOf(records);
    }
  }

  /**
   * Puts tombstones on all records of a person, and takes their due work away.
   *
   * @param person one of them; need not be known
   * @param sequence an entry that names it and may not be indexed; 0 for none
   */
  public Marked mark(RecordRef person, long sequence) {
    try {
      Set<RecordRef> records = persons.of(person);
      insertTombstone(key.check(), null);
      if (!isMarked(person)) {
        update(
            """
            INSERT OR IGNORE INTO record (connection, type, object_id, version, first_seen_at,
              changed_at, written_at, cut, attempts) VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0)\
            """,
            person.connection().name(),
            person.type(),
            person.id());
      }
      List<ErasedRecord> known = new ArrayList<>();
      for (RecordRef ref : records) {
        Optional<Long> rowId = PersonExtent.rowId(connection, ref);
        insertTombstone(key.hash(ref), rowId.orElse(null));
        rowId.ifPresent(id -> known.add(new ErasedRecord(id, ref)));
      }
      for (ErasedRecord record : known) {
        silence(record);
        if (record.ref().equals(person) && sequence > 0) {
          update("INSERT OR IGNORE INTO entry_record VALUES (?, ?)", record.rowId(), sequence);
        }
      }
      return new Marked(records, PersonExtent.of(connection, known));
    } catch (SQLException e) {
      throw new StoreException("cannot mark a person for erasure", e);
    }
  }

  private boolean isMarked(RecordRef ref) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM tombstone WHERE hash = ?")) {
      for (TombstoneKey.Hash hash : key.hashes(ref)) {
        statement.setBytes(1, hash.bytes());
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            return true;
          }
        }
      }
      return false;
    }
  }

  private void insertTombstone(TombstoneKey.Hash hash, @Nullable Long rowId) throws SQLException {
    update(
        """
        INSERT INTO tombstone (hash, record) VALUES (?1, ?2)
        ON CONFLICT (hash) DO UPDATE SET record = coalesce(record, excluded.record)\
        """,
        hash.bytes(),
        rowId);
  }

  /**
   * Removes the tombstone of an e-mail address that a contact has again: whoever that is, what is
   * told of the address is told of them.
   */
  public void lift(RecordRef address) {
    try {
      for (TombstoneKey.Hash hash : key.hashes(address)) {
        update("DELETE FROM tombstone WHERE hash = ? AND record IS NULL", (Object) hash.bytes());
      }
    } catch (SQLException e) {
      throw new StoreException("cannot remove a tombstone", e);
    }
  }

  /** From now on nothing is due, and whatever names it as the end of a link is found from it. */
  private void silence(ErasedRecord record) throws SQLException {
    update(
        """
        UPDATE record SET fetch_at = NULL, write_at = NULL, sweep_at = NULL, problem = NULL
        WHERE id = ?\
        """,
        record.rowId());
    update("DELETE FROM intent WHERE record = ?", record.rowId());
    update(
        """
        INSERT OR IGNORE INTO entry_record (record, seq)
        SELECT ?1, seq FROM entry_record WHERE record IN (
          SELECT id FROM link_fact JOIN record ON id = record
          WHERE to_type = ?2 AND to_id = ?3 AND +connection = ?4)\
        """,
        record.rowId(),
        record.ref().type(),
        record.ref().id(),
        record.ref().connection().name());
  }

  /**
   * Puts an entry in the place of the one with its number. One that was quarantined when it was
   * read may have been applied meanwhile, and stays so.
   */
  public void rewrite(StoredEntry entry) {
    try {
      update(
          """
          UPDATE journal SET kind = ?1, head = ?2, bytes = ?3,
            reason = iif(outcome = 'quarantined', ?4, NULL),
            outcome = iif(outcome = 'quarantined' AND ?4 IS NULL, 'applied', outcome),
            body = iif(kind = 'decision', x'', body)
          WHERE seq = ?5\
          """,
          entry.kind(),
          entry.head(),
          entry.bytes(),
          entry.quarantined(),
          entry.sequence());
      // None where the body has been emptied meanwhile.
      Packed body = entry.packed();
      update(
          "UPDATE packed_body SET packed = ?, packing = ? WHERE seq = ?",
          body.bytes(),
          body.packing().code(),
          entry.sequence());
    } catch (SQLException e) {
      throw new StoreException("cannot rewrite entry " + entry.sequence(), e);
    }
  }

  /** Notes that the entries of a record, up to one of them, name it no more. */
  public void passed(ErasedRecord record, long sequence) {
    try {
      update("DELETE FROM entry_record WHERE record = ? AND seq <= ?", record.rowId(), sequence);
    } catch (SQLException e) {
      throw new StoreException("cannot shorten the index", e);
    }
  }

  /**
   * Removes a record with all that is kept under it, and the links that lead to it. Its tombstone
   * stays. The pages of the file are to be cleaned from the first on.
   *
   * @return the records that a link led from
   */
  public Set<RecordRef> forget(ErasedRecord record) {
    try {
      Set<RecordRef> linked = unlink(record.ref());
      snapshot.unlink(record.ref());
      for (String table : KEYED_BY_RECORD) {
        update("DELETE FROM " + table + " WHERE record = ?", record.rowId());
      }
      update("DELETE FROM record WHERE id = ?", record.rowId());
      removeFromCursors(record.ref());
      update("UPDATE tombstone SET record = NULL WHERE record = ?", record.rowId());
      uncleanPages();
      return linked;
    } catch (SQLException e) {
      throw new StoreException("cannot remove a record", e);
    }
  }

  /**
   * Notes that something was removed that must not stay readable in free space of the file: {@link
   * PageCleaning} begins at the first page again. Part of the transaction, like all of this.
   */
  public void uncleanPages() {
    try {
      update("INSERT INTO cursor VALUES ('', ?, '1') ON CONFLICT DO UPDATE SET value = '1'", PAGES);
    } catch (SQLException e) {
      throw new StoreException("cannot note that pages are to be cleaned", e);
    }
  }

  /** A pass has a record in its name, or stands at one in a list: then it goes one id back. */
  private void removeFromCursors(RecordRef ref) throws SQLException {
    update(
        "DELETE FROM cursor WHERE connection = ? AND name LIKE '%/' || ? || '/' || ?",
        ref.connection().name(), ref.type(), ref.id());
    if (NUMBER.matcher(ref.id()).matches()) {
      String quoted = '"' + ref.id() + '"';
      String before = '"' + Long.toString(Long.parseLong(ref.id()) - 1) + '"';
      update(
          "UPDATE cursor SET value = replace(value, ?1, ?2) WHERE connection = ?3"
              + " AND instr(value, ?1) > 0",
          quoted,
          before,
          ref.connection().name());
    }
  }

  private Set<RecordRef> unlink(RecordRef ref) throws SQLException {
    Set<RecordRef> from = new LinkedHashSet<>();
    List<Long> rows = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT DISTINCT id, type, object_id FROM link_fact JOIN record ON id = record
            WHERE to_type = ? AND to_id = ? AND +connection = ?\
            """)) {
      bind(statement, ref.type(), ref.id(), ref.connection().name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(row.getLong(1));
          from.add(new RecordRef(ref.connection(), row.getString(2), row.getString(3)));
        }
      }
    }
    for (long row : rows) {
      update(
          "DELETE FROM link_fact WHERE record = ? AND to_type = ? AND to_id = ?",
          row,
          ref.type(),
          ref.id());
    }
    return from;
  }

  private void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
