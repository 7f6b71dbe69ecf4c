package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labels by the shown total, with hysteresis: to rise to a label takes its {@code enter}, to keep
 * it, or to fall no further than to it, its {@code leave}.
 */
final class Labels {
  private final List<ModelDefinition.Label> labels;

  /** By the rank of the label, what must hold besides; null for nothing. */
  private final List<@Nullable PointsTest> gates = new ArrayList<>();

  /**
   * @param labels highest first
   */
  Labels(List<ModelDefinition.Label> labels, Map<String, Integer> dimensionSlots) {
    this.labels = labels;
    for (ModelDefinition.Label label : labels) {
      PointsCondition gate = label.gate();
      gates.add(gate == null ? null : PointsTest.of(gate, dimensionSlots));
    }
  }

  /**
   * Returns the label to hold; null if the model has none. A disqualified contact has the lowest.
   *
   * @param previous the label held so far; null, or one that the model no longer has, for none
   * @param points exact
   */
  @Nullable String held(@Nullable String previous, Bounds points, boolean disqualified) {
    if (labels.isEmpty()) {
      return null;
    }
    int lowest = labels.size() - 1;
    int before = rank(previous);
    for (int rank = 0; rank < lowest && !disqualified; rank++) {
      PointsTest gate = gates.get(rank);
      if (isHighEnough(rank, before, points) && (gate == null || gate.holds(points))) {
        return labels.get(rank).name();
      }
    }
    return labels.get(lowest).name();
  }

  private boolean isHighEnough(int rank, int before, Bounds points) {
    return points.exact(Bounds.TOTAL) >= threshold(rank, before);
  }

  private long threshold(int rank, int before) {
    ModelDefinition.Label label = labels.get(rank);
    return rank < before ? label.enter() : label.leave();
  }

  /**
   * Tells whether the label stays wherever in the bounds the points are.
   *
   * @param held the label held, by points within these bounds
   */
  boolean isSteady(@Nullable String held, Bounds bounds, boolean disqualified) {
    int before = rank(held);
    for (int rank = 0; rank < labels.size() - 1 && !disqualified; rank++) {
      PointsTest gate = gates.get(rank);
      long threshold = threshold(rank, before);
      if (bounds.most(Bounds.TOTAL) >= threshold && (gate == null || gate.mayHold(bounds))) {
        return bounds.least(Bounds.TOTAL) >= threshold && (gate == null || gate.holds(bounds));
      }
    }
    return true;
  }

  /**
   * Tells whether no lower label comes to be held, wherever in the bounds the points are; false
   * where that is not certain.
   */
  boolean isKept(@Nullable String held, Bounds bounds, boolean disqualified) {
    int before = rank(held);
    if (before >= labels.size() - 1 || disqualified) {
      return before >= labels.size() - 1;
    }
    PointsTest gate = gates.get(before);
    return bounds.least(Bounds.TOTAL) >= labels.get(before).leave()
        && (gate == null || gate.holds(bounds));
  }

  /** Tells whether no label is lower; so also of none. */
  boolean isLowest(@Nullable String held) {
    return rank(held) >= labels.size() - 1;
  }

  /** Tells whether holding one label is worse than holding another. */
  boolean isWorse(@Nullable String label, @Nullable String than) {
    return rank(label) > rank(than);
  }

  /**
   * Returns the label above the one held, and what is missing; null at the highest.
   *
   * @param unbounded the rounded total before its bounds: what is below the least total has to be
   *     made up for as well
   */
  Evaluation.@Nullable NextLabel next(@Nullable String held, Bounds points, long unbounded) {
    int above = rank(held) - 1;
    if (above < 0 || above >= labels.size() - 1) {
      return null;
    }
    ModelDefinition.Label label = labels.get(above);
    long apart = label.enter() - unbounded;
    PointsTest gate = gates.get(above);
    boolean isOpen = gate == null || gate.holds(points);
    return new Evaluation.NextLabel(
        label.name(),
        Math.max(0, Math.ceilDiv(apart, FixedPoint.ONE)),
        isOpen ? null : label.gate());
  }

  /** Returns the place of a label, 0 for the highest; past the lowest if there is no such label. */
  private int rank(@Nullable String name) {
    for (int rank = 0; rank < labels.size(); rank++) {
      if (labels.get(rank).name().equals(name)) {
        return rank;
      }
    }
    return labels.size();
  }
}
