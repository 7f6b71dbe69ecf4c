package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Use.Need;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.Rule.Choice;
import io.leadgauge.scoring.Rule.Gives;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one model; ids are unique over all of them. */
final class RuleReader {
  /** No rule looks further back, or waits for a longer silence, than ten years of 365 days. */
  private static final long LONGEST = Decay.HalfLife.LONGEST;

  /** What makes a rule one of its kind, and what else it may say. */
  private static final SortedMap<String, List<String>> FORMS =
      new TreeMap<>(
          Map.of(
              "when", List.of("id", "when", "points", "reason"),
              "property", List.of("id", "property", "points", "reason"),
              "activity",
                  List.of(
                      "id",
                      "activity",
                      "where",
                      "points",
                      "within",
                      "decay",
                      "limit",
                      "distinct",
                      "atMost",
                      "once",
                      "reason"),
              "silentFor", List.of("id", "silentFor", "points", "reason")));

  private final Values values;
  private final ConditionReader conditions;
  private final PointsReader tables;
  private final DecayReader decays;
  private final ReasonReader reasons;
  private final Map<String, Position> ids = new HashMap<>();
  private final List<Use> uses = new ArrayList<>();

  RuleReader(Values values) {
    this.values = values;
    this.conditions = new ConditionReader(values);
    this.tables = new PointsReader(values);
    this.decays = new DecayReader(values);
    this.reasons = new ReasonReader(values);
  }

  /** Returns what the rules read so far need. */
  List<Use> uses() {
    return List.copyOf(uses);
  }

  /**
   * Reads a rule.
   *
   * @param decay how its points fade unless it says otherwise
   */
  @Nullable Rule rule(Node node, Decay decay) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<String> forms = FORMS.keySet().stream().filter(key -> mapping.value(key) != null).toList();
    if (forms.size() != 1) {
      String found = forms.isEmpty() ? "a rule without condition" : String.join(" and ", forms);
      return values.fail(
          node, found + ", expected exactly one of " + String.join(", ", FORMS.keySet()));
    }
    String form = forms.getFirst();
    Fields fields = Fields.of(node, values, FORMS.getOrDefault(form, List.of()));
    return fields == null ? null : rule(form, fields, decay);
  }

  private @Nullable Rule rule(String form, Fields fields, Decay decay) {
    String id = fields.required("id", this::id);
    String name = id == null ? "" : id;
    Rule rule =
        switch (form) {
          case "when" -> onProperty(name, fields);
          case "property" -> byProperty(name, fields);
          case "activity" -> onActivity(name, fields, decay);
          default -> onSilence(name, fields);
        };
    return id == null ? null : rule;
  }

  /** Reads an id that is not taken. */
  @Nullable String id(Node node) {
    String id = values.name(node);
    if (id == null) {
      return null;
    }
    Position taken = ids.putIfAbsent(id, node.at());
    if (taken != null) {
      String message = "the id \"" + id + "\" is taken, expected a new one; first used at ";
      return values.fail(node, message + taken.line() + ":" + taken.column());
    }
    return id;
  }

  /** Notes what a rule reads. */
  void use(Use use) {
    uses.add(use);
  }

  /** Reads a condition on properties, for the rule of this id. */
  @Nullable Condition when(String id, Node node) {
    return conditions.when(
        node,
        new ConditionReader.Uses() {
          @Override
          public void value(Position at, String name, Need need) {
            use(new Use.OfProperty(id, at, name, need));
          }

          @Override
          public void list(Position at, String list) {
            use(new Use.OfList(id, at, list));
          }
        });
  }

  /**
   * Reads a condition on attributes.
   *
   * @param attributes is given the names that it reads
   */
  @Nullable Condition where(Node node, Map<String, Position> attributes) {
    return conditions.where(node, (at, name) -> attributes.putIfAbsent(name, at));
  }

  private @Nullable Rule onProperty(String id, Fields fields) {
    Condition when = fields.required("when", node -> when(id, node));
    Long points = fields.required("points", values::points);
    String reason = fields.optional("reason", reasons.reason(List.of("{value}")));
    return when == null || points == null ? null : new Rule.OnProperty(id, when, points, reason);
  }

  private @Nullable Rule byProperty(String id, Fields fields) {
    String property = fields.required("property", conditions::property);
    Mapping points = fields.required("points", this::table);
    String reason = fields.optional("reason", reasons.reason(List.of("{value}")));
    if (points == null) {
      return null;
    }
    boolean byRange = PointsReader.isByRange(points);
    if (property != null) {
      Need need = byRange ? Need.NUMBER : Need.TEXT;
      use(new Use.OfProperty(id, fields.at("property"), property, need));
    }
    String name = property == null ? "" : property;
    Rule rule = byRange ? byRange(id, name, points, reason) : byValue(id, name, points, reason);
    return property == null ? null : rule;
  }

  private @Nullable Mapping table(Node node) {
    String expected = "points by range or by value; for points by condition there is when";
    return node instanceof Mapping mapping && !mapping.entries().isEmpty()
        ? mapping
        : values.refuse(node, expected);
  }

  private @Nullable Rule byRange(
      String id, String property, Mapping points, @Nullable String reason) {
    Long missing = tables.of(points, PointsReader.MISSING);
    List<Rule.Band> bands = tables.ranges(points);
    return missing == null ? null : new Rule.ByRange(id, property, bands, missing, reason);
  }

  private @Nullable Rule byValue(
      String id, String property, Mapping points, @Nullable String reason) {
    Long other = tables.of(points, PointsReader.OTHER);
    Long missing = tables.of(points, PointsReader.MISSING);
    SequencedMap<String, Long> texts = tables.texts(points);
    return other == null || missing == null
        ? null
        : new Rule.ByValue(id, property, texts, other, missing, reason);
  }

  private @Nullable Rule onActivity(String id, Fields fields, Decay decay) {
    TreeMap<String, Position> attributes = new TreeMap<>();
    String activity = fields.required("activity", values::name);
    Condition where = fields.optional("where", node -> where(node, attributes));
    Gives gives = fields.required("points", this::gives);
    Long limit = fields.optional("limit", values::points);
    Choice choice = choice(fields, attributes);
    if (activity != null) {
      use(new Use.OfActivity(id, fields.at("activity"), activity, attributes, Use.Role.GIVES));
    }
    if (gives != null && limit != null) {
      checkLimit(gives, limit, fields.at("limit"));
    }
    Long within = fields.optional("within", values.span(Spans.SECOND, LONGEST));
    Decay own = fields.optional("decay", this::decay, decay);
    String reason = fields.optional("reason", reasons.reason(List.of("{count}", "{times}")));
    return activity == null || gives == null
        ? null
        : new Rule.OnActivity(id, activity, where, gives, within, own, limit, choice, reason);
  }

  private @Nullable Gives gives(Node node) {
    if (node instanceof Mapping mapping) {
      return mapping.entries().isEmpty()
          ? values.refuse(node, "points, or points by count such as { 1..<3: 5, 3..: 12 }")
          : new Gives.ByCount(tables.counts(mapping));
    }
    Long points = values.points(node);
    return points == null ? null : new Gives.Each(points);
  }

  private Choice choice(Fields fields, Map<String, Position> attributes) {
    String distinct = fields.optional("distinct", values::name);
    if (distinct != null) {
      attributes.putIfAbsent(distinct, fields.at("distinct"));
    }
    Integer atMost = fields.optional("atMost", this::atMost);
    return new Choice(distinct, atMost, fields.optional("once", values::truth, false));
  }

  private void checkLimit(Gives gives, long limit, Position at) {
    String found = "the limit " + Millionths.text(limit) + " for points ";
    switch (gives) {
      case Gives.ByCount counts ->
          values.problems().error(at, found + "by count, expected none: they are given once");
      case Gives.Each(long points) -> {
        if (Long.signum(points) * Long.signum(limit) <= 0) {
          String expected = ", expected both above 0 or both below";
          values.problems().error(at, found + "of " + Millionths.text(points) + expected);
        }
      }
    }
  }

  /** Reads how points fade. */
  @Nullable Decay decay(Node node) {
    return decays.decay(node);
  }

  private @Nullable Integer atMost(Node node) {
    Fields fields = Fields.of(node, values, "count", "per");
    if (fields == null) {
      return null;
    }
    fields.required("per", values.word(RuleReader::period, List.of("day")));
    return fields.required("count", values.count(1, 1_000));
  }

  private static Optional<String> period(String word) {
    return word.equals("day") ? Optional.of(word) : Optional.empty();
  }

  private @Nullable Rule onSilence(String id, Fields fields) {
    use(new Use.OfSilence(id, fields.at("silentFor")));
    Long span = fields.required("silentFor", values.span(Spans.SECOND, LONGEST));
    Long points = fields.required("points", values::points);
    String reason = fields.optional("reason", reasons.reason(List.of()));
    return span == null || points == null ? null : new Rule.OnSilence(id, span, points, reason);
  }
}
