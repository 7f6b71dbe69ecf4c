package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import org.jspecify.annotations.Nullable;

/**
 * All that a model says of a contact at an instant.
 *
 * <p>Visible, for {@code validUntil}, are whether the contact is scored, the shown total, the
 * grade, the decision, the disqualification, the segment and the text of the reasons.
 *
 * @param score its points
 * @param decision label and stages, decided on the one before
 * @param segment the nurture segment; null for none, and for a disqualified contact
 * @param next what would reach the next label; null at the highest, and for a disqualified contact
 * @param validUntil the first millisecond at which something visible changes by time alone; {@link
 *     Long#MAX_VALUE} for never, 0 where it was not found within the bound on evaluations
 * @param recheckAt when to look again: {@code validUntil} where it is known, else an earlier
 *     instant, never a later one
 * @param handOff what was handed over to sales since the stage was entered; null for nothing
 */
public record Evaluation(
    Score score,
    Decision decision,
    @Nullable String segment,
    @Nullable NextLabel next,
    long validUntil,
    long recheckAt,
    @Nullable HandOff handOff) {
  /**
   * The way to the next label.
   *
   * @param label the label above the one held
   * @param points how many points of the shown total are missing; whole points, 0 for none
   * @param gate the label's own condition, if it does not hold yet; null if it does, or there is
   *     none
   */
  public record NextLabel(String label, long points, @Nullable PointsCondition gate) {}

  /**
   * A contact handed over to sales.
   *
   * @param stage the stage that it came to
   * @param at when that was decided
   * @param dueAt when sales should have acted
   * @param owner whose task it is: {@link ModelDefinition.HandOff#CONTACT_OWNER}, or the CRM's id
   *     of an owner
   * @param fallbackOwner the CRM's id of the owner where the contact has none; null for nobody
   * @param task the subject of the task, names in braces not yet filled in
   */
  public record HandOff(
      String stage,
      long at,
      long dueAt,
      String owner,
      @Nullable String fallbackOwner,
      String task) {}
}
