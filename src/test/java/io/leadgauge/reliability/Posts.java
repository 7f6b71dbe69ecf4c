package io.leadgauge.reliability;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Requests that no two of are alike, to one connection of a {@link House}. Thread-safe. */
final class Posts {
  private static final int CONTACTS = 2_000;
  private static final AtomicLong EVENTS = new AtomicLong();

  private Posts() {}

  /** Returns requests of so many events each, signed when they are asked for. */
  static Supplier<byte[]> fresh(House house, String connection, int events) {
    return () -> request(house, connection, events);
  }

  /** Returns a few requests over and over, signed once: sending them costs nothing but sending. */
  static Supplier<byte[]> signedBefore(House house, String connection, int events, int different) {
    List<byte[]> requests = new ArrayList<>();
    for (int count = 0; count < different; count++) {
      requests.add(request(house, connection, events));
    }
    AtomicLong next = new AtomicLong();
    return () -> requests.get((int) (next.getAndIncrement() % different));
  }

  static byte[] request(House house, String connection, int events) {
    long now = System.currentTimeMillis();
    List<String> all = new ArrayList<>();
    for (int count = 0; count < events; count++) {
      long id = EVENTS.incrementAndGet();
      all.add(
          House.change(
              house.portal(connection),
              id,
              1 + id % CONTACTS,
              "visits",
              Long.toString(id % 10),
              now));
    }
    byte[] body = House.body(all);
    return Line.request(House.path(connection), house.signed(connection, body), body);
  }

  /** Returns how many deliveries of a connection stand in the journal of a serve that has ended. */
  static long kept(Path data, String connection) throws SQLException {
    try (Connection db =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("leadgauge.db"));
        Statement ask = db.createStatement();
        ResultSet count =
            ask.executeQuery(
                "SELECT count(*) FROM journal WHERE kind = 'delivery' AND connection = '"
                    + connection
                    + "'")) {
      return count.getLong(1);
    }
  }
}
