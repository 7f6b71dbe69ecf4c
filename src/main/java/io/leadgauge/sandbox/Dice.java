package io.leadgauge.sandbox;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Chance that a seed decides: the same seed and the same questions give the same answers. Each part
 * of the sandbox has its own, so that one part's questions do not shift another's answers.
 */
public final class Dice {
  private final SplittableRandom random;

  private Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The dice of one part of the sandbox. */
  public static Dice of(long seed, String part) {
    return new Dice(seed * 31 + part.hashCode());
  }

  /** A number from 0, inclusive, to a bound, exclusive. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from the first, inclusive, to the second, exclusive. */
  public long between(long from, long to) {
    return random.nextLong(from, to);
  }

  /** A number from 0, inclusive, to 1, exclusive. */
  public double share() {
    return random.nextDouble();
  }

  /** Yes with a probability. Asks the dice only where the answer is open. */
  public boolean happens(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Brings a list in an order of chance. */
  public void shuffle(List<?> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }

  /** An id in the shape of a UUID. */
  public String uuid() {
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
    return new UUID(high, low).toString();
  }
}
