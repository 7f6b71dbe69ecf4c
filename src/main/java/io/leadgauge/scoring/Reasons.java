package io.leadgauge.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;

/**
 * The strongest reasons for and against, as one line for a field of the CRM, such as {@code +20
 * Title is VP Sales (vp); + Webinar attended once, halving every 60 days; -25 Email opt out is
 * yes}.
 *
 * <p>The line says nothing that fades. A rule is named while it gives at least half a point. Rules
 * stand in the order of their points before decay, the same points in the order of their ids, and a
 * rule that fades is named with its sign alone. So time alone changes the line only when a rule is
 * no longer, or newly, named, or a window leaves one activity less to count.
 */
final class Reasons {
  /** How many reasons are named for, and as many against. */
  static final int MOST = 3;

  private static final long LEAST = FixedPoint.ONE / 2;

  private Reasons() {}

  /**
   * A rule that is named.
   *
   * @param place the place of the rule
   * @param count on how many activities it counts
   */
  record Named(int place, int count) {}

  /**
   * Returns the rules that are named at an instant, the strongest for first, then the strongest
   * against.
   *
   * <p>If they are the same at two instants, they are the same at every instant between: a named
   * rule stays named, since what it gives is monotone; and one that is not named at the ends is
   * weaker than those that are at one end, and no stronger in between.
   */
  static List<Named> named(Timeline timeline, long at) {
    List<Candidate> candidates = new ArrayList<>();
    for (int place = 0; place < timeline.rules().size(); place++) {
      if (Math.abs(timeline.points(place, at)) >= LEAST) {
        candidates.add(
            new Candidate(
                new Named(place, timeline.count(place, at)),
                timeline.undecayed(place, at),
                timeline.rules().get(place).id()));
      }
    }
    List<Named> named = new ArrayList<>();
    addStrongest(candidates, 1, named);
    addStrongest(candidates, -1, named);
    return named;
  }

  private record Candidate(Named named, long undecayed, String id) {
    private static final Comparator<Candidate> STRONGEST_FIRST =
        Comparator.comparingLong((Candidate candidate) -> -Math.abs(candidate.undecayed))
            .thenComparing(Candidate::id);
  }

  private static void addStrongest(List<Candidate> candidates, int sign, List<Named> named) {
    candidates.stream()
        .filter(candidate -> Long.signum(candidate.undecayed) == sign)
        .sorted(Candidate.STRONGEST_FIRST)
        .limit(MOST)
        .forEach(candidate -> named.add(candidate.named));
  }

  /** Returns the line at an instant; empty where no rule is named. */
  static String text(Timeline timeline, long at) {
    StringJoiner line = new StringJoiner("; ");
    for (Named named : named(timeline, at)) {
      int place = named.place();
      line.add(amount(timeline, place, at) + " " + timeline.reason(place, at));
    }
    return line.toString();
  }

  private static String amount(Timeline timeline, int place, long at) {
    long points = timeline.points(place, at);
    String number = timeline.fades(place) ? "" : FixedPoint.text(Math.abs(points));
    return (points < 0 ? "-" : "+") + number;
  }
}
