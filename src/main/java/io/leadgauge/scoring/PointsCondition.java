package io.leadgauge.scoring;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a contact's points, such as {@code total >= 40 and fit >= 15}.
 *
 * <p>{@code total} is the shown total, rounded to whole points, so that what people see is what is
 * compared; a dimension is compared with its exact points, limits applied.
 */
public sealed interface PointsCondition {
  /** All of these hold; copied. */
  record All(List<PointsCondition> conditions) implements PointsCondition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one of these holds; copied. */
  record Any(List<PointsCondition> conditions) implements PointsCondition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  /**
   * A comparison with a number.
   *
   * @param dimension the dimension compared; null for the shown total
   * @param comparison how
   * @param points with what, in millionths
   */
  record Compare(@Nullable String dimension, Comparison comparison, long points)
      implements PointsCondition {}

  /** Returns the condition as manifests write it. */
  default String text() {
    return switch (this) {
      case All all -> joined(all.conditions, " and ");
      case Any any -> joined(any.conditions, " or ");
      case Compare(String dimension, Comparison comparison, long points) ->
          (dimension == null ? "total" : dimension)
              + " "
              + comparison.sign()
              + " "
              + FixedPoint.text(points);
    };
  }

  private static String joined(List<PointsCondition> conditions, String word) {
    return conditions.stream()
        .map(one -> one instanceof Compare ? one.text() : "(" + one.text() + ")")
        .collect(Collectors.joining(word));
  }

  /** How points are compared. */
  enum Comparison {
    AT_LEAST(">="),
    MORE_THAN(">"),
    AT_MOST("<="),
    LESS_THAN("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** Returns the sign that manifests use. */
    public String sign() {
      return sign;
    }
  }
}
