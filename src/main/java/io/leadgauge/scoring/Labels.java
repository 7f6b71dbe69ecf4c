package io.leadgauge.scoring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labels by the shown total, with hysteresis: to rise to a label takes its {@code enter}, to keep
 * it, or to fall no further than to it, its {@code leave}.
 */
final class Labels {
  private final List<ModelDefinition.Label> labels;

  /**
   * @param labels highest first
   */
  Labels(List<ModelDefinition.Label> labels) {
    this.labels = labels;
  }

  /**
   * Returns the label to hold; null if the model has none. A disqualified contact has the lowest.
   *
   * @param previous the label held so far; null, or one that the model no longer has, for none
   * @param total the shown total, in millionths
   */
  @Nullable String held(@Nullable String previous, long total, boolean disqualified) {
    if (labels.isEmpty()) {
      return null;
    }
    int lowest = labels.size() - 1;
    int before = rank(previous);
    for (int rank = 0; rank < lowest && !disqualified; rank++) {
      ModelDefinition.Label label = labels.get(rank);
      if (total >= (rank < before ? label.enter() : label.leave())) {
        return label.name();
      }
    }
    return labels.get(lowest).name();
  }

  /** Returns the label above the one held, and what is missing; null at the highest. */
  Evaluation.@Nullable NextLabel next(@Nullable String held, long total) {
    int above = rank(held) - 1;
    if (above < 0 || above >= labels.size() - 1) {
      return null;
    }
    ModelDefinition.Label label = labels.get(above);
    long missing = Math.ceilDiv(label.enter() - total, FixedPoint.ONE);
    return new Evaluation.NextLabel(label.name(), missing);
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
