package io.leadgauge.scoring;

/**
 * What every rule gives at an instant, and what the rules of each dimension sum up to before
 * limits: apart, the part that time can only lower and the part that it can only raise. Two moments
 * thus bound every instant between them.
 *
 * @param at the instant
 * @param points by the place of the rule
 * @param falling by dimension: points that stay, fade, or are taken by silence
 * @param rising by dimension: negative points that fade, and points that silence gives
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record Moment(long at, long[] points, long[] falling, long[] rising) {
  static Moment of(Timeline timeline, int dimensions, long at) {
    long[] points = timeline.points(at);
    long[] falling = new long[dimensions];
    long[] rising = new long[dimensions];
    for (int place = 0; place < points.length; place++) {
      CompiledRule rule = timeline.rules().get(place);
      long[] side = rises(rule) ? rising : falling;
      side[rule.dimension()] += points[place];
    }
    return new Moment(at, points, falling, rising);
  }

  private static boolean rises(CompiledRule rule) {
    return switch (rule) {
      case CompiledRule.Once once -> false;
      case CompiledRule.Banded banded -> false;
      case CompiledRule.Repeated repeated -> repeated.points() < 0;
      case CompiledRule.Silent silent -> silent.points() > 0;
    };
  }

  /** Returns the sum of a dimension before limits. */
  long sum(int dimension) {
    return falling[dimension] + rising[dimension];
  }
}
