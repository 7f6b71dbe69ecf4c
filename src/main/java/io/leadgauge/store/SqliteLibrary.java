package io.leadgauge.store;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library, 1.1 MB, which the driver takes out of its jar into the temporary folder
 * and takes away again at the end of the process. A process that is killed would leave it there
 * each time, so it is taken away as soon as it is loaded: a system that loads it from a file keeps
 * what it needs of it. Where a system does not let that happen (Windows), it goes at the end.
 */
final class SqliteLibrary {
  private static final Logger LOG = System.getLogger(SqliteLibrary.class.getName());

  /** Settings of the driver: where it unpacks, and where somebody else has unpacked for it. */
  private static final String FOLDER = "org.sqlite.tmpdir";

  private static final String UNPACKED = "org.sqlite.lib.path";

  private SqliteLibrary() {}

  /** Loads it, unless it is loaded; what keeps it from that is told by the first connection. */
  static synchronized void load() {
    if (System.getProperty(UNPACKED) != null) {
      return;
    }
    String told = System.getProperty(FOLDER);
    try {
      Path own = Files.createTempDirectory(parent(told), "leadgauge-sqlite-");
      try {
        System.setProperty(FOLDER, own.toString());
        SQLiteJDBCLoader.initialize();
      } finally {
        remove(own);
      }
    } catch (Exception e) { // what the driver declares
      LOG.log(Level.DEBUG, "SQLite's library is left to the driver", e);
    } finally {
      restore(told);
    }
  }

  private static Path parent(@Nullable String told) {
    return Path.of(told == null ? System.getProperty("java.io.tmpdir") : told);
  }

  private static void restore(@Nullable String told) {
    if (told == null) {
      System.clearProperty(FOLDER);
    } else {
      System.setProperty(FOLDER, told);
    }
  }

  private static void remove(Path own) throws IOException {
    List<Path> unpacked;
    try (Stream<Path> files = Files.list(own)) {
      unpacked = files.toList();
    }
    for (Path file : unpacked) {
      Files.delete(file);
    }
    Files.delete(own);
  }
}
