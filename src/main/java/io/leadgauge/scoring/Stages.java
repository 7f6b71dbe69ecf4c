package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which stages are proposed. Stages only ever propose to go forward, and people win.
 *
 * <p>A stage is <em>left</em> while its {@code leave} holds, or, without one, while its {@code
 * enter} does not. It is entered when {@code enter} has held for its dwell and it is not left, and
 * stays so until it is left. A disqualified contact has no stage, nor has one that the CRM holds at
 * a stage from which nothing is proposed; the points of both still count for what was left.
 *
 * <p>Once the CRM was seen at a stage, or beyond, while it was entered, finding the CRM short of it
 * is a veto, unless we moved the contact ourselves: people moved the contact back, or cleared its
 * stage. The stage is then not entered, and not again before it was left, at the veto or later, and
 * its cool-down has passed. Until then no later stage is entered either: it would carry the contact
 * beyond where people put it. A stage that the CRM does not have is never entered.
 *
 * <p>A contact at a stage that we wrote is <em>recycled</em> when the condition for that has held
 * long enough: it should go back. Until the CRM shows it there, no stage beyond is entered; then
 * each of them must be left before it is entered again.
 */
final class Stages {
  private final List<CompiledStage> stages;

  Stages(List<ModelDefinition.Stage> stages, Map<String, Integer> dimensionSlots) {
    this.stages = stages.stream().map(stage -> CompiledStage.of(stage, dimensionSlots)).toList();
  }

  /**
   * Returns the marks at exact points, one for every stage of the model.
   *
   * @param live whether something that happened, or time, leads to this decision; a stage entered,
   *     or that began to wait, for any other reason is handed over to nobody
   */
  List<StageMark> decide(
      Decision previous,
      Bounds points,
      boolean disqualified,
      StageInCrm crm,
      long now,
      boolean live) {
    List<StageMark> before = stages.stream().map(stage -> mark(previous, stage)).toList();
    List<@Nullable Recycling> recyclings = new ArrayList<>();
    for (int i = 0; i < stages.size(); i++) {
      recyclings.add(stages.get(i).recycling(before.get(i).recycling(), points, crm, now));
    }
    Surroundings around =
        Surroundings.of(previous.recycling(), proposed(recyclings), disqualified, crm);
    List<StageMark> marks = new ArrayList<>(stages.size());
    boolean held = false;
    for (int i = 0; i < stages.size(); i++) {
      CompiledStage stage = stages.get(i);
      CompiledStage.Entry entry = stage.enter(before.get(i), points, held, around, now, live);
      StageMark mark = stage.mark(before.get(i), entry, recyclings.get(i), around, now, live);
      held |= stage.isVetoed(mark, now);
      marks.add(mark);
    }
    return marks;
  }

  private static StageMark mark(Decision decision, CompiledStage stage) {
    return decision.mark(stage.name()).orElse(StageMark.none(stage.name()));
  }

  private static @Nullable Recycling proposed(List<@Nullable Recycling> recyclings) {
    for (Recycling recycling : recyclings) {
      if (recycling != null && recycling.proposed()) {
        return recycling;
      }
    }
    return null;
  }

  /**
   * Tells whether deciding anew gives the same marks until an instant, wherever in the bounds the
   * points are.
   *
   * @param decision what was decided last, with the same place in the CRM
   */
  boolean areSteady(
      Decision decision, Bounds bounds, boolean disqualified, StageInCrm crm, long lastAt) {
    Surroundings around =
        Surroundings.of(decision.recycling(), decision.recycling(), disqualified, crm);
    boolean held = false;
    for (int i = 0; i < stages.size(); i++) {
      StageMark mark = decision.stages().get(i);
      CompiledStage stage = stages.get(i);
      held |= stage.isVetoed(mark, lastAt);
      if (!stage.isRecyclingSteady(mark.recycling(), bounds, crm, lastAt)
          || !stage.isEntrySteady(mark, bounds, held, around, lastAt)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first instant from which on no span that a stage waits for ends any more. */
  long settledAt(Decision decision) {
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < stages.size(); i++) {
      latest = Math.max(latest, stages.get(i).settledAt(decision.stages().get(i)));
    }
    return latest;
  }

  /**
   * Returns the hand-off of the furthest stage that is entered and was handed over since; null for
   * none.
   */
  Evaluation.@Nullable HandOff handOff(Decision decision) {
    Evaluation.HandOff last = null;
    for (int i = 0; i < stages.size(); i++) {
      Evaluation.HandOff handOff = stages.get(i).handOff(decision.stages().get(i));
      last = handOff == null ? last : handOff;
    }
    return last;
  }

  /**
   * What all stages of one decision share.
   *
   * @param disqualified whether the contact is
   * @param crm where the CRM holds it
   * @param movedByUs whether it is where it is because we put it there, or are about to
   * @param returned whether it has just come back from a stage as was proposed
   * @param furthest the position beyond which no stage is entered, since the contact is to go back
   */
  record Surroundings(
      boolean disqualified, StageInCrm crm, boolean movedByUs, boolean returned, int furthest) {
    static Surroundings of(
        @Nullable Recycling before,
        @Nullable Recycling proposed,
        boolean disqualified,
        StageInCrm crm) {
      boolean returned = before != null && crm.isAt(before.to());
      boolean cleared = proposed != null && crm.position() < 0;
      Integer back = proposed == null ? null : crm.positions().get(proposed.to());
      return new Surroundings(
          disqualified,
          crm,
          crm.ours() || returned || cleared,
          returned,
          back == null ? Integer.MAX_VALUE : back);
    }

    /** Tells whether a stage of the CRM must not be entered, whatever the points. */
    boolean bars(int position) {
      boolean closed = crm.closed() && crm.position() != position;
      return disqualified || closed || position > furthest;
    }
  }
}
