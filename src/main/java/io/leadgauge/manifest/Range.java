package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A half-open range of numbers as manifests write it: {@code 50..<500}, {@code 500..}, {@code
 * ..<50}.
 *
 * @param from the least number in millionths, inclusive; null for no bound
 * @param to the bound above in millionths, exclusive; null for none
 */
record Range(@Nullable Long from, @Nullable Long to) {
  /** By where ranges begin; one without a beginning comes first. */
  static final Comparator<Range> BY_START =
      Comparator.comparingLong(range -> range.from == null ? Long.MIN_VALUE : range.from);

  private static final Pattern SHAPE =
      Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?)?\\.\\.(?:<(-?[0-9]+(?:\\.[0-9]+)?))?");

  /** Reads a range; null if it is none, and a problem says why. */
  static @Nullable Range read(Node node, Values values) {
    Matcher matcher = SHAPE.matcher(node instanceof Scalar scalar ? scalar.text() : "");
    if (!matcher.matches() || (matcher.group(1) == null && matcher.group(2) == null)) {
      return values.refuse(node, "a half-open range such as \"50..<500\", \"500..\" or \"..<50\"");
    }
    OptionalLong from = bound(matcher.group(1));
    OptionalLong to = bound(matcher.group(2));
    if ((matcher.group(1) != null && from.isEmpty())
        || (matcher.group(2) != null && to.isEmpty())) {
      return values.refuse(node, "bounds of at most 12 digits and 6 after the point");
    }
    if (from.isPresent() && to.isPresent() && from.getAsLong() >= to.getAsLong()) {
      return values.fail(node, Values.found(node) + " is empty, expected a start below the end");
    }
    return new Range(orNull(from), orNull(to));
  }

  private static OptionalLong bound(@Nullable String text) {
    return text == null ? OptionalLong.empty() : Millionths.parse(text);
  }

  private static @Nullable Long orNull(OptionalLong bound) {
    return bound.isPresent() ? bound.getAsLong() : null;
  }

  /** Tells whether some number lies in both; this one begins no later than the other. */
  boolean reachesInto(Range later) {
    return to == null || later.from == null || to > later.from;
  }

  /** Tells whether some number lies between; this one begins no later than the other. */
  boolean leavesGapTo(Range later) {
    return to != null && later.from != null && to < later.from;
  }

  /** Returns the range as manifests write it. */
  @Override
  public String toString() {
    return (from == null ? "" : Millionths.text(from))
        + ".."
        + (to == null ? "" : "<" + Millionths.text(to));
  }
}
