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
      assertThat(HalfLifeWeight.of(halfLives * halfLife, halfLife)).isEqualTo(expected);
    }
  }

  @Test
  void weight_hugeAge_isZero() {
    assertThat(HalfLifeWeight.of(Long.MAX_VALUE, 1)).isZero();
    assertThat(HalfLifeWeight.of(Long.MAX_VALUE, Decay.HalfLife.LONGEST)).isZero();
  }

  /** 2^(-10/30) = 0.793700525…, 2^(-1/30) = 0.977159968…, 2^(-45/30) = 0.353553390…. */
  @ParameterizedTest
  @CsvSource({"10, 793701", "1, 977160", "45, 353553"})
  void weight_daysOfThirty_isAsComputedByHand(int days, long expected) {
    assertThat(HalfLifeWeight.of(days * DAY, 30 * DAY)).isEqualTo(expected);
  }

  @Test
  void weight_random_isWithinTheStatedErrorOfTheExactPower() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 3_000; i++) {
      long halfLife = 1 + (random.nextLong(Decay.HalfLife.LONGEST) >> random.nextInt(30));
      long age = random.nextLong(22 * halfLife);
      BigDecimal exact = power(age, halfLife).multiply(MILLION);
      BigDecimal error = exact.subtract(BigDecimal.valueOf(HalfLifeWeight.of(age, halfLife)));
      assertThat(error.abs()).as("age %d of %d", age, halfLife).isLessThanOrEqualTo(ERROR);
    }
  }

  @Test
  void weight_growingAge_neverRises() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 300; i++) {
      long halfLife = 1 + (random.nextLong(Decay.HalfLife.LONGEST) >> random.nextInt(38));
      long age = random.nextLong(22 * halfLife);
      long before = HalfLifeWeight.of(age, halfLife);
      for (int step = 0; step < 300; step++) {
        age += random.nextLong(1 + (halfLife >> random.nextInt(30)));
        long weight = HalfLifeWeight.of(age, halfLife);
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
      long weight = HalfLifeWeight.of(age, halfLife);
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
      long weight = HalfLifeWeight.of(age, halfLife);
      long later = HalfLifeWeight.of(age + halfLife, halfLife);
      assertThat(Math.abs(2 * later - weight)).isLessThanOrEqualTo(1);
    }
  }

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
