package io.leadgauge.store;

import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.ProgressHandler;

/**
 * Takes a backup of a data folder, beside whoever writes in it: one file with the store as one
 * commit has left it, the key of its tombstones, and when and by which release it was taken.
 *
 * <p>{@code VACUUM INTO} reads it all in one transaction. (SQLite's online backup would begin again
 * at every commit of the writer.) Meanwhile the write-ahead log cannot start over, so it grows by
 * what is committed.
 *
 * <p>It is written under another name, checked, and on the disk before it gets its own.
 */
public final class Backup {
  private static final String PART = ".part";

  /** More than what is told about the backup itself takes. */
  private static final long ROOM_TO_SPARE = 1 << 20;

  private static final int STEPS_BETWEEN_LOOKS = 200_000;

  private Backup() {}

  /**
   * Takes one.
   *
   * @param folder the data folder
   * @param file where it is to be; what is there is replaced at the end, at once, unless it is in
   *     the data folder
   * @param release the release that takes it
   * @throws StoreException if it could not be taken; then {@code file} is what it was
   */
  public static BackupContents take(
      Path folder, Path file, String release, Clockwork clock, Headway headway) {
    SqliteFile store = Store.existing(folder);
    TombstoneKey key = TombstoneKey.read(folder);
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + PART);
    try {
      requireNotOfStore(folder, target);
      long bytes = room(store, target);
      // What a backup that was cut short has left.
      Files.deleteIfExists(part);
      Durable.createFile(part);
      long takenAt = clock.now();
      copy(store, part, bytes, headway);
      sign(part, key, takenAt, release);
      headway.at("checking", bytes, bytes);
      BackupContents contents = BackupFile.of(part).checked();
      Durable.sync(part);
      Durable.move(part, target);
      Durable.syncFolder(Durable.folderOf(target));
      return contents;
    } catch (IOException e) {
      throw new StoreException("cannot write the backup " + file, e);
    } finally {
      removeQuietly(part);
    }
  }

  /** The store itself may be named by mistake. */
  private static void requireNotOfStore(Path folder, Path target) throws IOException {
    if (Files.exists(target) && Files.isSameFile(Durable.folderOf(target), folder)) {
      throw new StoreException(
          target + " is in the data folder, where nothing is replaced; name another file");
    }
  }

  private static long room(SqliteFile store, Path target) throws IOException {
    try (Connection connection = store.openReader()) {
      long pages = number(connection, "page_count") - number(connection, "freelist_count");
      long bytes = pages * number(connection, "page_size");
      Durable.requireRoom(Durable.folderOf(target), bytes + ROOM_TO_SPARE, "the backup");
      return bytes;
    } catch (SQLException e) {
      throw new StoreException("cannot read the store " + store.path(), e);
    }
  }

  private static long number(Connection connection, String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static void copy(SqliteFile store, Path part, long bytes, Headway headway) {
    try (Connection connection = store.openReader();
        PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
      statement.setString(1, part.toString());
      ProgressHandler.setHandler(
          connection,
          STEPS_BETWEEN_LOOKS,
          new ProgressHandler() {
            @Override
            protected int progress() {
              headway.at("copying", Math.min(bytes, written(part)), bytes);
              return 0;
            }
          });
      statement.execute();
    } catch (SQLException e) {
      throw new StoreException("cannot copy the store " + store.path() + " to " + part, e);
    }
  }

  private static long written(Path part) {
    try {
      return Files.size(part);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Adds what tells a backup from a store. */
  private static void sign(Path part, TombstoneKey key, long takenAt, String release) {
    try (Connection connection = new SqliteFile(part).openAlone()) {
      SqliteFile.execute(connection, BackupFile.TABLE);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO backup VALUES (?, ?, ?)")) {
        insert.setLong(1, takenAt);
        insert.setString(2, release);
        insert.setBytes(3, key.bytes());
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new StoreException("cannot write the backup " + part, e);
    }
  }

  @SuppressWarnings("EmptyCatch") // the next backup tries again; what happened before matters more
  private static void removeQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // it stays
    }
  }
}
