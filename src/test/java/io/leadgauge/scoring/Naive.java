package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Generated.Case;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Points of one rule, read straight from the definition: every condition on every activity, the
 * window first, nothing shared, nothing sorted beforehand.
 */
final class Naive {
  private Naive() {}

  static long points(ModelDefinition definition, Rule rule, Case one) {
    return switch (rule) {
      case Rule.OnProperty property ->
          holds(property.when(), one.subject().properties()) ? property.points() : 0;
      case Rule.ByRange range -> points(range, one.subject().properties().get(range.property()));
      case Rule.OnActivity activity -> points(activity, one.subject().activities(), one.now());
      case Rule.OnSilence silence -> {
        long last = one.subject().knownSince();
        for (Activity activity : one.subject().activities()) {
          if (types(definition).contains(activity.type())) {
            last = Math.max(last, activity.at());
          }
        }
        yield one.now() - last >= silence.span() ? silence.points() : 0;
      }
    };
  }

  private static Set<String> types(ModelDefinition definition) {
    Set<String> types = new HashSet<>();
    for (ModelDefinition.Dimension dimension : definition.dimensions()) {
      for (Rule rule : dimension.rules()) {
        if (rule instanceof Rule.OnActivity activity) {
          types.add(activity.activity());
        }
      }
    }
    return types;
  }

  private static long points(Rule.ByRange range, @Nullable String value) {
    if (value == null) {
      return range.missing();
    }
    for (Rule.Band band : range.bands()) {
      Condition inBand = new Condition.InRange("x", band.from(), band.to());
      if (holds(inBand, Map.of("x", value))) {
        return band.points();
      }
    }
    return 0;
  }

  private static long points(Rule.OnActivity rule, List<Activity> activities, long now) {
    long sum = 0;
    for (Activity activity : counted(rule, activities, now)) {
      long age = Math.max(0, now - activity.at());
      sum +=
          rule.decay() instanceof Decay.HalfLife(long span)
              ? FixedPoint.times(rule.points(), HalfLifeWeight.of(age, span))
              : rule.points();
    }
    if (rule.limit() == null) {
      return sum;
    }
    return rule.points() < 0 ? Math.max(sum, rule.limit()) : Math.min(sum, rule.limit());
  }

  private static List<Activity> counted(Rule.OnActivity rule, List<Activity> activities, long now) {
    List<Activity> matched = new ArrayList<>();
    for (Activity activity : new TreeSet<>(activities).descendingSet()) {
      boolean inWindow = rule.within() == null || now - activity.at() < rule.within();
      boolean where = rule.where() == null || holds(rule.where(), activity.attributes());
      if (activity.type().equals(rule.activity()) && inWindow && where) {
        matched.add(activity);
      }
    }
    Set<String> seen = new HashSet<>();
    if (rule.distinct() != null) {
      matched.removeIf(
          activity -> !seen.add(activity.attributes().getOrDefault(rule.distinct(), "")));
    }
    Map<Long, Integer> days = new HashMap<>();
    if (rule.atMost() != null) {
      matched.removeIf(
          activity -> days.merge(activity.at() / Samples.DAY, 1, Integer::sum) > rule.atMost());
    }
    return matched;
  }

  private static boolean holds(Condition condition, Map<String, String> values) {
    return switch (condition) {
      case Condition.All all -> all.conditions().stream().allMatch(one -> holds(one, values));
      case Condition.Any any -> any.conditions().stream().anyMatch(one -> holds(one, values));
      case Condition.Not not -> !holds(not.condition(), values);
      case Condition.Present present -> values.containsKey(present.name());
      case Condition.Missing missing -> !values.containsKey(missing.name());
      case Condition.In in ->
          values.containsKey(in.name())
              && in.values().stream().anyMatch(values.get(in.name())::equalsIgnoreCase);
      case Condition.Is is -> Boolean.toString(is.value()).equals(values.get(is.name()));
      case Condition.InRange(String name, Long from, Long to) -> {
        String text = values.getOrDefault(name, "");
        if (!text.matches("[0-9.]+")) {
          yield false;
        }
        long number = new BigDecimal(text).movePointRight(6).longValueExact();
        yield (from == null || number >= from) && (to == null || number < to);
      }
      case Condition.Like like ->
          like.globs().stream()
              .map(glob -> glob.replace(".", "\\.").replace("*", ".*"))
              .anyMatch(values.getOrDefault(like.name(), "")::matches);
      case Condition.MailDomain mail ->
          mail.domains().stream()
              .anyMatch(domain -> values.getOrDefault(mail.name(), "").endsWith("@" + domain));
      case Condition.TitleSeniority title ->
          values.getOrDefault(title.name(), "").matches("VP Sales|CEO");
    };
  }
}
