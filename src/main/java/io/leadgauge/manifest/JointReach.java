package io.leadgauge.manifest;

import io.leadgauge.manifest.Reach.Bounds;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which points a contact can have at the same time: what a condition leaves to each dimension, and
 * what these leave to the total.
 *
 * <p>An outer bound, as {@link Reach} is: a "no" is certain, a "yes" may be wrong.
 */
final class JointReach {
  private final ModelDefinition model;
  private final Reach reach;

  JointReach(ModelDefinition model) {
    this.model = model;
    this.reach = Reach.of(model.dimensions(), model.minTotal(), model.maxTotal());
  }

  /** Returns the bounds without any condition. */
  Reach reach() {
    return reach;
  }

  /** Tells whether the points of some contact may satisfy all conditions at once. */
  boolean allows(List<PointsCondition> conditions) {
    return Ways.ofAll(ways(conditions)).all().stream().anyMatch(this::isPossible);
  }

  /** Returns the condition that holds where another does not. */
  static PointsCondition not(PointsCondition condition) {
    return switch (condition) {
      case PointsCondition.All all ->
          new PointsCondition.Any(all.conditions().stream().map(JointReach::not).toList());
      case PointsCondition.Any any ->
          new PointsCondition.All(any.conditions().stream().map(JointReach::not).toList());
      case Compare(String dimension, Comparison comparison, long points) ->
          new Compare(dimension, opposite(comparison), points);
    };
  }

  private static Comparison opposite(Comparison comparison) {
    return switch (comparison) {
      case AT_LEAST -> Comparison.LESS_THAN;
      case MORE_THAN -> Comparison.AT_MOST;
      case AT_MOST -> Comparison.MORE_THAN;
      case LESS_THAN -> Comparison.AT_LEAST;
    };
  }

  /** Returns in which ways a condition is met. */
  private static Ways<Compare> ways(PointsCondition condition) {
    return switch (condition) {
      case PointsCondition.All all -> Ways.ofAll(ways(all.conditions()));
      case PointsCondition.Any any -> Ways.ofAny(ways(any.conditions()));
      case Compare compare -> Ways.of(compare);
    };
  }

  private static List<Ways<Compare>> ways(List<PointsCondition> conditions) {
    return conditions.stream().map(JointReach::ways).toList();
  }

  private boolean isPossible(List<Compare> way) {
    Map<@Nullable String, Bounds> left = new HashMap<>(reach.dimensions());
    left.put(null, reach.total());
    for (Compare compare : way) {
      left.computeIfPresent(
          compare.dimension(),
          (name, bounds) -> narrowed(bounds, compare, name == null ? Millionths.ONE : 1));
    }
    Bounds sum = new Bounds(0L, 0L);
    for (Dimension dimension : model.dimensions()) {
      Bounds own = left.getOrDefault(dimension.name(), Bounds.NONE);
      if (isEmpty(own)) {
        return false;
      }
      sum = sum.plus(own.times(dimension.weight()));
    }
    Bounds total = sum.rounded().within(model.minTotal(), model.maxTotal());
    return !isEmpty(meet(left.getOrDefault(null, Bounds.NONE), total));
  }

  /**
   * @param step the least difference between two possible points
   */
  private static Bounds narrowed(Bounds bounds, Compare compare, long step) {
    long points = compare.points();
    Bounds asked =
        switch (compare.comparison()) {
          case AT_LEAST -> new Bounds(points, null);
          case MORE_THAN -> new Bounds(Math.floorDiv(points, step) * step + step, null);
          case AT_MOST -> new Bounds(null, points);
          case LESS_THAN -> new Bounds(null, Math.ceilDiv(points, step) * step - step);
        };
    return meet(bounds, asked);
  }

  private static Bounds meet(Bounds one, Bounds other) {
    return new Bounds(
        later(one.least(), other.least()),
        one.most() == null || (other.most() != null && other.most() < one.most())
            ? other.most()
            : one.most());
  }

  private static @Nullable Long later(@Nullable Long one, @Nullable Long other) {
    return one == null || (other != null && other > one) ? other : one;
  }

  private static boolean isEmpty(Bounds bounds) {
    Long least = bounds.least();
    Long most = bounds.most();
    return least != null && most != null && least > most;
  }
}
