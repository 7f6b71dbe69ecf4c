package io.leadgauge.replay;

/**
 * A permutation of pairs of numbers that only a key tells: a Feistel network. No two pairs become
 * one, so that ids that are replaced by it stay apart.
 *
 * @param upper how many values the upper half has, at least 1
 * @param lower how many values the lower half has, at least 1
 * @param round what one half adds to the other
 */
record KeyedPermutation(long upper, long lower, Round round) {
  private static final int ROUNDS = 8;

  /** What one half adds to the other. */
  @FunctionalInterface
  interface Round {
    /** Returns any number, the same for the same round and half. */
    long of(int round, long half);
  }

  /** A number in two halves. */
  record Pair(long upper, long lower) {}

  /** Returns what stands for a pair. */
  Pair of(Pair pair) {
    long high = pair.upper();
    long low = pair.lower();
    for (int i = 0; i < ROUNDS; i++) {
      if (i % 2 == 0) {
        high = (high + Math.floorMod(round.of(i, low), upper)) % upper;
      } else {
        low = (low + Math.floorMod(round.of(i, high), lower)) % lower;
      }
    }
    return new Pair(high, low);
  }

  /**
   * Returns what stands for a number among those from a least one on, which are permuted among
   * themselves.
   *
   * @param number at least {@code least}, and less than the product of the halves
   */
  long of(long number, long least) {
    long found = number;
    do {
      Pair pair = of(new Pair(found / lower, found % lower));
      found = pair.upper() * lower + pair.lower();
    } while (found < least);
    return found;
  }
}
