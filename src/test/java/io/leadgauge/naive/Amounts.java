package io.leadgauge.naive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Function;

/** Points, spans, percentages and ranges as docs/language.md writes them. */
final class Amounts {
  /** All of something, in millionths. */
  static final long ALL = 1_000_000;

  private Amounts() {}

  /** Returns millionths of a point. */
  static long points(String text) {
    return new BigDecimal(text).movePointRight(6).longValueExact();
  }

  /** Returns millionths of the whole. */
  static long percentage(String text) {
    return new BigDecimal(text.replace("%", "")).movePointRight(4).longValueExact();
  }

  /** Returns milliseconds. */
  static long span(String text) {
    long number = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> number * 1_000;
      case 'm' -> number * 60_000;
      case 'h' -> number * 3_600_000;
      case 'd' -> number * 86_400_000;
      default -> throw new IllegalArgumentException("no span: " + text);
    };
  }

  /** Returns points times a share, both in millionths, half-even. */
  static long times(long points, long share) {
    return BigDecimal.valueOf(points)
        .multiply(BigDecimal.valueOf(share))
        .movePointLeft(6)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** Returns millionths of a point rounded half-even to whole points, in millionths. */
  static long wholePoints(long points) {
    return BigDecimal.valueOf(points)
        .movePointLeft(6)
        .setScale(0, RoundingMode.HALF_EVEN)
        .movePointRight(6)
        .longValueExact();
  }

  static long held(long points, Optional<Long> min, Optional<Long> max) {
    long atLeast = min.map(bound -> Math.max(points, bound)).orElse(points);
    return max.map(bound -> Math.min(atLeast, bound)).orElse(atLeast);
  }

  static boolean isRange(String text) {
    return text.contains("..");
  }

  /** Tells whether {@code 50..<500} includes a number; one number alone is a range of itself. */
  static boolean includes(String range, BigDecimal number, Function<String, BigDecimal> bound) {
    if (!isRange(range)) {
      return number.compareTo(bound.apply(range)) == 0;
    }
    String from = range.substring(0, range.indexOf(".."));
    String to = range.substring(range.indexOf("..") + 2).replace("<", "");
    return (from.isEmpty() || number.compareTo(bound.apply(from)) >= 0)
        && (to.isEmpty() || number.compareTo(bound.apply(to)) < 0);
  }

  static boolean includes(String range, BigDecimal number) {
    return includes(range, number, BigDecimal::new);
  }

  /** The same for a range of time such as {@code 7d..<30d}. */
  static boolean includesTime(String range, long millis) {
    return includes(range, BigDecimal.valueOf(millis), span -> BigDecimal.valueOf(span(span)));
  }
}
