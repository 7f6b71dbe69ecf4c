package io.leadgauge.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A backup, as {@link Backup} has written it: a SQLite file with the tables of a store and one
 * more.
 */
public final class BackupFile {
  /** What makes a store a backup; there is one row. */
  static final String TABLE =
      "CREATE TABLE backup (taken_at INTEGER NOT NULL, release TEXT NOT NULL,"
          + " erasure_key BLOB NOT NULL) STRICT";

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int PAGES_AT = 28;
  private static final int BIGGEST_PAGE = 65_536;

  private final Path file;
  private final BackupContents contents;
  private final byte[] key;

  private BackupFile(Path file, BackupContents contents, byte[] key) {
    this.file = file;
    this.contents = contents;
    this.key = key;
  }

  /**
   * Looks at a file.
   *
   * @throws StoreException if it is no whole backup, or one of a newer release
   */
  public static BackupFile of(Path file) {
    requireWhole(file);
    try (Connection connection = new SqliteFile(file).openReader()) {
      requireKnown(file, connection);
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT * FROM backup")) {
        if (!row.next()) {
          throw foreign(file);
        }
        BackupContents contents =
            new BackupContents(
                row.getLong(1),
                row.getString(2),
                lastSequence(connection),
                contacts(connection),
                Files.size(file));
        return new BackupFile(file, contents, row.getBytes(3));
      }
    } catch (SQLException | IOException e) {
      throw new StoreException("the backup " + file + " cannot be read", e);
    }
  }

  /** Returns what it holds. */
  public BackupContents contents() {
    return contents;
  }

  /** Returns the key of its tombstones. */
  byte[] key() {
    return key.clone();
  }

  /**
   * Reads all of it and returns what it holds.
   *
   * @throws StoreException if it is damaged
   */
  public BackupContents checked() {
    try (Connection connection = new SqliteFile(file).openReader();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
      String found = row.next() ? row.getString(1) : "nothing was found";
      if (!found.equals("ok")) {
        throw new StoreException("the backup " + file + " is damaged: " + found);
      }
      return contents;
    } catch (SQLException e) {
      throw new StoreException("the backup " + file + " is damaged", e);
    }
  }

  /** The head of the file says how long it is. */
  private static void requireWhole(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException("there is no file " + file);
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer head = ByteBuffer.allocate(HEADER);
      while (head.hasRemaining() && channel.read(head) >= 0) {
        // a read may bring less
      }
      if (head.hasRemaining() || !head.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
        throw foreign(file);
      }
      int size = Short.toUnsignedInt(head.getShort(PAGE_SIZE_AT));
      long whole =
          (size == 1 ? BIGGEST_PAGE : size) * Integer.toUnsignedLong(head.getInt(PAGES_AT));
      if (channel.size() < whole) {
        throw new StoreException(
            "the backup "
                + file
                + " is torn: it has "
                + channel.size()
                + " of "
                + whole
                + " bytes; copy it once more, or take an older one");
      }
    } catch (IOException e) {
      throw new StoreException("cannot read " + file, e);
    }
  }

  private static void requireKnown(Path file, Connection connection) throws SQLException {
    if (!has(connection, "backup")) {
      throw has(connection, "journal")
          ? new StoreException(
              file
                  + " is a store and no backup: what stood in its write-ahead log may be missing;"
                  + " take one by leadgauge backup")
          : foreign(file);
    }
    int schema = Schema.version(connection);
    if (schema > Schema.VERSION) {
      throw new StoreException(
          "the backup "
              + file
              + " was taken by a newer release, "
              + release(connection)
              + "; restore it by that one, or a newer one");
    }
  }

  private static String release(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT release FROM backup")) {
      return row.next() ? row.getString(1) : "";
    }
  }

  private static StoreException foreign(Path file) {
    return new StoreException(file + " is no backup that leadgauge has taken");
  }

  private static boolean has(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'")) {
      return row.next();
    }
  }

  private static long lastSequence(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(seq), 0) FROM journal")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static SortedMap<String, Long> contacts(Connection connection) throws SQLException {
    SortedMap<String, Long> contacts = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT connection, sum(type IN ('contact', 'lead')) FROM record
                GROUP BY connection ORDER BY connection\
                """)) {
      while (row.next()) {
        contacts.put(row.getString(1), row.getLong(2));
      }
    }
    return contacts;
  }
}
