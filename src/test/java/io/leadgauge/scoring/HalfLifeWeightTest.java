package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HalfLifeWeightTest {
  private static final long DAY = TimeUnit.DAYS.toMillis(1);
  private static final MathContext PRECISION = new MathContext(40);
  private static final BigDecimal MILLION = BigDecimal.valueOf(FixedPoint.ONE);

  /** What the Javadoc promises, in millionths. */
  private static final BigDecimal ERROR = new BigDecimal("0.6");

  @ParameterizedTest
  @CsvSource({
    "0, 1000000",
    "1, 500000",
    "2, 250000",
    "3, 125000",
    "6, 15625",
    "7, 7812",
    "8, 3906",
    "9, 1953",
    "10, 977",
    "19, 2",
    "20, 1",
    "21, 0",
    "1000, 0",
  })
  void weight_wholeHalfLives_isExactRoundedHalfToEven(int halfLives, long expected) {
    for (long halfLife : new long[] {1, 7, DAY, 30 * DAY, Decay.HalfLife.LONGEST}) {
      assertThat(HalfLifeWeight.of(halfLife).at(halfLives * halfLife)).isEqualTo(expected);
    }
  }

  @Test
  void weight_hugeAge_isZero() {
    assertThat(HalfLifeWeight.of(1).at(Long.MAX_VALUE)).isZero();
    assertThat(HalfLifeWeight.of(Decay.HalfLife.LONGEST).at(Long.MAX_VALUE)).isZero();
  }

  /** 2^(-10/30) = 0.793700525…, 2^(-1/30) = 0.977159968…, 2^(-45/30) = 0.353553390…. */
  @ParameterizedTest
  @CsvSource({"10, 793701", "1, 977160", "45, 353553"})
  void weight_daysOfThirty_isAsComputedByHand(int days, long expected) {
    assertThat(HalfLifeWeight.of(30 * DAY).at(days * DAY)).isEqualTo(expected);
  }

  @Test
  void weight_random_isWithinTheStatedErrorOfTheExactPower() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 3_000; i++) {
      long halfLife = 1 + (random.nextLong(Decay.HalfLife.LONGEST) >> random.nextInt(30));
      long age = random.nextLong(22 * halfLife);
      BigDecimal exact = power(age, halfLife).multiply(MILLION);
      BigDecimal error = exact.subtract(BigDecimal.valueOf(HalfLifeWeight.of(halfLife).at(age)));
      assertThat(error.abs()).as("age %d of %d", age, halfLife).isLessThanOrEqualTo(ERROR);
    }
  }

  @Test
  void weight_growingAge_neverRises() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 300; i++) {
      long halfLife = 1 + (random.nextLong(Decay.HalfLife.LONGEST) >> random.nextInt(38));
      long age = random.nextLong(22 * halfLife);
      long before = HalfLifeWeight.of(halfLife).at(age);
      for (int step = 0; step < 300; step++) {
        age += random.nextLong(1 + (halfLife >> random.nextInt(30)));
        long weight = HalfLifeWeight.of(halfLife).at(age);
        assertThat(weight).as("age %d of %d", age, halfLife).isLessThanOrEqualTo(before);
        before = weight;
      }
    }
  }

  @Test
  void weight_everyFractionOfAHalfLife_neverRises() {
    long halfLife = 1L << 24;
    long before = FixedPoint.ONE;
    for (long age = 0; age <= halfLife; age++) {
      long weight = HalfLifeWeight.of(halfLife).at(age);
      if (weight > before) {
        assertThat(weight).as("age %d of 2^24", age).isLessThanOrEqualTo(before);
      }
      before = weight;
    }
    assertThat(before).isEqualTo(FixedPoint.ONE / 2);
  }

  @Test
  void weight_oneHalfLifeLater_isHalfToTheLastMillionth() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 20_000; i++) {
      long halfLife = 1 + random.nextLong(Decay.HalfLife.LONGEST);
      long age = random.nextLong(4 * halfLife);
      long weight = HalfLifeWeight.of(halfLife).at(age);
      long later = HalfLifeWeight.of(halfLife).at(age + halfLife);
      assertThat(Math.abs(2 * later - weight)).isLessThanOrEqualTo(1);
    }
  }

  /** Whole half-lives and their neighbours are where a quotient would be off by one. */
  @Test
  void weight_anyAge_isThatOfExactDivision() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500_000; i++) {
      long halfLife = halfLife(random);
      HalfLifeWeight weight = HalfLifeWeight.of(halfLife);
      assertDivides(weight, halfLife, random.nextLong(23 * halfLife));
      assertDivides(weight, halfLife, random.nextLong(Long.MAX_VALUE) >> random.nextInt(40));
      long whole = random.nextInt(1, 24) * halfLife;
      for (long age = whole - 1; age <= whole + 1; age++) {
        assertDivides(weight, halfLife, age);
      }
    }
  }

  @Test
  void weight_extremes_isThatOfExactDivision() {
    for (long halfLife : new long[] {1, 2, 3, DAY, (1L << 38) - 1, Decay.HalfLife.LONGEST}) {
      HalfLifeWeight weight = HalfLifeWeight.of(halfLife);
      for (long age : new long[] {0, 1, halfLife - 1, 21 * halfLife - 1, Long.MAX_VALUE}) {
        assertDivides(weight, halfLife, age);
      }
    }
  }

  private static long halfLife(SplittableRandom random) {
    return 1 + (random.nextLong(Decay.HalfLife.LONGEST) >> random.nextInt(38));
  }

  /** The weight of an age is that of its quotient and its 24-bit fraction, rounded half to even. */
  private static void assertDivides(HalfLifeWeight weight, long halfLife, long age) {
    long halvings = age / halfLife;
    long fraction = halvings > 21 ? 0 : (age % halfLife << 24) / halfLife;
    long expected = halvings > 21 ? 0 : BY_FRACTION.at((halvings << 24) + fraction);
    long given = weight.at(age);
    if (given != expected) {
      assertThat(given).as("age %d of %d", age, halfLife).isEqualTo(expected);
    }
  }

  /** Its ages are fractions: no remainder is cut. */
  private static final HalfLifeWeight BY_FRACTION = HalfLifeWeight.of(1L << 24);

  /** 2^(-age / halfLife) by a series, in decimal arithmetic of 40 digits. */
  private static BigDecimal power(long age, long halfLife) {
    BigDecimal exponent =
        BigDecimal.valueOf(age % halfLife).divide(BigDecimal.valueOf(halfLife), PRECISION);
    BigDecimal x = exponent.multiply(LN_2).negate();
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 40; n++) {
      term = term.multiply(x).divide(BigDecimal.valueOf(n), PRECISION);
      sum = sum.add(term, PRECISION);
    }
    BigDecimal halvings = BigDecimal.TWO.pow(Math.toIntExact(age / halfLife));
    return sum.divide(halvings, PRECISION).setScale(30, RoundingMode.HALF_EVEN);
  }

  private static final BigDecimal LN_2 =
      new BigDecimal("0.6931471805599453094172321214581765680755");
}
