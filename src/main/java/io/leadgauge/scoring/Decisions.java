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
    labels = new Labels(definition.labels(), dimensionSlots);
    stages = new Stages(definition.stages(), dimensionSlots);
  }

  Decision decide(
      Decision previous,
      Bounds points,
      boolean disqualified,
      StageInCrm crm,
      long now,
      boolean live) {
    String label = label(previous, points, disqualified);
    boolean same = Objects.equals(label, previous.label());
    return new Decision(
        label,
        same ? previous.labelSince() : now,
        stages.decide(previous, points, disqualified, crm, now, live));
  }

  /** Returns the label that follows from a decision at exact points; null if there are none. */
  @Nullable String label(Decision previous, Bounds points, boolean disqualified) {
    return labels.held(previous.label(), points, disqualified);
  }

  /** Tells whether the label becomes no lower one, wherever in the bounds the points are. */
  boolean isLabelKept(Decision decision, Bounds bounds, boolean disqualified) {
    return labels.isKept(decision.label(), bounds, disqualified);
  }

  /** Decides on a contact that is not scored: it has no label and no stage. */
  Decision outside(Decision previous, Bounds points, StageInCrm crm, long now) {
    return new Decision(
        null,
        previous.label() == null ? previous.labelSince() : now,
        stages.decide(previous, points, true, crm, now, false));
  }

  /** Tells whether no label is lower than the one held. */
  boolean isLowest(Decision decision) {
    return labels.isLowest(decision.label());
  }

  /** Tells whether holding one label is worse than holding another. */
  boolean isWorse(@Nullable String label, @Nullable String than) {
    return labels.isWorse(label, than);
  }

  /**
   * Returns what would reach the next label; null at the highest.
   *
   * @param unbounded the rounded total before its bounds
   */
  Evaluation.@Nullable NextLabel next(Decision decision, Bounds points, long unbounded) {
    return labels.next(decision.label(), points, unbounded);
  }

  /** Tells whether deciding anew leaves the label, wherever in the bounds the points are. */
  boolean isLabelSteady(Decision decision, Bounds bounds, boolean disqualified) {
    return labels.isSteady(decision.label(), bounds, disqualified);
  }

  /** Returns what was handed over since the stage was entered; null for nothing. */
  Evaluation.@Nullable HandOff handOff(Decision decision) {
    return stages.handOff(decision);
  }

  /**
   * Tells whether deciding anew until an instant leaves the stages, wherever in the bounds the
   * points are.
   *
   * @param disqualified whether the contact is, or is not scored
   */
  boolean areStagesSteady(
      Decision decision, Bounds bounds, boolean disqualified, StageInCrm crm, long lastAt) {
    return stages.areSteady(decision, bounds, disqualified, crm, lastAt);
  }

  /** Returns the first instant from which on the passing of time itself decides nothing. */
  long settledAt(Decision decision) {
    return stages.settledAt(decision);
  }
}
