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
   * @param said the reason, where time alone can turn it; empty where it cannot
   */
  record Named(int place, int count, String said) {}

  /** Returns the rules that are named, the strongest for first, then the strongest against. */
  static List<Named> named(Timeline timeline, Moment moment) {
    List<Candidate> candidates = new ArrayList<>();
    for (int place = 0; place < moment.points().length; place++) {
      if (isNamed(moment.points()[place])) {
        candidates.add(Candidate.of(timeline, place, moment));
      }
    }
    candidates.sort(Candidate.STRONGEST_FIRST);
    List<Named> named = new ArrayList<>(2 * MOST);
    addStrongest(candidates, 1, named);
    addStrongest(candidates, -1, named);
    return named;
  }

  /**
   * Tells whether the same rules are named at every instant from one moment to another.
   *
   * <p>If they are the same at both, they are the same between: a named rule stays named, since
   * what it gives is monotone; and one that is named at neither end is weaker than the named ones
   * at one of them, and no stronger in between.
   *
   * @param named what is named at the first moment
   */
  static boolean areSteady(List<Named> named, Timeline timeline, Moment first, Moment last) {
    return isNothingNew(timeline, first, last) || named.equals(named(timeline, last));
  }

  /** Tells whether no rule comes or goes, and none loses an activity; quicker than to sort. */
  private static boolean isNothingNew(Timeline timeline, Moment first, Moment last) {
    for (int place : timeline.timed()) {
      boolean isNamed = isNamed(first.points()[place]);
      if (isNamed != isNamed(last.points()[place])
          || (isNamed && timeline.count(place, first.at()) != timeline.count(place, last.at()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamed(long points) {
    return Math.abs(points) >= LEAST;
  }

  /** A rule that may be named. */
  private record Candidate(Named named, long undecayed, String id) {
    private static final Comparator<Candidate> STRONGEST_FIRST =
        (one, other) -> {
          int stronger = Long.compare(Math.abs(other.undecayed), Math.abs(one.undecayed));
          return stronger != 0 ? stronger : one.id.compareTo(other.id);
        };

    static Candidate of(Timeline timeline, int place, Moment moment) {
      return new Candidate(
          new Named(
              place,
              timeline.count(place, moment.at()),
              timeline.turningReason(place, moment.at())),
          timeline.undecayed(place, moment),
          timeline.rules()[place].id());
    }
  }

  /** Adds the first candidates on one side. */
  private static void addStrongest(List<Candidate> candidates, int sign, List<Named> named) {
    int most = named.size() + MOST;
    for (int i = 0; i < candidates.size() && named.size() < most; i++) {
      Candidate candidate = candidates.get(i);
      if (Long.signum(candidate.undecayed) == sign) {
        named.add(candidate.named);
      }
    }
  }

  /** Returns the line; empty where no rule is named. */
  static String text(List<Named> named, Timeline timeline, Moment moment) {
    StringJoiner line = new StringJoiner("; ");
    for (Named one : named) {
      long points = moment.points()[one.place];
      String number = timeline.fades(one.place) ? "" : FixedPoint.text(Math.abs(points));
      String sign = points < 0 ? "-" : "+";
      line.add(sign + number + " " + timeline.reason(one.place, moment.at()));
    }
    return line.toString();
  }
}
