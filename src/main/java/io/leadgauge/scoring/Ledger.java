package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that add up to the shown total: what each rule gave, then what limits, weights, the
 * clamp and the rounding took or gave. Lines that would be zero are left out.
 */
final class Ledger {
  private static final String NO_DIMENSION = "";

  private Ledger() {}

  static List<Contribution> lines(Timeline timeline, Scale scale, Moment moment) {
    List<Contribution> lines = new ArrayList<>(moment.points().length);
    addRules(timeline, moment, lines);
    long sum = 0;
    for (int dimension = 0; dimension < scale.size(); dimension++) {
      long before = moment.sum(dimension);
      long limited = scale.limited(dimension, before);
      long weighted = scale.weighted(dimension, limited);
      addDimension(scale.named(dimension), before, limited, weighted, lines);
      sum += weighted;
    }
    addTotal(scale, sum, lines);
    return lines;
  }

  private static void addRules(Timeline timeline, Moment moment, List<Contribution> lines) {
    @Nullable Contribution[] fixed = timeline.fixedLines();
    for (int place = 0; place < fixed.length; place++) {
      Contribution line = fixed[place];
      long points = moment.points()[place];
      if (line != null) {
        lines.add(line);
      } else if (points != 0) {
        lines.add(timeline.line(place, points, moment.at()));
      }
    }
  }

  private static void addDimension(
      Scale.Named named, long before, long limited, long weighted, List<Contribution> lines) {
    if (limited != before) {
      String bound = limited < before ? " is at most " : " is at least ";
      String reason = named.title() + bound + FixedPoint.text(limited);
      lines.add(new Contribution(named.limit(), named.name(), limited - before, reason));
    }
    if (weighted != limited) {
      long points = weighted - limited;
      lines.add(new Contribution(named.weight(), named.name(), points, named.weighing()));
    }
  }

  private static void addTotal(Scale scale, long sum, List<Contribution> lines) {
    long clamped = scale.clamped(sum);
    if (clamped != sum) {
      String bound = clamped < sum ? "most " : "least ";
      String reason = "The score is at " + bound + FixedPoint.text(clamped);
      lines.add(new Contribution("_clamp", NO_DIMENSION, clamped - sum, reason));
    }
    long shown = FixedPoint.whole(clamped) * FixedPoint.ONE;
    if (shown != clamped) {
      lines.add(
          new Contribution("_rounding", NO_DIMENSION, shown - clamped, "Rounded to whole points"));
    }
  }
}
