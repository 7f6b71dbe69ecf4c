package io.leadgauge.pipeline;

import io.leadgauge.store.StoredTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The search for what should be gone: the raw bytes of every file of a data folder, log and free
 * pages included, and whatever is stored packed, unpacked.
 */
public final class DataFolderBytes {
  private DataFolderBytes() {}

  /** Returns in which places each of these texts stands; those that stand nowhere are left out. */
  public static Map<String, List<String>> find(Path folder, String... texts) {
    Map<String, String> places = new TreeMap<>(files(folder));
    places.putAll(StoredTexts.of(folder));
    Map<String, List<String>> found = new TreeMap<>();
    for (String text : texts) {
      List<String> in =
          places.entrySet().stream()
              .filter(place -> place.getValue().contains(text))
              .map(Map.Entry::getKey)
              .toList();
      if (!in.isEmpty()) {
        found.put(text, in);
      }
    }
    return found;
  }

  /** One character a byte, so that text in ASCII is found wherever it stands. */
  private static Map<String, String> files(Path folder) {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            folder.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return contents;
  }

  /** Returns the number that a question to the store of a folder gives. */
  public static long number(Path folder, String sql) {
    String url = "jdbc:sqlite:" + folder.resolve("leadgauge.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Copies a data folder as a crash would leave it now. */
  public static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String name : List.of("leadgauge.db", "leadgauge.db-wal", "erasure.key")) {
        if (Files.exists(from.resolve(name))) {
          Files.copy(from.resolve(name), to.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
