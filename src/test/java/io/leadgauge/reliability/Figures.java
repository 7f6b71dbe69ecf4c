package io.leadgauge.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a test of this suite measured, a line each, in {@code target/reliability/TEST.txt}; {@code
 * docs/reliability.md} quotes them.
 */
final class Figures {
  private static final Path FOLDER = Path.of("target", "reliability");

  private final Path file;

  /** Begins the figures of a test, in place of those of its last run. */
  Figures(Class<?> test) {
    this.file = FOLDER.resolve(test.getSimpleName() + ".txt");
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(file, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Notes a figure, and prints it. */
  synchronized void note(String what, Object figure) {
    String line = what + ": " + figure;
    System.out.println(line);
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the value below which a share of durations lies, such as 0.99. */
  static Duration quantile(long[] nanos, double share) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int at = (int) Math.ceil(share * sorted.length) - 1;
    return Duration.ofNanos(sorted[Math.max(0, at)]);
  }

  /** Returns a duration in milliseconds with one decimal. */
  static String millis(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }

  /** Tells whether this is a long run, in which bounds in time are asserted. */
  static boolean isLong() {
    return System.getProperty("long") != null;
  }
}
