package io.leadgauge.scoring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups for nurturing; the first that matches is the contact's. */
final class Segments {
  private final List<Compiled> segments;

  Segments(List<ModelDefinition.Segment> segments, Map<String, Integer> dimensionSlots) {
    this.segments = segments.stream().map(segment -> Compiled.of(segment, dimensionSlots)).toList();
  }

  private record Compiled(String name, @Nullable String label, @Nullable PointsTest when) {
    static Compiled of(ModelDefinition.Segment segment, Map<String, Integer> dimensionSlots) {
      PointsCondition when = segment.when();
      return new Compiled(
          segment.name(),
          segment.label(),
          when == null ? null : PointsTest.of(when, dimensionSlots));
    }

    boolean isFor(@Nullable String held) {
      return label == null || label.equals(held);
    }

    boolean holds(Bounds bounds) {
      return when == null || when.holds(bounds);
    }

    boolean mayHold(Bounds bounds) {
      return when == null || when.mayHold(bounds);
    }
  }

  /** Returns the segment of exact points; null for none. */
  @Nullable String segment(@Nullable String label, Bounds points) {
    for (Compiled segment : segments) {
      if (segment.isFor(label) && segment.holds(points)) {
        return segment.name;
      }
    }
    return null;
  }

  /** Tells whether the segment is the same wherever in the bounds the points are. */
  boolean isSteady(@Nullable String label, Bounds bounds) {
    for (Compiled segment : segments) {
      if (segment.isFor(label) && segment.mayHold(bounds)) {
        return segment.holds(bounds);
      }
    }
    return true;
  }
}
