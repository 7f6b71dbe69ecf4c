package io.leadgauge.reliability;

import static io.leadgauge.Found.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.reliability.DiskTrace.Kind;
import io.leadgauge.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was acknowledged survives a power cut at any moment, whatever the disk has made of all that
 * was not synced. A kill leaves the page cache alone, and shows nothing of this.
 */
class PowerCutTest {
  private static final Figures FIGURES = new Figures(PowerCutTest.class);
  private static final long SEED = Long.getLong("seed", 1);
  private static final int CUTS = Figures.isLong() ? 10_000 : 1_000;
  private static final int DELIVERIES = 1_200;
  private static final int PEOPLE = 60;

  @TempDir Path folder;
  private Path memory = Path.of("");
  private Path trace = Path.of("");
  private int first = 1;
  private List<Long> people = List.of();
  private @Nullable LivePortal portal;

  @BeforeEach
  void prepare() {
    memory = PowerCuts.inMemory(folder.resolve("cuts"));
    trace = memory.resolve("trace");
  }

  @AfterEach
  void clear() {
    PowerCuts.delete(memory);
    if (portal != null) {
      portal.close();
    }
  }

  @Test
  void cut_anyMoment_everyAcknowledgedDeliveryIsFound() throws IOException {
    House house = DiskLoad.house(folder, portal());
    ServeProcess.Launch launch = Disk.before(folder).traced(launch(house), trace);
    serveUnderLoad(house, launch, DELIVERIES, ServeProcess::terminate);
    assertThatAllWasNoted(house.data());
    serveUnderLoad(house, launch, DELIVERIES / 6, ServeProcess::kill);
    DiskTrace told = DiskTrace.read(trace);
    List<Integer> moments =
        PowerCuts.moments(told, 0, told.size(), CUTS, new SplittableRandom(SEED));
    long began = System.nanoTime();
    List<String> losses = new PowerCuts(told, memory, SEED).at(moments);
    FIGURES.note("power cuts (seed " + SEED + ")", CUTS);
    FIGURES.note("of a trace of", told.size() + " calls, " + (told.length() >> 20) + " MiB");
    FIGURES.note("in it", contents(told));
    FIGURES.note("cuts after which something was missing", losses.size());
    FIGURES.note("time for them", (System.nanoTime() - began) / 1_000_000 + " ms");
    assertThat(losses.stream().limit(20)).isEmpty();
  }

  /** What was noted makes the very files that are there, so nothing has passed by. */
  private void assertThatAllWasNoted(Path data) throws IOException {
    DiskTrace told = DiskTrace.read(trace);
    DiskModel disk = new DiskModel(null);
    for (int i = 0; i < told.size(); i++) {
      disk.apply(told.note(i));
    }
    Map<String, byte[]> noted = disk.inMemory("data");
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.filter(one -> !one.toString().endsWith("-shm")).toList()) {
        assertThat(file).hasBinaryContent(in(noted, file.getFileName().toString()));
      }
    }
    assertThat(noted).containsKeys("leadgauge.db", "erasure.key", "admin.json");
  }

  /** Says what the trace has of all that may go wrong, and that it has all of it. */
  private static Map<Kind, Integer> contents(DiskTrace trace) {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    for (int i = 0; i < trace.size(); i++) {
      counts.merge(trace.note(i).kind(), 1, Integer::sum);
    }
    assertThat(counts).containsKeys(Kind.WRITE, Kind.TRUNCATE, Kind.SYNC_ENDED, Kind.RENAME);
    return counts;
  }

  @Test
  void cut_synchronousNormal_loses() {
    assertThat(lossesWith("NORMAL")).isPositive();
  }

  @Test
  void cut_synchronousOff_loses() {
    assertThat(lossesWith("OFF")).isPositive();
  }

  private int lossesWith(String synchronous) {
    House house = DiskLoad.house(folder);
    String classPath = withSynchronous(synchronous) + ":" + System.getProperty("java.class.path");
    serveUnderLoad(
        house,
        Disk.before(folder).traced(launch(house).classPath(classPath), trace),
        DELIVERIES / 6,
        ServeProcess::kill);
    DiskTrace told = DiskTrace.read(trace);
    int cuts = CUTS / 10;
    List<Integer> moments =
        PowerCuts.moments(told, 0, told.size(), cuts, new SplittableRandom(SEED));
    int lost = new PowerCuts(told, memory, SEED).at(moments).size();
    FIGURES.note("synchronous=" + synchronous + ", cuts that lose", lost + " of " + cuts);
    return lost;
  }

  /** Puts the class that opens the database beside the product, with another word in it. */
  private Path withSynchronous(String mode) {
    String name = "io/leadgauge/store/SqliteFile.class";
    try (InputStream input = PowerCutTest.class.getClassLoader().getResourceAsStream(name)) {
      byte[] bytes = input == null ? new byte[0] : input.readAllBytes();
      Path file = folder.resolve("classes").resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, replaced(bytes, "FULL", mode));
      return folder.resolve("classes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a name in the constants of a class: a tag, two bytes for the length, the letters. */
  private static byte[] replaced(byte[] bytes, String name, String other) {
    byte[] from = constant(name);
    for (int at = 0; at + from.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + from.length, from, 0, from.length)) {
        byte[] to = constant(other);
        byte[] changed = Arrays.copyOf(bytes, bytes.length - from.length + to.length);
        System.arraycopy(to, 0, changed, at, to.length);
        int rest = at + from.length;
        System.arraycopy(bytes, rest, changed, at + to.length, bytes.length - rest);
        return changed;
      }
    }
    throw new AssertionError("the database is not opened with synchronous = " + name);
  }

  private static byte[] constant(String name) {
    byte[] bytes = new byte[3 + name.length()];
    bytes[0] = 1;
    bytes[2] = (byte) name.length();
    for (int i = 0; i < name.length(); i++) {
      bytes[3 + i] = (byte) name.charAt(i);
    }
    return bytes;
  }

  private LivePortal portal() {
    LivePortal started = LivePortal.of(PEOPLE);
    portal = started;
    people = started.contacts().keySet().stream().map(Long::valueOf).toList();
    return started;
  }

  private static ServeProcess.Launch launch(House house) {
    return house.launch().environment("TOKEN", SandboxOptions.TOKEN).with("--keep-bodies=0d");
  }

  private void serveUnderLoad(
      House house, ServeProcess.Launch launch, int deliveries, Consumer<ServeProcess> end) {
    try (ServeProcess serve = launch.start()) {
      serve.awaitReady();
      assertThat(new DiskLoad(house, serve.port(), first, people).send(deliveries)).isEmpty();
      first += deliveries;
      LivePortal there = portal;
      if (there != null) {
        Await.until("hand-offs are made", () -> !there.tasks().isEmpty());
      }
      assertThat(mapped(house.data(), serve.pid())).allMatch(line -> line.endsWith("-shm"));
      end.accept(serve);
      serve.awaitEnd();
    }
  }

  /** Returns what of a folder a process writes without a call that could be noted. */
  private static List<String> mapped(Path folder, long process) {
    try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(process), "maps"))) {
      return maps.filter(line -> line.contains(folder.toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
