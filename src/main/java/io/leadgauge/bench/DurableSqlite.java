package io.leadgauge.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * A SQLite file as the product writes one: a commit returns once it is on the disk, and the log is
 * moved into the file beside the commits, whenever it has grown as long as the product lets it.
 * What it is asked for is written by one thread.
 */
final class DurableSqlite implements AutoCloseable {
  private static final int MOST_PAGES = 1_500;
  private static final long MOST_LOG_BYTES = MOST_PAGES * 4_096L;
  private static final int CACHE_KIB = 64 * 1024;

  private final Path log;
  private final Connection connection;
  private final Connection mover;

  /** Closed after all connections: that gives up the locks that SQLite holds on the file. */
  private final FileChannel raw;

  private final ExecutorService beside = Executors.newSingleThreadExecutor();
  private final AtomicBoolean isMoving = new AtomicBoolean();
  private volatile boolean mustEndLog;

  DurableSqlite(Path file) throws SQLException, IOException {
    this.log = file.resolveSibling(file.getFileName() + "-wal");
    this.connection = open(file);
    this.mover = open(file);
    this.raw = FileChannel.open(file, StandardOpenOption.WRITE);
  }

  private static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(-CACHE_KIB);
    // Else the driver asks for the last row id after every statement.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    execute(connection, "PRAGMA wal_autocheckpoint = 0");
    return connection;
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  /** Returns one number. */
  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  void execute(String sql) throws SQLException {
    execute(connection, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Runs a statement with values for all that is open in it; null is none. */
  static void run(PreparedStatement statement, @Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }

  void begin() throws SQLException {
    if (mustEndLog) {
      mustEndLog = false;
      unmovedAfter(connection, "PASSIVE");
    }
    execute("BEGIN IMMEDIATE");
  }

  /** Returns when all since the beginning is on the disk. */
  void commit() throws SQLException, IOException {
    execute("COMMIT");
    if (Files.size(log) > MOST_LOG_BYTES && isMoving.compareAndSet(false, true)) {
      beside.execute(this::moveLog);
    }
  }

  /**
   * The last pages are moved between two transactions, so that the log starts over; what is moved
   * before is synced before. What fails here is tried again after the next commit.
   */
  @SuppressWarnings("EmptyCatch")
  private void moveLog() {
    try {
      if (unmovedAfter(mover, "NOOP") > MOST_PAGES) {
        unmovedAfter(mover, "PASSIVE");
        raw.force(false);
        mustEndLog = true;
      }
    } catch (SQLException | IOException e) {
      // the log is only longer
    } finally {
      isMoving.set(false);
    }
  }

  /** Moves the log, unless told to do nothing; returns how many pages are not in the file then. */
  private static int unmovedAfter(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return row.next() ? row.getInt(2) - row.getInt(3) : 0;
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    beside.close();
    mover.close();
    connection.close();
    raw.close();
  }
}
