package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Finds what is to be erased. Thread-safe: calls wait for each other. */
public final class ErasureReader implements AutoCloseable {
  private static final String ENTRY =
      "SELECT seq, kind, connection, received_at, head, reason, "
          + StoredBody.COLUMNS
          + StoredBody.FROM
          + " ";

  private final Connection connection;
  private final ReentrantLock turn = new ReentrantLock();

  ErasureReader(SqliteFile file) {
    try {
      connection = file.openReader();
    } catch (SQLException e) {
      throw new StoreException("cannot open the store " + file.path(), e);
    }
  }

  /** Makes a value of a row. */
  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Returns records that have their tombstone and are still there. */
  public List<ErasedRecord> pending(int limit) {
    return list(
        """
        SELECT id, connection, type, object_id FROM tombstone JOIN record ON id = record
        WHERE record IS NOT NULL LIMIT ?\
        """,
        row ->
            new ErasedRecord(
                row.getLong(1),
                new RecordRef(
                    new ConnectionId(row.getString(2)), row.getString(3), row.getString(4))),
        limit);
  }

  /** Tells whether anything is kept of a connection. */
  public boolean knows(ConnectionId id) {
    return !list(
            """
            SELECT 1 FROM (SELECT 1 FROM record WHERE connection = ?1 LIMIT 1)
            UNION ALL SELECT 1 FROM (
              SELECT 1 FROM journal WHERE connection = ?1 AND kind = 'delivery' LIMIT 1)\
            """,
            row -> true,
            id.name())
        .isEmpty();
  }

  /** Returns how many records have their tombstone and are still there. */
  public long countPending() {
    return list("SELECT count(*) FROM tombstone WHERE record IS NOT NULL", row -> row.getLong(1))
        .getFirst();
  }

  /** Tells whether pages of the file may still hold what was removed from them. */
  public boolean hasUncleanPages() {
    return !list(
            "SELECT 1 FROM cursor WHERE connection = '' AND name = ?",
            row -> true,
            ErasureRows.PAGES)
        .isEmpty();
  }

  /**
   * Returns entries that name a record, in their order.
   *
   * @param mostBytes about how long they may be together; one is returned in any case
   */
  public List<StoredEntry> entries(ErasedRecord record, long mostBytes) {
    List<Long> sequences =
        list(
            "SELECT seq FROM entry_record WHERE record = ? ORDER BY seq LIMIT 100",
            row -> row.getLong(1),
            record.rowId());
    List<StoredEntry> entries = new ArrayList<>();
    long bytes = 0;
    for (long sequence : sequences) {
      if (bytes < mostBytes) {
        entry(sequence).ifPresent(entries::add);
        bytes += entries.isEmpty() ? 0 : entries.getLast().body().length;
      }
    }
    return entries;
  }

  private Optional<StoredEntry> entry(long sequence) {
    return list(ENTRY + "WHERE seq = ?", ErasureReader::entry, sequence).stream().findFirst();
  }

  /**
   * An entry by which events of a delivery began to count.
   *
   * @param sequence its number
   * @param receivedAt its instant, by our clock
   */
  public record Applied(long sequence, long receivedAt) {}

  /**
   * Returns the entries that have applied a delivery, in their order: itself, unless it was
   * quarantined first, and those by which it was taken up later.
   */
  public List<Applied> applied(long delivery) {
    return list(
        """
        SELECT seq, received_at FROM journal
        WHERE seq = ?1 AND kind = 'delivery' AND outcome = 'applied'
        UNION ALL
        SELECT seq, received_at FROM journal WHERE kind = 'retried' AND head ->> 'delivery' = ?1
        ORDER BY seq\
        """,
        row -> new Applied(row.getLong(1), row.getLong(2)),
        delivery);
  }

  /** Returns the first entry after another that may name records that no index leads from. */
  public Optional<StoredEntry> looseAfter(ConnectionId id, long sequence) {
    return list(
            ENTRY
                + """
                WHERE kind IN ('delivery', 'observation') AND (noted > 0 OR outcome = 'quarantined')
                  AND packing IS NOT NULL
                  AND connection = ? AND seq > ? ORDER BY seq LIMIT 1\
                """,
            ErasureReader::entry,
            id.name(),
            sequence)
        .stream()
        .findFirst();
  }

  private static StoredEntry entry(ResultSet row) throws SQLException {
    String name = row.getString(3);
    StoredBody body = StoredBody.read(row, 7);
    return new StoredEntry(
        row.getLong(1),
        row.getString(2),
        name.isEmpty() ? null : new ConnectionId(name),
        row.getLong(4),
        row.getString(5),
        body.bytes(),
        body.emptied(),
        row.getString(6));
  }

  /** Returns the e-mail addresses that stand, or stood, in a record, in lower case. */
  public Set<String> addresses(ErasedRecord record) {
    Set<String> addresses = new TreeSet<>();
    for (String value :
        list(
            """
            SELECT DISTINCT value FROM property_fact WHERE record = ? AND value LIKE '%_@_%'
              AND property LIKE '%email%' AND property NOT LIKE '%owner%'\
            """,
            row -> row.getString(1), record.rowId())) {
      for (String part : value.split("[\\s;,<>\"]+", -1)) {
        int at = part.indexOf('@');
        if (at > 0 && part.indexOf('.', at) > 0) {
          addresses.add(part.toLowerCase(Locale.ROOT));
        }
      }
    }
    return addresses;
  }

  /** Returns the contacts of a connection that have, or had, an e-mail address. */
  public Set<RecordRef> withAddress(ConnectionId id, String address) {
    turn.lock();
    try {
      return new LinkedHashSet<>(
          PersonRecords.holders(connection, RecordRef.emailAddress(id, address)));
    } catch (SQLException e) {
      throw new StoreException("cannot look up an e-mail address", e);
    } finally {
      turn.unlock();
    }
  }

  /** Returns how much is kept of the person that a record belongs to. */
  public ErasureExtent extent(RecordRef person) {
    turn.lock();
    try {
      List<ErasedRecord> known = new ArrayList<>();
      for (RecordRef ref : new PersonRecords(connection).of(person)) {
        PersonExtent.rowId(connection, ref).ifPresent(id -> known.add(new ErasedRecord(id, ref)));
      }
      return PersonExtent.of(connection, known);
    } catch (SQLException e) {
      throw new StoreException("cannot read a person", e);
    } finally {
      turn.unlock();
    }
  }

  private <T> List<T> list(String sql, Row<T> read, @Nullable Object... values) {
    turn.lock();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(read.read(row));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new StoreException("cannot read what is to be erased", e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("cannot close a reader", e);
    } finally {
      turn.unlock();
    }
  }
}
