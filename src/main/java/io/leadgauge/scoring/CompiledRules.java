package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a model, ready to be applied: properties by slot, activity rules by the type of
 * activity, so that each property is read once and each activity looked at once.
 */
final class CompiledRules {
  private final Vocabulary properties;
  private final List<CompiledRule> rules;
  private final List<Disqualifying> disqualifiers;
  private final Map<String, OfType> types;

  private CompiledRules(
      Vocabulary properties,
      List<CompiledRule> rules,
      List<Disqualifying> disqualifiers,
      Map<String, OfType> types) {
    this.properties = properties;
    this.rules = rules;
    this.disqualifiers = disqualifiers;
    this.types = types;
  }

  /** A compiled disqualifier. */
  private record Disqualifying(Predicate when, String reason) {}

  /**
   * The rules that read one type of activity.
   *
   * @param attributes what they read of it
   * @param places their places among all rules
   */
  private record OfType(Vocabulary attributes, List<Integer> places) {}

  static CompiledRules of(ModelDefinition definition) {
    return new Compiler().compile(definition);
  }

  /** Returns all rules, in the model's order; a rule's place in it is its name elsewhere. */
  List<CompiledRule> rules() {
    return rules;
  }

  SortedSet<String> properties() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(properties.names()));
  }

  SortedSet<String> activityTypes() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(types.keySet()));
  }

  /** Reads all that the rules need of a contact. */
  Timeline read(Subject subject) {
    Vocabulary.Values values = properties.read(subject.properties());
    SortedSet<String> unreadable = new TreeSet<>();
    values.addUnreadable("", unreadable);
    Matched matched = match(subject, unreadable);
    long[][] times = new long[rules.size()][];
    for (int place = 0; place < times.length; place++) {
      times[place] =
          rules.get(place) instanceof CompiledRule.Repeated repeated
              ? Occurrences.select(repeated, matched.byRule.get(place))
              : Occurrences.NONE;
    }
    return new Timeline(
        rules, values, times, matched.lastActiveAt, disqualified(values), unreadable);
  }

  /**
   * Which activities each rule counts, before {@code distinct} and {@code atMost}.
   *
   * @param byRule by the place of the rule
   * @param lastActiveAt the latest activity of any type that is read, or when silence began
   */
  private record Matched(List<List<Activity>> byRule, long lastActiveAt) {}

  private Matched match(Subject subject, SortedSet<String> unreadable) {
    List<List<Activity>> byRule = new ArrayList<>(Collections.nCopies(rules.size(), List.of()));
    long lastActiveAt = subject.knownSince();
    for (Activity activity : subject.activities()) {
      OfType type = types.get(activity.type());
      if (type != null) {
        lastActiveAt = Math.max(lastActiveAt, activity.at());
        Vocabulary.Values attributes = type.attributes.read(activity.attributes());
        attributes.addUnreadable(activity.type() + ".", unreadable);
        for (int place : type.places) {
          if (counts(place, attributes)) {
            add(byRule, place, activity);
          }
        }
      }
    }
    return new Matched(byRule, lastActiveAt);
  }

  private boolean counts(int place, Vocabulary.Values attributes) {
    return rules.get(place) instanceof CompiledRule.Repeated repeated
        && (repeated.where() == null || repeated.where().holds(attributes));
  }

  private static void add(List<List<Activity>> byRule, int place, Activity activity) {
    if (byRule.get(place).isEmpty()) {
      byRule.set(place, new ArrayList<>());
    }
    byRule.get(place).add(activity);
  }

  private List<String> disqualified(Vocabulary.Values values) {
    List<String> reasons = new ArrayList<>();
    for (Disqualifying disqualifier : disqualifiers) {
      if (disqualifier.when.holds(values)) {
        reasons.add(disqualifier.reason);
      }
    }
    return List.copyOf(reasons);
  }

  /** Collects slots while rules are compiled. */
  private static final class Compiler {
    private final Vocabulary.Builder properties = new Vocabulary.Builder();
    private final Map<String, Vocabulary.Builder> attributes = new TreeMap<>();
    private final Map<String, List<Integer>> places = new TreeMap<>();
    private final List<CompiledRule> rules = new ArrayList<>();

    CompiledRules compile(ModelDefinition definition) {
      for (int dimension = 0; dimension < definition.dimensions().size(); dimension++) {
        for (Rule rule : definition.dimensions().get(dimension).rules()) {
          rules.add(compile(rule, dimension));
        }
      }
      List<Disqualifying> disqualifiers =
          definition.disqualifiers().stream()
              .map(one -> new Disqualifying(Predicate.of(one.when(), properties), one.reason()))
              .toList();
      Map<String, OfType> types = new TreeMap<>();
      attributes.forEach(
          (type, names) ->
              types.put(type, new OfType(names.build(), places.getOrDefault(type, List.of()))));
      return new CompiledRules(
          properties.build(), List.copyOf(rules), disqualifiers, Map.copyOf(types));
    }

    private CompiledRule compile(Rule rule, int dimension) {
      return switch (rule) {
        case Rule.OnProperty(String id, Condition when, long points) ->
            new CompiledRule.Once(id, dimension, Predicate.of(when, properties), points);
        case Rule.ByRange(String id, String property, List<Rule.Band> bands, long missing) ->
            new CompiledRule.Banded(
                id, dimension, properties.slot(property, Value.Need.NUMBER), bands, missing);
        case Rule.OnActivity activity -> compile(activity, dimension);
        case Rule.OnSilence(String id, long span, long points) ->
            new CompiledRule.Silent(
                id, dimension, span, points, "No activity for at least " + Wording.span(span));
      };
    }

    private CompiledRule compile(Rule.OnActivity rule, int dimension) {
      String type = rule.activity();
      Vocabulary.Builder names =
          attributes.computeIfAbsent(type, fresh -> new Vocabulary.Builder());
      places.computeIfAbsent(type, fresh -> new ArrayList<>()).add(rules.size());
      Condition where = rule.where();
      return new CompiledRule.Repeated(
          rule.id(),
          dimension,
          where == null ? null : Predicate.of(where, names),
          rule.points(),
          rule.within() == null ? Long.MAX_VALUE : rule.within(),
          halfLife(rule.decay()),
          limit(rule.limit(), rule.points()),
          rule.distinct(),
          rule.atMost() == null ? Integer.MAX_VALUE : rule.atMost(),
          ActivityWording.of(rule));
    }

    private static long halfLife(Decay decay) {
      return switch (decay) {
        case Decay.None none -> 0;
        case Decay.HalfLife(long span) -> span;
      };
    }

    private static long limit(@Nullable Long limit, long points) {
      if (limit != null) {
        return limit;
      }
      return points < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
