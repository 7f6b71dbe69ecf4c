package io.leadgauge.naive;

import static io.leadgauge.naive.Amounts.held;
import static io.leadgauge.naive.Amounts.points;
import static io.leadgauge.naive.Amounts.span;
import static io.leadgauge.naive.Amounts.times;

import io.leadgauge.naive.NaiveActivities.Discounted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A model as docs/language.md explains it, section by section. */
public final class NaiveModel {
  private static final String DEFAULT_MIN = "0";
  private static final String DEFAULT_MAX = "100";

  private final Plain spec;

  private NaiveModel(Plain spec) {
    this.spec = spec;
  }

  /** Reads the text of a manifest of kind {@code Model}. */
  public static NaiveModel of(String manifest) {
    return new NaiveModel(Plain.of(manifest).child("spec"));
  }

  /** Scores the contact of a file at an instant. */
  public NaiveScore score(String contact, long now) {
    return new At(NaiveContact.of(contact), now).score();
  }

  private Plain dimension(String name) {
    return spec.child("dimensions").child(name);
  }

  private List<String> dimensions() {
    return List.copyOf(spec.child("dimensions").keys());
  }

  private List<Plain> rules() {
    return dimensions().stream()
        .flatMap(name -> dimension(name).children("rules").stream())
        .toList();
  }

  private List<String> activityTypes() {
    return rules().stream().flatMap(rule -> rule.maybe("activity").stream()).toList();
  }

  /** One contact at one instant. */
  private final class At {
    private final NaiveContact contact;
    private final long now;
    private final NaiveConditions conditions;
    private final NaiveActivities activities;
    private final Map<String, Long> contributions = new TreeMap<>();

    At(NaiveContact contact, long now) {
      this.contact = contact;
      this.now = now;
      this.conditions = new NaiveConditions(now);
      this.activities = new NaiveActivities(contact, spec.children("discount"), now);
    }

    NaiveScore score() {
      if (!isScored()) {
        return NaiveScore.NONE;
      }
      Map<String, Long> limited = new TreeMap<>();
      long sum = 0;
      for (String name : dimensions()) {
        long points = limited(name);
        limited.put(name, points);
        long weighted = times(points, points(dimension(name).maybe("weight").orElse("1")));
        add("_weight:" + name, weighted - points);
        sum += weighted;
      }
      long total = total(sum);
      List<String> disqualified = disqualified();
      NaiveOutcome outcome = new NaiveOutcome(spec, limited, total, !disqualified.isEmpty());
      Optional<String> label = outcome.label(contact.label());
      return new NaiveScore(
          true,
          total / Amounts.ALL,
          limited,
          outcome.grade(),
          label,
          outcome.segment(label),
          disqualified,
          contributions,
          unreadable());
    }

    private boolean isScored() {
      return (!spec.has("include") || conditions.holds(spec.child("include"), contact))
          && (!spec.has("exclude") || !conditions.holds(spec.child("exclude"), contact));
    }

    private long limited(String name) {
      Plain dimension = dimension(name);
      long sum = 0;
      for (Plain rule : dimension.children("rules")) {
        long points = given(rule, dimension);
        add(rule.text("id"), points);
        sum += points;
      }
      long limited = held(sum, bound(dimension, "min"), bound(dimension, "max"));
      add("_limit:" + name, limited - sum);
      return limited;
    }

    private long total(long sum) {
      Plain bounds = spec.childOrEmpty("total");
      long held =
          held(
              sum,
              Optional.of(points(bounds.maybe("min").orElse(DEFAULT_MIN))),
              Optional.of(points(bounds.maybe("max").orElse(DEFAULT_MAX))));
      add("_clamp", held - sum);
      long shown = Amounts.wholePoints(held);
      add("_rounding", shown - held);
      return shown;
    }

    private void add(String line, long points) {
      if (points != 0) {
        contributions.put(line, points);
      }
    }

    private static Optional<Long> bound(Plain holder, String key) {
      return holder.maybe(key).map(Amounts::points);
    }

    private long given(Plain rule, Plain dimension) {
      if (rule.has("when")) {
        return conditions.holds(rule.child("when"), contact) ? points(rule.text("points")) : 0;
      }
      if (rule.has("property")) {
        return byValue(rule.child("points"), contact.property(rule.text("property")));
      }
      if (rule.has("silentFor")) {
        return isSilent(rule) ? points(rule.text("points")) : 0;
      }
      Plain decaying = rule.has("decay") ? rule : dimension;
      return rule.isMapping("points") ? byCount(rule, decaying) : each(rule, decaying);
    }

    // Rules on properties

    private static long byValue(Plain points, Optional<String> value) {
      if (value.isEmpty()) {
        return points(points.maybe("missing").orElse("0"));
      }
      return points.keys().stream().anyMatch(Amounts::isRange)
          ? byRange(points, value.get())
          : byText(points, NaiveValue.text(value.get()));
    }

    private static long byRange(Plain points, String value) {
      Optional<BigDecimal> number = NaiveValue.number(value);
      return points.keys().stream()
          .filter(Amounts::isRange)
          .filter(range -> number.isPresent() && Amounts.includes(range, number.get()))
          .mapToLong(range -> points(points.text(range)))
          .sum();
    }

    private static long byText(Plain points, String value) {
      return points.keys().stream()
          .filter(key -> !List.of("other", "missing").contains(key))
          .filter(key -> NaiveValue.text(key).equals(value))
          .map(key -> points(points.text(key)))
          .findFirst()
          .orElseGet(() -> points(points.maybe("other").orElse("0")));
    }

    // Rules on activities

    private long each(Plain rule, Plain decaying) {
      long points = points(rule.text("points"));
      long sum = 0;
      for (Discounted one : activities.counting(rule)) {
        long discounted = times(points, one.share());
        sum += times(discounted, NaiveDecay.share(decaying, activities.age(one.activity())));
      }
      Optional<Long> limit = bound(rule, "limit");
      return points > 0 ? held(sum, Optional.empty(), limit) : held(sum, limit, Optional.empty());
    }

    /** Gives points by how many count; where none does there is nothing that could decay. */
    private long byCount(Plain rule, Plain decaying) {
      List<Discounted> counting = activities.counting(rule);
      BigDecimal count = BigDecimal.valueOf(counting.size());
      Plain byCount = rule.child("points");
      long points =
          byCount.keys().stream()
              .filter(range -> Amounts.includes(range, count))
              .mapToLong(range -> points(byCount.text(range)))
              .sum();
      return counting.isEmpty()
          ? points
          : times(
              points, NaiveDecay.share(decaying, activities.age(counting.getFirst().activity())));
    }

    private boolean isSilent(Plain rule) {
      return activities.silentFor(
          span(rule.text("silentFor")), activityTypes(), contact.firstKnown(now));
    }

    private List<String> disqualified() {
      return spec.children("disqualify").stream()
          .filter(one -> conditions.holds(one.child("when"), contact))
          .map(one -> one.text("reason"))
          .toList();
    }

    // Unreadable values

    private SortedSet<String> unreadable() {
      SortedSet<String> names = new TreeSet<>();
      for (Plain test : propertyTests()) {
        String name = test.text("property");
        contact
            .property(name)
            .filter(value -> NaiveTest.in(test).cannotRead(value))
            .ifPresent(value -> names.add(name));
      }
      for (Plain rule : rules()) {
        if (rule.has("property")
            && rule.child("points").keys().stream().anyMatch(Amounts::isRange)) {
          String name = rule.text("property");
          contact
              .property(name)
              .filter(value -> NaiveValue.number(value).isEmpty())
              .ifPresent(value -> names.add(name));
        }
      }
      names.addAll(unreadableAttributes());
      return names;
    }

    private List<String> unreadableAttributes() {
      return Stream.concat(rules().stream(), spec.children("discount").stream())
          .filter(one -> one.has("activity"))
          .flatMap(
              one ->
                  contact.activities().stream()
                      .filter(activity -> activity.type().equals(one.text("activity")))
                      .flatMap(activity -> NaiveConditions.unreadable(one, activity).stream()))
          .toList();
    }

    private List<Plain> propertyTests() {
      List<Plain> conditions = new ArrayList<>();
      conditions.add(spec.childOrEmpty("include"));
      conditions.add(spec.childOrEmpty("exclude"));
      spec.children("disqualify").forEach(one -> conditions.add(one.child("when")));
      rules().forEach(rule -> conditions.add(rule.childOrEmpty("when")));
      return conditions.stream().flatMap(one -> NaiveConditions.tests(one).stream()).toList();
    }
  }
}
