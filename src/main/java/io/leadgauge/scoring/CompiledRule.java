package io.leadgauge.scoring;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * A {@link Rule} whose names are slots and whose missing bounds are the widest ones.
 *
 * <p>What a rule gives never changes with time, or is monotone between known instants, its
 * <em>turns</em>: points of activities only fall off towards zero, those of silence only set in,
 * those by count and those of a condition on dates turn. {@link Validity} rests on that.
 */
sealed interface CompiledRule {
  /** Returns the rule's id. */
  String id();

  /** Returns the place of its dimension. */
  int dimension();

  /** Tells whether time alone can change what the rule gives on these facts. */
  boolean isTimed(Facts facts);

  /**
   * Returns what the rule gives at an instant.
   *
   * @param shares what is left of the contact's activities then, as {@link Shares#at} gives it
   */
  long points(Facts facts, long[][] shares, long at);

  /**
   * Tells whether what the rule gives can only rise with time, between turns; if not, it can only
   * fall, or stays.
   *
   * @param points what it gives at some instant
   */
  default boolean rises(long points) {
    return false;
  }

  /**
   * Returns what one more activity, or another value, would give at most at an instant.
   *
   * @param points what the rule gives then
   */
  long most(Facts facts, long points, long at);

  /** Returns on how many activities the rule counts at an instant; 1 for other rules. */
  default int count(Facts facts, long at) {
    return 1;
  }

  /**
   * Returns what the rule would give if nothing faded.
   *
   * @param points what it gives
   */
  default long undecayed(Facts facts, long points, long at) {
    return points;
  }

  /** Tells whether what the rule gives fades with time. */
  default boolean fades() {
    return false;
  }

  /** Returns why the rule gives points at an instant, as a sentence. */
  String reason(Facts facts, long at);

  /**
   * Returns the reason where time alone can turn it without turning the points, as one of several
   * conditions gives way to another; empty where it cannot.
   */
  default String turningReason(Facts facts, long at) {
    return "";
  }

  /** Tells every instant at which what the rule gives may turn. */
  default void forEachTurn(Facts facts, LongConsumer turn) {}

  /** Returns the first instant from which on time moves nothing but at turns. */
  default long settledAt(Facts facts) {
    return Long.MIN_VALUE;
  }

  /** Points while a condition holds. */
  record Once(
      String id, int dimension, Predicate when, boolean isTimed, long points, Sentence sentence)
      implements CompiledRule {
    @Override
    public boolean isTimed(Facts facts) {
      return isTimed;
    }

    @Override
    public long points(Facts facts, long[][] shares, long at) {
      return when.holds(facts.values(), at) ? points : 0;
    }

    @Override
    public long most(Facts facts, long points, long at) {
      return Math.max(this.points, 0);
    }

    @Override
    public String reason(Facts facts, long at) {
      return sentence.text(facts.values(), () -> Wording.facts(when, facts.values(), at));
    }

    @Override
    public String turningReason(Facts facts, long at) {
      return isTimed ? reason(facts, at) : "";
    }

    @Override
    public void forEachTurn(Facts facts, LongConsumer turn) {
      when.forEachTurn(facts.values(), turn);
    }
  }

  /** Points by the range of a number. */
  record Banded(
      String id, int dimension, int slot, List<Rule.Band> bands, long missing, Sentence sentence)
      implements CompiledRule {
    @Override
    public boolean isTimed(Facts facts) {
      return false;
    }

    @Override
    public long points(Facts facts, long[][] shares, long at) {
      Value value = facts.values().at(slot);
      if (value == null) {
        return missing;
      }
      Long number = value.number();
      return number == null ? 0 : inBand(bands, number);
    }

    @Override
    public long most(Facts facts, long points, long at) {
      return mostOf(bands);
    }

    @Override
    public String reason(Facts facts, long at) {
      return sentence.text(facts.values(), () -> Wording.number(slot, facts.values()));
    }
  }

  /** Points by the value of a property. */
  record Valued(
      String id,
      int dimension,
      int slot,
      Map<String, Long> points,
      long other,
      long missing,
      Sentence sentence)
      implements CompiledRule {
    @Override
    public boolean isTimed(Facts facts) {
      return false;
    }

    @Override
    public long points(Facts facts, long[][] shares, long at) {
      Value value = facts.values().at(slot);
      return value == null ? missing : points.getOrDefault(value.folded(), other);
    }

    @Override
    public long most(Facts facts, long points, long at) {
      long most = Math.max(other, 0);
      for (long one : this.points.values()) {
        most = Math.max(most, one);
      }
      return most;
    }

    @Override
    public String reason(Facts facts, long at) {
      return sentence.text(facts.values(), () -> Wording.text(slot, facts.values()));
    }
  }

  /**
   * Points for each activity.
   *
   * @param whole the same in whole points; 0 if they are not whole
   * @param window {@link Long#MAX_VALUE} for no bound
   * @param share the place of its fading in {@link Shares}
   * @param limit the bound on the side of the sign of {@code points}
   * @param once whether only one activity ever counts
   */
  record Each(
      String id,
      int dimension,
      long points,
      long whole,
      long window,
      Fading fading,
      int share,
      long limit,
      boolean once,
      CountedReason reason)
      implements CompiledRule {
    @Override
    public boolean isTimed(Facts facts) {
      return facts.size() > 0;
    }

    @Override
    public long points(Facts facts, long[][] shares, long at) {
      int count = facts.within(window, at);
      return count == 0 ? 0 : limited(facts.sum(count, points, whole, shares[share]));
    }

    @Override
    public boolean rises(long given) {
      return points < 0;
    }

    @Override
    public long most(Facts facts, long points, long at) {
      return once
          ? Math.max(points, limited(this.points))
          : limited(points + Math.max(this.points, 0));
    }

    @Override
    public int count(Facts facts, long at) {
      return facts.within(window, at);
    }

    @Override
    public long undecayed(Facts facts, long points, long at) {
      return undecayed(count(facts, at));
    }

    @Override
    public boolean fades() {
      return !(fading instanceof Fading.Kept);
    }

    @Override
    public String reason(Facts facts, long at) {
      int count = count(facts, at);
      return reason.of(count, undecayed(count) != count * points);
    }

    private long undecayed(int count) {
      return limited(count * points);
    }

    /** Tells whether what it gives is, at every instant, whole points times what is left. */
    boolean isProportional(Facts facts) {
      return whole != 0
          && !facts.areDiscounted()
          && undecayed(facts.size()) == facts.size() * points;
    }

    @Override
    public long settledAt(Facts facts) {
      if (facts.size() == 0) {
        return Long.MIN_VALUE;
      }
      long settled = fading.settledAfter();
      long last = window == Long.MAX_VALUE ? settled : window;
      return last == Long.MIN_VALUE ? last : later(facts.time(0), last);
    }

    private long limited(long sum) {
      return points < 0 ? Math.max(sum, limit) : Math.min(sum, limit);
    }
  }

  /** Points by how many activities count. */
  record Counted(
      String id,
      int dimension,
      List<Rule.Band> bands,
      long window,
      Fading fading,
      boolean once,
      CountedReason reason)
      implements CompiledRule {
    @Override
    public boolean isTimed(Facts facts) {
      return facts.size() > 0;
    }

    @Override
    public long points(Facts facts, long[][] shares, long at) {
      int count = count(facts, at);
      if (count == 0) {
        return 0;
      }
      long newest = age(facts.time(0), at);
      return FixedPoint.times(inBand(bands, count * FixedPoint.ONE), fading.share(newest));
    }

    @Override
    public boolean rises(long points) {
      return points < 0;
    }

    @Override
    public long most(Facts facts, long points, long at) {
      int count = once ? 1 : count(facts, at) + 1;
      return Math.max(points, inBand(bands, count * FixedPoint.ONE));
    }

    @Override
    public int count(Facts facts, long at) {
      return facts.within(window, at);
    }

    @Override
    public long undecayed(Facts facts, long points, long at) {
      return inBand(bands, count(facts, at) * FixedPoint.ONE);
    }

    @Override
    public boolean fades() {
      return !(fading instanceof Fading.Kept);
    }

    @Override
    public String reason(Facts facts, long at) {
      return reason.of(count(facts, at), false);
    }

    @Override
    public void forEachTurn(Facts facts, LongConsumer turn) {
      if (window != Long.MAX_VALUE) {
        for (int i = 0; i < facts.size(); i++) {
          turn.accept(later(facts.time(i), window));
        }
      }
    }

    @Override
    public long settledAt(Facts facts) {
      long settled = fading.settledAfter();
      return facts.size() == 0 || settled == Long.MIN_VALUE
          ? Long.MIN_VALUE
          : later(facts.time(0), settled);
    }
  }

  /** Points for silence. */
  record Silent(String id, int dimension, long span, long points, Sentence sentence)
      implements CompiledRule {
    @Override
    public boolean isTimed(Facts facts) {
      return true;
    }

    @Override
    public long points(Facts facts, long[][] shares, long at) {
      return age(facts.lastActiveAt(), at) >= span ? points : 0;
    }

    @Override
    public boolean rises(long given) {
      return points > 0;
    }

    @Override
    public long most(Facts facts, long given, long at) {
      return points < 0 ? 0 : given;
    }

    @Override
    public String reason(Facts facts, long at) {
      return sentence.text(facts.values(), () -> "No activity for at least " + Wording.span(span));
    }

    @Override
    public long settledAt(Facts facts) {
      return later(facts.lastActiveAt(), span);
    }
  }

  private static long inBand(List<Rule.Band> bands, long number) {
    for (Rule.Band band : bands) {
      if (Predicate.least(band.from()) <= number && number <= Predicate.most(band.to())) {
        return band.points();
      }
    }
    return 0;
  }

  private static long mostOf(List<Rule.Band> bands) {
    long most = 0;
    for (Rule.Band band : bands) {
      most = Math.max(most, band.points());
    }
    return most;
  }

  /** Returns how long ago something was; what is yet to come has age zero. */
  static long age(long time, long at) {
    if (time >= at) {
      return 0;
    }
    long age = at - time;
    return age < 0 ? Long.MAX_VALUE : age;
  }

  /** Returns an instant later by a span; the latest there is where that is too late. */
  static long later(long at, long span) {
    long sum = at + span;
    return at > 0 && span > 0 && sum < 0 ? Long.MAX_VALUE : sum;
  }
}
