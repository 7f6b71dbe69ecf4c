package io.leadgauge.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;

/**
 * The database file and how connections to it are opened.
 *
 * <p>Write-ahead log with {@code synchronous=FULL}: a commit returns after its frames are on the
 * disk. Automatic checkpoints are off, because they would run inside a commit; the store's owner
 * calls {@link Store#checkpoint()} beside the writer.
 */
record SqliteFile(Path path) {
  private static final int BUSY_MILLIS = 5_000;

  /** What stays of the log's file when it starts over: all that steady work fills. */
  private static final int LOG_BYTES_KEPT = 64 << 20;

  private static final int WRITER_CACHE_KIB = 64 * 1024;
  private static final int READER_CACHE_KIB = 4 * 1024;

  static {
    SqliteLibrary.load();
  }

  /** Returns where the write-ahead log is. */
  Path log() {
    return path.resolveSibling(path.getFileName() + "-wal");
  }

  Connection openWriter() throws SQLException {
    SQLiteConfig config = common(WRITER_CACHE_KIB);
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    Connection connection = config.createConnection("jdbc:sqlite:" + path);
    execute(connection, "PRAGMA wal_autocheckpoint = 0");
    execute(connection, "PRAGMA journal_size_limit = " + LOG_BYTES_KEPT);
    // What is removed, or gives way, must not stay readable in free space of the file.
    execute(connection, "PRAGMA secure_delete = ON");
    return connection;
  }

  /**
   * Opens the same for one who begins and ends all transactions by statements. Else the driver
   * tries, after each statement, to begin and end one of its own, which fails inside of another and
   * takes a tenth of the writer's time. When it is told not to, it begins one; that is ended here.
   */
  Connection openTransactionWriter() throws SQLException {
    Connection connection = openWriter();
    connection.setAutoCommit(false);
    execute(connection, "COMMIT");
    return connection;
  }

  Connection openReader() throws SQLException {
    SQLiteConfig config = common(READER_CACHE_KIB);
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + path);
  }

  /**
   * Opens a file that nobody else knows of yet: where that is cut short, the file is not used. It
   * needs no log, and leaves none.
   */
  Connection openAlone() throws SQLException {
    SQLiteConfig config = common(READER_CACHE_KIB);
    config.setJournalMode(JournalMode.MEMORY);
    config.setSynchronous(SynchronousMode.OFF);
    Connection connection = config.createConnection("jdbc:sqlite:" + path);
    execute(connection, "PRAGMA secure_delete = ON");
    return connection;
  }

  private static SQLiteConfig common(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setCacheSize(-cacheKib);
    // A query after each statement, whose answer nobody asks for.
    config.setGetGeneratedKeys(false);
    // Nothing of anybody goes to a file outside the data folder.
    config.setTempStore(TempStore.MEMORY);
    return config;
  }

  /**
   * Moves the log into the file, as far as others allow, and waits for nobody. Returns what is left
   * then.
   */
  static LogFill checkpoint(Connection connection) throws SQLException {
    return logFill(connection, "PASSIVE");
  }

  /** Looks how full the log is, and moves nothing. */
  static LogFill logFill(Connection connection) throws SQLException {
    return logFill(connection, "NOOP");
  }

  private static LogFill logFill(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      row.next();
      // Both are -1 where somebody else is just moving it.
      int pages = Math.max(0, row.getInt(2));
      return new LogFill(pages, pages - Math.max(0, row.getInt(3)));
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
