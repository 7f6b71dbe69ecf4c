package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How few and how many points a contact can have at all, so that a threshold beyond is found when
 * the manifest is read and not when nobody ever reaches it.
 *
 * <p>An outer bound: rules that exclude each other are added up all the same.
 *
 * @param dimensions the bounds of each dimension
 * @param total the bounds of the shown total
 */
record Reach(Map<String, Bounds> dimensions, Bounds total) {
  /** No bounds, for a model whose rules could not all be read. */
  static Reach unknown(List<String> dimensions) {
    Map<String, Bounds> bounds = new LinkedHashMap<>();
    dimensions.forEach(name -> bounds.put(name, Bounds.NONE));
    return new Reach(bounds, Bounds.NONE);
  }

  /** Returns the reach of these dimensions, the total limited to {@code minTotal..maxTotal}. */
  static Reach of(List<Dimension> dimensions, long minTotal, long maxTotal) {
    Map<String, Bounds> bounds = new LinkedHashMap<>();
    Bounds sum = new Bounds(0L, 0L);
    for (Dimension dimension : dimensions) {
      Bounds own = of(dimension);
      bounds.put(dimension.name(), own);
      sum = sum.plus(own);
    }
    return new Reach(bounds, sum.rounded().within(minTotal, maxTotal));
  }

  /**
   * Points from {@code least} to {@code most}.
   *
   * @param least millionths; null for no bound
   * @param most millionths; null for no bound
   */
  record Bounds(@Nullable Long least, @Nullable Long most) {
    static final Bounds NONE = new Bounds(null, null);

    Bounds plus(Bounds other) {
      return new Bounds(
          least == null || other.least == null ? null : least + other.least,
          most == null || other.most == null ? null : most + other.most);
    }

    /** Returns the bounds that are left under limits; a limit moves what is beyond it. */
    Bounds within(@Nullable Long min, @Nullable Long max) {
      return new Bounds(limited(least, min, max), limited(most, min, max));
    }

    private static @Nullable Long limited(
        @Nullable Long points, @Nullable Long min, @Nullable Long max) {
      if (points == null) {
        return null;
      }
      long atLeast = min == null ? points : Math.max(points, min);
      return max == null ? atLeast : Math.min(atLeast, max);
    }

    /** Returns whole points that no rounding leaves. */
    Bounds rounded() {
      return new Bounds(
          least == null ? null : Math.floorDiv(least, Millionths.ONE) * Millionths.ONE,
          most == null ? null : Math.ceilDiv(most, Millionths.ONE) * Millionths.ONE);
    }

    boolean canBe(PointsCondition.Comparison comparison, long points) {
      return switch (comparison) {
        case AT_LEAST -> most == null || most >= points;
        case MORE_THAN -> most == null || most > points;
        case AT_MOST -> least == null || least <= points;
        case LESS_THAN -> least == null || least < points;
      };
    }
  }

  private static Bounds of(Dimension dimension) {
    Bounds sum = new Bounds(0L, 0L);
    for (Rule rule : dimension.rules()) {
      sum = sum.plus(of(rule));
    }
    // An open side is closed by a limit on that side.
    Long least = sum.least == null ? dimension.min() : sum.least;
    Long most = sum.most == null ? dimension.max() : sum.most;
    return new Bounds(least, most).within(dimension.min(), dimension.max());
  }

  private static Bounds of(Rule rule) {
    return switch (rule) {
      case Rule.OnProperty property -> once(property.points());
      case Rule.OnSilence silence -> once(silence.points());
      case Rule.ByRange ranges -> {
        long least = Math.min(0, ranges.missing());
        long most = Math.max(0, ranges.missing());
        for (Rule.Band band : ranges.bands()) {
          least = Math.min(least, band.points());
          most = Math.max(most, band.points());
        }
        yield new Bounds(least, most);
      }
      case Rule.OnActivity activity ->
          activity.points() > 0
              ? new Bounds(0L, activity.limit())
              : new Bounds(activity.points() == 0 ? Long.valueOf(0) : activity.limit(), 0L);
    };
  }

  private static Bounds once(long points) {
    return new Bounds(Math.min(0, points), Math.max(0, points));
  }

  /** Returns the bounds of a dimension, or of the total for null. */
  Bounds bounds(@Nullable String dimension) {
    return dimension == null ? total : dimensions.getOrDefault(dimension, Bounds.NONE);
  }

  /** Tells whether the points of some contact can satisfy a condition; true if in doubt. */
  boolean allows(PointsCondition condition) {
    return switch (condition) {
      case PointsCondition.All all -> all.conditions().stream().allMatch(this::allows);
      case PointsCondition.Any any -> any.conditions().stream().anyMatch(this::allows);
      case Compare(String dimension, PointsCondition.Comparison comparison, long points) ->
          bounds(dimension).canBe(comparison, points);
    };
  }
}
