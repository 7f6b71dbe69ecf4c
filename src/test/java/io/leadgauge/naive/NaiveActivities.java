package io.leadgauge.naive;

import static io.leadgauge.naive.Amounts.ALL;
import static io.leadgauge.naive.Amounts.percentage;
import static io.leadgauge.naive.Amounts.span;

import io.leadgauge.naive.NaiveContact.NaiveActivity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The activities of a contact after the discounts of a model, newest first: docs/language.md, Rules
 * on activities, Discounts and Silence.
 */
final class NaiveActivities {
  private static final long DAY = 86_400_000;

  private final long now;
  private final List<Discounted> happened;

  /**
   * An activity of which a discount leaves something.
   *
   * @param share what is left, in millionths
   */
  record Discounted(NaiveActivity activity, long share) {}

  NaiveActivities(NaiveContact contact, List<Plain> discounts, long now) {
    this.now = now;
    this.happened =
        contact.activities().stream()
            .map(activity -> new Discounted(activity, share(activity, discounts, contact)))
            .filter(one -> one.share() > 0)
            .sorted(
                Comparator.comparing((Discounted one) -> one.activity().at())
                    .thenComparing(Discounted::share)
                    .reversed())
            .toList();
  }

  private static long share(NaiveActivity activity, List<Plain> discounts, NaiveContact contact) {
    return discounts.stream()
        .filter(discount -> discount.text("activity").equals(activity.type()))
        .filter(discount -> NaiveConditions.where(discount, activity))
        .filter(discount -> !discount.has("after") || follows(activity, discount, contact))
        .mapToLong(discount -> percentage(discount.text("to")))
        .min()
        .orElse(ALL);
  }

  private static boolean follows(NaiveActivity activity, Plain discount, NaiveContact contact) {
    Plain after = discount.child("after");
    return contact.activities().stream()
        .filter(other -> !other.equals(activity))
        .filter(other -> other.type().equals(after.text("activity")))
        .filter(other -> other.at() <= activity.at())
        .filter(other -> activity.at() - other.at() < span(after.text("within")))
        .anyMatch(other -> agree(activity, other, after.maybe("same")));
  }

  /** Tells whether two activities both have an attribute, and the same value of it. */
  private static boolean agree(NaiveActivity one, NaiveActivity other, Optional<String> same) {
    Optional<String> its = same.flatMap(one::attribute).map(NaiveValue::text);
    Optional<String> others = same.flatMap(other::attribute).map(NaiveValue::text);
    return same.isEmpty() || (its.isPresent() && its.equals(others));
  }

  long age(NaiveActivity activity) {
    return Math.max(0, now - activity.at());
  }

  /** Returns the activities that count for a rule, newest first. */
  List<Discounted> counting(Plain rule) {
    List<Discounted> counting =
        happened.stream()
            .filter(one -> one.activity().type().equals(rule.text("activity")))
            .filter(one -> NaiveConditions.where(rule, one.activity()))
            .filter(one -> !rule.has("within") || isWithin(rule, one.activity()))
            .toList();
    if (rule.has("distinct")) {
      String name = rule.text("distinct");
      counting = newest(counting, 1, one -> one.attribute(name).map(NaiveValue::text));
    }
    if (rule.has("atMost")) {
      int count = Integer.parseInt(rule.child("atMost").text("count"));
      counting = newest(counting, count, one -> Math.floorDiv(one.at(), DAY));
    }
    if (rule.maybe("once").orElse("false").equals("true")) {
      counting = newest(counting, 1, one -> "all");
    }
    return counting;
  }

  private boolean isWithin(Plain rule, NaiveActivity activity) {
    return age(activity) < span(rule.text("within"));
  }

  /** Returns the first so many of each group. */
  private static List<Discounted> newest(
      List<Discounted> sorted, int count, Function<NaiveActivity, Object> group) {
    Map<Object, Integer> taken = new HashMap<>();
    List<Discounted> newest = new ArrayList<>();
    for (Discounted one : sorted) {
      if (taken.merge(group.apply(one.activity()), 1, Integer::sum) <= count) {
        newest.add(one);
      }
    }
    return newest;
  }

  /** Tells whether so long nothing has happened of types that activity rules name. */
  boolean silentFor(long span, List<String> types, long knownSince) {
    long latest =
        happened.stream()
            .map(Discounted::activity)
            .filter(activity -> types.contains(activity.type()))
            .mapToLong(NaiveActivity::at)
            .max()
            .orElse(knownSince);
    return now - Math.max(latest, knownSince) >= span;
  }
}
