package io.leadgauge.replay;

import io.leadgauge.manifest.Millionths;
import io.leadgauge.manifest.Spans;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a part of a model says, aspect by aspect, as text: short where people can read it so, else
 * good only to tell whether it is the same.
 */
final class Aspects {

  private final SequencedMap<String, String> texts = new LinkedHashMap<>();

  private Aspects() {}

  /** Returns the aspects, in the order of manifests. */
  SequencedMap<String, String> texts() {
    return texts;
  }

  static Aspects of(String dimension, Rule rule) {
    Aspects aspects = new Aspects().text("dimension", dimension);
    return switch (rule) {
      case Rule.OnProperty(String id, Condition when, long points, String reason) ->
          aspects.other("condition", when).points("points", points).text("reason", reason);
      case Rule.ByRange range ->
          aspects
              .text("property", range.property())
              .text("points", bands(range.bands()))
              .points("missing", range.missing())
              .text("reason", range.reason());
      case Rule.ByValue value ->
          aspects
              .text("property", value.property())
              .text("points", values(value.values()))
              .points("other", value.other())
              .points("missing", value.missing())
              .text("reason", value.reason());
      case Rule.OnActivity activity -> aspects.activity(activity);
      case Rule.OnSilence(String id, long span, long points, String reason) ->
          aspects.span("silentFor", span).points("points", points).text("reason", reason);
    };
  }

  private Aspects activity(Rule.OnActivity rule) {
    return text("activity", rule.activity())
        .other("where", rule.where())
        .text(
            "points",
            switch (rule.gives()) {
              case Rule.Gives.Each(long points) -> Millionths.text(points);
              case Rule.Gives.ByCount(List<Rule.Band> bands) -> bands(bands);
            })
        .span("within", rule.within())
        .text("decay", decay(rule.decay()))
        .points("limit", rule.limit())
        .text("distinct", rule.choice().distinct())
        .other("atMost", rule.choice().atMost())
        .other("once", rule.choice().once())
        .text("reason", rule.reason());
  }

  static Aspects of(ModelDefinition.Dimension dimension) {
    return new Aspects()
        .points("min", dimension.min())
        .points("max", dimension.max())
        .points("weight", dimension.weight());
  }

  static Aspects of(ModelDefinition.Discount discount) {
    return new Aspects()
        .text("activity", discount.activity())
        .other("where", discount.where())
        .other("after", discount.after())
        .points("kept", discount.kept());
  }

  static Aspects of(ModelDefinition.Disqualifier disqualifier) {
    return new Aspects()
        .other("condition", disqualifier.when())
        .text("reason", disqualifier.reason());
  }

  static Aspects of(ModelDefinition.Label label, boolean last) {
    return last
        ? new Aspects()
        : new Aspects()
            .points("enter", label.enter())
            .points("leave", label.leave())
            .condition("when", label.gate());
  }

  static Aspects of(ModelDefinition.Segment segment) {
    return new Aspects().text("label", segment.label()).condition("when", segment.when());
  }

  static Aspects of(ModelDefinition.Stage stage) {
    ModelDefinition.HandOff handOff = stage.handOff();
    Aspects aspects =
        new Aspects()
            .condition("enter", stage.enter())
            .condition("leave", stage.leave())
            .span("cooldown", stage.cooldown())
            .span("dwell", stage.dwell())
            .other("recycle", stage.recycle())
            .text("hands over", handOff == null ? "no" : "yes");
    return handOff == null
        ? aspects
        : aspects
            .text("task", handOff.task())
            .span("due", handOff.due())
            .other("calendar", handOff.calendar())
            .text("owner", handOff.owner())
            .text("fallbackOwner", handOff.fallbackOwner())
            .span("hand-off cooldown", handOff.cooldown());
  }

  /** Returns what a model says as a whole. */
  static Aspects of(ModelDefinition model) {
    ModelDefinition.GradeGrid grid = model.grade();
    return new Aspects()
        .points("min", model.minTotal())
        .points("max", model.maxTotal())
        .other("who is scored", model.audience())
        .text("letters", grid == null ? null : steps(grid.letters()))
        .text("digits", grid == null ? null : steps(grid.digits()))
        .other("order of labels", model.labels().stream().map(one -> one.name()).toList())
        .other("order of segments", model.segments().stream().map(one -> one.name()).toList())
        .other("order of stages", model.stages().stream().map(one -> one.name()).toList());
  }

  // Texts

  private Aspects text(String aspect, @Nullable String text) {
    texts.put(aspect, text == null ? "" : text);
    return this;
  }

  private Aspects points(String aspect, @Nullable Long points) {
    return text(aspect, points == null ? null : Millionths.text(points));
  }

  private Aspects span(String aspect, @Nullable Long millis) {
    return text(aspect, millis == null ? null : Spans.text(millis));
  }

  private Aspects condition(String aspect, @Nullable PointsCondition condition) {
    return text(aspect, condition == null ? null : condition.text());
  }

  /** What has no short text: begins so that nobody takes it for one. */
  private Aspects other(String aspect, @Nullable Object value) {
    return text(aspect, value == null ? null : ManifestChange.UNREADABLE + value);
  }

  private static String bands(List<Rule.Band> bands) {
    return bands.stream()
        .map(
            band ->
                bound(band.from())
                    + ".."
                    + bound(band.to())
                    + ": "
                    + Millionths.text(band.points()))
        .collect(Collectors.joining(", "));
  }

  private static String bound(@Nullable Long bound) {
    return bound == null ? "" : Millionths.text(bound);
  }

  private static String values(SequencedMap<String, Long> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + ": " + Millionths.text(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String steps(@Nullable GradeScale scale) {
    return scale == null
        ? ""
        : scale.dimension()
            + " "
            + scale.steps().stream()
                .map(step -> step.name() + ": " + Millionths.text(step.threshold()))
                .collect(Collectors.joining(", "));
  }

  private static String decay(Decay decay) {
    return switch (decay) {
      case Decay.None none -> "";
      case Decay.HalfLife half -> "halfLife " + Spans.text(half.span());
      case Decay.Linear linear -> "linear " + Spans.text(linear.span());
      case Decay.Steps steps -> ManifestChange.UNREADABLE + steps;
    };
  }
}
