package io.leadgauge.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FixedPointTest {
  private static final BigDecimal MILLION = BigDecimal.valueOf(FixedPoint.ONE);

  @ParameterizedTest
  @CsvSource({
    "20000000, 1000000, 20000000",
    "20000000, 500000, 10000000",
    "1, 500000, 0",
    "3, 500000, 2",
    "5, 500000, 2",
    "-1, 500000, 0",
    "-3, 500000, -2",
    "-5, 500000, -2",
    "-7, 100000, -1",
    "1, 500001, 1",
    "1000000000000, 1000000, 1000000000000",
    "-1000000000000, 999999, -999999000000",
  })
  void product_byHand_isRoundedHalfToEven(long points, long weight, long expected) {
    assertThat(FixedPoint.times(points, weight)).isEqualTo(expected);
  }

  @Test
  void product_random_equalsExactArithmetic() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      long points = random.nextLong(-FixedPoint.MOST_POINTS, FixedPoint.MOST_POINTS + 1);
      points >>= random.nextInt(40);
      long weight = random.nextLong(FixedPoint.ONE + 1);
      BigDecimal exact =
          BigDecimal.valueOf(points)
              .multiply(BigDecimal.valueOf(weight))
              .divide(MILLION, 0, RoundingMode.HALF_EVEN);
      assertThat(FixedPoint.times(points, weight)).isEqualTo(exact.longValueExact());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "499999, 0",
    "500000, 0",
    "500001, 1",
    "1500000, 2",
    "2500000, 2",
    "-500000, 0",
    "-500001, -1",
    "-1500000, -2",
    "100000000, 100",
  })
  void whole_tie_goesToTheEvenPoint(long points, long expected) {
    assertThat(FixedPoint.whole(points)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "20000000, 20",
    "-7500000, -7.5",
    "1, 0.000001",
    "-1, -0.000001",
    "0, 0",
    "1230000, 1.23",
    "1000001, 1.000001",
  })
  void text_isPlainDecimal(long points, String expected) {
    assertThat(FixedPoint.text(points)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "250, 250000000",
    "12.5, 12500000",
    "-3, -3000000",
    "+4, 4000000",
    "007, 7000000",
    "0.000001, 1",
    "0.0000019, 1",
    "-0.0000011, -2",
    "-0.0000010, -1",
    "49.9999999, 49999999",
    "9223372036854.775807, 9223372036854775807",
    "9223372036854.775808, 9223372036854775807",
    "99999999999999999999999, 9223372036854775807",
    "-99999999999999999999999.9, -9223372036854775807",
  })
  void number_plainDecimal_isReadAndRoundedDown(String text, long expected) {
    assertThat(FixedPoint.isNumber(text)).isTrue();
    assertThat(FixedPoint.number(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-", "+", ".", "1.", ".5", "1,000", "1e3", "1.2.3", "--1", "0x10", "NaN", "12 5", "٣",
        "1-10", "5f"
      })
  void number_anythingElse_isNone(String text) {
    assertThat(FixedPoint.isNumber(text)).isFalse();
  }

  @Test
  void number_random_equalsExactArithmetic() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20_000; i++) {
      int scale = random.nextInt(12);
      BigDecimal exact = BigDecimal.valueOf(random.nextLong() >> random.nextInt(63), scale);
      BigDecimal millionths = exact.multiply(MILLION).setScale(0, RoundingMode.FLOOR);
      if (millionths.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0) {
        String text = exact.toPlainString();
        assertThat(FixedPoint.number(text)).as(text).isEqualTo(millionths.longValueExact());
      }
    }
  }
}
