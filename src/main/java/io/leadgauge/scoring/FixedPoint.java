package io.leadgauge.scoring;

/**
 * Arithmetic with points and numbers as whole millionths. Nothing here uses floating point, so
 * every machine and every order of work gives the same result.
 */
final class FixedPoint {
  /** One point, in millionths. */
  static final long ONE = 1_000_000;

  /** The most points that one rule gives or takes at a time: a million, in millionths. */
  static final long MOST_POINTS = ONE * ONE;

  /** The greatest weight of a dimension: a thousand, in millionths. */
  static final long MOST_WEIGHT = 1_000 * ONE;

  private static final int DECIMALS = 6;

  private FixedPoint() {}

  /**
   * Returns the points that are left at a weight, rounded half to even.
   *
   * @param points at most {@link #MOST_POINTS} to either side
   * @param weight in millionths, 0 to {@link #ONE}
   */
  static long times(long points, long weight) {
    return divide(points * weight);
  }

  /**
   * No dimension counts more than this, either way: a thousand million points. A thousand
   * dimensions can be added up.
   */
  private static final long MOST_WEIGHTED = 1_000 * MOST_POINTS;

  /**
   * Returns what points count at the weight of their dimension, rounded half to even; at most
   * {@link #MOST_WEIGHTED} to either side.
   *
   * @param weight in millionths, 0 to {@link #MOST_WEIGHT}
   */
  static long weighted(long points, long weight) {
    if (weight == ONE) {
      return Math.clamp(points, -MOST_WEIGHTED, MOST_WEIGHTED);
    }
    long whole = Math.floorDiv(points, ONE);
    if (weight > 0 && Math.abs(whole) >= MOST_WEIGHTED / weight) {
      return points < 0 ? -MOST_WEIGHTED : MOST_WEIGHTED;
    }
    long rest = (points - whole * ONE) * weight;
    long floor = whole * weight + rest / ONE;
    long twiceRest = 2 * (rest % ONE);
    boolean up = twiceRest > ONE || (twiceRest == ONE && (floor & 1) == 1);
    return up ? floor + 1 : floor;
  }

  /** Returns the share {@code part / whole} in millionths, rounded half to even. */
  static long share(long part, long whole) {
    long scaled = part * ONE;
    long floor = scaled / whole;
    long twiceRest = 2 * (scaled - floor * whole);
    boolean up = twiceRest > whole || (twiceRest == whole && (floor & 1) == 1);
    return up ? floor + 1 : floor;
  }

  /** Returns the whole points nearest to {@code points}; of two equally near, the even one. */
  static long whole(long points) {
    return divide(points);
  }

  private static long divide(long millionths) {
    long floor = Math.floorDiv(millionths, ONE);
    long twiceRest = 2 * (millionths - floor * ONE);
    boolean up = twiceRest > ONE || (twiceRest == ONE && (floor & 1) == 1);
    return up ? floor + 1 : floor;
  }

  /** Returns points as people write them: {@code 20}, {@code -7.5}. */
  static String text(long points) {
    long size = Math.abs(points);
    String text = Long.toString(size / ONE);
    long rest = size % ONE;
    if (rest != 0) {
      String decimals = Long.toString(ONE + rest).substring(1);
      int end = decimals.length();
      while (decimals.charAt(end - 1) == '0') {
        end--;
      }
      text += "." + decimals.substring(0, end);
    }
    return points < 0 ? "-" + text : text;
  }

  /** Tells whether text is a plain decimal number: digits, perhaps a sign, perhaps a fraction. */
  static boolean isNumber(String text) {
    int start = hasSign(text) ? 1 : 0;
    int point = text.indexOf('.');
    return point < 0
        ? areDigits(text, start, text.length())
        : areDigits(text, start, point) && areDigits(text, point + 1, text.length());
  }

  /**
   * Reads a number in millionths.
   *
   * <p>What is beyond six decimals is rounded down, so that comparing the result with a bound that
   * has at most six decimals is exact. A number too large for a {@code long} becomes the largest.
   *
   * @param text for which {@link #isNumber} holds
   */
  static long number(String text) {
    boolean negative = text.charAt(0) == '-';
    int start = hasSign(text) ? 1 : 0;
    int point = text.indexOf('.');
    int end = point < 0 ? text.length() : point;
    long size = digits(text, start, end, 0);
    int kept = point < 0 ? 0 : Math.min(DECIMALS, text.length() - point - 1);
    if (point >= 0) {
      size = digits(text, point + 1, point + 1 + kept, size);
    }
    for (int i = kept; i < DECIMALS; i++) {
      size = shifted(size, 0);
    }
    if (!negative) {
      return size;
    }
    boolean restIsCut = point >= 0 && !areZeros(text, point + 1 + kept);
    return restIsCut && size < Long.MAX_VALUE ? -size - 1 : -size;
  }

  private static boolean hasSign(String text) {
    return text.startsWith("-") || text.startsWith("+");
  }

  private static boolean areDigits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return start < end;
  }

  private static boolean areZeros(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }

  private static long digits(String text, int start, int end, long size) {
    long result = size;
    for (int i = start; i < end; i++) {
      result = shifted(result, text.charAt(i) - '0');
    }
    return result;
  }

  private static long shifted(long size, int digit) {
    return size > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : size * 10 + digit;
  }
}
