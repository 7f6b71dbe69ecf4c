package io.leadgauge.scoring;

import java.util.List;
import java.util.SortedSet;

/**
 * One contact under one model, read once: what its rules give at any instant, as long as no fact
 * changes.
 */
final class Timeline {
  private final List<CompiledRule> rules;
  private final Vocabulary.Values values;
  private final long[] fixed;
  private final long[][] times;
  private final long lastActiveAt;
  private final List<String> disqualified;
  private final SortedSet<String> unreadable;

  /**
   * @param times by the place of the rule, when the activities that count happened, newest first
   * @param lastActiveAt the start of the silence
   * @param disqualified why the contact is disqualified
   */
  Timeline(
      List<CompiledRule> rules,
      Vocabulary.Values values,
      long[][] times,
      long lastActiveAt,
      List<String> disqualified,
      SortedSet<String> unreadable) {
    this.rules = rules;
    this.values = values;
    this.times = times;
    this.lastActiveAt = lastActiveAt;
    this.disqualified = disqualified;
    this.unreadable = unreadable;
    this.fixed = new long[rules.size()];
    for (int place = 0; place < fixed.length; place++) {
      fixed[place] = fixed(rules.get(place));
    }
  }

  private long fixed(CompiledRule rule) {
    return switch (rule) {
      case CompiledRule.Once once -> once.when().holds(values) ? once.points() : 0;
      case CompiledRule.Banded banded -> banded.points(values);
      case CompiledRule.Repeated repeated -> 0;
      case CompiledRule.Silent silent -> 0;
    };
  }

  List<CompiledRule> rules() {
    return rules;
  }

  List<String> disqualified() {
    return disqualified;
  }

  SortedSet<String> unreadable() {
    return unreadable;
  }

  /** Returns what each rule gives at an instant, by its place. */
  long[] points(long at) {
    long[] points = new long[rules.size()];
    for (int place = 0; place < points.length; place++) {
      points[place] = points(place, at);
    }
    return points;
  }

  /** Returns what a rule gives at an instant. */
  private long points(int place, long at) {
    return switch (rules.get(place)) {
      case CompiledRule.Once once -> fixed[place];
      case CompiledRule.Banded banded -> fixed[place];
      case CompiledRule.Repeated repeated -> repeated.points(times[place], at);
      case CompiledRule.Silent silent -> silent.points(lastActiveAt, at);
    };
  }

  /** Returns on how many activities a rule counts at an instant; 1 for other rules. */
  int count(int place, long at) {
    return rules.get(place) instanceof CompiledRule.Repeated repeated
        ? repeated.count(times[place], at)
        : 1;
  }

  /** Returns what a rule that gives points would give if nothing faded. */
  long undecayed(int place, long at) {
    return rules.get(place) instanceof CompiledRule.Repeated repeated
        ? repeated.undecayed(count(place, at))
        : points(place, at);
  }

  /** Tells whether what a rule gives fades with time. */
  boolean fades(int place) {
    return rules.get(place) instanceof CompiledRule.Repeated repeated && repeated.fades();
  }

  /** Returns why a rule gives points at an instant, as a sentence. */
  String reason(int place, long at) {
    return switch (rules.get(place)) {
      case CompiledRule.Once once -> Wording.facts(once.when(), values);
      case CompiledRule.Banded banded -> Wording.number(banded.slot(), values);
      case CompiledRule.Silent silent -> silent.reason();
      case CompiledRule.Repeated repeated -> {
        int count = repeated.count(times[place], at);
        boolean limited = repeated.undecayed(count) != count * repeated.points();
        yield repeated.wording().reason(count, limited);
      }
    };
  }

  /** Returns the first instant from which on no rule's points change any more. */
  long settledAt() {
    long latest = Long.MIN_VALUE;
    for (int place = 0; place < rules.size(); place++) {
      latest = Math.max(latest, settledAt(place));
    }
    return latest;
  }

  private long settledAt(int place) {
    return switch (rules.get(place)) {
      case CompiledRule.Once once -> Long.MIN_VALUE;
      case CompiledRule.Banded banded -> Long.MIN_VALUE;
      case CompiledRule.Repeated repeated -> repeated.settledAt(times[place]);
      case CompiledRule.Silent silent -> CompiledRule.later(lastActiveAt, silent.span());
    };
  }
}
