package io.leadgauge.scoring;

import java.math.BigInteger;

/**
 * The share of an activity's points that is left at an age, when they halve again and again.
 *
 * <p>The weight is {@code 2^(-age / halfLife)} in millionths, rounded half to even: 1,000,000 at
 * age zero, 500,000 after one half-life, 0 from {@value #GONE} half-lives on. It never rises with
 * age. It is exact after whole half-lives, and elsewhere less than 0.6 millionths off the exact
 * value.
 */
final class HalfLifeWeight {
  /** After so many half-lives nothing is left: 2^-21 is less than half a millionth. */
  static final int GONE = 21;

  /*
   * Method. age = q * halfLife + r, and f is r / halfLife as a 24-bit fraction, rounded down. Then
   * 2^-(q + f) is the product of two table entries, one for the high and one for the low 12 bits of
   * f, shifted right by q.
   *
   *   FINE  f is less than 2^-24 too small, so the weight is at most 2^-24 * ln 2 = 4.2e-8 too large
   *   TABLE entries are in units of 2^-62, their product in units of 2^-60
   *   SCALE the product is cut to units of 2^-42, so that times a million it fits a long: 2.3e-7 of a
   *         millionth
   *
   * In millionths that is 0.042 + 0.0000003 and the half of the final rounding. The entries fall more
   * from one to the next (2^-24 of their size) than they are inexact (2^-60), so the product falls
   * with f; each further step keeps order. Entries are products of repeated square roots of a half,
   * computed once with 128 bits.
   *
   *   DIVISION by the half-life h, here of n < 2^63, is a product with i = floor((2^64 - 1) / h):
   *         i = (2^64 - 1 - d) / h with 0 <= d < h, so n * i / 2^64 = n / h - n / 2^64 * (1 + d) / h,
   *         which is less than n / h by less than 1. Cut to whole numbers, it is the quotient, or one
   *         below it, which the remainder tells. It takes a third of the time of a division.
   *   ROUNDING half to even is adding half a unit less one, and one more where the unit's last bit is
   *         set, before cutting: no branch that a processor guesses wrong every other time.
   */
  private static final int HALF_BITS = 12;
  private static final int FRACTION_BITS = 2 * HALF_BITS;
  private static final int ENTRY_BITS = 62;
  private static final int PRODUCT_BITS = 2 * ENTRY_BITS - Long.SIZE;
  private static final int SCALED_BITS = 42;
  private static final int ROOT_BITS = 128;

  private static final long[] HIGH = new long[1 << HALF_BITS];
  private static final long[] LOW = new long[1 << HALF_BITS];

  static {
    BigInteger root = BigInteger.ONE.shiftLeft(ROOT_BITS - 1);
    root = fill(HIGH, root);
    fill(LOW, root);
  }

  private final long halfLife;
  private final long gone;
  private final long inverse;

  private HalfLifeWeight(long halfLife) {
    this.halfLife = halfLife;
    gone = GONE * halfLife;
    inverse = Long.divideUnsigned(-1L, halfLife);
  }

  /**
   * Returns the weights of a half-life.
   *
   * @param halfLife in milliseconds, 1 to {@link Decay.HalfLife#LONGEST}
   */
  static HalfLifeWeight of(long halfLife) {
    return new HalfLifeWeight(halfLife);
  }

  /** Returns the age in milliseconds from which on nothing is left. */
  long gone() {
    return gone;
  }

  /**
   * Returns the weight in millionths, in {@code [0, 1_000_000]}.
   *
   * @param age in milliseconds, not negative
   */
  long at(long age) {
    if (age >= gone) {
      return 0;
    }
    long halvings = quotient(age);
    int fraction = (int) quotient((age - halvings * halfLife) << FRACTION_BITS);
    long high = HIGH[fraction >>> HALF_BITS];
    long low = LOW[fraction & ((1 << HALF_BITS) - 1)];
    long share = Math.multiplyHigh(high, low) >>> (PRODUCT_BITS - SCALED_BITS);
    return roundedShift(share * FixedPoint.ONE, SCALED_BITS + (int) halvings);
  }

  private long quotient(long number) {
    long low = Math.unsignedMultiplyHigh(number, inverse);
    return number - low * halfLife >= halfLife ? low + 1 : low;
  }

  private static long roundedShift(long value, int bits) {
    long halfLessOne = (1L << (bits - 1)) - 1;
    long isOdd = (value >>> bits) & 1;
    return (value + halfLessOne + isOdd) >>> bits;
  }

  /**
   * Fills a table with the powers of a half that the bits of its index mean.
   *
   * @param half twice what the highest bit of the index means, as an exponent: the square of that
   *     bit's factor, in units of 2^-128
   * @return the factor of the lowest bit
   */
  private static BigInteger fill(long[] table, BigInteger half) {
    BigInteger[] exact = new BigInteger[table.length];
    exact[0] = BigInteger.ONE.shiftLeft(ROOT_BITS);
    BigInteger factor = half;
    for (int bit = table.length >> 1; bit > 0; bit >>= 1) {
      factor = factor.shiftLeft(ROOT_BITS).sqrt();
      for (int i = bit; i < table.length; i += 2 * bit) {
        exact[i] = exact[i - bit].multiply(factor).shiftRight(ROOT_BITS);
      }
    }
    for (int i = 0; i < table.length; i++) {
      table[i] = exact[i].shiftRight(ROOT_BITS - ENTRY_BITS).longValueExact();
    }
    return factor;
  }
}
