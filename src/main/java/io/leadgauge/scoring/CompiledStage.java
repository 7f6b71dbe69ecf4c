package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.Stages.Surroundings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a model, ready to be decided on.
 *
 * @param name the stage in the model's words
 * @param enter when it is entered
 * @param leave when it is left; null for as soon as {@code enter} does not hold
 * @param cooldown how long a veto stands at least
 * @param dwell how long {@code enter} must have held
 * @param recycle when a contact goes back from it; null for never
 * @param handOff what sales is to do then; null for nothing
 */
record CompiledStage(
    String name,
    PointsTest enter,
    @Nullable PointsTest leave,
    long cooldown,
    long dwell,
    @Nullable Recycle recycle,
    ModelDefinition.@Nullable HandOff handOff) {

  /** When a contact goes back, where to, and after how long. */
  record Recycle(String to, PointsTest when, long after) {}

  /**
   * Whether the stage is entered, and what the next decision must know of that.
   *
   * @param vetoed whether people have just moved the contact back
   * @param holdsSince since when it waits to be entered; 0 while it does not
   * @param holdsSince since when it waits to be entered; 0 while it does not
   * @param beganLive whether something that happened, or time, is why its condition holds
   */
  record Entry(
      boolean entered, boolean vetoed, boolean blocked, long holdsSince, boolean beganLive) {}

  static CompiledStage of(ModelDefinition.Stage stage, Map<String, Integer> dimensionSlots) {
    PointsCondition leave = stage.leave();
    ModelDefinition.Recycle recycle = stage.recycle();
    return new CompiledStage(
        stage.name(),
        PointsTest.of(stage.enter(), dimensionSlots),
        leave == null ? null : PointsTest.of(leave, dimensionSlots),
        stage.cooldown(),
        stage.dwell(),
        recycle == null
            ? null
            : new Recycle(
                recycle.to(), PointsTest.of(recycle.when(), dimensionSlots), recycle.after()),
        stage.handOff());
  }

  // Entering and leaving

  /**
   * Decides whether it is entered.
   *
   * @param held whether a veto on an earlier stage stands
   */
  Entry enter(
      StageMark before, Bounds points, boolean held, Surroundings around, long now, boolean live) {
    Integer position = around.crm().positions().get(name);
    boolean there = isThere(around.crm());
    boolean left = isLeft(points);
    boolean vetoed = before.reached() && position != null && !there && !around.movedByUs();
    boolean sentBack = around.returned() && position != null && !there;
    boolean blocked = (vetoed || sentBack || before.blocked()) && !left;
    boolean open = position != null && !around.bars(position) && !blocked && !left;
    boolean holds = open && enter.holds(points);
    long holdsSince = before.holdsSince() == 0 ? now : before.holdsSince();
    boolean due = holds && now >= later(holdsSince, dwell) && now >= cooledAt(vetoed, before, now);
    boolean stays = before.entered() && !vetoed && !sentBack;
    boolean entered = open && !held && (stays || due);
    boolean waits = holds && !entered && tellsWaits();
    return new Entry(entered, vetoed, blocked, waits ? holdsSince : 0, beganLive(before, live));
  }

  /** Tells whether it matters since when, and why, the stage waits to be entered. */
  private boolean tellsWaits() {
    return dwell > 0 || handOff != null;
  }

  /**
   * Tells whether something live began what holds now. A wait keeps how it began; a stage that a
   * veto takes away began live if a hand-off followed from it, or was to.
   */
  private static boolean beganLive(StageMark before, boolean live) {
    if (before.holdsSince() != 0) {
      return before.beganLive();
    }
    Decision.HandOff last = before.handOff();
    return before.entered() ? last != null && (last.owed() || last.at() >= before.since()) : live;
  }

  private long cooledAt(boolean vetoed, StageMark before, long now) {
    return cooledAt(vetoed ? now : before.vetoedAt());
  }

  /** Returns the whole mark. */
  StageMark mark(
      StageMark before,
      Entry entry,
      @Nullable Recycling recycling,
      Surroundings around,
      long now,
      boolean live) {
    boolean entered = entry.entered();
    return new StageMark(
        name,
        entered,
        entered == before.entered() ? before.since() : now,
        isThere(around.crm()) && (before.reached() || entered),
        entry.vetoed() ? now : before.vetoedAt(),
        entry.blocked(),
        entry.holdsSince(),
        entry.holdsSince() != 0 && entry.beganLive(),
        recycling,
        handOff(before, entered, around, now, live && entry.beganLive()));
  }

  private boolean isThere(StageInCrm crm) {
    Integer position = crm.positions().get(name);
    return position != null && crm.position() >= position;
  }

  /**
   * Tells whether deciding anew finds it entered, or not, as the mark says, and waiting as long.
   *
   * @param held whether a stage that is not entered is certain not to be, because of a veto
   */
  boolean isEntrySteady(
      StageMark mark, Bounds bounds, boolean held, Surroundings around, long lastAt) {
    if (mark.entered() || mark.blocked()) {
      return !mayBeLeft(bounds);
    }
    Integer position = around.crm().positions().get(name);
    if (position == null || around.bars(position)) {
      return true;
    }
    if (mark.holdsSince() > 0) {
      boolean waits = held || lastAt < later(mark.holdsSince(), dwell);
      return waits && enter.holds(bounds) && !mayBeLeft(bounds);
    }
    return (held && !tellsWaits()) || !enter.mayHold(bounds) || isLeft(bounds);
  }

  /** Tells whether a veto stands: the stage was not left since, or its cool-down has not passed. */
  boolean isVetoed(StageMark mark, long at) {
    return mark.blocked() || at < cooledAt(mark.vetoedAt());
  }

  /** Tells whether the stage is left wherever in the bounds the points are. */
  private boolean isLeft(Bounds bounds) {
    return leave == null ? !enter.mayHold(bounds) : leave.holds(bounds);
  }

  /** Tells whether the stage may be left somewhere in the bounds. */
  private boolean mayBeLeft(Bounds bounds) {
    return leave == null ? !enter.holds(bounds) : leave.mayHold(bounds);
  }

  private long cooledAt(long vetoedAt) {
    return vetoedAt == 0 ? Long.MIN_VALUE : later(vetoedAt, cooldown);
  }

  /** Returns the first instant from which on nothing that the mark waits for ends any more. */
  long settledAt(StageMark mark) {
    long dwelt = mark.holdsSince() == 0 ? Long.MIN_VALUE : later(mark.holdsSince(), dwell);
    Recycling recycling = mark.recycling();
    long faded =
        recycle == null || recycling == null || recycling.proposed()
            ? Long.MIN_VALUE
            : later(recycling.since(), recycle.after());
    return Math.max(cooledAt(mark.vetoedAt()), Math.max(dwelt, faded));
  }

  // Going back

  /** Returns the way back from it that is proposed or waited for; null for none. */
  @Nullable Recycling recycling(
      @Nullable Recycling before, Bounds points, StageInCrm crm, long now) {
    if (recycle == null || !leadsBack(crm)) {
      return null;
    }
    if (isUnderWay(before, crm)) {
      return crm.ours() || recycle.when.holds(points) ? before : null;
    }
    if (!mayGoBack(crm) || !recycle.when.holds(points)) {
      return null;
    }
    long since = before == null ? now : before.since();
    return new Recycling(recycle.to, since, now >= later(since, recycle.after));
  }

  /** Tells whether deciding anew finds the contact as far on its way back. */
  boolean isRecyclingSteady(
      @Nullable Recycling recycling, Bounds bounds, StageInCrm crm, long lastAt) {
    if (recycle == null || !leadsBack(crm)) {
      return true;
    }
    if (isUnderWay(recycling, crm)) {
      return crm.ours() || recycle.when.holds(bounds);
    }
    if (!mayGoBack(crm)) {
      return true;
    }
    if (recycling == null) {
      return !recycle.when.mayHold(bounds);
    }
    boolean waits = recycling.proposed() || lastAt < later(recycling.since(), recycle.after);
    return waits && recycle.when.holds(bounds);
  }

  /** Tells whether the CRM has the stage to go back to, before this one. */
  private boolean leadsBack(StageInCrm crm) {
    Integer from = crm.positions().get(name);
    Integer to = recycle == null ? null : crm.positions().get(recycle.to);
    return from != null && to != null && to < from;
  }

  /** A CRM may have to clear the stage before it takes the earlier one. */
  private static boolean isUnderWay(@Nullable Recycling recycling, StageInCrm crm) {
    return recycling != null && recycling.proposed() && crm.position() < 0;
  }

  private boolean mayGoBack(StageInCrm crm) {
    return crm.isAt(name) && crm.ours() && !crm.closed();
  }

  // Handing over

  /**
   * Hands the contact over once for each time that the stage is entered: when the CRM shows the
   * stage, and we wrote it. One that a later stage overtakes, or that is sent back, is not.
   *
   * @param live whether something live began that the condition holds, and ends any wait since
   */
  private Decision.@Nullable HandOff handOff(
      StageMark before, boolean entered, Surroundings around, long now, boolean live) {
    if (handOff == null) {
      return null;
    }
    Decision.HandOff last = before.handOff();
    boolean cool = last == null || last.at() == 0 || now >= later(last.at(), handOff.cooldown());
    boolean wanted = before.entered() ? last != null && last.owed() : live && cool;
    StageInCrm crm = around.crm();
    boolean overtaken = isThere(crm) && !crm.isAt(name);
    boolean owed = entered && wanted && !overtaken && !around.returned();
    if (owed && crm.isAt(name) && crm.ours()) {
      return new Decision.HandOff(false, now, handOff.dueAt(now));
    }
    if (last == null) {
      return owed ? new Decision.HandOff(true, 0, 0) : null;
    }
    return !owed && last.at() == 0 ? null : new Decision.HandOff(owed, last.at(), last.dueAt());
  }

  /** Returns the hand-off that followed from entering the stage as it is now; null for none. */
  Evaluation.@Nullable HandOff handOff(StageMark mark) {
    Decision.HandOff done = mark.handOff();
    if (handOff == null || done == null || !mark.entered()) {
      return null;
    }
    boolean current = done.at() > 0 && done.at() >= mark.since();
    return current
        ? new Evaluation.HandOff(
            name, done.at(), done.dueAt(), handOff.owner(), handOff.fallbackOwner(), handOff.task())
        : null;
  }

  private static long later(long at, long span) {
    return CompiledRule.later(at, span);
  }
}
