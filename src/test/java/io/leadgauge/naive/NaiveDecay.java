package io.leadgauge.naive;

import static io.leadgauge.naive.Amounts.ALL;
import static io.leadgauge.naive.Amounts.percentage;
import static io.leadgauge.naive.Amounts.span;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** What is left of points at an age: docs/language.md, Decay. */
final class NaiveDecay {
  private static final int WHOLE_HALF_LIVES = 21;

  /** Far more digits than the 19 before the point, so that the floor is that of the exact value. */
  private static final MathContext DIGITS = new MathContext(100);

  /** {@code 2^(-1 / 2^k)} at index k. */
  private static final BigDecimal[] ROOTS = roots();

  private static final BigInteger[] A = new BigInteger[4096];
  private static final BigInteger[] B = new BigInteger[4096];

  private NaiveDecay() {}

  /** Returns the share in millionths that a decay as written leaves at an age. */
  static long share(Plain holder, long age) {
    if (!holder.isMapping("decay")) {
      return ALL;
    }
    Plain decay = holder.child("decay");
    return switch (decay.keys().iterator().next()) {
      case "halfLife" -> halfLife(span(decay.text("halfLife")), age);
      case "linear" -> linear(span(decay.text("linear")), age);
      case "steps" -> steps(decay.child("steps"), age);
      case "lose", "every" -> lose(percentage(decay.text("lose")), span(decay.text("every")), age);
      case "expire" -> age < span(decay.text("expire")) ? ALL : 0;
      default -> throw new IllegalArgumentException("no decay: " + decay);
    };
  }

  private static long linear(long length, long age) {
    if (age >= length) {
      return 0;
    }
    return BigDecimal.valueOf(ALL)
        .multiply(BigDecimal.valueOf(length - age))
        .divide(BigDecimal.valueOf(length), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static long steps(Plain steps, long age) {
    long since = -1;
    long share = ALL;
    for (String from : steps.keys()) {
      if (age >= span(from) && span(from) > since) {
        since = span(from);
        share = percentage(steps.text(from));
      }
    }
    return share;
  }

  private static long lose(long lost, long every, long age) {
    BigInteger gone = BigInteger.valueOf(age / every).multiply(BigInteger.valueOf(lost));
    return BigInteger.valueOf(ALL).subtract(gone).max(BigInteger.ZERO).longValueExact();
  }

  static long halfLife(long halfLife, long age) {
    BigInteger h = BigInteger.valueOf(halfLife);
    BigInteger q = BigInteger.valueOf(age).divide(h);
    if (q.compareTo(BigInteger.valueOf(WHOLE_HALF_LIVES)) >= 0) {
      return 0;
    }
    BigInteger r = BigInteger.valueOf(age).subtract(q.multiply(h));
    int f = r.multiply(BigInteger.TWO.pow(24)).divide(h).intValueExact();
    BigInteger product = a(f / 4096).multiply(b(f % 4096)).divide(BigInteger.TWO.pow(82));
    return new BigDecimal(product.multiply(BigInteger.valueOf(ALL)))
        .divide(
            new BigDecimal(BigInteger.TWO.pow(42 + q.intValueExact())), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  private static synchronized BigInteger a(int i) {
    if (A[i] == null) {
      A[i] = scaledPower(i, 12);
    }
    return A[i];
  }

  private static synchronized BigInteger b(int j) {
    if (B[j] == null) {
      B[j] = scaledPower(j, 24);
    }
    return B[j];
  }

  /** Returns {@code floor(2^62 · 2^(-number / 2^bits))}, a factor for every bit of the number. */
  private static BigInteger scaledPower(int number, int bits) {
    BigDecimal power = new BigDecimal(BigInteger.TWO.pow(62));
    for (int bit = 0; bit < bits; bit++) {
      if (((number >> bit) & 1) == 1) {
        power = power.multiply(ROOTS[bits - bit], DIGITS);
      }
    }
    return power.toBigInteger();
  }

  private static BigDecimal[] roots() {
    BigDecimal[] roots = new BigDecimal[25];
    roots[0] = new BigDecimal("0.5");
    for (int k = 1; k < roots.length; k++) {
      roots[k] = roots[k - 1].sqrt(DIGITS);
    }
    return roots;
  }
}
