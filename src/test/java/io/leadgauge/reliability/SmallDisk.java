package io.leadgauge.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A data folder on a file system of its own, small and in memory, that the process mounts in its
 * own namespace; it is looked into from outside through the process.
 */
final class SmallDisk {
  private static final int BLOCK = 1 << 16;

  private final Path data;
  private final ServeProcess serve;

  private SmallDisk(Path data, ServeProcess serve) {
    this.data = data;
    this.serve = serve;
  }

  /** Tells whether this system lets a process mount one. */
  static boolean isPermitted() {
    try {
      Process process =
          new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Starts a serve on one of so many MiB. */
  static SmallDisk start(ServeProcess.Launch launch, int mebibytes) {
    Path data = launch.data().toAbsolutePath();
    try {
      Files.createDirectories(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String mount = "mount -t tmpfs -o size=" + mebibytes + "m tmpfs \"$0\" && exec \"$@\"";
    ServeProcess serve =
        launch.through("unshare", "-rm", "sh", "-c", mount, data.toString()).start();
    return new SmallDisk(data, serve);
  }

  ServeProcess serve() {
    return serve;
  }

  /** Returns what a command is started through that shall see it. */
  List<String> inside() {
    String target = "--target=" + serve.pid();
    return List.of("nsenter", target, "--user", "--mount", "--preserve-credentials");
  }

  /** Copies what is on it at this instant, while the process stands still. */
  void copyTo(Path folder) throws IOException {
    signal("STOP");
    try (Stream<Path> files = Files.list(data())) {
      Files.createDirectories(folder);
      for (Path file : files.filter(one -> !one.toString().endsWith("-shm")).toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    } finally {
      signal("CONT");
    }
  }

  private void signal(String name) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(serve.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the data folder as it is seen from outside. */
  private Path data() {
    return Path.of("/proc", Long.toString(serve.pid()), "root")
        .resolve(data.toString().substring(1));
  }

  private Path filler() {
    return data().resolve("filler");
  }

  /** Takes room until so many MiB are left, at most. */
  void leave(int mebibytes) {
    long left = (long) mebibytes << 20;
    try (var out = Files.newOutputStream(filler())) {
      byte[] block = new byte[BLOCK];
      while (data().toFile().getUsableSpace() > left) {
        out.write(block);
      }
    } catch (IOException e) {
      // Not one byte more: that is what was wanted.
      if (left > 0) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Gives the room back. */
  void free() {
    try {
      Files.delete(filler());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
