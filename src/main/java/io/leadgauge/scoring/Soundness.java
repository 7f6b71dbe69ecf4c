package io.leadgauge.scoring;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a definition must keep to be compiled. Manifests are checked before, with file and line;
 * this is the last line of defence, so it stops at the first contradiction and names it.
 */
final class Soundness {
  private Soundness() {}

  static void check(ModelDefinition model) {
    Set<String> dimensions = new HashSet<>();
    Set<String> rules = new HashSet<>();
    for (ModelDefinition.Dimension dimension : model.dimensions()) {
      require(dimensions.add(dimension.name()), "two dimensions are called", dimension.name());
      requireOrder(dimension.min(), dimension.max(), "min is above max", dimension.name());
      boolean weighs = dimension.weight() >= 0 && dimension.weight() <= FixedPoint.MOST_WEIGHT;
      require(weighs, "the weight is not between 0 and 1000", dimension.name());
      for (Rule rule : dimension.rules()) {
        require(rules.add(rule.id()), "two rules have the id", rule.id());
        check(rule);
      }
    }
    for (ModelDefinition.Discount discount : model.discounts()) {
      require(rules.add(discount.id()), "two rules have the id", discount.id());
      boolean isShare = discount.kept() >= 0 && discount.kept() <= FixedPoint.ONE;
      require(isShare, "what is left is no share", discount.id());
      ModelDefinition.After after = discount.after();
      require(after == null || after.within() > 0, "the window must last", discount.id());
    }
    checkTotal(model);
    checkLabels(model.labels());
    if (model.grade() != null) {
      checkSteps(model.grade().letters());
      checkSteps(model.grade().digits());
    }
    checkStages(model.stages());
  }

  private static void checkTotal(ModelDefinition model) {
    requireOrder(model.minTotal(), model.maxTotal(), "minTotal is above maxTotal", model.name());
    boolean whole =
        model.minTotal() % FixedPoint.ONE == 0 && model.maxTotal() % FixedPoint.ONE == 0;
    require(whole, "minTotal and maxTotal must be whole points, in millionths", model.name());
  }

  private static void check(Rule rule) {
    require(!rule.id().startsWith("_"), "ids of rules must not start with _", rule.id());
    switch (rule) {
      case Rule.OnProperty property -> checkPoints(property.points(), rule);
      case Rule.ByRange range -> {
        checkPoints(range.missing(), rule);
        checkBands(range.bands(), rule);
      }
      case Rule.ByValue value -> {
        checkPoints(value.missing(), rule);
        checkPoints(value.other(), rule);
        value.values().values().forEach(points -> checkPoints(points, rule));
      }
      case Rule.OnActivity activity -> checkActivity(activity);
      case Rule.OnSilence silence -> {
        checkPoints(silence.points(), rule);
        require(silence.span() > 0, "the silence must last", rule.id());
      }
    }
  }

  private static void checkPoints(long points, Rule rule) {
    boolean bounded = -FixedPoint.MOST_POINTS <= points && points <= FixedPoint.MOST_POINTS;
    require(bounded, "more than a million points at once", rule.id());
  }

  private static void checkBands(List<Rule.Band> bands, Rule rule) {
    Long last = null;
    boolean first = true;
    for (Rule.Band band : bands) {
      checkPoints(band.points(), rule);
      requireOrder(band.from(), band.to(), "a band ends before it begins", rule.id());
      boolean follows = first || (last != null && band.from() != null && last <= band.from());
      require(follows, "bands overlap or are out of order", rule.id());
      last = band.to();
      first = false;
    }
  }

  private static void checkActivity(Rule.OnActivity rule) {
    Long within = rule.within();
    require(within == null || within > 0, "the window must last", rule.id());
    Integer atMost = rule.choice().atMost();
    require(atMost == null || atMost > 0, "at most none a day", rule.id());
    Long limit = rule.limit();
    switch (rule.gives()) {
      case Rule.Gives.Each(long points) -> {
        checkPoints(points, rule);
        boolean onItsSide = limit == null || (points < 0 ? limit <= 0 : limit >= 0);
        require(onItsSide, "limit and points have different signs", rule.id());
      }
      case Rule.Gives.ByCount(List<Rule.Band> bands) -> {
        require(limit == null, "a limit for points by count", rule.id());
        checkBands(bands, rule);
        bands.forEach(band -> checkCount(band.from(), rule));
      }
    }
  }

  /** What never happened gives nothing. */
  private static void checkCount(@Nullable Long from, Rule rule) {
    require(from != null && from >= FixedPoint.ONE, "a count begins below 1", rule.id());
  }

  private static void checkLabels(List<ModelDefinition.Label> labels) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < labels.size(); i++) {
      ModelDefinition.Label label = labels.get(i);
      require(names.add(label.name()), "two labels are called", label.name());
      if (i < labels.size() - 1) {
        requireOrder(label.leave(), label.enter(), "leave is above enter", label.name());
      }
      if (i > 0 && i < labels.size() - 1) {
        ModelDefinition.Label above = labels.get(i - 1);
        boolean lower = label.enter() <= above.enter() && label.leave() <= above.leave();
        require(lower, "thresholds are above those of the label before", label.name());
      }
    }
  }

  private static void checkSteps(ModelDefinition.@Nullable GradeScale scale) {
    if (scale == null) {
      return;
    }
    require(!scale.steps().isEmpty(), "a grade without steps", scale.dimension());
    for (int i = 1; i < scale.steps().size() - 1; i++) {
      long above = scale.steps().get(i - 1).threshold();
      boolean lower = scale.steps().get(i).threshold() <= above;
      require(lower, "steps of the grade are out of order", scale.steps().get(i).name());
    }
  }

  private static void checkStages(List<ModelDefinition.Stage> stages) {
    Set<String> names = new HashSet<>();
    for (ModelDefinition.Stage stage : stages) {
      require(names.add(stage.name()), "two stages are called", stage.name());
      require(stage.cooldown() >= 0, "the cool-down is negative", stage.name());
      require(stage.dwell() >= 0, "the dwell is negative", stage.name());
      checkHandOff(stage);
    }
    names.clear();
    for (ModelDefinition.Stage stage : stages.reversed()) {
      names.add(stage.name());
      ModelDefinition.Recycle recycle = stage.recycle();
      if (recycle != null) {
        require(recycle.after() >= 0, "the wait for recycling is negative", stage.name());
        require(!names.contains(recycle.to()), "recycling leads not back", stage.name());
      }
    }
  }

  private static void checkHandOff(ModelDefinition.Stage stage) {
    ModelDefinition.HandOff handOff = stage.handOff();
    if (handOff != null) {
      boolean passes = handOff.due() >= 0 && handOff.cooldown() >= 0;
      require(passes, "a span of the hand-off is negative", stage.name());
      Calendar calendar = handOff.calendar();
      boolean enough = calendar == null || handOff.due() <= calendar.mostSpan();
      require(enough, "the hand-off is due after more than a year of work", stage.name());
    }
  }

  private static void requireOrder(
      @Nullable Long least, @Nullable Long most, String problem, String name) {
    require(least == null || most == null || least <= most, problem, name);
  }

  private static void require(boolean sound, String problem, String name) {
    if (!sound) {
      throw new IllegalArgumentException("model: " + problem + ": " + name);
    }
  }
}
