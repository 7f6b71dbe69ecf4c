package io.leadgauge.store;

import io.leadgauge.model.RecordRef;
import io.leadgauge.store.TombstoneKey.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who was erased, or is about to be: of them nothing is taken in any more. A filter of {@value
 * #FILTER_BITS} bits in memory says no for nearly everybody else; whom it does not clear is looked
 * up in the store. Where nobody was ever erased it costs nothing. Thread-safe.
 */
public final class Tombstones implements AutoCloseable {
  private static final int FILTER_BITS = 1 << 23;
  private static final int PROBES = 4;

  private final TombstoneKey key;
  private final Connection connection;
  private final PreparedStatement select;
  private final ReentrantLock turn = new ReentrantLock();
  private final AtomicLongArray filter = new AtomicLongArray(FILTER_BITS / Long.SIZE);
  private volatile boolean empty = true;

  /**
   * Loads the tombstones of a store.
   *
   * @throws StoreException if they were made with another key
   */
  Tombstones(SqliteFile file, TombstoneKey key) throws SQLException {
    this.key = key;
    this.connection = file.openReader();
    this.select = connection.prepareStatement("SELECT 1 FROM tombstone WHERE hash = ?");
    load();
    if (!empty && !isKept(key.check())) {
      connection.close();
      throw new StoreException(
          file.path().resolveSibling(TombstoneKey.FILE)
              + " is not the key of this store, and without it erased persons would come back;"
              + " put back the file that belongs to "
              + file.path());
    }
  }

  private void load() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT hash FROM tombstone")) {
      while (row.next()) {
        put(Hash.of(row.getBytes(1)));
      }
    }
  }

  /** Tells whether nobody was ever erased. */
  public boolean isEmpty() {
    return empty;
  }

  /** Tells whether a record was erased, or is about to be. */
  public boolean has(RecordRef ref) {
    if (empty) {
      return false;
    }
    for (Hash hash : key.hashes(ref)) {
      if (mayHave(hash) && isKept(hash)) {
        return true;
      }
    }
    return false;
  }

  /** Takes in a tombstone that a commit has stored. */
  public void added(RecordRef ref) {
    put(key.hash(ref));
  }

  private void put(Hash hash) {
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(hash, i);
      filter.accumulateAndGet(bit / Long.SIZE, 1L << bit, (before, more) -> before | more);
    }
    empty = false;
  }

  private boolean mayHave(Hash hash) {
    for (int i = 0; i < PROBES; i++) {
      int bit = bit(hash, i);
      if ((filter.get(bit / Long.SIZE) & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(Hash hash, int probe) {
    return (int) ((hash.high() + probe * hash.low()) >>> 7) & (FILTER_BITS - 1);
  }

  private boolean isKept(Hash hash) {
    turn.lock();
    try {
      select.setBytes(1, hash.bytes());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot read the tombstones", e);
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
      throw new StoreException("cannot close the tombstones", e);
    } finally {
      turn.unlock();
    }
  }
}
