package io.leadgauge.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Whatever a store holds packed, as text. */
public final class StoredTexts {
  private StoredTexts() {}

  /**
   * Returns the entries of the journal and the rows of the snapshot of a folder, by their names.
   */
  public static Map<String, String> of(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    String url = "jdbc:sqlite:" + folder.resolve("leadgauge.db");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT seq, head, reason, CAST(body AS TEXT) FROM journal")) {
        while (row.next()) {
          String head = row.getString(2) + "\n" + row.getString(3) + "\n";
          texts.put("entry " + row.getLong(1), head + row.getString(4));
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT seq, packed, packing FROM packed_body")) {
        while (row.next()) {
          texts.put("body of " + row.getLong(1), text(row, 2));
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT record, facts, packing FROM snapshot")) {
        while (row.next()) {
          texts.put("snapshot of " + row.getLong(1), text(row, 2));
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return texts;
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return new String(Packed.read(row, column).unpacked(), StandardCharsets.UTF_8);
  }
}
