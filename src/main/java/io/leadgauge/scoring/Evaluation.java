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
 */
public record Evaluation(
    Score score,
    Decision decision,
    @Nullable String segment,
    @Nullable NextLabel next,
    long validUntil,
    long recheckAt) {
  /**
   * The way to the next label.
   *
   * @param label the label above the one held
   * @param points how many points of the shown total are missing; whole points, 0 for none
   * @param gate the label's own condition, if it does not hold yet; null if it does, or there is
   *     none
   */
  public record NextLabel(String label, long points, @Nullable PointsCondition gate) {}
}
