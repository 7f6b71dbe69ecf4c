package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines that add up to the shown total: what each rule gave, then what limits, weights, the
 * clamp and the rounding took or gave. Lines that would be zero are left out.
 */
final class Ledger {
  private static final String NO_DIMENSION = "";

  private Ledger() {}

  static List<Contribution> lines(Timeline timeline, Scale scale, Moment moment) {
    List<Contribution> lines = new ArrayList<>();
    addRules(timeline, scale, moment, lines);
    long sum = 0;
    for (int dimension = 0; dimension < scale.size(); dimension++) {
      long before = moment.sum(dimension);
      long limited = scale.limited(dimension, before);
      long weighted = scale.weighted(dimension, limited);
      addLimit(scale.name(dimension), before, limited, lines);
      addWeight(scale, dimension, weighted - limited, lines);
      sum += weighted;
    }
    long clamped = scale.clamped(sum);
    long shown = FixedPoint.whole(clamped) * FixedPoint.ONE;
    String bound = "The score is at " + (clamped < sum ? "most " : "least ");
    add("_clamp", NO_DIMENSION, clamped - sum, bound + FixedPoint.text(clamped), lines);
    add("_rounding", NO_DIMENSION, shown - clamped, "Rounded to whole points", lines);
    return lines;
  }

  private static void addRules(
      Timeline timeline, Scale scale, Moment moment, List<Contribution> lines) {
    for (int place = 0; place < moment.points().length; place++) {
      long points = moment.points()[place];
      if (points != 0) {
        CompiledRule rule = timeline.rules().get(place);
        String dimension = scale.name(rule.dimension());
        String reason = timeline.reason(place, moment.at());
        lines.add(new Contribution(rule.id(), dimension, points, reason));
      }
    }
  }

  private static void addLimit(
      String dimension, long before, long after, List<Contribution> lines) {
    String bound = after < before ? " is at most " : " is at least ";
    String reason = Wording.capitalised(dimension) + bound + FixedPoint.text(after);
    add("_limit:" + dimension, dimension, after - before, reason, lines);
  }

  private static void addWeight(Scale scale, int dimension, long points, List<Contribution> lines) {
    String name = scale.name(dimension);
    String reason = Wording.capitalised(name) + " counts " + scale.percentage(dimension);
    add("_weight:" + name, name, points, reason, lines);
  }

  private static void add(
      String rule, String dimension, long points, String reason, List<Contribution> lines) {
    if (points != 0) {
      lines.add(new Contribution(rule, dimension, points, reason));
    }
  }
}
