package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a contact at an instant, and whether they would see the same at another one,
 * as long as no fact changes: shown total, grade, label, stages, segment and the reasons that are
 * named.
 */
final class Seen {
  private final Judgement judgement;
  private final Timeline timeline;
  private final StageInCrm crm;
  private final boolean disqualified;
  private final Bounds points;
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
    disqualified = !timeline.disqualified().isEmpty();
    points = judgement.scale().at(moment);
    decision = judgement.decisions().decide(previous, points, disqualified, crm, moment.at(), live);
    grade = judgement.grades().grade(points);
    segment = disqualified ? null : judgement.segments().segment(decision.label(), points);
    named = Reasons.named(timeline, moment);
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
    return judgement.decisions().next(decision, points, disqualified);
  }

  /** Returns the first instant from which on nothing changes by time alone. */
  long settledAt() {
    return Math.max(timeline.settledAt(), judgement.decisions().settledAt(decision));
  }

  /** Returns what the rules give at another instant. */
  Moment moment(long at) {
    return Moment.of(timeline, judgement.scale().size(), at);
  }

  /**
   * Tells whether nothing is seen to change from one moment to another, both inclusive; false where
   * that is not certain.
   *
   * @param first a moment at which the same is seen as here
   */
  boolean isSteady(Moment first, Moment last) {
    Bounds bounds = judgement.scale().between(first, last);
    return judgement.decisions().areSteady(decision, bounds, disqualified, crm, last.at())
        && judgement.grades().isSteady(bounds)
        && (disqualified || judgement.segments().isSteady(decision.label(), bounds))
        && Reasons.areSteady(named, timeline, first, last);
  }

  /** Tells whether something else is seen at a moment. */
  boolean differs(Moment moment) {
    Seen other = new Seen(judgement, timeline, decision, crm, moment, true);
    return points.exact(Bounds.TOTAL) != other.points.exact(Bounds.TOTAL)
        || !decision.equals(other.decision)
        || !Objects.equals(grade, other.grade)
        || !Objects.equals(segment, other.segment)
        || !named.equals(other.named);
  }
}
