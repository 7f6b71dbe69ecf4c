package io.leadgauge.bench;

import io.leadgauge.model.Clockwork;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What figures were measured on.
 *
 * @param system the operating system and its processor architecture
 * @param processor what the processor calls itself; empty where the system does not tell
 * @param processors how many of them this process may use
 * @param jdk which Java
 * @param niceness how far this process gives way to others; 0 is the usual
 * @param syncMicros how long {@code fdatasync} takes after 4 KiB: half of them less, in
 *     microseconds
 * @param slowSyncMicros the same, of a hundred all but one
 */
public record Machine(
    String system,
    String processor,
    int processors,
    String jdk,
    int niceness,
    long syncMicros,
    long slowSyncMicros) {
  private static final int SYNCS = 300;
  private static final int PAGE = 4_096;

  /** Looks at this machine, and at the disk of a folder. */
  static Machine look(Path folder, Clockwork clock) throws IOException {
    long[] nanos = syncs(folder.resolve("sync"), clock);
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        field(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        giveWay(),
        nanos[SYNCS / 2] / 1_000,
        nanos[SYNCS * 99 / 100] / 1_000);
  }

  private static long[] syncs(Path path, Clockwork clock) throws IOException {
    long[] nanos = new long[SYNCS];
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < SYNCS; i++) {
        long began = clock.nanos();
        file.write(ByteBuffer.allocate(PAGE));
        file.force(false);
        nanos[i] = clock.nanos() - began;
      }
    }
    Files.delete(path);
    Arrays.sort(nanos);
    return nanos;
  }

  private static String field(Path file, String name) throws IOException {
    if (!Files.isReadable(file)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** The nineteenth field, counted from behind the name, which may hold spaces. */
  private static int giveWay() throws IOException {
    Path stat = Path.of("/proc/self/stat");
    if (!Files.isReadable(stat)) {
      return 0;
    }
    String line = Files.readString(stat);
    return Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  /** Says it in one line. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%s, %d processors, %s, fdatasync %d µs (99 of 100 below %d µs)%s",
        system,
        processor.isEmpty() ? "" : ", " + processor,
        processors,
        jdk,
        syncMicros,
        slowSyncMicros,
        niceness == 0 ? "" : ", niceness " + niceness);
  }
}
