package io.leadgauge;

import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Runs a law over many random cases. The seed of a case that fails stands in the failure; {@code
 * -Dseed=N} runs that one alone, {@code -Dseeds=N} the first N of them.
 */
public final class Seeds {
  private Seeds() {}

  /** Checks a law for {@code cases} seeds, or for the one that was asked for. */
  public static void forEach(int cases, Consumer<SplittableRandom> law) {
    String only = System.getProperty("seed");
    LongStream seeds =
        only == null
            ? LongStream.rangeClosed(1, Integer.getInteger("seeds", cases))
            : LongStream.of(Long.parseLong(only));
    seeds.forEach(
        seed -> {
          try {
            law.accept(new SplittableRandom(seed));
          } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
          }
        });
  }
}
