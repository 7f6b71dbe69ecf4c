package io.leadgauge.manifest;

import io.leadgauge.manifest.Reach.Bounds;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which points a contact can have at the same time: what a condition leaves to each dimension, and
 * what these leave to the total.
 *
 * <p>An outer bound, as {@link Reach} is: a "no" is certain, a "yes" may be wrong.
 */
final class JointReach {
  /** In more ways than these a condition is not looked at. */
  private static final int MOST_WAYS = 500;

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
    return joined(conditions, true).stream().anyMatch(this::isPossible);
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

  /** Returns in which ways a condition is met; in each all comparisons must hold. */
  private static List<List<Compare>> ways(PointsCondition condition) {
    return switch (condition) {
      case PointsCondition.All all -> joined(all.conditions(), true);
      case PointsCondition.Any any -> joined(any.conditions(), false);
      case Compare compare -> List.of(List.of(compare));
    };
  }

  private static List<List<Compare>> joined(List<PointsCondition> conditions, boolean together) {
    List<List<Compare>> ways = together ? List.of(List.of()) : List.of();
    for (PointsCondition condition : conditions) {
      List<List<Compare>> more = ways(condition);
      ways = together ? product(ways, more) : Stream.concat(ways.stream(), more.stream()).toList();
    }
    return ways.size() > MOST_WAYS ? List.of(List.of()) : ways;
  }

  /** Returns every way of the one with every way of the other; the former alone if too many. */
  private static List<List<Compare>> product(List<List<Compare>> ways, List<List<Compare>> others) {
    if ((long) ways.size() * others.size() > MOST_WAYS) {
      return ways;
    }
    List<List<Compare>> product = new ArrayList<>();
    for (List<Compare> way : ways) {
      for (List<Compare> other : others) {
        product.add(Stream.concat(way.stream(), other.stream()).toList());
      }
    }
    return product;
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
