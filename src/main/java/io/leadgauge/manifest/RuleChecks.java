package io.leadgauge.manifest;

import static io.leadgauge.manifest.Millionths.text;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Discount;
import io.leadgauge.scoring.ModelDefinition.Disqualifier;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.Rule.Band;
import io.leadgauge.scoring.Rule.Gives;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds rules that never give what they say: dead ones, whose conditions no contact satisfies, and
 * starved ones, whose points a limit cuts off.
 *
 * <p>What can never hold is an error; what does nothing, but might be there on purpose, a warning.
 */
final class RuleChecks {
  private final ModelDefinition model;
  private final Node spec;
  private final Problems problems;
  private final ConditionChecks conditions;

  private RuleChecks(ModelDefinition model, Node spec, Problems problems) {
    this.model = model;
    this.spec = spec;
    this.problems = problems;
    this.conditions = new ConditionChecks(problems);
  }

  /**
   * Adds what is wrong with the rules of a model.
   *
   * @param model read without an error
   * @param spec where it stands
   */
  static void check(ModelDefinition model, Node spec, Problems problems) {
    RuleChecks checks = new RuleChecks(model, spec, problems);
    int before = problems.errors();
    checks.checkAudience();
    if (problems.errors() > before) {
      return;
    }
    for (Dimension dimension : model.dimensions()) {
      Node place = spec.nearest("dimensions", dimension.name());
      checks.checkDimension(dimension, place);
      for (Rule rule : dimension.rules()) {
        checks.check(rule, dimension, place.nearest("rules").item(rule.id()));
      }
    }
    for (Disqualifier disqualifier : model.disqualifiers()) {
      checks.check(disqualifier, spec.nearest("disqualify").item(disqualifier.id()));
    }
  }

  // Whom it concerns

  private void checkAudience() {
    Condition audience = model.audience();
    Node include = spec.nearest("include");
    Node exclude = spec.nearest("exclude");
    switch (audience) {
      case null -> {}
      case Condition.Not(Condition denied) when !spec.has("include") ->
          checkExcluded(denied, exclude);
      case Condition.All(List<Condition> both)
          when spec.has("include")
              && spec.has("exclude")
              && both.size() == 2
              && both.getLast() instanceof Condition.Not(Condition denied) -> {
        conditions.check(both.getFirst(), include);
        checkExcluded(denied, exclude);
      }
      case Condition included -> conditions.check(included, include);
    }
    if (audience != null && !Possibility.isPossible(audience)) {
      Node last = spec.has("exclude") ? exclude : include;
      problems.error(last.at(), "nobody is left to be scored, expected a condition that some meet");
    }
  }

  private void checkExcluded(Condition excluded, Node node) {
    conditions.check(excluded, node);
  }

  /** Refuses a condition that cannot hold, and warns of one that holds for nobody who is scored. */
  private boolean canHold(Condition when, Node node) {
    int before = problems.errors();
    conditions.check(when, node);
    Condition audience = model.audience();
    if (problems.errors() == before
        && audience != null
        && !Possibility.isPossible(audience, when)) {
      problems.warning(
          node.at(), "nobody who is scored satisfies this: include and exclude keep them out");
      return false;
    }
    return problems.errors() == before;
  }

  private void check(Disqualifier disqualifier, Node place) {
    Node when = place.nearest("when");
    if (canHold(disqualifier.when(), when) && Possibility.isCertain(disqualifier.when())) {
      problems.warning(when.at(), "every contact satisfies this, so all are disqualified");
    }
  }

  // Dimensions

  private void checkDimension(Dimension dimension, Node place) {
    if (dimension.weight() == 0 && !isRead(dimension.name())) {
      problems.warning(
          place.nearest("weight").at(),
          "of weight 0, and in no condition and no grade: "
              + dimension.name()
              + " changes nothing but its own points");
    }
  }

  private boolean isRead(String dimension) {
    return OutcomeChecks.dimensions(model).contains(dimension);
  }

  // Rules

  private void check(Rule rule, Dimension dimension, Node place) {
    switch (rule) {
      case Rule.OnProperty property -> {
        Node when = place.nearest("when");
        if (canHold(property.when(), when) && Possibility.isCertain(property.when())) {
          problems.warning(when.at(), "every contact satisfies this");
        }
      }
      case Rule.ByRange range -> {}
      case Rule.ByValue value -> {}
      case Rule.OnSilence silence -> {}
      case Rule.OnActivity activity -> check(activity, place);
    }
    if (gifts(rule).allMatch(points -> points == 0) && !countsForSilence(rule)) {
      problems.warning(
          place.nearest("points").at(), "0 points: the rule " + rule.id() + " does nothing");
    }
    checkLimits(rule, dimension, place);
  }

  /** An activity without points is read nevertheless, and breaks a silence. */
  private boolean countsForSilence(Rule rule) {
    return rule instanceof Rule.OnActivity
        && model.dimensions().stream()
            .flatMap(dimension -> dimension.rules().stream())
            .anyMatch(Rule.OnSilence.class::isInstance);
  }

  /** Returns all that a rule may give at once. */
  private static LongStream gifts(Rule rule) {
    return switch (rule) {
      case Rule.OnProperty property -> LongStream.of(property.points());
      case Rule.OnSilence silence -> LongStream.of(silence.points());
      case Rule.ByRange range ->
          LongStream.concat(points(range.bands()), LongStream.of(range.missing()));
      case Rule.ByValue value ->
          LongStream.concat(
              value.values().values().stream().mapToLong(Long::longValue),
              LongStream.of(value.other(), value.missing()));
      case Rule.OnActivity activity ->
          switch (activity.gives()) {
            case Gives.Each each -> LongStream.of(each.points());
            case Gives.ByCount counts -> points(counts.bands());
          };
    };
  }

  private static LongStream points(List<Band> bands) {
    return bands.stream().mapToLong(Band::points);
  }

  // Limits

  private void checkLimits(Rule rule, Dimension dimension, Node place) {
    long limit = rule instanceof Rule.OnActivity activity ? limit(activity) : 0;
    if (isTooMuch(limit, dimension)) {
      warnOfLimit("a limit of " + text(limit), dimension, place.nearest("limit"));
      return;
    }
    for (Node gift : gifts(place.nearest("points"))) {
      long points = points(gift);
      if (limit != 0 && Math.abs(points) > Math.abs(limit)) {
        String cut = ": the limit of " + text(limit) + " cuts what a single one gives";
        problems.warning(gift.at(), text(points) + " points" + cut);
      } else if (limit == 0 && isTooMuch(points, dimension)) {
        warnOfLimit(text(points) + " points", dimension, gift);
      }
    }
  }

  private static long limit(Rule.OnActivity rule) {
    Long limit = rule.limit();
    return limit == null ? 0 : limit;
  }

  /**
   * Points below 0 take from what other rules give, so only more than the dimension has between its
   * limits is too much.
   */
  private static boolean isTooMuch(long points, Dimension dimension) {
    Long max = dimension.max();
    Long min = dimension.min();
    return max != null && (points > max || (min != null && -points > max - min));
  }

  private void warnOfLimit(String what, Dimension dimension, Node node) {
    Long max = dimension.max();
    Long min = dimension.min();
    String least = min == null ? "at most " : text(min) + " to ";
    problems.warning(
        node.at(),
        what + ", but " + dimension.name() + " has " + least + text(max == null ? 0 : max));
  }

  /** Returns the places of all that a rule may give at once. */
  private static List<Node> gifts(Node points) {
    return points instanceof Mapping mapping
        ? mapping.entries().stream().map(Entry::value).toList()
        : List.of(points);
  }

  private static long points(Node node) {
    return node instanceof Scalar scalar ? Millionths.parse(scalar.text()).orElse(0) : 0;
  }

  // Activities

  private void check(Rule.OnActivity rule, Node place) {
    model.discounts().stream()
        .filter(discount -> leavesNothing(discount, rule))
        .findFirst()
        .ifPresent(discount -> warnOfDiscount(discount, rule, place));
    warnOfLateDecay(rule, place);
    if (rule.choice().once()) {
      warnOfIdleChoice(rule, place);
    }
    long most = mostOfThem(rule);
    if (rule.gives() instanceof Gives.ByCount(List<Band> bands)) {
      for (Band band : bands) {
        Long from = band.from();
        if (from != null && from / Millionths.ONE > most) {
          problems.warning(
              key(place.nearest("points"), from).at(),
              "never reached: at most " + most + " of " + rule.activity() + " count");
        }
      }
    }
  }

  private static boolean leavesNothing(Discount discount, Rule.OnActivity rule) {
    return discount.kept() == 0
        && discount.after() == null
        && discount.activity().equals(rule.activity())
        && isWhole(discount.where(), rule.where());
  }

  /** Tells whether all activities of one condition are of the other as well. */
  private static boolean isWhole(@Nullable Condition all, @Nullable Condition of) {
    if (all == null) {
      return true;
    }
    Condition rest = new Condition.Not(all);
    return !(of == null ? Possibility.isPossible(rest) : Possibility.isPossible(of, rest));
  }

  private void warnOfDiscount(Discount discount, Rule.OnActivity rule, Node place) {
    problems.warning(
        place.nearest("activity").at(),
        "the discount "
            + discount.id()
            + " leaves nothing of it, so the rule "
            + rule.id()
            + " never gives points");
  }

  /** What has left the window before its first step never fades. */
  private void warnOfLateDecay(Rule.OnActivity rule, Node place) {
    Node decay = place.nearest("decay");
    Long within = rule.within();
    if (place.has("decay")
        && within != null
        && rule.decay() instanceof Decay.Steps(List<Decay.Step> steps)
        && steps.getFirst().age() >= within) {
      problems.warning(
          decay.at(),
          "nothing ever fades: what is "
              + Spans.text(steps.getFirst().age())
              + " old is no longer within "
              + Spans.text(within));
    }
  }

  private void warnOfIdleChoice(Rule.OnActivity rule, Node place) {
    List<String> idle = new ArrayList<>();
    for (String key : List.of("distinct", "atMost")) {
      if (place.has(key)) {
        idle.add(key);
      }
    }
    idle.forEach(
        key ->
            problems.warning(
                place.nearest(key).at(),
                key
                    + " beside once does nothing: only the newest counts in the rule "
                    + rule.id()));
  }

  /** Returns how many activities a rule counts at most. */
  private static long mostOfThem(Rule.OnActivity rule) {
    Integer atMost = rule.choice().atMost();
    Long within = rule.within();
    if (rule.choice().once()) {
      return 1;
    }
    return atMost == null || within == null
        ? Long.MAX_VALUE
        : atMost * (Math.ceilDiv(within, Spans.DAY) + 1);
  }

  /** Returns where a count or the range that begins with it stands. */
  private static Node key(Node points, long from) {
    if (points instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        String start = entry.key().text().split("\\.\\.", 2)[0];
        if (Millionths.parse(start).equals(OptionalLong.of(from))) {
          return entry.key();
        }
      }
    }
    return points;
  }
}
