package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a contact at an instant, and whether they would see the same at another one,
 * as long as no fact changes: whether it is scored, shown total, grade, label, stages, segment,
 * disqualification and the reasons that are named.
 */
final class Seen implements Steadiness {
  private final Judgement judgement;
  private final Timeline timeline;
  private final StageInCrm crm;
  private final boolean scored;
  private final List<String> disqualified;
  private final Bounds points;
  private final long unbounded;
  private final Decision decision;
  private final @Nullable String grade;
  private final @Nullable String segment;
  private final List<Reasons.Named> named;

  /**
   * @param live whether something that happened, or time, leads to this look
   */
  Seen(
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
    unbounded = judgement.scale().unbounded(moment);
    Decisions decisions = judgement.decisions();
    decision =
        scored
            ? decisions.decide(previous, points, !disqualified.isEmpty(), crm, moment.at(), live)
            : decisions.outside(previous, points, crm, moment.at());
    grade = scored ? judgement.grades().grade(points) : null;
    segment = isOpen() ? judgement.segments().segment(decision.label(), points) : null;
    named = scored ? Reasons.named(timeline, moment) : List.of();
  }

  /** Tells whether the contact is scored, and not disqualified. */
  private boolean isOpen() {
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

  List<Reasons.Named> named() {
    return named;
  }

  Evaluation.@Nullable HandOff handOff() {
    return judgement.decisions().handOff(decision);
  }

  Evaluation.@Nullable NextLabel next() {
    return isOpen() ? judgement.decisions().next(decision, points, unbounded) : null;
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
    Bounds bounds = judgement.scale().between(first, last);
    return judgement.decisions().areStagesSteady(decision, bounds, !isOpen(), crm, last.at())
        && (!scored || isScoreSteady(bounds, first, last));
  }

  private boolean isScoreSteady(Bounds bounds, Moment first, Moment last) {
    return judgement.decisions().isLabelSteady(decision, bounds, !disqualified.isEmpty())
        && judgement.grades().isSteady(bounds)
        && (!isOpen() || judgement.segments().isSteady(decision.label(), bounds))
        && Reasons.areSteady(named, timeline, first, last);
  }

  @Override
  public boolean differs(Moment moment) {
    Seen other = new Seen(judgement, timeline, decision, crm, moment, true);
    return scored != other.scored
        || (scored && points.exact(Bounds.TOTAL) != other.points.exact(Bounds.TOTAL))
        || !decision.equals(other.decision)
        || !disqualified.equals(other.disqualified)
        || !Objects.equals(grade, other.grade)
        || !Objects.equals(segment, other.segment)
        || !named.equals(other.named);
  }
}
