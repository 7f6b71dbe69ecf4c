package io.leadgauge.manifest;

import java.math.BigDecimal;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decimal numbers as {@code long} millionths, without floating point on the way. */
public final class Millionths {
  /** One, in millionths. */
  public static final long ONE = 1_000_000;

  /** The digits before the point: what fits a {@code long} of millionths. */
  private static final Pattern DECIMAL =
      Pattern.compile("([-+]?)([0-9]{1,12})(?:\\.([0-9]{1,6}))?");

  private Millionths() {}

  /**
   * Reads a decimal number: a sign, at most twelve digits, at most six after a point.
   *
   * @return its millionths; empty if the text is anything else
   */
  public static OptionalLong parse(String text) {
    Matcher matcher = DECIMAL.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    String fraction = matcher.group(3) == null ? "" : matcher.group(3);
    long whole = Long.parseLong(matcher.group(2)) * ONE;
    long millionths = whole + Long.parseLong(fraction + "0".repeat(6 - fraction.length()));
    return OptionalLong.of("-".equals(matcher.group(1)) ? -millionths : millionths);
  }

  /** Returns the number, exactly, with as few digits as that takes. */
  public static BigDecimal decimal(long millionths) {
    BigDecimal stripped = BigDecimal.valueOf(millionths, 6).stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** Returns the number as text, such as {@code 12.5}. */
  public static String text(long millionths) {
    return decimal(millionths).toPlainString();
  }
}
