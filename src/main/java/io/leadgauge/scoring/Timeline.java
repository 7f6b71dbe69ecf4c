package io.leadgauge.scoring;

import io.leadgauge.model.Contribution;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final CompiledRule[] rules;
  private final Vocabulary.Values values;
  private final Facts[] facts;
  private final Shares shares;
  private final List<String> unreadable;

  /** By the place of the rule, what those give that time does not change; 0 for the others. */
  private final long[] fixed;

  /** The same, summed by dimension. */
  private final long[] fixedSums;

  /** The places of the rules that time changes. */
  private final int[] timed;

  /** By the place of the rule, whether its points are told by a net. */
  private final boolean[] netted;

  private final List<Net> nets;

  /** Made when first asked for: any thread makes the same. */
  private volatile @Nullable Contribution @Nullable [] fixedLines;

  /**
   * @param facts by the place of the rule, what it reads of the contact
   * @param unreadable the names of what could not be read, in order
   */
  Timeline(
      CompiledRules model,
      Vocabulary.Values values,
      Facts[] facts,
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
    int[] places = new int[facts.length];
    int count = 0;
    for (int place = 0; place < facts.length; place++) {
      CompiledRule rule = rules[place];
      if (rule.isTimed(facts[place])) {
        places[count++] = place;
      } else {
        fixed[place] = rule.points(facts[place], NO_SHARES, 0);
        fixedSums[rule.dimension()] += fixed[place];
      }
    }
    timed = Arrays.copyOf(places, count);
    netted = new boolean[facts.length];
    nets = Net.of(rules, facts, shares, netted);
  }

  CompiledRule[] rules() {
    return rules;
  }

  List<String> unreadable() {
    return unreadable;
  }

  /** Returns the places of the rules whose points time changes. */
  int[] timed() {
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
  @Nullable Contribution[] fixedLines() {
    @Nullable Contribution[] lines = fixedLines;
    if (lines == null) {
      lines = new @Nullable Contribution[fixed.length];
      for (int place = 0; place < lines.length; place++) {
        long points = fixed[place];
        lines[place] =
            points == 0 ? null : model.line(place, points, rules[place].reason(facts[place], 0));
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

  /** Tells whether time alone cannot take the contact from those who are scored. */
  boolean isScoredForever() {
    Predicate audience = model.audience();
    return audience == null || !audience.isTimed();
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

  /** Returns what is left of the activities at an instant, for {@link #points}. */
  long[][] shares(long at) {
    return shares.at(at);
  }

  /** Tells whether a rule's part of the sums comes by {@link #addNets}. */
  boolean isNetted(int place) {
    return netted[place];
  }

  /** Adds to the sums of the dimensions what rules give together that give and take alike. */
  void addNets(long[] falling, long[] rising, long[][] left, long at) {
    for (Net net : nets) {
      net.addTo(falling, rising, shares, left, at);
    }
  }

  /** Returns what a rule gives at an instant. */
  long points(int place, long[][] shares, long at) {
    return rules[place].points(facts[place], shares, at);
  }

  /** Returns on how many activities a rule counts at an instant; 1 for other rules. */
  int count(int place, long at) {
    return rules[place].count(facts[place], at);
  }

  /** Returns what a rule that gives points would give if nothing faded. */
  long undecayed(int place, Moment moment) {
    return rules[place].undecayed(facts[place], moment.points()[place], moment.at());
  }

  /** Returns what one more activity, or another value, would make a rule give at most. */
  long most(int place, Moment moment) {
    return rules[place].most(facts[place], moment.points()[place], moment.at());
  }

  /** Returns the reason of a rule where time alone can turn it; empty where it cannot. */
  String turningReason(int place, long at) {
    return rules[place].turningReason(facts[place], at);
  }

  /** Tells whether what a rule gives fades with time. */
  boolean fades(int place) {
    return rules[place].fades();
  }

  /** Returns what a rule gives at an instant, and why. */
  Contribution line(int place, long points, long at) {
    return model.line(place, points, rules[place].reason(facts[place], at));
  }

  /** Returns the place of a rule's dimension. */
  int dimension(int place) {
    return model.dimension(place);
  }

  /** Returns why a rule gives points at an instant, as a sentence. */
  String reason(int place, long at) {
    return rules[place].reason(facts[place], at);
  }

  /** Returns the first instant from which on no rule's points change any more, but at turns. */
  long settledAt() {
    long latest = Long.MIN_VALUE;
    for (int place : timed) {
      latest = Math.max(latest, rules[place].settledAt(facts[place]));
    }
    return latest;
  }

  /**
   * Returns the instants after {@code at} at which a condition on dates, or a count, may turn;
   * between two of them what each rule gives is monotone. In ascending order, each once.
   */
  long[] turns(long at) {
    Turns turns = new Turns(at);
    for (int place : timed) {
      rules[place].forEachTurn(facts[place], turns);
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
