package io.leadgauge.scoring;

import java.util.List;

/** A compiled {@link Decay}: the share of points that is left at an age. Never rises with age. */
sealed interface Fading {

  /** Returns the share in millionths, in {@code [0, 1_000_000]}, at an age that is not negative. */
  long share(long age);

  /**
   * Returns the age from which on the share stays what it is; {@link Long#MIN_VALUE} for always.
   */
  long settledAfter();

  /** Returns the shares of activities at an instant, in the order of their times. */
  default long[] shares(long[] times, long at) {
    long[] shares = new long[times.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share(CompiledRule.age(times[i], at));
    }
    return shares;
  }

  static Fading of(Decay decay) {
    return switch (decay) {
      case Decay.None none -> Kept.INSTANCE;
      case Decay.HalfLife(long span) -> new Halving(HalfLifeWeight.of(span));
      case Decay.Linear(long span) -> new Even(span);
      case Decay.Steps(List<Decay.Step> steps) -> new Stepped(steps);
    };
  }

  /** Nothing fades. */
  record Kept() implements Fading {
    static final Kept INSTANCE = new Kept();

    @Override
    public long share(long age) {
      return FixedPoint.ONE;
    }

    @Override
    public long settledAfter() {
      return Long.MIN_VALUE;
    }
  }

  /** Halves again and again. */
  record Halving(HalfLifeWeight weight) implements Fading {
    @Override
    public long share(long age) {
      return weight.at(age);
    }

    @Override
    public long settledAfter() {
      return weight.gone();
    }
  }

  /** Falls evenly to nothing. */
  record Even(long span) implements Fading {
    @Override
    public long share(long age) {
      return age >= span ? 0 : FixedPoint.share(span - age, span);
    }

    @Override
    public long settledAfter() {
      return span;
    }
  }

  /** Falls in steps. */
  record Stepped(List<Decay.Step> steps) implements Fading {
    @Override
    public long share(long age) {
      long share = FixedPoint.ONE;
      for (Decay.Step step : steps) {
        if (age < step.age()) {
          return share;
        }
        share = step.kept();
      }
      return share;
    }

    @Override
    public long settledAfter() {
      return steps.getLast().age();
    }
  }
}
