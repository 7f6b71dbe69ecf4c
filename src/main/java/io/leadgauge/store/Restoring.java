package io.leadgauge.store;

import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A restore under way: the backup's store in a data folder of its own, inside the one that it is to
 * take over. There it is made ready by whoever restores; nothing else changes before {@link
 * #commit}. Nobody else can write in the data folder meanwhile. Not thread-safe.
 */
public final class Restoring implements AutoCloseable {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int CHUNK = 1 << 20;

  private final Path folder;
  private final Path part;
  private final FolderLock lock;
  private final BackupContents contents;
  private boolean committed;

  private Restoring(Path folder, Path part, FolderLock lock, BackupContents contents) {
    this.folder = folder;
    this.part = part;
    this.lock = lock;
    this.contents = contents;
  }

  /**
   * Copies a backup and checks the copy.
   *
   * @param file the backup
   * @param folder the data folder; made where there is none
   * @throws StoreException if the file is no whole backup that this release can read, somebody
   *     writes in the folder, or there is no room; then nothing has changed
   */
  public static Restoring begin(Path file, Path folder, Clockwork clock, Headway headway) {
    BackupContents contents = BackupFile.of(file).contents();
    Store.createFolder(folder);
    FolderLock lock = FolderLock.take(folder);
    Path part = null;
    try {
      FolderSwap.finish(folder);
      Durable.requireRoom(folder, contents.bytes(), "the restored store");
      part = FolderSwap.begin(folder, STAMP.format(Instant.ofEpochMilli(clock.now())));
      Path copy = part.resolve(FolderSwap.NEW).resolve(Store.FILE);
      Durable.createFile(copy);
      copy(file, copy, contents.bytes(), headway);
      headway.at("checking", contents.bytes(), contents.bytes());
      BackupFile copied = BackupFile.of(copy);
      copied.checked();
      TombstoneKey.write(copy.resolveSibling(TombstoneKey.FILE), copied.key());
      unsign(copy);
      return new Restoring(folder, part, lock, contents);
    } catch (IOException | RuntimeException e) {
      removeQuietly(part);
      lock.close();
      throw e instanceof StoreException told
          ? told
          : new StoreException("cannot restore " + file, e);
    }
  }

  private static void copy(Path from, Path to, long bytes, Headway headway) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long done = 0;
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = Files.newOutputStream(to, StandardOpenOption.WRITE)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        out.write(chunk, 0, read);
        done += read;
        headway.at("copying", done, bytes);
      }
    }
  }

  /** The key is where it belongs by now, and must not stay in the store. */
  private static void unsign(Path copy) {
    try (Connection connection = new SqliteFile(copy).openAlone()) {
      SqliteFile.execute(connection, "DROP TABLE backup");
    } catch (SQLException e) {
      throw new StoreException("cannot write " + copy, e);
    }
  }

  /** Returns what the backup holds. */
  public BackupContents contents() {
    return contents;
  }

  /** Returns the data folder with the backup's store, to be made ready; nobody else knows it. */
  public Path prepared() {
    return part.resolve(FolderSwap.NEW);
  }

  /**
   * Takes over who was erased since the backup was taken, from the store that is about to be
   * replaced, whatever its key. Those whom the backup does not know are taken in no more; those
   * whom it knows are to be erased in {@link #prepared}.
   */
  public CarriedErasures carryErasures() {
    return CarriedErasures.carry(folder, prepared());
  }

  /**
   * Puts the prepared store in its place.
   *
   * @return where the store is now that was there; null if there was none
   * @throws StoreException if that failed; then the old store is in its place, or the next start of
   *     serve ends it
   */
  public @Nullable Path commit() {
    committed = true;
    try {
      return FolderSwap.commit(part);
    } catch (IOException e) {
      throw new StoreException("cannot put the restored store into " + folder, e);
    }
  }

  @SuppressWarnings("EmptyCatch") // the next start removes it
  private static void removeQuietly(@Nullable Path part) {
    try {
      if (part != null) {
        Durable.remove(part);
      }
    } catch (IOException e) {
      // it stays
    }
  }

  @Override
  public void close() {
    if (!committed) {
      removeQuietly(part);
    }
    lock.close();
  }
}
