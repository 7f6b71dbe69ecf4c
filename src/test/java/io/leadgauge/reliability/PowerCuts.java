package io.leadgauge.reliability;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.reliability.DiskTrace.Note;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Cuts the power at moments of a trace: rebuilds the data folder as a disk may hold it, opens the
 * store on it, and looks for every delivery whose 2xx had begun to be sent.
 */
final class PowerCuts {
  private static final int AT_ONCE = 2;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long ROOM = 1L << 30;
  private static final Path MEMORY = Path.of("/dev/shm");

  private final DiskTrace trace;
  private final Path folder;
  private final long seed;
  private boolean failedSyncsLoseAll;
  private final Queue<String> losses = new ConcurrentLinkedQueue<>();

  PowerCuts(DiskTrace trace, Path folder, long seed) {
    this.trace = trace;
    this.folder = folder;
    this.seed = seed;
  }

  /** Has a failed sync bring nothing to the disk, ever; else it is a matter of chance what. */
  PowerCuts whereFailedSyncsLoseAll() {
    failedSyncsLoseAll = true;
    return this;
  }

  /** Returns a folder in memory, where there is one with room. */
  static Path inMemory(Path otherwise) {
    try {
      return Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() > ROOM
          ? Files.createTempDirectory(MEMORY, "power-cut")
          : Files.createDirectories(otherwise);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns moments that are spread over a part of a trace; half of them as an answer leaves. */
  static List<Integer> moments(
      DiskTrace trace, int from, int to, int count, SplittableRandom random) {
    Acknowledged acknowledged = new Acknowledged();
    List<Integer> answers = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      if (acknowledged.apply(trace.note(i)) && i >= from) {
        answers.add(i + 1);
      }
    }
    List<Integer> moments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean any = i % 2 == 0 || answers.isEmpty();
      moments.add(any ? random.nextInt(from, to) + 1 : answers.get(random.nextInt(answers.size())));
    }
    return moments;
  }

  /** Cuts the power at moments; returns what was lost, each with its moment and seed. */
  List<String> at(Collection<Integer> moments) {
    TreeMap<Integer, Integer> cuts = new TreeMap<>();
    moments.forEach(moment -> cuts.merge(moment, 1, Integer::sum));
    DiskModel disk = new DiskModel(failedSyncsLoseAll ? null : new SplittableRandom(seed));
    Acknowledged acknowledged = new Acknowledged();
    Semaphore room = new Semaphore(2 * AT_ONCE);
    try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
      int applied = 0;
      int number = 0;
      for (var cut : cuts.entrySet()) {
        for (; applied < cut.getKey(); applied++) {
          Note note = trace.note(applied);
          disk.apply(note);
          acknowledged.apply(note);
        }
        List<Long> events = List.copyOf(acknowledged.events());
        for (int i = 0; i < cut.getValue(); i++) {
          room.acquireUninterruptibly();
          Path rebuilt = folder.resolve("cut-" + number++);
          String what = "cut " + cut.getKey() + "." + i + " of seed " + seed;
          disk.powerCut(rebuilt, new SplittableRandom(seed + cut.getKey() * 1_000L + i));
          workers.execute(
              () -> {
                look(what, rebuilt, events);
                room.release();
              });
        }
      }
    }
    return List.copyOf(losses);
  }

  private void look(String what, Path rebuilt, List<Long> acknowledged) {
    Path data = rebuilt.resolve("data");
    try (Store store = Store.open(data)) {
      String lost = lost(store, data, acknowledged);
      if (!lost.isEmpty()) {
        losses.add(what + ": " + lost);
      }
    } catch (StoreException | SQLException e) {
      losses.add(what + ": the store cannot be opened: " + e + ", " + e.getCause());
    } catch (RuntimeException | Error e) {
      losses.add(what + ": " + e);
    }
    delete(rebuilt);
  }

  private static String lost(Store store, Path data, List<Long> acknowledged) throws SQLException {
    if (!isWholeOrNone(data.resolve("admin.json"))) {
      return "commands cannot find the server: half of its address is left";
    }
    try (Connection database =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("leadgauge.db"));
        Statement statement = database.createStatement()) {
      String sound = text(statement, "PRAGMA quick_check");
      if (!"ok".equals(sound)) {
        return "the file is damaged: " + sound;
      }
      String gaps = text(statement, "SELECT coalesce(max(seq), 0) - count(*) FROM journal");
      if (!"0".equals(gaps)) {
        return "the journal has gaps: " + gaps;
      }
      Set<Long> found = DiskLoad.found(database);
      List<Long> missing = new ArrayList<>();
      for (long event : acknowledged) {
        if (DiskLoad.stays(event) && !found.contains(event)) {
          missing.add(event);
        } else if (DiskLoad.isErasure(event)
            && !store.tombstones().has(DiskLoad.contact(event - DiskLoad.ERASURE))) {
          missing.add(event);
        }
      }
      return missing.isEmpty()
          ? ""
          : missing.size()
              + " of "
              + acknowledged.size()
              + " acknowledged events, such as "
              + missing.subList(0, Math.min(5, missing.size()));
    }
  }

  private static boolean isWholeOrNone(Path address) {
    try {
      return !Files.exists(address) || MAPPER.readTree(address.toFile()).hasNonNull("url");
    } catch (IOException e) {
      return false;
    }
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : "nothing";
    }
  }

  static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path one, IOException e) throws IOException {
              Files.delete(one);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
