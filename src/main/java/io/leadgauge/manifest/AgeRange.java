package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of time as manifests write it: {@code 7d..<30d}, {@code 30d..}, {@code ..<7d}.
 *
 * @param from the least span in milliseconds, inclusive; null for no bound
 * @param to the bound above in milliseconds, exclusive; null for none
 */
record AgeRange(@Nullable Long from, @Nullable Long to) {
  /** No date is tested further off than a hundred years of 365 days. */
  private static final long LONGEST = 36_500 * Spans.DAY;

  private static final String SPAN = "([0-9]{1,9}[smhd])?";
  private static final Pattern SHAPE = Pattern.compile(SPAN + "\\.\\.(?:<" + SPAN + ")?");

  /** Reads a range of time; null if it is none, and a problem says why. */
  static @Nullable AgeRange read(Node node, Values values) {
    Matcher matcher = SHAPE.matcher(node instanceof Scalar scalar ? scalar.text() : "");
    if (!matcher.matches() || (matcher.group(1) == null && matcher.group(2) == null)) {
      return values.refuse(
          node, "a half-open range of time such as \"7d..<30d\", \"30d..\" or \"..<7d\"");
    }
    Long from = bound(matcher.group(1));
    Long to = bound(matcher.group(2));
    if ((from != null && from > LONGEST) || (to != null && to > LONGEST)) {
      return values.refuse(node, "bounds of at most " + Spans.text(LONGEST));
    }
    if (to != null && (from == null ? 0 : from) >= to) {
      return values.fail(node, Values.found(node) + " is empty, expected a start below the end");
    }
    return new AgeRange(from, to);
  }

  private static @Nullable Long bound(@Nullable String text) {
    return text == null ? null : Spans.parse(text).orElseThrow();
  }

  /** Returns the ages of what lies so far back; without a beginning they begin with zero. */
  AgeRange ago() {
    return new AgeRange(from == null ? Long.valueOf(0) : from, to);
  }

  /**
   * Returns the ages of what lies so far ahead, which are below zero; without a beginning it lies
   * ahead by at least one millisecond.
   */
  AgeRange ahead() {
    long least = from == null ? 1 : from;
    return new AgeRange(to == null ? null : 1 - to, 1 - least);
  }
}
