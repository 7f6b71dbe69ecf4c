package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One contact under one model, read once: what its rules give at any instant, as long as no fact
 * changes. Immutable.
 */
final class Timeline {
  private static final long[] NO_TURNS = {};
  private static final long[][] NO_SHARES = {};

  private final CompiledRules model;
  private final List<CompiledRule> rules;
  private final Vocabulary.Values values;
  private final CompiledRule.Facts[] facts;
  private final Shares shares;
  private final List<String> unreadable;

  /** By the place of the rule, what those give that time does not change; 0 for the others. */
  private final long[] fixed;

  /** The same, summed by dimension. */
  private final long[] fixedSums;

  private final Timed[] timed;

  /** Made when first asked for: any thread makes the same. */
  private volatile @Nullable Contribution @Nullable [] fixedLines;

  /**
   * A rule that time changes.
   *
   * @param place its place
   * @param facts what it reads of the contact
   */
  record Timed(int place, CompiledRule rule, CompiledRule.Facts facts) {
    /** Returns what it gives at an instant. */
    long points(long[][] shares, long at) {
      return rule.points(facts, shares, at);
    }

    /** Returns on how many activities it counts at an instant; 1 for other rules. */
    int count(long at) {
      return rule.count(facts, at);
    }
  }

  /**
   * @param facts by the place of the rule, what it reads of the contact
   * @param unreadable the names of what could not be read, in order
   */
  Timeline(
      CompiledRules model,
      Vocabulary.Values values,
      CompiledRule.Facts[] facts,
      Shares shares,
      SortedSet<String> unreadable) {
    this.model = model;
    this.rules = model.rules();
    this.values = values;
    this.facts = facts;
    this.shares = shares;
    this.unreadable = List.copyOf(unreadable);
    fixed = new long[facts.length];
    fixedSums = new long[model.dimensions()];
    List<Timed> changing = new ArrayList<>(facts.length);
    for (int place = 0; place < facts.length; place++) {
      CompiledRule rule = rules.get(place);
      if (isTimed(place)) {
        changing.add(new Timed(place, rule, facts[place]));
      } else {
        fixed[place] = rule.points(facts[place], NO_SHARES, 0);
        fixedSums[rule.dimension()] += fixed[place];
      }
    }
    timed = changing.toArray(Timed[]::new);
  }

  /** An activity rule that counts nothing gives the same for ever, unless it counts just that. */
  private boolean isTimed(int place) {
    CompiledRule rule = rules.get(place);
    return rule.isTimed()
        && !(rule instanceof CompiledRule.Each && facts[place].occurrences().size() == 0);
  }

  List<CompiledRule> rules() {
    return rules;
  }

  List<String> unreadable() {
    return unreadable;
  }

  /** Returns the rules whose points time changes. */
  Timed[] timed() {
    return timed;
  }

  /** Returns what each rule gives that time does not change, by its place; 0 for the others. */
  long[] fixed() {
    return fixed;
  }

  /** Returns what the rules that time does not change give together, by dimension. */
  long[] fixedSums() {
    return fixedSums;
  }

  /** Returns the lines of the rules that time does not change, by their place; null for none. */
  @Nullable Contribution[] fixedLines(Scale scale) {
    @Nullable Contribution[] lines = fixedLines;
    if (lines == null) {
      lines = new @Nullable Contribution[fixed.length];
      for (int place = 0; place < lines.length; place++) {
        lines[place] =
            fixed[place] == 0 ? null : Ledger.line(this, scale, place, fixed[place], 0);
      }
      fixedLines = lines;
    }
    return lines;
  }

  /** Tells whether the contact is scored at all. */
  boolean isScored(long at) {
    Predicate audience = model.audience();
    return audience == null || audience.holds(values, at);
  }

  /** Returns why the contact is disqualified; empty if it is not. */
  List<String> disqualified(long at) {
    List<String> reasons = List.of();
    for (CompiledRules.Disqualifying disqualifier : model.disqualifiers()) {
      if (disqualifier.when().holds(values, at)) {
        reasons = reasons.isEmpty() ? new ArrayList<>() : reasons;
        reasons.add(disqualifier.reason());
      }
    }
    return List.copyOf(reasons);
  }

  /** Returns what is left of the activities at an instant, for {@link Timed#points}. */
  long[][] shares(long at) {
    return shares.at(at);
  }

  /** Returns on how many activities a rule counts at an instant; 1 for other rules. */
  int count(int place, long at) {
    return rules.get(place).count(facts[place], at);
  }

  /** Returns what a rule that gives points would give if nothing faded. */
  long undecayed(int place, Moment moment) {
    return rules.get(place).undecayed(facts[place], moment.points()[place], moment.at());
  }

  /** Returns what one more activity, or another value, would make a rule give at most. */
  long most(int place, Moment moment) {
    return rules.get(place).most(facts[place], moment.points()[place], moment.at());
  }

  /** Tells whether what a rule gives fades with time. */
  boolean fades(int place) {
    return rules.get(place).fades();
  }

  /** Returns why a rule gives points at an instant, as a sentence. */
  String reason(int place, long at) {
    return rules.get(place).reason(facts[place], at);
  }

  /** Returns the first instant from which on no rule's points change any more, but at turns. */
  long settledAt() {
    long latest = Long.MIN_VALUE;
    for (Timed one : timed) {
      latest = Math.max(latest, one.rule.settledAt(one.facts));
    }
    return latest;
  }

  /**
   * Returns the instants after {@code at} at which a condition on dates, or a count, may turn;
   * between two of them what each rule gives is monotone. In ascending order, each once.
   */
  long[] turns(long at) {
    Turns turns = new Turns(at);
    for (Timed one : timed) {
      one.rule.forEachTurn(one.facts, turns);
    }
    Predicate audience = model.audience();
    if (audience != null) {
      audience.forEachTurn(values, turns);
    }
    for (CompiledRules.Disqualifying disqualifier : model.disqualifiers()) {
      disqualifier.when().forEachTurn(values, turns);
    }
    return turns.sorted();
  }

  /** Collects instants. */
  private static final class Turns implements LongConsumer {
    private final long after;
    private @Nullable List<Long> found;

    Turns(long after) {
      this.after = after;
    }

    @Override
    public void accept(long at) {
      if (at > after && at != Long.MAX_VALUE) {
        found = found == null ? new ArrayList<>() : found;
        found.add(at);
      }
    }

    long[] sorted() {
      return found == null
          ? NO_TURNS
          : found.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    }
  }
}
