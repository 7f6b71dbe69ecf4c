package io.leadgauge.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The store of one installation: a folder with one SQLite file, one writer and any number of
 * readers.
 *
 * <p>Thread-safe, but the writer belongs to one thread.
 */
public final class Store implements AutoCloseable {
  static final String FILE = "leadgauge.db";

  private static final int FEW_PAGES = 250;

  private final SqliteFile file;
  private final FolderLock lock;
  private final StoreWriter writer;
  private final Tombstones tombstones;
  private final RawFile raw;
  private final PageCleaning cleaning;

  private Store(SqliteFile file, FolderLock lock, TombstoneKey key) throws SQLException {
    this.file = file;
    this.lock = lock;
    this.tombstones = new Tombstones(file, key);
    this.writer = new StoreWriter(file, key);
    this.raw = new RawFile(file.path());
    this.cleaning = new PageCleaning(file, raw);
  }

  /**
   * Opens the store for writing, creating it where there is none.
   *
   * @throws StoreException if the folder cannot be used, another process writes in it, the file was
   *     written by a newer version, or persons were erased and the key to know them by is gone
   */
  public static Store open(Path folder) {
    createFolder(folder);
    FolderLock lock = FolderLock.take(folder);
    SqliteFile file = new SqliteFile(folder.resolve(FILE));
    try {
      FolderSwap.finish(folder);
      ScratchStore.sweep(folder);
      LeftLog.makeDurable(file.log());
      Schema.migrate(file);
      TombstoneKey key = TombstoneKey.open(folder);
      // SQLite does so as well, and says nothing where that fails.
      Durable.syncFolder(folder);
      return new Store(file, lock, key);
    } catch (SQLException | IOException e) {
      lock.close();
      throw new StoreException("cannot open the store " + file.path(), e);
    } catch (StoreException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Opens a store to look at, beside whoever writes it.
   *
   * @throws StoreException if there is none
   */
  public static StoreReader read(Path folder) {
    return new StoreReader(existing(folder));
  }

  /** Returns the file of a store that is there, and that this version can read. */
  static SqliteFile existing(Path folder) {
    FolderSwap.requireNone(folder);
    SqliteFile file = new SqliteFile(folder.resolve(FILE));
    if (!Files.exists(file.path())) {
      throw new StoreException(
          "there is no store in " + folder + "; start serve, or name its folder with --data");
    }
    try {
      Schema.requireCurrent(file);
    } catch (SQLException e) {
      throw new StoreException("cannot open the store " + file.path(), e);
    }
    return file;
  }

  static void createFolder(Path folder) {
    try {
      Durable.createFolders(folder);
    } catch (IOException e) {
      throw new StoreException("cannot create the data folder " + folder, e);
    }
  }

  /** Returns the one writer. */
  public StoreWriter writer() {
    return writer;
  }

  /** Opens another reader; the caller closes it. */
  public StoreReader reader() {
    return new StoreReader(file);
  }

  /** Returns who was erased, or is about to be. */
  public Tombstones tombstones() {
    return tombstones;
  }

  /** Opens a look at what is to be erased; the caller closes it. */
  public ErasureReader erasures() {
    return new ErasureReader(file);
  }

  /** Returns what cleans the file after an erasure. */
  public PageCleaning cleaning() {
    return cleaning;
  }

  /**
   * Checks that what is written now can be found again.
   *
   * @throws StoreException if the data folder was moved, removed or replaced since it was opened
   */
  public void requireInPlace() {
    writer.requireInPlace();
  }

  /** Returns how much more the disk of the data folder takes, in bytes; 0 where it is gone. */
  public long freeBytes() {
    return file.path().toFile().getUsableSpace();
  }

  /** Returns how long the file of the write-ahead log is, in bytes. */
  public long logBytes() {
    Path log = file.log();
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new StoreException("cannot look at " + log, e);
    }
  }

  /** Returns how long the file is without its log, in bytes. */
  public long bytes() {
    try {
      return Files.size(file.path());
    } catch (IOException e) {
      throw new StoreException("cannot look at " + file.path(), e);
    }
  }

  /** Returns how much of the disk is taken, by whomever, in bytes. */
  public long takenBytes() {
    try {
      FileStore disk = Files.getFileStore(file.path());
      return disk.getTotalSpace() - disk.getUsableSpace();
    } catch (IOException e) {
      throw new StoreException("cannot look at the disk of " + file.path(), e);
    }
  }

  /** Looks how full the write-ahead log is. */
  public LogFill logFill() {
    try (Connection connection = file.openWriter()) {
      return SqliteFile.logFill(connection);
    } catch (SQLException e) {
      throw new StoreException("cannot look at the log of the store " + file.path(), e);
    }
  }

  /**
   * Moves the write-ahead log into the file, as far as readers allow, and syncs that; the writer
   * goes on. Returns what is left then.
   */
  public LogFill checkpoint() {
    try (Connection connection = file.openWriter()) {
      SqliteFile.checkpoint(connection);
      // SQLite does so only where nothing is left: all that was moved would be left to the writer.
      raw.sync();
      return SqliteFile.logFill(connection);
    } catch (SQLException e) {
      throw new StoreException("cannot checkpoint the store " + file.path(), e);
    }
  }

  /**
   * Moves the write-ahead log into the file and lets it start over, as far as readers allow: the
   * last pages are moved by the writer, before its next transaction. They should be few, for
   * meanwhile whoever sends waits: what comes in beside one pass is moved by the next, as long as
   * each leaves less than half.
   */
  public void endLog() {
    int before = logFill().unmovedPages();
    int left = checkpoint().unmovedPages();
    while (left > FEW_PAGES && left < before / 2) {
      before = left;
      left = checkpoint().unmovedPages();
    }
    writer.endLog();
  }

  @Override
  public void close() {
    tombstones.close();
    writer.close();
    cleaning.close();
    // After all connections, for it gives up the locks on the file.
    raw.close();
    lock.close();
  }
}
