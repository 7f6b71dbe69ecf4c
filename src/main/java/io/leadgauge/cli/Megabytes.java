package io.leadgauge.cli;

import io.leadgauge.store.Headway;

/** Lengths of files, for people. */
final class Megabytes {
  private static final long ONE = 1_000_000;

  private Megabytes() {}

  /** Returns a length in words: {@code 12 MB}; what is shorter than one is one. */
  static String of(long bytes) {
    return rounded(bytes) + " MB";
  }

  private static long rounded(long bytes) {
    return (bytes + ONE - 1) / ONE;
  }

  /** Returns what shows on a bar how far work on a file is. */
  static Headway on(ProgressBar bar) {
    return (step, done, total) -> bar.show(step + ", MB", rounded(done), rounded(total));
  }
}
