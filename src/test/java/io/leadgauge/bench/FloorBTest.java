package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floor stores what the product stores of the same deliveries. */
class FloorBTest {
  private static final int DELIVERIES = 40;
  private static final int EVENTS = 3;

  @TempDir Path folder;
  private final Clockwork clock = new SystemClockwork();

  @Test
  void rows_ofEachTable_areAsManyAsTheProductStores()
      throws IOException, InterruptedException, SQLException {
    new BenchManifests(URI.create("http://127.0.0.1:9"), "shadow", true)
        .write(folder.resolve("manifests"));
    SplittableRandom random = new SplittableRandom(3);
    Population population = Population.of(60);
    population.settle(folder.resolve("data"), clock, random);
    Vertx vertx = Vertx.vertx();
    Path copy = folder.resolve("floor-b.db");
    List<Long> contacts = new ArrayList<>();
    Deliveries deliveries = new Deliveries(Population.readAt(clock) + 1, random);
    List<byte[]> bodies =
        deliveries.about(
            DELIVERIES,
            EVENTS,
            () -> {
              contacts.add(population.known(random));
              return contacts.getLast();
            });
    try (Serve serve = Serve.start(clock, folder)) {
      serve.awaitFacts();
      Sender sender = new Sender(clock, vertx);
      sender.send(List.of(deliveries.grown(Population.COMPANY)), 1, serve.target(), 0);
      serve.awaitScored();
      // That the CRM tells of a property is noted the first time.
      sender.send(deliveries.about(1, 2, () -> population.known(random)), 2, serve.target(), 0);
      Load.copy(serve.database(), copy);
      SortedMap<String, Long> before = rows(copy);
      long last = Load.last(serve.database());
      long log = Files.size(log(serve.database()));

      Requests requests =
          Requests.of(serve.target(), BenchPortal.SIGNER, bodies, EVENTS, clock.now());
      Flood.send(vertx, clock, requests, serve.target().port(), 1, 0).join();
      log = Files.size(log(serve.database())) - log;
      Load load = Load.since(serve.database(), EVENTS, last);

      Iterator<Long> same = contacts.iterator();
      long floorLog;
      try (FloorB floor = new FloorB(copy)) {
        long first = floor.row(Population.FIRST);
        floor.store(load, DELIVERIES, 1, clock.now(), () -> first + same.next() - Population.FIRST);
        floorLog = Files.size(log(copy));
      }
      SortedMap<String, Long> after = rows(serve.database());
      assertThat(added(before, rows(copy))).isEqualTo(added(before, after));
      assertThat(added(before, after))
          .containsEntry("packed_body", (long) DELIVERIES)
          .containsEntry("property_fact", (long) DELIVERIES * EVENTS);
      assertThat((double) floorLog / log).as("pages written").isBetween(0.85, 1.1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static Path log(Path database) {
    return database.resolveSibling(database.getFileName() + "-wal");
  }

  private static SortedMap<String, Long> added(
      SortedMap<String, Long> before, SortedMap<String, Long> after) {
    SortedMap<String, Long> added = new TreeMap<>(after);
    before.forEach((table, rows) -> added.merge(table, -rows, Long::sum));
    // What is written once an hour, and how far passes have come that run beside.
    added.keySet().removeAll(List.of("hourly", "cursor"));
    return added;
  }

  private static SortedMap<String, Long> rows(Path database) throws SQLException {
    SortedMap<String, Long> rows = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'fly%'")) {
        while (row.next()) {
          tables.add(row.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
          rows.put(table, row.getLong(1));
        }
      }
    }
    return rows;
  }
}
