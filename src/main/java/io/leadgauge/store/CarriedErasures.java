package io.leadgauge.store;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.TombstoneKey.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who was erased between a backup and its restore.
 *
 * @param told whether a store could tell; else nobody knows
 * @param records the records that the backup knows, to be erased again; copied
 */
public record CarriedErasures(boolean told, List<RecordRef> records) {
  private static final CarriedErasures UNTOLD = new CarriedErasures(false, List.of());

  public CarriedErasures {
    records = List.copyOf(records);
  }

  /**
   * Carries tombstones from one store to another. Hashes tell nothing of themselves, so each record
   * of the other store is asked whether it is one of those. Where that has another key, it knows
   * both from then on.
   */
  static CarriedErasures carry(Path from, Path to) {
    if (!Files.exists(from.resolve(Store.FILE))) {
      return UNTOLD;
    }
    try (Connection old = new SqliteFile(from.resolve(Store.FILE)).openReader()) {
      Set<Hash> erased = tombstones(old);
      if (erased.isEmpty()) {
        return new CarriedErasures(true, List.of());
      }
      return Files.exists(from.resolve(TombstoneKey.FILE))
          ? carry(erased, TombstoneKey.read(from), to)
          : UNTOLD;
    } catch (SQLException e) {
      return UNTOLD;
    }
  }

  private static CarriedErasures carry(Set<Hash> erased, TombstoneKey key, Path to) {
    try (Connection restored = new SqliteFile(to.resolve(Store.FILE)).openAlone()) {
      erased.removeAll(tombstones(restored));
      List<RecordRef> known = known(restored, key, erased);
      known.forEach(ref -> key.hashes(ref).forEach(erased::remove));
      TombstoneKey own = TombstoneKey.read(to);
      erased.add(own.check());
      insert(restored, erased);
      Path file = to.resolve(TombstoneKey.FILE);
      Files.delete(file);
      TombstoneKey.write(file, own.knowing(key).bytes());
      return new CarriedErasures(true, known);
    } catch (SQLException | IOException e) {
      throw new StoreException("cannot carry erasures over to " + to, e);
    }
  }

  private static Set<Hash> tombstones(Connection connection) throws SQLException {
    Set<Hash> all = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT hash FROM tombstone")) {
      while (row.next()) {
        all.add(Hash.of(row.getBytes(1)));
      }
    }
    return all;
  }

  private static List<RecordRef> known(Connection connection, TombstoneKey key, Set<Hash> erased)
      throws SQLException {
    List<RecordRef> known = new ArrayList<>();
    if (erased.isEmpty()) {
      return known;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT connection, type, object_id FROM record")) {
      while (row.next()) {
        RecordRef ref =
            new RecordRef(new ConnectionId(row.getString(1)), row.getString(2), row.getString(3));
        if (key.hashes(ref).stream().anyMatch(erased::contains)) {
          known.add(ref);
        }
      }
    }
    return known;
  }

  private static void insert(Connection connection, Set<Hash> hashes) throws SQLException {
    SqliteFile.execute(connection, "BEGIN");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT OR IGNORE INTO tombstone VALUES (?, NULL)")) {
      for (Hash hash : hashes) {
        insert.setBytes(1, hash.bytes());
        insert.executeUpdate();
      }
    }
    SqliteFile.execute(connection, "COMMIT");
  }
}
