package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides label and stages: a pure function of the decision before, the points, the place in the
 * CRM, the instant, and whether something live leads to it. Deciding again at the same instant on
 * the same facts changes nothing.
 */
final class Decisions {
  private final Labels labels;
  private final Stages stages;

  Decisions(ModelDefinition definition, Map<String, Integer> dimensionSlots) {
    labels = new Labels(definition.labels());
    stages = new Stages(definition.stages(), dimensionSlots);
  }

  Decision decide(
      Decision previous,
      Bounds points,
      boolean disqualified,
      StageInCrm crm,
      long now,
      boolean live) {
    String label = labels.held(previous.label(), points.exact(Bounds.TOTAL), disqualified);
    boolean same = Objects.equals(label, previous.label());
    return new Decision(
        label,
        same ? previous.labelSince() : now,
        stages.decide(previous, points, disqualified, crm, now, live));
  }

  /** Returns what would reach the next label; null at the highest and for the disqualified. */
  Evaluation.@Nullable NextLabel next(Decision decision, Bounds points, boolean disqualified) {
    return disqualified ? null : labels.next(decision.label(), points.exact(Bounds.TOTAL));
  }

  /** Returns what was handed over since the stage was entered; null for nothing. */
  Evaluation.@Nullable HandOff handOff(Decision decision) {
    return stages.handOff(decision);
  }

  /**
   * Tells whether deciding anew changes nothing until an instant, wherever in the bounds the points
   * are; the bounds leave one shown total, so the label stays.
   */
  boolean areSteady(
      Decision decision, Bounds bounds, boolean disqualified, StageInCrm crm, long lastAt) {
    return bounds.isExact(Bounds.TOTAL)
        && stages.areSteady(decision, bounds, disqualified, crm, lastAt);
  }

  /** Returns the first instant from which on the passing of time itself decides nothing. */
  long settledAt(Decision decision) {
    return stages.settledAt(decision);
  }
}
