package io.leadgauge.model;

import java.util.List;
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
   * @param blocked whether the condition has not been left since that veto
   */
  public record StageMark(
      String stage, boolean entered, long since, boolean reached, long vetoedAt, boolean blocked) {
    /** Returns the mark of a stage that nothing was ever decided on. */
    public static StageMark none(String stage) {
      return new StageMark(stage, false, 0, false, 0, false);
    }
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
}
