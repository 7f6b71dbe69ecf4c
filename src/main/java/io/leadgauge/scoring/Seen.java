package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people see of a contact at an instant, and whether they would see the same at another one,
 * as long as no fact changes: where it is placed, the shown total and the reasons that are named.
 */
final class Seen implements Steadiness {
  private final Judgement judgement;
  private final Placed placed;
  private final long unbounded;
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
    this(judgement, new Placed(judgement, timeline, previous, crm, moment, live), moment);
  }

  private Seen(Judgement judgement, Placed placed, Moment moment) {
    this.judgement = judgement;
    this.placed = placed;
    unbounded = judgement.scale().unbounded(moment);
    named = placed.isScored() ? Reasons.named(placed.timeline(), moment) : List.of();
  }

  boolean isScored() {
    return placed.isScored();
  }

  List<String> disqualified() {
    return placed.disqualified();
  }

  Bounds points() {
    return placed.points();
  }

  Decision decision() {
    return placed.decision();
  }

  @Nullable String grade() {
    return placed.grade();
  }

  @Nullable String segment() {
    return placed.segment();
  }

  List<Reasons.Named> named() {
    return named;
  }

  Evaluation.@Nullable HandOff handOff() {
    return judgement.decisions().handOff(placed.decision());
  }

  Evaluation.@Nullable NextLabel next() {
    return placed.isOpen()
        ? judgement.decisions().next(placed.decision(), placed.points(), unbounded)
        : null;
  }

  @Override
  public Timeline timeline() {
    return placed.timeline();
  }

  @Override
  public long settledAt() {
    return placed.settledAt();
  }

  @Override
  public boolean isSteady(Moment first, Moment last) {
    Bounds bounds = judgement.scale().between(first, last);
    boolean shownAlike =
        !placed.isScored()
            || (bounds.isExact(Bounds.TOTAL)
                && Reasons.areSteady(named, placed.timeline(), first, last));
    return shownAlike && placed.isSteady(bounds, last.at());
  }

  @Override
  public boolean differs(Moment moment) {
    Seen other = new Seen(judgement, placed.at(moment), moment);
    return placed.isOtherThan(other.placed)
        || (placed.isScored() && points().exact(Bounds.TOTAL) != other.points().exact(Bounds.TOTAL))
        || !named.equals(other.named);
  }
}
