package io.leadgauge.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The versions of the store's tables. */
final class Schema {
  /** The newest version; the number of the last migration. */
  static final int VERSION = 1;

  private Schema() {}

  /** Brings the file to the newest version; does nothing where it is there already. */
  static void migrate(SqliteFile file) throws SQLException {
    try (Connection connection = file.openWriter()) {
      int version = version(connection);
      if (version > VERSION) {
        throw newer(file, version);
      }
      if (version == VERSION) {
        return;
      }
    }
    runMigrations(file);
    try (Connection connection = file.openWriter()) {
      SqliteFile.execute(connection, "PRAGMA user_version = " + VERSION);
    }
  }

  /** Refuses a file that another version of the product has written. */
  static void requireCurrent(SqliteFile file) throws SQLException {
    try (Connection connection = file.openReader()) {
      int version = version(connection);
      if (version > VERSION) {
        throw newer(file, version);
      }
      if (version == 0) {
        throw new StoreException(
            "the store " + file.path() + " is not ready yet; ask again once serve runs");
      }
      if (version < VERSION) {
        throw new StoreException(
            "the store " + file.path() + " is older than this version; start serve once");
      }
    }
  }

  private static StoreException newer(SqliteFile file, int version) {
    return new StoreException(
        "the store "
            + file.path()
            + " has schema "
            + version
            + ", newer than this version's "
            + VERSION
            + "; use the newer leadgauge");
  }

  private static void runMigrations(SqliteFile file) {
    try {
      Flyway.configure()
          .dataSource("jdbc:sqlite:" + file.path(), null, null)
          .locations("classpath:io/leadgauge/store/schema")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new StoreException("cannot bring the store " + file.path() + " up to date", e);
    }
  }

  /** Returns the version of a file's tables; 0 for none. */
  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
