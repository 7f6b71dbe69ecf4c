package io.leadgauge.scoring;

/**
 * What every rule gives at an instant, and what the rules of each dimension sum up to before
 * limits: apart, the part that time can only lower and the part that it can only raise. Two moments
 * thus bound every instant between them, as long as no rule turns between them.
 *
 * @param at the instant
 * @param points by the place of the rule
 * @param falling by dimension: points that stay, fade, or are taken by silence
 * @param rising by dimension: negative points that fade, and points that silence gives; of rules
 *     that give and take for the same activities the {@link Net}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Moment(long at, long[] points, long[] falling, long[] rising) {
  static Moment of(Timeline timeline, long at) {
    long[] points = timeline.fixed().clone();
    long[] falling = timeline.fixedSums().clone();
    long[] rising = new long[falling.length];
    long[][] shares = timeline.shares(at);
    for (int place : timeline.timed()) {
      CompiledRule rule = timeline.rules()[place];
      long given = timeline.points(place, shares, at);
      points[place] = given;
      if (!timeline.isNetted(place)) {
        long[] side = rule.rises(given) ? rising : falling;
        side[timeline.dimension(place)] += given;
      }
    }
    timeline.addNets(falling, rising, shares, at);
    return new Moment(at, points, falling, rising);
  }

  /** Returns the same moment with more points in a dimension. */
  Moment plus(int dimension, long more) {
    long[] higher = falling.clone();
    higher[dimension] += more;
    return new Moment(at, points, higher, rising);
  }

  /** Returns the sum of a dimension before limits. */
  long sum(int dimension) {
    return falling[dimension] + rising[dimension];
  }
}
