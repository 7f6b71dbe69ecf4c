package io.leadgauge.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was decided on a contact's points, and what later decisions must know of it.
 *
 * @param label the label held; null before the first decision
 * @param labelSince when it was taken; 0 before the first decision
 * @param stages one mark for every stage of the model, in the model's order; copied
 */
public record Decision(@Nullable String label, long labelSince, List<StageMark> stages) {
  /** The decision before any: no label, no stage. */
  public static final Decision NONE = new Decision(null, 0, List.of());

  public Decision {
    stages = List.copyOf(stages);
  }

  /**
   * How a contact stands to one stage of the model.
   *
   * @param stage the stage in the model's words
   * @param entered whether the stage is proposed: its condition holds, with hysteresis, and no veto
   *     stands against it
   * @param since when that last changed; 0 if it never did
   * @param reached whether the CRM has been at the stage, or beyond it, ever since it was seen
   *     there while the stage was entered
   * @param vetoedAt when people last moved the contact back from it, 0 for never; a vetoed stage is
   *     not proposed until its condition was left and entered anew, and the cool-down has passed
   * @param blocked whether the condition has not been left since that veto, or since the stage was
   *     recycled
   * @param holdsSince since when the condition has held without a break, while the stage waits to
   *     be entered and it matters since when; 0 while not
   * @param beganLive whether something that happened, or time, began that wait; never while {@code
   *     holdsSince} is 0
   * @param recycling how far the contact is on its way back from the stage; null while it stays
   * @param handOff what was handed over to sales, or is to be; null for nothing yet
   */
  public record StageMark(
      String stage,
      boolean entered,
      long since,
      boolean reached,
      long vetoedAt,
      boolean blocked,
      long holdsSince,
      boolean beganLive,
      @Nullable Recycling recycling,
      @Nullable HandOff handOff) {
    /** Makes the mark of a stage without a dwell, a recycling and a hand-off. */
    public StageMark(
        String stage,
        boolean entered,
        long since,
        boolean reached,
        long vetoedAt,
        boolean blocked) {
      this(stage, entered, since, reached, vetoedAt, blocked, 0, false, null, null);
    }

    /** Returns the mark of a stage that nothing was ever decided on. */
    public static StageMark none(String stage) {
      return new StageMark(stage, false, 0, false, 0, false);
    }

    private StageMark heeding(HandOff other) {
      if (entered || (handOff != null && handOff.at() >= other.at())) {
        return this;
      }
      HandOff last = new HandOff(false, other.at(), other.dueAt());
      return new StageMark(
          stage, false, since, reached, vetoedAt, blocked, holdsSince, beganLive, recycling, last);
    }
  }

  /**
   * The way back from a stage that we wrote and that has lost its reason.
   *
   * @param to the stage that the contact goes back to, in the connection's words
   * @param since since when the condition for it has held without a break
   * @param proposed whether it has held long enough: the CRM should show {@code to}
   */
  public record Recycling(String to, long since, boolean proposed) {}

  /**
   * A contact handed over to sales because it came to a stage.
   *
   * @param owed whether one is to follow as soon as the CRM shows that we wrote the stage
   * @param at when the last one was decided; 0 for never
   * @param dueAt when sales should have acted on that one; 0 for never
   */
  public record HandOff(boolean owed, long at, long dueAt) {}

  /**
   * Returns the same, from which stages that are not entered know when another record of the same
   * person was handed over at them, if that was later.
   */
  public Decision heeding(Decision other) {
    Map<String, StageMark> marks = new LinkedHashMap<>();
    stages.forEach(mark -> marks.put(mark.stage(), mark));
    for (StageMark theirs : other.stages()) {
      HandOff handOff = theirs.handOff();
      if (handOff != null && handOff.at() > 0) {
        StageMark own = marks.getOrDefault(theirs.stage(), StageMark.none(theirs.stage()));
        marks.put(theirs.stage(), own.heeding(handOff));
      }
    }
    return new Decision(label, labelSince, List.copyOf(marks.values()));
  }

  /** Returns the mark of a stage, if the model had it when this was decided. */
  public Optional<StageMark> mark(String stage) {
    return stages.stream().filter(mark -> mark.stage().equals(stage)).findFirst();
  }

  /** Returns the furthest stage that is entered: what the CRM should at least show. */
  public @Nullable String stage() {
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (stages.get(i).entered()) {
        return stages.get(i).stage();
      }
    }
    return null;
  }

  /** Returns the way back that is proposed instead of a stage; null for none. */
  public @Nullable Recycling recycling() {
    for (StageMark mark : stages) {
      if (mark.recycling() != null && mark.recycling().proposed()) {
        return mark.recycling();
      }
    }
    return null;
  }
}
