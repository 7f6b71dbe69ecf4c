package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Contribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private final CompiledRule[] rules;
  private final List<Disqualifying> disqualifiers;
  private final @Nullable Predicate audience;
  private final Map<String, ActivityType> types;
  private final List<Fading> fadings;
  private final List<String> dimensions;

  /** By the place of the rule. */
  private final String[] ids;

  private final int[] dimensionOf;

  private CompiledRules(
      Vocabulary properties,
      List<CompiledRule> rules,
      List<Disqualifying> disqualifiers,
      @Nullable Predicate audience,
      Map<String, ActivityType> types,
      List<Fading> fadings,
      List<String> dimensions) {
    this.properties = properties;
    this.rules = rules.toArray(CompiledRule[]::new);
    this.disqualifiers = disqualifiers;
    this.audience = audience;
    this.types = types;
    this.fadings = fadings;
    this.dimensions = dimensions;
    ids = rules.stream().map(CompiledRule::id).toArray(String[]::new);
    dimensionOf = rules.stream().mapToInt(CompiledRule::dimension).toArray();
  }

  /** A compiled disqualifier. */
  record Disqualifying(Predicate when, String reason) {}

  static CompiledRules of(ModelDefinition definition) {
    return new Compiler().compile(definition);
  }

  /** Returns all rules, in the model's order; a rule's place in it is its name elsewhere. */
  CompiledRule[] rules() {
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
    return dimensions.size();
  }

  /** Returns the place of the dimension of a rule. */
  int dimension(int place) {
    return dimensionOf[place];
  }

  /** Returns the line of the ledger that tells what a rule gives, and why. */
  Contribution line(int place, long points, String reason) {
    return new Contribution(ids[place], dimensions.get(dimensionOf[place]), points, reason);
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
    values.addUnreadable(unreadable);
    Matching matching = new Matching(subject, unreadable);
    matching.matchAll();
    return new Timeline(this, values, matching.facts(values), matching.shares(), unreadable);
  }

  /** Which activities of a contact each rule counts. */
  private final class Matching {
    private static final Comparator<Activity> NEWEST_FIRST =
        (one, other) -> Long.compare(other.at(), one.at());

    private final Activity[] newestFirst;
    private final SortedSet<String> unreadable;
    private final Precedence precedence;
    private final Shares.Builder shares = new Shares.Builder(fadings);
    private final Facts.@Nullable Builder[] byRule = new Facts.@Nullable Builder[rules.length];
    private long lastActiveAt;

    Matching(Subject subject, SortedSet<String> unreadable) {
      newestFirst = subject.activities().toArray(Activity[]::new);
      Arrays.sort(newestFirst, NEWEST_FIRST);
      this.unreadable = unreadable;
      precedence = new Precedence(subject.activities());
      lastActiveAt = subject.knownSince();
    }

    void matchAll() {
      int next;
      for (int from = 0; from < newestFirst.length; from = next) {
        next = from + 1;
        while (next < newestFirst.length && newestFirst[next].at() == newestFirst[from].at()) {
          next++;
        }
        if (next - from == 1) {
          match(read(newestFirst[from]));
        } else {
          matchSameInstant(Arrays.asList(newestFirst).subList(from, next));
        }
      }
    }

    /** The same activity may be there twice; of different ones the less discounted goes first. */
    private void matchSameInstant(List<Activity> activities) {
      activities.stream()
          .distinct()
          .map(this::read)
          .sorted(Comparator.comparingLong(ActivityType.Known::kept).reversed())
          .forEach(this::match);
    }

    private ActivityType.Known read(Activity activity) {
      ActivityType type = types.getOrDefault(activity.type(), ActivityType.NONE);
      ActivityType.Known known = type.read(activity, precedence);
      known.attributes().addUnreadable(unreadable);
      return known;
    }

    private void match(ActivityType.Known known) {
      List<ActivityType.Reader> readers = known.type().readers();
      if (known.kept() == 0 || readers.isEmpty()) {
        return;
      }
      long at = known.activity().at();
      lastActiveAt = Math.max(lastActiveAt, at);
      for (ActivityType.Reader reader : readers) {
        if (reader.where() == null || reader.where().holds(known.attributes(), at)) {
          add(reader, known.activity(), known.kept());
        }
      }
    }

    private void add(ActivityType.Reader reader, Activity activity, long kept) {
      Facts.Builder counted = byRule[reader.place()];
      if (counted == null) {
        counted = new Facts.Builder(reader.choice());
        byRule[reader.place()] = counted;
      }
      if (counted.takes(activity)) {
        int place = reader.share() < 0 ? 0 : shares.place(reader.share(), activity.at());
        counted.add(activity.at(), place, kept);
      }
    }

    /** Returns what each rule reads, by its place. */
    Facts[] facts(Vocabulary.Values values) {
      Facts common = Facts.withoutActivities(values, lastActiveAt);
      Facts[] facts = new Facts[byRule.length];
      for (int place = 0; place < facts.length; place++) {
        Facts.Builder counted = byRule[place];
        facts[place] = counted == null ? common : counted.build(values, lastActiveAt);
      }
      return facts;
    }

    Shares shares() {
      return shares.build();
    }
  }

  /** Collects slots while rules are compiled. */
  private static final class Compiler {
    private final Vocabulary.Builder properties = new Vocabulary.Builder("");
    private final Map<String, ActivityType.Builder> types = new TreeMap<>();
    private final List<CompiledRule> rules = new ArrayList<>();

    /** The place of each way of fading. */
    private final Map<Decay, Integer> fadings = new LinkedHashMap<>();

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
          rules,
          disqualifiers,
          scored,
          Map.copyOf(built),
          fadings.keySet().stream().map(Fading::of).toList(),
          dimensions.stream().map(ModelDefinition.Dimension::name).toList());
    }

    private ActivityType.Builder type(String name) {
      return types.computeIfAbsent(name, ActivityType.Builder::new);
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
      long window = rule.within() == null ? Long.MAX_VALUE : rule.within();
      Fading fading = Fading.of(rule.decay());
      CountedReason reason =
          new CountedReason(new Sentence(rule.reason(), -1), ActivityWording.of(rule));
      return switch (rule.gives()) {
        case Rule.Gives.Each(long points) -> {
          int share = fadings.computeIfAbsent(rule.decay(), fresh -> fadings.size());
          type(rule.activity()).reader(rules.size(), rule.where(), rule.choice(), share);
          long limit = limit(rule.limit(), points);
          long whole = points % FixedPoint.ONE == 0 ? points / FixedPoint.ONE : 0;
          yield new CompiledRule.Each(
              rule.id(),
              dimension,
              points,
              whole,
              window,
              fading,
              share,
              limit,
              rule.choice().once(),
              reason);
        }
        case Rule.Gives.ByCount(List<Rule.Band> bands) -> {
          type(rule.activity()).reader(rules.size(), rule.where(), rule.choice(), -1);
          yield new CompiledRule.Counted(
              rule.id(), dimension, bands, window, fading, rule.choice().once(), reason);
        }
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
