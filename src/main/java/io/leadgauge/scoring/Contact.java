package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A contact as a model has read it: good for every instant as long as no fact changes.
 *
 * <p>Immutable and thread-safe.
 */
public final class Contact {
  private final Judgement judgement;
  private final Timeline timeline;

  Contact(Judgement judgement, Timeline timeline) {
    this.judgement = judgement;
    this.timeline = timeline;
  }

  /** Returns the shown total at an instant, in whole points; 0 for who is not scored. */
  public long total(long now) {
    if (!timeline.isScored(now)) {
      return 0;
    }
    long[] sums = timeline.fixedSums().clone();
    long[][] shares = timeline.shares(now);
    for (int place : timeline.timed()) {
      sums[timeline.dimension(place)] += timeline.points(place, shares, now);
    }
    return judgement.scale().total(sums) / FixedPoint.ONE;
  }

  /** Returns the points at an instant, line by line. */
  public Score score(long now) {
    Moment moment = Moment.of(timeline, now);
    if (!timeline.isScored(now)) {
      return unscored(now);
    }
    Bounds points = judgement.scale().at(moment);
    return score(
        moment,
        points,
        judgement.grades().grade(points),
        timeline.disqualified(now),
        Reasons.named(timeline, moment));
  }

  /**
   * Scores the contact and decides on it.
   *
   * <p>A disqualified contact keeps its points and grade, has the lowest label, no stage and no
   * segment. Once it is no longer disqualified it rises by the thresholds for entering. One that is
   * not scored has nothing at all.
   *
   * @param previous what was decided last; {@link Decision#NONE} at first
   * @param crm where the CRM holds it
   * @param now the instant of scoring
   */
  public Evaluation evaluate(Decision previous, StageInCrm crm, long now) {
    return evaluate(previous, crm, now, true);
  }

  /**
   * Scores the contact and decides on it, as above.
   *
   * @param live whether something that happened to the contact, or time, leads to this; what is
   *     entered for any other reason, such as a new version of the model, is handed over to nobody
   */
  public Evaluation evaluate(Decision previous, StageInCrm crm, long now, boolean live) {
    Moment moment = Moment.of(timeline, now);
    Seen seen = new Seen(judgement, timeline, previous, crm, moment, live);
    Validity.Found found = Validity.search(seen, moment);
    Score score =
        seen.isScored()
            ? score(moment, seen.points(), seen.grade(), seen.disqualified(), seen.named())
            : unscored(now);
    return new Evaluation(
        score,
        seen.decision(),
        seen.segment(),
        seen.next(),
        found.validUntil(),
        found.recheckAt(),
        seen.handOff());
  }

  /**
   * Decides on the contact as {@link #evaluate} does, without the score and the reasons for it.
   *
   * @param until no change by time alone is looked for from this instant on
   */
  public Placing place(Decision previous, StageInCrm crm, long now, long until) {
    Moment moment = Moment.of(timeline, now);
    Placed placed = new Placed(judgement, timeline, previous, crm, moment, true);
    return new Placing(
        placed.isScored(),
        placed.decision(),
        placed.grade(),
        placed.segment(),
        Validity.search(placed, moment, until - 1).recheckAt());
  }

  /**
   * Looks ahead from a decision that was taken on this contact at an instant.
   *
   * @param decision what was decided
   * @param now when
   */
  public Outlook outlook(Decision decision, long now) {
    Moment moment = Moment.of(timeline, now);
    if (!timeline.isScored(now)) {
      return Outlook.NONE;
    }
    return Forecast.outlook(judgement, timeline, decision, moment);
  }

  private Score unscored(long now) {
    return new Score(
        now, false, 0, new TreeMap<>(), null, List.of(), List.of(), "", timeline.unreadable());
  }

  private Score score(
      Moment moment,
      Bounds points,
      @Nullable String grade,
      List<String> disqualified,
      List<Reasons.Named> named) {
    Scale scale = judgement.scale();
    SortedMap<String, Long> dimensions = new TreeMap<>();
    for (int i = 0; i < scale.size(); i++) {
      dimensions.put(scale.name(i), points.exact(Bounds.slot(i)));
    }
    return new Score(
        moment.at(),
        true,
        points.exact(Bounds.TOTAL) / FixedPoint.ONE,
        dimensions,
        grade,
        disqualified,
        Ledger.lines(timeline, scale, moment),
        Reasons.text(named, timeline, moment),
        timeline.unreadable());
  }
}
