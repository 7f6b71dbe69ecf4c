package io.leadgauge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/**
 * What the disk and SQLite do in a bare loop, without a network and without anything else to do:
 * what the floors are measured by.
 */
final class RawLoops {
  private RawLoops() {}

  /**
   * Appends bodies to a file.
   *
   * @param together how many are written and synced together
   */
  static void append(Path path, List<byte[]> bodies, int together) throws IOException {
    try (FileChannel file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int from = 0; from < bodies.size(); from += together) {
        List<byte[]> some = bodies.subList(from, Math.min(bodies.size(), from + together));
        ByteBuffer buffer = ByteBuffer.allocate(some.stream().mapToInt(body -> body.length).sum());
        some.forEach(buffer::put);
        buffer.flip();
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
        file.force(false);
      }
    }
  }

  /**
   * Inserts a row for each event into a table of its own, and nothing else.
   *
   * @param events how many events a body has; each takes its part of the bytes
   * @param together how many bodies are inserted in one transaction
   */
  static void insert(Path path, List<byte[]> bodies, int events, int together)
      throws IOException, SQLException {
    try (DurableSqlite file = new DurableSqlite(path)) {
      file.execute("CREATE TABLE IF NOT EXISTS raw (id INTEGER PRIMARY KEY, bytes BLOB) STRICT");
      try (PreparedStatement insert = file.prepare("INSERT INTO raw (bytes) VALUES (?)")) {
        for (int from = 0; from < bodies.size(); from += together) {
          file.begin();
          for (byte[] body : bodies.subList(from, Math.min(bodies.size(), from + together))) {
            insert(insert, body, events);
          }
          file.commit();
        }
      }
    }
  }

  private static void insert(PreparedStatement insert, byte[] body, int events)
      throws SQLException {
    int part = body.length / events;
    for (int i = 0; i < events; i++) {
      DurableSqlite.run(insert, (Object) Arrays.copyOfRange(body, i * part, (i + 1) * part));
    }
  }
}
