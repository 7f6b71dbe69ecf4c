package io.leadgauge.scoring;

import io.leadgauge.model.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks ahead: what would raise a contact's label, and when it is lost if nothing happens. */
final class Forecast {
  private static final int MOST_WAYS = 3;

  private static final Comparator<Outlook.Way> SMALLEST_FIRST =
      Comparator.comparingLong(Outlook.Way::points).thenComparing(Outlook.Way::rule);

  private Forecast() {}

  static Outlook outlook(Judgement judgement, Timeline timeline, Decision decision, Moment moment) {
    boolean disqualified = !timeline.disqualified(moment.at()).isEmpty();
    List<Outlook.Way> ways = disqualified ? List.of() : ways(judgement, timeline, decision, moment);
    return new Outlook(ways, labelUntil(judgement, timeline, decision, moment));
  }

  private static List<Outlook.Way> ways(
      Judgement judgement, Timeline timeline, Decision decision, Moment moment) {
    List<Outlook.Way> ways = new ArrayList<>();
    for (int place = 0; place < timeline.rules().length; place++) {
      CompiledRule rule = timeline.rules()[place];
      long more = timeline.most(place, moment) - moment.points()[place];
      if (more > 0 && isRaised(judgement, decision, moment.plus(rule.dimension(), more))) {
        ways.add(new Outlook.Way(rule.id(), more));
      }
    }
    return ways.stream().sorted(SMALLEST_FIRST).limit(MOST_WAYS).toList();
  }

  private static boolean isRaised(Judgement judgement, Decision decision, Moment moment) {
    Bounds points = judgement.scale().at(moment);
    String label = judgement.decisions().label(decision, points, false);
    return judgement.decisions().isWorse(decision.label(), label);
  }

  private static long labelUntil(
      Judgement judgement, Timeline timeline, Decision decision, Moment moment) {
    if (timeline.isScoredForever() && judgement.decisions().isLowest(decision)) {
      return Long.MAX_VALUE;
    }
    LabelWatch watch = new LabelWatch(judgement, timeline, decision);
    return Validity.search(watch, moment).validUntil();
  }

  /** Watches whether the label becomes a lower one. */
  private record LabelWatch(Judgement judgement, Timeline timeline, Decision decision)
      implements Steadiness {
    @Override
    public long settledAt() {
      return timeline.settledAt();
    }

    @Override
    public boolean isSteady(Moment first, Moment last) {
      boolean disqualified = !timeline.disqualified(first.at()).isEmpty();
      Bounds bounds = judgement.scale().between(first, last);
      return judgement.decisions().isLabelKept(decision, bounds, disqualified);
    }

    @Override
    public boolean differs(Moment moment) {
      if (!timeline.isScored(moment.at())) {
        return true;
      }
      boolean disqualified = !timeline.disqualified(moment.at()).isEmpty();
      Bounds points = judgement.scale().at(moment);
      String label = judgement.decisions().label(decision, points, disqualified);
      return judgement.decisions().isWorse(label, decision.label());
    }
  }
}
