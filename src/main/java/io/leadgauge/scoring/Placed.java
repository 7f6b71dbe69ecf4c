package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a contact is placed at an instant, and whether it would be placed alike at another one, as
 * long as no fact changes: whether it is scored, disqualification, grade, label, stages, segment.
 */
final class Placed implements Steadiness {
  private final Judgement judgement;
  private final Timeline timeline;
  private final StageInCrm crm;
  private final boolean scored;
  private final List<String> disqualified;
  private final Bounds points;
  private final Decision decision;
  private final @Nullable String grade;
  private final @Nullable String segment;

  /**
   * @param live whether something that happened, or time, leads to this look
   */
  Placed(
      Judgement judgement,
      Timeline timeline,
      Decision previous,
      StageInCrm crm,
      Moment moment,
      boolean live) {
    this.judgement = judgement;
    this.timeline = timeline;
    this.crm = crm;
    scored = timeline.isScored(moment.at());
    disqualified = scored ? timeline.disqualified(moment.at()) : List.of();
    points = judgement.scale().at(moment);
    Decisions decisions = judgement.decisions();
    decision =
        scored
            ? decisions.decide(previous, points, !disqualified.isEmpty(), crm, moment.at(), live)
            : decisions.outside(previous, points, crm, moment.at());
    grade = scored ? judgement.grades().grade(points) : null;
    segment = isOpen() ? judgement.segments().segment(decision.label(), points) : null;
  }

  /** Returns how the contact is placed at a moment by time alone. */
  Placed at(Moment moment) {
    return new Placed(judgement, timeline, decision, crm, moment, true);
  }

  /** Tells whether the contact is scored, and not disqualified. */
  boolean isOpen() {
    return scored && disqualified.isEmpty();
  }

  boolean isScored() {
    return scored;
  }

  List<String> disqualified() {
    return disqualified;
  }

  Bounds points() {
    return points;
  }

  Decision decision() {
    return decision;
  }

  @Nullable String grade() {
    return grade;
  }

  @Nullable String segment() {
    return segment;
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public long settledAt() {
    return Math.max(timeline.settledAt(), judgement.decisions().settledAt(decision));
  }

  @Override
  public boolean isSteady(Moment first, Moment last) {
    return isSteady(judgement.scale().between(first, last), last.at());
  }

  /** Tells whether nothing changes until an instant, wherever in the bounds the points are. */
  boolean isSteady(Bounds bounds, long lastAt) {
    return judgement.decisions().areStagesSteady(decision, bounds, !isOpen(), crm, lastAt)
        && (!scored || isScoreSteady(bounds));
  }

  private boolean isScoreSteady(Bounds bounds) {
    return judgement.decisions().isLabelSteady(decision, bounds, !disqualified.isEmpty())
        && judgement.grades().isSteady(bounds)
        && (!isOpen() || judgement.segments().isSteady(decision.label(), bounds));
  }

  @Override
  public boolean differs(Moment moment) {
    return isOtherThan(at(moment));
  }

  /** Tells whether the contact is placed otherwise. */
  boolean isOtherThan(Placed other) {
    return scored != other.scored
        || !decision.equals(other.decision)
        || !disqualified.equals(other.disqualified)
        || !Objects.equals(grade, other.grade)
        || !Objects.equals(segment, other.segment);
  }
}
