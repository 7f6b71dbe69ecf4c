package io.leadgauge.reliability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/**
 * What stands between a {@code serve} and its disk: a library to preload, from {@code
 * src/test/c/disk.c}. It notes what reaches the disk, and fails what it is told to fail, also while
 * the process runs.
 *
 * <p>Needs Linux and a C compiler. Without one the tests are skipped; in CI they fail.
 */
final class Disk {
  private static final Path SOURCE = Path.of("src", "test", "c", "disk.c");
  private static final Path LIBRARY = Path.of("target", "reliability", "disk.so");
  private static final int WORDS = 4;
  private static final int NO_SPACE = 28;
  private static final int READ_ONLY = 30;
  private static final int ALL = 1_000;

  private final Path folder;
  private final Path control;
  private final MappedByteBuffer words;

  private Disk(Path folder, Path control, MappedByteBuffer words) {
    this.folder = folder;
    this.control = control;
    this.words = words;
  }

  /** Puts one before all that is below a folder. */
  static Disk before(Path folder) {
    compile();
    Path control = folder.resolve("disk.control");
    try (RandomAccessFile file = new RandomAccessFile(control.toFile(), "rw")) {
      file.setLength((long) WORDS * Integer.BYTES);
      MappedByteBuffer words = file.getChannel().map(MapMode.READ_WRITE, 0, file.length());
      words.order(ByteOrder.nativeOrder());
      return new Disk(folder.toAbsolutePath(), control, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a launch whose disk can be failed. */
  ServeProcess.Launch of(ServeProcess.Launch launch) {
    return launch
        .environment("LD_PRELOAD", LIBRARY.toAbsolutePath().toString())
        .environment("DISK_FOLDER", folder.toString())
        .environment("DISK_CONTROL", control.toAbsolutePath().toString());
  }

  /** Returns a launch of which is noted, in order, what it does to the disk and what it answers. */
  ServeProcess.Launch traced(ServeProcess.Launch launch, Path trace) {
    return of(launch).environment("DISK_TRACE", trace.toAbsolutePath().toString());
  }

  /** From now on so many of a thousand syncs fail. */
  void failSyncs(int perMille) {
    words.putInt(0, perMille);
  }

  /** From now on every sync fails. */
  void failAllSyncs() {
    failSyncs(ALL);
  }

  /** The next sync fails. */
  void failNextSync() {
    words.putInt(Integer.BYTES, 1);
  }

  /** From now on no file becomes longer, and none is made. */
  void fill() {
    words.putInt(2 * Integer.BYTES, NO_SPACE);
  }

  /** From now on nothing is changed. */
  void turnReadOnly() {
    words.putInt(2 * Integer.BYTES, READ_ONLY);
  }

  /** From now on nothing fails. */
  void mend() {
    words.putInt(0, 0);
    words.putInt(Integer.BYTES, 0);
    words.putInt(2 * Integer.BYTES, 0);
  }

  /** Returns how many calls have failed so far. */
  int failed() {
    return words.getInt(3 * Integer.BYTES);
  }

  private static synchronized void compile() {
    try {
      if (Files.exists(LIBRARY)
          && Files.getLastModifiedTime(LIBRARY).compareTo(Files.getLastModifiedTime(SOURCE)) > 0) {
        return;
      }
      Files.createDirectories(LIBRARY.getParent());
      Path fresh = LIBRARY.resolveSibling("disk-" + ProcessHandle.current().pid() + ".so");
      Process compiler =
          new ProcessBuilder(
                  "cc",
                  "-O2",
                  "-shared",
                  "-fPIC",
                  "-o",
                  fresh.toString(),
                  SOURCE.toString(),
                  "-ldl")
              .inheritIO()
              .start();
      if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
        throw new AssertionError("cc cannot compile " + SOURCE);
      }
      Files.move(fresh, LIBRARY, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      missing(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void missing(IOException cause) {
    String text = "no C compiler: install gcc (Debian: apt-get install gcc libc6-dev): " + cause;
    System.err.println("SKIPPED, the disk is not tested: " + text);
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(text, cause);
    }
    assumeTrue(false, text);
  }
}
