package io.leadgauge.scoring;

import java.util.List;
import java.util.Map;

/**
 * A compiled {@link PointsCondition}, which can be asked of points that are known only within
 * bounds: does it hold for all of them, can it hold for any?
 */
sealed interface PointsTest {
  /** All hold. */
  record AllOf(List<PointsTest> tests) implements PointsTest {}

  /** One holds. */
  record AnyOf(List<PointsTest> tests) implements PointsTest {}

  /**
   * A comparison.
   *
   * @param slot {@link Bounds#TOTAL}, or the dimension's slot
   */
  record Comparing(int slot, PointsCondition.Comparison comparison, long points)
      implements PointsTest {}

  /** Tells whether this holds wherever in the bounds the points are. */
  default boolean holds(Bounds bounds) {
    return switch (this) {
      case AllOf all -> all.tests.stream().allMatch(test -> test.holds(bounds));
      case AnyOf any -> any.tests.stream().anyMatch(test -> test.holds(bounds));
      case Comparing(int slot, PointsCondition.Comparison comparison, long points) ->
          switch (comparison) {
            case AT_LEAST -> bounds.least(slot) >= points;
            case MORE_THAN -> bounds.least(slot) > points;
            case AT_MOST -> bounds.most(slot) <= points;
            case LESS_THAN -> bounds.most(slot) < points;
          };
    };
  }

  /** Tells whether this may hold somewhere in the bounds; if not, it holds nowhere. */
  default boolean mayHold(Bounds bounds) {
    return switch (this) {
      case AllOf all -> all.tests.stream().allMatch(test -> test.mayHold(bounds));
      case AnyOf any -> any.tests.stream().anyMatch(test -> test.mayHold(bounds));
      case Comparing(int slot, PointsCondition.Comparison comparison, long points) ->
          switch (comparison) {
            case AT_LEAST -> bounds.most(slot) >= points;
            case MORE_THAN -> bounds.most(slot) > points;
            case AT_MOST -> bounds.least(slot) <= points;
            case LESS_THAN -> bounds.least(slot) < points;
          };
    };
  }

  /** Compiles a condition; dimensions are found by name. */
  static PointsTest of(PointsCondition condition, Map<String, Integer> dimensionSlots) {
    return switch (condition) {
      case PointsCondition.All all -> new AllOf(of(all.conditions(), dimensionSlots));
      case PointsCondition.Any any -> new AnyOf(of(any.conditions(), dimensionSlots));
      case PointsCondition.Compare(
              String dimension,
              PointsCondition.Comparison comparison,
              long p) ->
          new Comparing(
              dimension == null ? Bounds.TOTAL : slot(dimension, dimensionSlots), comparison, p);
    };
  }

  private static List<PointsTest> of(
      List<PointsCondition> conditions, Map<String, Integer> dimensionSlots) {
    return conditions.stream().map(condition -> of(condition, dimensionSlots)).toList();
  }

  private static int slot(String dimension, Map<String, Integer> dimensionSlots) {
    Integer slot = dimensionSlots.get(dimension);
    if (slot == null) {
      throw new IllegalArgumentException("condition on an unknown dimension: " + dimension);
    }
    return slot;
  }
}
