package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Use.Need;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rules of one model; ids are unique over all of them. */
final class RuleReader {
  /** No rule looks further back, or waits for a longer silence, than ten years of 365 days. */
  private static final long LONGEST = Decay.HalfLife.LONGEST;

  private static final String MISSING = "missing";

  /** What makes a rule one of its kind, and what else it may say. */
  private static final Map<String, List<String>> FORMS =
      new TreeMap<>(
          Map.of(
              "when", List.of("id", "when", "points"),
              "property", List.of("id", "property", "points"),
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
                      "atMost"),
              "silentFor", List.of("id", "silentFor", "points")));

  private final Values values;
  private final ConditionReader conditions;
  private final Map<String, Position> ids = new HashMap<>();
  private final List<Use> uses = new ArrayList<>();

  RuleReader(Values values) {
    this.values = values;
    this.conditions = new ConditionReader(values);
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
          case "property" -> byRange(name, fields);
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

  /** Reads a condition on properties, for the rule of this id. */
  @Nullable Condition when(String id, Node node) {
    return conditions.when(
        node, (at, name, need) -> uses.add(new Use.OfProperty(id, at, name, need)));
  }

  private @Nullable Rule onProperty(String id, Fields fields) {
    Condition when = fields.required("when", node -> when(id, node));
    Long points = fields.required("points", values::points);
    return when == null || points == null ? null : new Rule.OnProperty(id, when, points);
  }

  private @Nullable Rule byRange(String id, Fields fields) {
    String property = fields.required("property", conditions::property);
    if (property != null) {
      uses.add(new Use.OfProperty(id, fields.at("property"), property, Need.NUMBER));
    }
    Node points = fields.required("points", node -> node);
    if (points == null) {
      return null;
    }
    if (!(points instanceof Mapping mapping)) {
      return values.refuse(points, "points by range; for points by condition there is when");
    }
    Node missing = mapping.value(MISSING);
    Long whenMissing = missing == null ? Long.valueOf(0) : values.points(missing);
    List<Rule.Band> bands = bands(mapping);
    return property == null || whenMissing == null
        ? null
        : new Rule.ByRange(id, property, bands, whenMissing);
  }

  /** A range, its points, and where it stands. */
  private record Placed(Range range, long points, Position at) {}

  private List<Rule.Band> bands(Mapping mapping) {
    List<Placed> placed = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      if (!entry.key().text().equals(MISSING)) {
        Range range = Range.read(entry.key(), values);
        Long points = values.points(entry.value());
        if (range != null && points != null) {
          placed.add(new Placed(range, points, entry.key().at()));
        }
      }
    }
    placed.sort(Comparator.comparing(Placed::range, Range.BY_START));
    checkNeighbours(placed);
    return placed.stream()
        .map(one -> new Rule.Band(one.range().from(), one.range().to(), one.points()))
        .toList();
  }

  private void checkNeighbours(List<Placed> placed) {
    for (int i = 1; i < placed.size(); i++) {
      Placed lower = placed.get(i - 1);
      Placed upper = placed.get(i);
      if (lower.range().reachesInto(upper.range())) {
        String message = "the range " + upper.range() + " overlaps " + lower.range();
        values.problems().error(upper.at(), message + ", expected ranges that do not");
      } else if (lower.range().leavesGapTo(upper.range())) {
        String message = "no range between " + lower.range() + " and " + upper.range();
        values.problems().warning(upper.at(), message + ": such values give no points");
      }
    }
  }

  private @Nullable Rule onActivity(String id, Fields fields, Decay decay) {
    TreeMap<String, Position> attributes = new TreeMap<>();
    String activity = fields.required("activity", values::name);
    Condition where =
        fields.optional(
            "where",
            node -> conditions.where(node, (at, name, need) -> attributes.putIfAbsent(name, at)));
    Long points = fields.required("points", values::points);
    Long limit = fields.optional("limit", values::points);
    String distinct = fields.optional("distinct", values::name);
    if (distinct != null) {
      attributes.putIfAbsent(distinct, fields.at("distinct"));
    }
    if (activity != null) {
      uses.add(new Use.OfActivity(id, fields.at("activity"), activity, attributes));
    }
    checkLimit(points, limit, fields.at("limit"));
    Long within = fields.optional("within", values.span(Spans.SECOND, LONGEST));
    Decay own = fields.optional("decay", this::decay, decay);
    Integer atMost = fields.optional("atMost", this::atMost);
    return activity == null || points == null
        ? null
        : new Rule.OnActivity(id, activity, where, points, within, own, limit, distinct, atMost);
  }

  private void checkLimit(@Nullable Long points, @Nullable Long limit, Position at) {
    if (points != null && limit != null && Long.signum(points) * Long.signum(limit) <= 0) {
      String message = "the limit " + Millionths.text(limit) + " for points of ";
      values
          .problems()
          .error(at, message + Millionths.text(points) + ", expected both above 0 or both below");
    }
  }

  /** Reads how points fade: {@code { halfLife: 30d }}, or the word for not at all. */
  @Nullable Decay decay(Node node) {
    if (node instanceof Scalar scalar) {
      return scalar.text().equals("none")
          ? new Decay.None()
          : values.refuse(node, "{ halfLife: 30d } or none");
    }
    Fields fields = Fields.of(node, values, "halfLife");
    if (fields == null) {
      return null;
    }
    Long span = fields.required("halfLife", values.span(Spans.SECOND, LONGEST));
    return span == null ? null : new Decay.HalfLife(span);
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
    uses.add(new Use.OfSilence(id, fields.at("silentFor")));
    Long span = fields.required("silentFor", values.span(Spans.SECOND, LONGEST));
    Long points = fields.required("points", values::points);
    return span == null || points == null ? null : new Rule.OnSilence(id, span, points);
  }
}
