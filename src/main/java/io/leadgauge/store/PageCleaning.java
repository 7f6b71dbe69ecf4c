package io.leadgauge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Cleans the database file after an erasure: the write-ahead log is emptied, and the slack of every
 * page overwritten, a run of pages at a time with the writer waiting for that long.
 *
 * <p>SQLite has no statement for that short of rewriting the whole file ({@code VACUUM}), which
 * would keep everybody out for as long as that takes. So the slack is overwritten in the file
 * itself, under these conditions: the write lock is held, so nobody changes a page; the log is
 * empty, so the file has the latest version of every page; only bytes that belong to no content
 * change, so that a crash in between leaves a sound file; and the same transaction moves a cursor,
 * so that every other connection forgets the pages it has in memory, old slack included.
 *
 * <p>Not thread-safe: the writer's thread uses it, between two transactions, and {@link
 * Store#close()} closes it.
 */
public final class PageCleaning implements AutoCloseable {
  private static final int PAGES_AT_ONCE = 512;
  private static final int PAGE_SIZE_AT = 16;
  private static final int RESERVED_AT = 20;
  private static final int BUSY_MILLIS = 20;

  private final SqliteFile file;
  private final Connection connection;

  private final RawFile raw;

  PageCleaning(SqliteFile file, RawFile raw) {
    this.file = file;
    this.raw = raw;
    try {
      this.connection = file.openWriter();
      SqliteFile.execute(connection, "PRAGMA busy_timeout = " + BUSY_MILLIS);
    } catch (SQLException e) {
      throw new StoreException("cannot open the store " + file.path(), e);
    }
  }

  /** How far a step came. */
  public enum Step {
    /** There is nothing to clean, or nothing more. */
    CLEAN,
    /** A run of pages is clean, the next one is to follow. */
    GOING_ON,
    /** The log cannot be emptied now: somebody reads an older state, or writes. */
    HELD_UP
  }

  /** Cleans the next run of pages. */
  public Step step() {
    try {
      if (cursor() == 0) {
        return Step.CLEAN;
      }
      if (!emptyLog()) {
        return Step.HELD_UP;
      }
      SqliteFile.execute(connection, "BEGIN IMMEDIATE");
      try {
        Step step = locked();
        SqliteFile.execute(connection, step == Step.HELD_UP ? "ROLLBACK" : "COMMIT");
        return step;
      } catch (SQLException | IOException | RuntimeException e) {
        SqliteFile.execute(connection, "ROLLBACK");
        throw e;
      }
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLITE_BUSY) {
        return Step.HELD_UP;
      }
      throw new StoreException("cannot clean the pages of the store", e);
    } catch (IOException e) {
      throw new StoreException("cannot clean the pages of the store", e);
    }
  }

  private static final int SQLITE_BUSY = 5;

  private Step locked() throws SQLException, IOException {
    // Somebody may have written between the emptying of the log and the lock.
    if (logBytes() > 0) {
      return Step.HELD_UP;
    }
    long from = cursor();
    ByteBuffer fileHeader = read(0, 100);
    int stated = Short.toUnsignedInt(fileHeader.getShort(PAGE_SIZE_AT));
    int pageSize = stated == 1 ? 1 << Short.SIZE : stated;
    int usable = pageSize - Byte.toUnsignedInt(fileHeader.get(RESERVED_AT));
    long pages = raw.channel().size() / pageSize;
    long to = Math.min(pages, from + PAGES_AT_ONCE - 1);
    if (from <= to) {
      clean(from, to, pageSize, usable);
    }
    if (to >= pages) {
      move("DELETE FROM cursor WHERE connection = '' AND name = ?", null);
      return Step.CLEAN;
    }
    move("UPDATE cursor SET value = ?2 WHERE connection = '' AND name = ?1", to + 1);
    return Step.GOING_ON;
  }

  private void clean(long from, long to, int pageSize, int usable) throws IOException {
    byte[] run = read((from - 1) * pageSize, Math.toIntExact((to - from + 1) * pageSize)).array();
    byte[] page = new byte[pageSize];
    boolean any = false;
    for (long number = from; number <= to; number++) {
      System.arraycopy(run, Math.toIntExact((number - from) * pageSize), page, 0, pageSize);
      if (PageSlack.empty(page, number, usable)) {
        write(page, (number - 1) * pageSize);
        any = true;
      }
    }
    if (any) {
      raw.sync();
    }
  }

  private ByteBuffer read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    int count = 0;
    while (bytes.hasRemaining() && count >= 0) {
      count = raw.channel().read(bytes, at + bytes.position());
    }
    return bytes;
  }

  private void write(byte[] page, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(page);
    while (bytes.hasRemaining()) {
      raw.channel().write(bytes, at + bytes.position());
    }
  }

  private boolean emptyLog() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return row.next() && row.getInt(1) == 0;
    }
  }

  private long logBytes() throws IOException {
    Path log = file.log();
    return Files.exists(log) ? Files.size(log) : 0;
  }

  private long cursor() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT value FROM cursor WHERE connection = '' AND name = ?")) {
      statement.setString(1, ErasureRows.PAGES);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private void move(String sql, @Nullable Long to) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, ErasureRows.PAGES);
      if (to != null) {
        statement.setString(2, to.toString());
      }
      statement.executeUpdate();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreException("cannot close the store " + file.path(), e);
    }
  }
}
