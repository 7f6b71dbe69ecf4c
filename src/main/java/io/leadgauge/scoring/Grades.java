package io.leadgauge.scoring;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The grade grid: a letter by one dimension, a digit by another. */
final class Grades {
  private final @Nullable Side letters;
  private final @Nullable Side digits;

  Grades(ModelDefinition.@Nullable GradeGrid grid, Map<String, Integer> dimensionSlots) {
    letters = grid == null ? null : Side.of(grid.letters(), dimensionSlots);
    digits = grid == null ? null : Side.of(grid.digits(), dimensionSlots);
  }

  /** One side of the grid, with the slot of its dimension. */
  private record Side(ModelDefinition.GradeScale scale, int slot) {
    static @Nullable Side of(
        ModelDefinition.@Nullable GradeScale scale, Map<String, Integer> dimensionSlots) {
      if (scale == null) {
        return null;
      }
      Integer slot = dimensionSlots.get(scale.dimension());
      if (slot == null) {
        throw new IllegalArgumentException("grade by an unknown dimension: " + scale.dimension());
      }
      return new Side(scale, slot);
    }

    String step(long points) {
      for (ModelDefinition.GradeStep step : scale.steps()) {
        if (points >= step.threshold()) {
          return step.name();
        }
      }
      return scale.steps().getLast().name();
    }

    boolean isSteady(Bounds bounds) {
      return step(bounds.least(slot)).equals(step(bounds.most(slot)));
    }
  }

  /** Returns the grade of exact points; null if the model has no grades. */
  @Nullable String grade(Bounds points) {
    if (letters == null && digits == null) {
      return null;
    }
    return step(letters, points) + step(digits, points);
  }

  private static String step(@Nullable Side side, Bounds points) {
    return side == null ? "" : side.step(points.exact(side.slot));
  }

  /** Tells whether the grade is the same wherever in the bounds the points are. */
  boolean isSteady(Bounds bounds) {
    return (letters == null || letters.isSteady(bounds))
        && (digits == null || digits.isSteady(bounds));
  }
}
