package io.leadgauge.scoring;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Contribution;
import io.leadgauge.model.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Short words for models, contacts and instants in tests. */
final class Samples {
  static final long NOW = at("2026-11-21T12:00:00Z");
  static final long HOUR = TimeUnit.HOURS.toMillis(1);
  static final long DAY = TimeUnit.DAYS.toMillis(1);

  private Samples() {}

  static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }

  /** Returns whole points in millionths. */
  static long points(long whole) {
    return whole * FixedPoint.ONE;
  }

  static ModelDefinition.Dimension dimension(String name, Rule... rules) {
    return new ModelDefinition.Dimension(name, null, null, FixedPoint.ONE, List.of(rules));
  }

  static ModelDefinition.Dimension limited(String name, long min, long max, Rule... rules) {
    return new ModelDefinition.Dimension(
        name, points(min), points(max), FixedPoint.ONE, List.of(rules));
  }

  static Rule when(String id, Condition condition, long whole) {
    return new Rule.OnProperty(id, condition, points(whole), null);
  }

  static Rule silence(String id, long span, long points) {
    return new Rule.OnSilence(id, span, points, null);
  }

  static Rule byRange(String id, String property, List<Rule.Band> bands, long missing) {
    return new Rule.ByRange(id, property, bands, missing, null);
  }

  static Rule byValue(String id, String property, Map<String, Long> values, long other) {
    return new Rule.ByValue(id, property, new LinkedHashMap<>(values), other, 0, null);
  }

  static Condition is(String name, String value) {
    return new Condition.In(name, Set.of(value));
  }

  static Activity activity(String type, long at, String... attributes) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) {
      map.put(attributes[i], attributes[i + 1]);
    }
    return Activity.of(type, at, map);
  }

  static Subject subject(Map<String, String> properties, Activity... activities) {
    return new Subject(properties, List.of(activities), NOW - 365 * DAY);
  }

  static Subject who(String... properties) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      map.put(properties[i], properties[i + 1]);
    }
    return subject(map);
  }

  static Subject did(Activity... activities) {
    return subject(Map.of(), activities);
  }

  static PointsCondition atLeast(@Nullable String dimension, long whole) {
    return new PointsCondition.Compare(
        dimension, PointsCondition.Comparison.AT_LEAST, points(whole));
  }

  static PointsCondition lessThan(@Nullable String dimension, long whole) {
    return new PointsCondition.Compare(
        dimension, PointsCondition.Comparison.LESS_THAN, points(whole));
  }

  /** Starts an activity rule without bounds and decay. */
  static OnActivity on(String type, long whole) {
    return new OnActivity(type, points(whole));
  }

  /** Builds an activity rule. */
  static final class OnActivity {
    private final String type;
    private Rule.Gives gives;
    private @Nullable Condition where;
    private @Nullable Long within;
    private Decay decay = new Decay.None();
    private @Nullable Long limit;
    private @Nullable String distinct;
    private @Nullable Integer atMost;
    private boolean once;
    private @Nullable String reason;

    private OnActivity(String type, long points) {
      this.type = type;
      this.gives = new Rule.Gives.Each(points);
    }

    OnActivity where(Condition condition) {
      where = condition;
      return this;
    }

    OnActivity within(long span) {
      within = span;
      return this;
    }

    OnActivity halfLife(long span) {
      return decay(new Decay.HalfLife(span));
    }

    OnActivity decay(Decay fading) {
      decay = fading;
      return this;
    }

    OnActivity each(long millionths) {
      gives = new Rule.Gives.Each(millionths);
      return this;
    }

    OnActivity byCount(Rule.Band... bands) {
      gives = new Rule.Gives.ByCount(List.of(bands));
      return this;
    }

    OnActivity once() {
      once = true;
      return this;
    }

    OnActivity reason(String sentence) {
      reason = sentence;
      return this;
    }

    OnActivity limit(long whole) {
      limit = points(whole);
      return this;
    }

    OnActivity distinct(String attribute) {
      distinct = attribute;
      return this;
    }

    OnActivity atMost(int count) {
      atMost = count;
      return this;
    }

    Rule as(String id) {
      Rule.Choice choice = new Rule.Choice(distinct, atMost, once);
      return new Rule.OnActivity(id, type, where, gives, within, decay, limit, choice, reason);
    }
  }

  /** Builds a model with a total from 0 to 100. */
  static final class Model {
    private final List<ModelDefinition.Dimension> dimensions = new ArrayList<>();
    private final List<ModelDefinition.Disqualifier> disqualifiers = new ArrayList<>();
    private final List<ModelDefinition.Label> labels = new ArrayList<>();
    private final List<ModelDefinition.Segment> segments = new ArrayList<>();
    private final List<ModelDefinition.Stage> stages = new ArrayList<>();
    private ModelDefinition.@Nullable GradeGrid grade;
    private final List<ModelDefinition.Discount> discounts = new ArrayList<>();
    private @Nullable Condition audience;
    private long min;
    private long max = 100;

    static Model of(ModelDefinition.Dimension... dimensions) {
      Model model = new Model();
      model.dimensions.addAll(List.of(dimensions));
      return model;
    }

    Model total(long min, long max) {
      this.min = min;
      this.max = max;
      return this;
    }

    Model audience(Condition condition) {
      audience = condition;
      return this;
    }

    Model discount(
        String id,
        String activity,
        @Nullable Condition where,
        ModelDefinition.@Nullable After after,
        long kept) {
      discounts.add(new ModelDefinition.Discount(id, activity, where, after, kept));
      return this;
    }

    Model disqualifier(String id, Condition when, String reason) {
      disqualifiers.add(new ModelDefinition.Disqualifier(id, when, reason));
      return this;
    }

    Model label(String name, long enter, long leave) {
      return label(name, enter, leave, null);
    }

    Model label(String name, long enter, long leave, @Nullable PointsCondition gate) {
      labels.add(new ModelDefinition.Label(name, points(enter), points(leave), gate));
      return this;
    }

    Model grade(ModelDefinition.GradeGrid grid) {
      grade = grid;
      return this;
    }

    Model segment(String name, @Nullable String label, @Nullable PointsCondition when) {
      segments.add(new ModelDefinition.Segment(name, label, when));
      return this;
    }

    Model stage(
        String name, PointsCondition enter, @Nullable PointsCondition leave, long cooldown) {
      stages.add(new ModelDefinition.Stage(name, enter, leave, cooldown));
      return this;
    }

    Model stage(ModelDefinition.Stage stage) {
      stages.add(stage);
      return this;
    }

    ModelDefinition definition() {
      return new ModelDefinition(
          "sample",
          audience,
          discounts,
          dimensions,
          points(min),
          points(max),
          disqualifiers,
          labels,
          grade,
          segments,
          stages);
    }

    ScoringModel compiled() {
      return ScoringModel.of(definition());
    }

    Score score(Subject subject, long now) {
      return evaluate(subject, now).score();
    }

    Evaluation evaluate(Subject subject, long now) {
      return compiled().evaluate(subject, Decision.NONE, StageInCrm.NONE, now);
    }
  }

  /** Returns a ledger as {@code rule points} lines. */
  static List<String> ledger(Score score) {
    return score.contributions().stream()
        .map(line -> line.rule() + " " + FixedPoint.text(line.points()))
        .toList();
  }

  static List<String> reasons(Score score) {
    return score.contributions().stream().map(Contribution::reason).toList();
  }
}
