package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
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
  private final @Nullable Predicate audience;
  private final Map<String, ActivityType> types;
  private final int dimensions;

  private CompiledRules(
      Vocabulary properties,
      List<CompiledRule> rules,
      List<Disqualifying> disqualifiers,
      @Nullable Predicate audience,
      Map<String, ActivityType> types,
      int dimensions) {
    this.properties = properties;
    this.rules = rules;
    this.disqualifiers = disqualifiers;
    this.audience = audience;
    this.types = types;
    this.dimensions = dimensions;
  }

  /** A compiled disqualifier. */
  record Disqualifying(Predicate when, String reason) {}

  static CompiledRules of(ModelDefinition definition) {
    return new Compiler().compile(definition);
  }

  /** Returns all rules, in the model's order; a rule's place in it is its name elsewhere. */
  List<CompiledRule> rules() {
    return rules;
  }

  List<Disqualifying> disqualifiers() {
    return disqualifiers;
  }

  /** Returns who is scored; null for everybody. */
  @Nullable Predicate audience() {
    return audience;
  }

  /** Returns how many dimensions there are. */
  int dimensions() {
    return dimensions;
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
    Matching matching = new Matching(subject, unreadable);
    return new Timeline(this, values, matching.facts(values), unreadable);
  }

  /** Which activities of a contact each rule counts. */
  private final class Matching {
    private final Subject subject;
    private final SortedSet<String> unreadable;
    private final List<@Nullable List<Occurrences.Matched>> byRule;
    private final Precedence precedence;
    private long lastActiveAt;

    Matching(Subject subject, SortedSet<String> unreadable) {
      this.subject = subject;
      this.unreadable = unreadable;
      byRule = new ArrayList<>(Collections.nCopies(rules.size(), null));
      precedence = new Precedence(subject.activities());
      lastActiveAt = subject.knownSince();
    }

    /** Returns what each rule reads, by its place. */
    CompiledRule.Facts[] facts(Vocabulary.Values values) {
      for (Activity activity : subject.activities()) {
        ActivityType type = types.get(activity.type());
        if (type != null) {
          match(activity, type);
        }
      }
      CompiledRule.Facts common = new CompiledRule.Facts(values, Occurrences.NONE, lastActiveAt);
      CompiledRule.Facts[] facts = new CompiledRule.Facts[rules.size()];
      Arrays.fill(facts, common);
      for (ActivityType type : types.values()) {
        for (ActivityType.Reader reader : type.readers()) {
          List<Occurrences.Matched> matched = byRule.get(reader.place());
          if (matched != null) {
            Occurrences occurrences = Occurrences.of(reader.choice(), matched);
            facts[reader.place()] = new CompiledRule.Facts(values, occurrences, lastActiveAt);
          }
        }
      }
      return facts;
    }

    private void match(Activity activity, ActivityType type) {
      Vocabulary.Values attributes = type.attributes().read(activity.attributes());
      attributes.addUnreadable(activity.type() + ".", unreadable);
      long kept = type.kept(activity, attributes, precedence);
      if (kept == 0 || type.readers().isEmpty()) {
        return;
      }
      lastActiveAt = Math.max(lastActiveAt, activity.at());
      Occurrences.Matched matched = new Occurrences.Matched(activity, kept);
      for (ActivityType.Reader reader : type.readers()) {
        if (reader.where() == null || reader.where().holds(attributes, activity.at())) {
          add(reader.place(), matched);
        }
      }
    }

    private void add(int place, Occurrences.Matched matched) {
      List<Occurrences.Matched> list = byRule.get(place);
      if (list == null) {
        list = new ArrayList<>();
        byRule.set(place, list);
      }
      list.add(matched);
    }
  }

  /** Collects slots while rules are compiled. */
  private static final class Compiler {
    private final Vocabulary.Builder properties = new Vocabulary.Builder();
    private final Map<String, ActivityType.Builder> types = new TreeMap<>();
    private final List<CompiledRule> rules = new ArrayList<>();

    CompiledRules compile(ModelDefinition definition) {
      List<ModelDefinition.Dimension> dimensions = definition.dimensions();
      for (int dimension = 0; dimension < dimensions.size(); dimension++) {
        for (Rule rule : dimensions.get(dimension).rules()) {
          rules.add(compile(rule, dimension));
        }
      }
      for (ModelDefinition.Discount discount : definition.discounts()) {
        type(discount.activity()).discount(discount);
        ModelDefinition.After after = discount.after();
        if (after != null) {
          type(after.activity());
        }
      }
      List<Disqualifying> disqualifiers =
          definition.disqualifiers().stream()
              .map(one -> new Disqualifying(Predicate.of(one.when(), properties), one.reason()))
              .toList();
      Condition audience = definition.audience();
      Predicate scored = audience == null ? null : Predicate.of(audience, properties);
      Map<String, ActivityType> built = new HashMap<>();
      types.forEach((name, type) -> built.put(name, type.build()));
      return new CompiledRules(
          properties.build(),
          List.copyOf(rules),
          disqualifiers,
          scored,
          Map.copyOf(built),
          dimensions.size());
    }

    private ActivityType.Builder type(String name) {
      return types.computeIfAbsent(name, fresh -> new ActivityType.Builder());
    }

    private CompiledRule compile(Rule rule, int dimension) {
      return switch (rule) {
        case Rule.OnProperty(String id, Condition when, long points, String reason) -> {
          Predicate predicate = Predicate.of(when, properties);
          Sentence sentence = new Sentence(reason, predicate.firstSlot());
          yield new CompiledRule.Once(
              id, dimension, predicate, predicate.isTimed(), points, sentence);
        }
        case Rule.ByRange range -> {
          int slot = properties.slot(range.property(), Value.Need.NUMBER);
          Sentence sentence = new Sentence(range.reason(), slot);
          yield new CompiledRule.Banded(
              range.id(), dimension, slot, range.bands(), range.missing(), sentence);
        }
        case Rule.ByValue byValue -> valued(byValue, dimension);
        case Rule.OnActivity activity -> compile(activity, dimension);
        case Rule.OnSilence(String id, long span, long points, String reason) ->
            new CompiledRule.Silent(id, dimension, span, points, new Sentence(reason, -1));
      };
    }

    private CompiledRule valued(Rule.ByValue rule, int dimension) {
      int slot = properties.slot(rule.property());
      Map<String, Long> points = new HashMap<>();
      rule.values().forEach((value, given) -> points.put(Value.fold(value), given));
      return new CompiledRule.Valued(
          rule.id(),
          dimension,
          slot,
          Map.copyOf(points),
          rule.other(),
          rule.missing(),
          new Sentence(rule.reason(), slot));
    }

    private CompiledRule compile(Rule.OnActivity rule, int dimension) {
      type(rule.activity()).reader(rules.size(), rule.where(), rule.choice());
      long window = rule.within() == null ? Long.MAX_VALUE : rule.within();
      Fading fading = Fading.of(rule.decay());
      Sentence sentence = new Sentence(rule.reason(), -1);
      ActivityWording wording = ActivityWording.of(rule);
      return switch (rule.gives()) {
        case Rule.Gives.Each(long points) ->
            new CompiledRule.Each(
                rule.id(),
                dimension,
                points,
                window,
                fading,
                limit(rule.limit(), points),
                sentence,
                wording);
        case Rule.Gives.ByCount(List<Rule.Band> bands) ->
            new CompiledRule.Counted(
                rule.id(), dimension, bands, window, fading, sentence, wording);
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
