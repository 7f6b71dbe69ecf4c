package io.leadgauge.pipeline;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two spellings are one value: CRMs give {@code 87} back as {@code 87.0}, and an
 * instant as milliseconds here and as ISO 8601 there. An absent value and an empty one are the
 * same.
 */
final class SameValue {
  private SameValue() {}

  static boolean isSame(@Nullable String one, @Nullable String other) {
    String left = one == null ? "" : one;
    String right = other == null ? "" : other;
    return left.equals(right) || isSameNumber(left, right) || isSameInstant(left, right);
  }

  private static boolean isSameNumber(String left, String right) {
    try {
      return new BigDecimal(left).compareTo(new BigDecimal(right)) == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isSameInstant(String left, String right) {
    OptionalLong at = FieldText.instant(left);
    return at.isPresent() && at.equals(FieldText.instant(right));
  }
}
