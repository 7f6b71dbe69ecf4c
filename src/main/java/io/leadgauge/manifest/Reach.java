package io.leadgauge.manifest;

import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.Rule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
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
      sum = sum.plus(own.times(dimension.weight()));
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
      return new Bounds(sum(least, other.least), sum(most, other.most));
    }

    /** Returns the sum; none where no 64 bits hold it. */
    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
      if (one == null || other == null) {
        return null;
      }
      long sum = one + other;
      boolean overflows = ((one ^ sum) & (other ^ sum)) < 0;
      return overflows ? null : Long.valueOf(sum);
    }

    /** Returns the bounds of what may be so many points as well. */
    Bounds or(long points) {
      return new Bounds(
          least == null ? null : Math.min(least, points),
          most == null ? null : Math.max(most, points));
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

    /** Returns the bounds times a weight, rounded half-even. */
    Bounds times(long weight) {
      return new Bounds(product(least, weight), product(most, weight));
    }

    /** Returns the product; none where no 64 bits hold it. */
    private static @Nullable Long product(@Nullable Long points, long weight) {
      if (points == null) {
        return null;
      }
      BigInteger product =
          BigDecimal.valueOf(points)
              .multiply(BigDecimal.valueOf(weight, 6))
              .setScale(0, RoundingMode.HALF_EVEN)
              .toBigInteger();
      return product.bitLength() < Long.SIZE ? product.longValue() : null;
    }

    /** Complains of a threshold that nobody reaches. */
    void checkReached(long points, Position at, String what, Problems problems) {
      if (most != null && points > most) {
        String expected = " is out of reach, expected at most the possible ";
        problems.error(at, what + expected + Millionths.text(most));
      }
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
      case Rule.ByRange ranges -> bands(ranges.bands()).or(ranges.missing());
      case Rule.ByValue byValue -> {
        Bounds bounds = once(byValue.other()).or(byValue.missing());
        for (long points : byValue.values().values()) {
          bounds = bounds.or(points);
        }
        yield bounds;
      }
      case Rule.OnActivity activity ->
          switch (activity.gives()) {
            case Rule.Gives.ByCount counts -> bands(counts.bands());
            case Rule.Gives.Each each -> each(each.points(), activity);
          };
    };
  }

  /** Returns the bounds of points for each time. */
  private static Bounds each(long points, Rule.OnActivity rule) {
    Long limit = rule.limit();
    if (points == 0 || rule.choice().once()) {
      return once(points).within(points < 0 ? limit : null, points > 0 ? limit : null);
    }
    return points > 0 ? new Bounds(0L, limit) : new Bounds(limit, 0L);
  }

  private static Bounds bands(List<Rule.Band> bands) {
    Bounds bounds = once(0);
    for (Rule.Band band : bands) {
      bounds = bounds.or(band.points());
    }
    return bounds;
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
