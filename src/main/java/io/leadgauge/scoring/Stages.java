package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which stages are proposed. Stages only ever propose to go forward, and people win.
 *
 * <p>A stage is <em>left</em> while its {@code leave} holds, or, without one, while its {@code
 * enter} does not. It is entered when {@code enter} holds and it is not left, and stays so until it
 * is left. A disqualified contact has no stage; its points still count for what was left.
 *
 * <p>Once the CRM was seen at a stage, or beyond, while it was entered, finding the CRM short of it
 * is a veto: people moved the contact back, or cleared its stage. The stage is then not entered,
 * and not again before it was left, at the veto or later, and its cool-down has passed. Until then
 * no later stage is entered either: it would carry the contact beyond where people put it. A stage
 * that the CRM does not have is never entered.
 */
final class Stages {
  private final List<Compiled> stages;

  Stages(List<ModelDefinition.Stage> stages, Map<String, Integer> dimensionSlots) {
    this.stages = stages.stream().map(stage -> Compiled.of(stage, dimensionSlots)).toList();
  }

  /** Returns the marks at exact points, one for every stage of the model. */
  List<StageMark> decide(
      Decision previous, Bounds points, boolean disqualified, StageInCrm crm, long now) {
    List<StageMark> marks = new ArrayList<>(stages.size());
    boolean held = disqualified;
    for (Compiled stage : stages) {
      StageMark before = previous.mark(stage.name).orElse(StageMark.none(stage.name));
      StageMark mark = stage.decide(before, points, held, crm, now);
      held |= stage.isVetoed(mark, now);
      marks.add(mark);
    }
    return marks;
  }

  /**
   * Tells whether deciding anew gives the same marks until an instant, wherever in the bounds the
   * points are.
   *
   * @param decision what was decided last, with the same place in the CRM
   */
  boolean areSteady(
      Decision decision, Bounds bounds, boolean disqualified, StageInCrm crm, long lastAt) {
    boolean held = disqualified;
    for (int i = 0; i < stages.size(); i++) {
      StageMark mark = decision.stages().get(i);
      Compiled stage = stages.get(i);
      held |= stage.isVetoed(mark, lastAt);
      if (!stage.isSteady(mark, bounds, held, crm)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first instant from which on no cool-down ends any more. */
  long settledAt(Decision decision) {
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < stages.size(); i++) {
      latest = Math.max(latest, stages.get(i).cooledAt(decision.stages().get(i)));
    }
    return latest;
  }

  private record Compiled(
      String name, PointsTest enter, @Nullable PointsTest leave, long cooldown) {
    static Compiled of(ModelDefinition.Stage stage, Map<String, Integer> dimensionSlots) {
      PointsCondition leave = stage.leave();
      return new Compiled(
          stage.name(),
          PointsTest.of(stage.enter(), dimensionSlots),
          leave == null ? null : PointsTest.of(leave, dimensionSlots),
          stage.cooldown());
    }

    /**
     * Decides on this stage.
     *
     * @param held whether it must not be entered, whatever the points
     */
    StageMark decide(StageMark before, Bounds points, boolean held, StageInCrm crm, long now) {
      Integer position = crm.positions().get(name);
      boolean there = position != null && crm.position() >= position;
      boolean left = isLeft(points);
      boolean vetoed = before.reached() && position != null && !there;
      boolean blocked = (vetoed || before.blocked()) && !left;
      long vetoedAt = vetoed ? now : before.vetoedAt();
      boolean free = position != null && !held && !blocked && !left;
      boolean entered =
          free
              && ((before.entered() && !vetoed)
                  || (enter.holds(points) && now >= cooledAt(vetoedAt)));
      boolean reached = there && (before.reached() || entered);
      long since = entered == before.entered() ? before.since() : now;
      return new StageMark(name, entered, since, reached, vetoedAt, blocked);
    }

    /**
     * Tells whether deciding anew gives the same mark.
     *
     * @param held whether a stage that is not entered is certain not to be, whatever the points
     */
    boolean isSteady(StageMark mark, Bounds bounds, boolean held, StageInCrm crm) {
      if (mark.entered() || mark.blocked()) {
        return !mayBeLeft(bounds);
      }
      return held || !crm.positions().containsKey(name) || !enter.mayHold(bounds) || isLeft(bounds);
    }

    /**
     * Tells whether a veto stands: the stage was not left since, or its cool-down has not passed.
     */
    boolean isVetoed(StageMark mark, long at) {
      return mark.blocked() || at < cooledAt(mark);
    }

    /** Tells whether the stage is left wherever in the bounds the points are. */
    private boolean isLeft(Bounds bounds) {
      return leave == null ? !enter.mayHold(bounds) : leave.holds(bounds);
    }

    /** Tells whether the stage may be left somewhere in the bounds. */
    private boolean mayBeLeft(Bounds bounds) {
      return leave == null ? !enter.holds(bounds) : leave.mayHold(bounds);
    }

    private long cooledAt(StageMark mark) {
      return cooledAt(mark.vetoedAt());
    }

    private long cooledAt(long vetoedAt) {
      return vetoedAt == 0 ? Long.MIN_VALUE : CompiledRule.later(vetoedAt, cooldown);
    }
  }
}
