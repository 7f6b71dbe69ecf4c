package io.leadgauge.reliability;

import io.leadgauge.model.LinkKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the file of the store holds, read row by row beside whoever writes it. */
final class StoredRows {
  private final String url;

  StoredRows(Path data) {
    this.url = "jdbc:sqlite:file:" + data.resolve("leadgauge.db").toAbsolutePath() + "?mode=ro";
  }

  /**
   * A hand-off.
   *
   * @param state how far it is
   * @param task the CRM's id of the task; null while it is not known
   */
  record HandOff(String state, @Nullable String task) {}

  private interface Rows {
    void take(ResultSet row) throws SQLException;
  }

  private void read(String sql, Rows rows) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.take(row);
      }
    } catch (SQLException e) {
      throw new AssertionError("cannot read " + url, e);
    }
  }

  /** Returns the facts of each record, as {@link Oracle#facts} has them. */
  SortedMap<String, SortedSet<String>> facts() {
    SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
    read(
        """
        SELECT r.type || '/' || r.object_id, p.property, p.at, p.rank, p.value
        FROM property_fact p JOIN record r ON r.id = p.record\
        """,
        row -> add(facts, row.getString(1), row.getString(2), row));
    read(
        """
        SELECT r.type || '/' || r.object_id, l.kind, l.at, l.rank, l.value, l.to_type, l.to_id
        FROM link_fact l JOIN record r ON r.id = l.record\
        """,
        row ->
            add(
                facts,
                row.getString(1),
                Oracle.link(LinkKind.valueOf(row.getString(2)), row.getString(6), row.getString(7)),
                row));
    return facts;
  }

  private static void add(
      SortedMap<String, SortedSet<String>> facts, String record, String property, ResultSet row)
      throws SQLException {
    facts
        .computeIfAbsent(record, key -> new TreeSet<>())
        .add(Oracle.line(property, row.getLong(3), row.getInt(4), row.getString(5)));
  }

  /** Returns the hand-offs by their keys. */
  SortedMap<String, HandOff> handOffs() {
    SortedMap<String, HandOff> handOffs = new TreeMap<>();
    read(
        "SELECT key, state, task FROM intent",
        row -> handOffs.put(row.getString(1), new HandOff(row.getString(2), row.getString(3))));
    return handOffs;
  }

  /** Returns the number of the last entry of the journal; 0 if there is none. */
  long lastEntry() {
    long[] last = {0};
    read("SELECT coalesce(max(seq), 0) FROM journal", row -> last[0] = row.getLong(1));
    return last[0];
  }

  /** Returns how many records are to be read or written by an instant, or already. */
  long due(long until) {
    long[] due = {0};
    read(
        "SELECT count(*) FROM record WHERE fetch_at <= " + until + " OR write_at <= " + until,
        row -> due[0] = row.getLong(1));
    return due[0];
  }
}
