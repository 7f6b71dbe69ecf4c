package io.leadgauge.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.store.BackupFile;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups beside a server under load; kills and full disks while one is taken or restored. */
class BackupTest {
  private static final int EVENTS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The library of the driver, which is unpacked at each start, is shorter. */
  private static final int LONGEST_KIBIBYTES = 1_600;

  private static final Figures FIGURES = new Figures(BackupTest.class);

  @TempDir Path folder;
  private House house;
  private ServeProcess serve;
  private Path file;
  private Thread loader;
  private final AtomicLong kept = new AtomicLong();
  private volatile boolean loading = true;

  @BeforeEach
  void start() {
    house = House.in(folder, "http://127.0.0.1:1", "full", "acme");
    file = folder.resolve("a.backup");
    serve = house.launch().start();
    serve.awaitReady();
    loader = Thread.ofPlatform().start(this::load);
    Await.until("there is something to keep", PATIENCE, () -> kept.get() >= deliveries());
  }

  @AfterEach
  void stop() {
    rest();
    serve.close();
  }

  private static int deliveries() {
    return Figures.isLong() ? 3_000 : 150;
  }

  private void rest() {
    loading = false;
    try {
      loader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void load() {
    try (Line line = Line.to(serve.port())) {
      for (long n = 0; loading; n += EVENTS) {
        List<String> events = new ArrayList<>();
        long now = System.currentTimeMillis();
        for (int i = 0; i < EVENTS; i++) {
          events.add(House.change(n + i, 100 + (n + i) % 5_000, "visits", "" + (n + i), now));
        }
        byte[] body = House.body(events);
        if (line.post(House.path("acme"), house.signed("acme", body), body).isKept()) {
          kept.incrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Command backUp() {
    return Command.start("backup", file.toString(), "--force", "--data=" + house.data());
  }

  private String run(int expected, String... arguments) {
    try (Command command = Command.start(arguments)) {
      int code = command.await();
      String output = command.output();
      assertThat(code).as(output).isEqualTo(expected);
      return output;
    }
  }

  /** Returns what tells the entries of a journal up to one of them from all others. */
  private static String journal(Path store, long through) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT count(*), max(seq), sum(length(body) + length(head)), sum(seq * events),
                  (SELECT sum(length(packed)) FROM packed_body WHERE seq <= %1$d),
                  (SELECT count(*) FROM entry_record WHERE seq <= %1$d)
                FROM journal WHERE seq <= %1$d\
                """
                    .formatted(through))) {
      List<String> all = new ArrayList<>();
      row.next();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        all.add(row.getString(i));
      }
      return String.join(" ", all);
    }
  }

  private static long lastSequence(Path data) {
    try (StoreReader reader = Store.read(data)) {
      return reader.counts().lastSequence();
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void backup_underLoadAndKillsAndFullDisks_isTheStateAtOneEntryOrNone()
      throws SQLException, IOException {
    takeUnderLoad();
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    int times = Figures.isLong() ? 30 : 2;
    for (int i = 0; i < times; i++) {
      kill(backUp(), random, folder, ".part");
      BackupFile.of(file).checked();
    }
    full("cannot copy the store", "backup", file.toString(), "--force", "--data=" + house.data());
    BackupFile.of(file).checked();
    assertThat(folder.resolve("a.backup.part")).doesNotExist();
    refuseASmallDisk();
    rest();
    serve.terminate();
    serve.awaitEnd();

    long there = lastSequence(house.data());
    full("cannot restore", "restore", file.toString(), "--data=" + house.data());
    assertThat(lastSequence(house.data())).isEqualTo(there);
    Path other = folder.resolve("other");
    run(0, "restore", file.toString(), "--data=" + other);
    long last = lastSequence(other);
    assertThat(journal(other.resolve("leadgauge.db"), last))
        .isEqualTo(journal(house.data().resolve("leadgauge.db"), last));
    run(0, "rebuild", "--data=" + other);
    for (int i = 0; i < times; i++) {
      Command restore = Command.start("restore", file.toString(), "--data=" + house.data());
      kill(restore, random, house.data(), "restore-");
      Store.open(house.data()).close();
      assertThat(lastSequence(house.data())).as("seed " + seed).isIn(there, last);
    }
    run(0, "restore", file.toString(), "--data=" + house.data());
    assertThat(lastSequence(house.data())).isEqualTo(last);
  }

  /** While somebody reads an older state, what is newer stands in the write-ahead log alone. */
  private void takeUnderLoad() throws SQLException {
    try (Connection older =
            DriverManager.getConnection("jdbc:sqlite:" + house.data().resolve("leadgauge.db"));
        Statement statement = older.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SELECT count(*) FROM journal");
      long enough = kept.get() + 20;
      Await.until("more was kept", PATIENCE, () -> kept.get() >= enough);
      takeBesideAReader();
    }
  }

  private void takeBesideAReader() {
    Path log = house.data().resolve("leadgauge.db-wal");
    long before = lastSequence(house.data());
    long logBefore = size(log);
    long keptBefore = kept.get();
    long begun = System.nanoTime();
    try (Command command = backUp()) {
      assertThat(command.await()).as(command.output()).isZero();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    FIGURES.note("backup under load, start of the JVM included", Figures.millis(took));
    FIGURES.note("size of the backup in bytes", size(file));
    FIGURES.note("deliveries of 100 events kept meanwhile", kept.get() - keptBefore);
    FIGURES.note("write-ahead log before and after, in bytes", logBefore + ", " + size(log));
    assertThat(BackupFile.of(file).contents().lastSequence())
        .isBetween(before, lastSequence(house.data()));
  }

  private void refuseASmallDisk() throws IOException {
    if (Command.hasSmallDisks()) {
      Path small = Files.createDirectory(folder.resolve("small"));
      try (Command command =
          Command.startWithSmallDisk(
              1_000, small, "backup", small.toString(), "--data=" + house.data())) {
        assertThat(command.await()).isEqualTo(1);
        assertThat(command.output()).contains("the backup takes about", small + " has ");
      }
    }
  }

  /** Kills it some moments after it has begun to write. */
  private static void kill(Command command, Random random, Path where, String what) {
    try (command) {
      Await.until("it writes", () -> !command.isAlive() || isThere(where, what));
      long until = System.nanoTime() + random.nextInt(300_000_000);
      Await.until("a moment", () -> System.nanoTime() > until);
      command.kill();
    }
  }

  private static boolean isThere(Path folder, String what) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(one -> one.getFileName().toString().contains(what));
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a command that cannot write as much as it has to. */
  private static void full(String told, String... arguments) {
    try (Command command = Command.startLimited(LONGEST_KIBIBYTES, arguments)) {
      int code = command.await();
      String output = command.output();
      assertThat(code).as(output).isEqualTo(1);
      assertThat(output).contains("leadgauge: " + told);
    }
  }
}
