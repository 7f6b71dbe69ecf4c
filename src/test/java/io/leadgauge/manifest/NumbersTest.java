package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
  // Millionths

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "+7,7000000",
    "12.5,12500000",
    "-0.000001,-1",
    "0.1,100000",
    "007,7000000",
    "999999999999.999999,999999999999999999",
    "-999999999999.999999,-999999999999999999"
  })
  void millionths_decimalText_areExact(String text, long millionths) {
    assertThat(Millionths.parse(text)).isEqualTo(OptionalLong.of(millionths));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", ".5", "5.", "1e3", "0.1234567", "1000000000000", "1,5", " 1", "１", "0x1"})
  void millionths_anythingElse_isNone(String text) {
    assertThat(Millionths.parse(text)).isEmpty();
  }

  @Test
  void millionths_anyNumber_isTheSameAfterPrintingAndReading() {
    long seed = 20_261_121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      long bound = 1L << random.nextInt(1, 59);
      long millionths = random.nextLong(-bound, bound);
      String text = Millionths.text(millionths);
      assertThat(new BigDecimal(text).movePointRight(6).longValueExact())
          .as("seed %d, %s", seed, text)
          .isEqualTo(millionths);
      assertThat(Millionths.parse(text)).as(text).isEqualTo(OptionalLong.of(millionths));
      assertThat(text).doesNotContain("E").doesNotMatch(".*\\.[0-9]*0");
    }
  }

  @Test
  void millionths_roundNumber_hasNoExponent() {
    assertThat(Millionths.text(20_000_000)).isEqualTo("20");
    assertThat(Millionths.decimal(20_000_000).scale()).isZero();
  }

  // Spans

  @ParameterizedTest
  @CsvSource({"10s,10000", "90m,5400000", "12h,43200000", "30d,2592000000", "0d,0"})
  void span_ofOneUnit_isMilliseconds(String text, long millis) {
    assertThat(Spans.parse(text)).isEqualTo(OptionalLong.of(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "d", "1.5h", "-1d", "1w", "1d12h", "30 d", "9999999999d"})
  void span_anythingElse_isNone(String text) {
    assertThat(Spans.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"86400000,1d", "90000000,25h", "5400000,90m", "1000,1s"})
  void span_printed_isInItsLargestWholeUnit(long millis, String text) {
    assertThat(Spans.text(millis)).isEqualTo(text);
  }

  // Instants

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T10:00:00Z,2026-11-01T10:00:00Z",
    "2026-11-01T10:00:00.123Z,2026-11-01T10:00:00.123Z",
    "2026-11-01T10:00:00+02:00,2026-11-01T08:00:00Z",
    "2026-11-01,2026-11-01T00:00:00Z"
  })
  void instant_iso8601_isRead(String text, String instant) {
    assertThat(Instants.parse(text)).map(Object::toString).hasValue(instant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-11-01T10:00:00", "2026-13-01", "1793527200000"})
  void instant_anythingElse_isNone(String text) {
    assertThat(Instants.parse(text)).isEmpty();
  }
}
