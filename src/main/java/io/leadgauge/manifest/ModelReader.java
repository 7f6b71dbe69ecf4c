package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Discount;
import io.leadgauge.scoring.ModelDefinition.Disqualifier;
import io.leadgauge.scoring.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a manifest of kind {@code Model}. */
final class ModelReader {
  static final String KIND = "Model";

  private static final List<String> KEYS =
      List.of(
          "total",
          "include",
          "exclude",
          "discount",
          "dimensions",
          "disqualify",
          "labels",
          "grade",
          "segments",
          "stages");

  private static final long DEFAULT_MIN = 0;
  private static final long DEFAULT_MAX = 100 * Millionths.ONE;

  private static final long MOST_WEIGHT = 1_000 * Millionths.ONE;

  /** Words of conditions, which no dimension may be called. */
  private static final Set<String> RESERVED =
      Set.of(Expression.TOTAL, Expression.GRADE, "and", "or");

  private final Values values;
  private final Calendars calendars;
  private final RuleReader rules;
  private final DiscountReader discounts;

  private ModelReader(Values values, Calendars calendars) {
    this.values = values;
    this.calendars = calendars;
    this.rules = new RuleReader(values);
    this.discounts = new DiscountReader(values, rules);
  }

  /**
   * Reads a model.
   *
   * @param name the name of its folder
   * @param calendars the calendars that it may name
   * @return null if not even its parts could be found, and a problem says why
   */
  static @Nullable ReadModel read(Node root, String name, Calendars calendars, Problems problems) {
    Values values = new Values(problems);
    int before = problems.errors();
    Header header = Header.read(root, KIND, name, values);
    if (header == null) {
      return null;
    }
    ModelReader reader = new ModelReader(values, calendars);
    ModelDefinition definition = reader.definition(header);
    if (definition == null) {
      return null;
    }
    if (problems.errors() == before) {
      RuleChecks.check(definition, header.spec(), problems);
      OutcomeChecks.check(definition, header.spec(), problems);
    }
    return new ReadModel(definition, reader.rules.uses(), problems.errors() == before);
  }

  private @Nullable ModelDefinition definition(Header header) {
    Fields spec = Fields.of(header.spec(), values, KEYS);
    if (spec == null) {
      return null;
    }
    int before = values.problems().errors();
    Limits total = total(spec);
    Condition audience = audience(spec);
    List<Discount> discounted =
        spec.optional("discount", node -> values.list(node, discounts::discount), List.of());
    List<Dimension> dimensions = spec.required("dimensions", this::dimensions);
    List<Disqualifier> disqualifiers =
        spec.optional("disqualify", node -> values.list(node, this::disqualifier), List.of());
    List<Dimension> read = dimensions == null ? List.of() : dimensions;
    boolean complete = values.problems().errors() == before;
    checkSilences(read);
    warnOfIdleDiscounts();
    Reach reach =
        complete
            ? Reach.of(read, total.min, total.max)
            : Reach.unknown(read.stream().map(Dimension::name).toList());
    OutcomeReader.Outcomes outcome = new OutcomeReader(values, reach, calendars).read(spec);
    return new ModelDefinition(
        header.name(),
        audience,
        discounted,
        read,
        total.min,
        total.max,
        disqualifiers,
        outcome.labels(),
        outcome.grade(),
        outcome.segments(),
        outcome.stages());
  }

  private @Nullable Condition audience(Fields spec) {
    Condition include = spec.optional("include", node -> rules.when("include", node));
    Condition exclude = spec.optional("exclude", node -> rules.when("exclude", node));
    if (exclude == null) {
      return include;
    }
    Condition rest = new Condition.Not(exclude);
    return include == null ? rest : new Condition.All(List.of(include, rest));
  }

  /** The least and the most of the shown total, in millionths. */
  private record Limits(long min, long max) {}

  private Limits total(Fields spec) {
    Limits defaults = new Limits(DEFAULT_MIN, DEFAULT_MAX);
    return spec.optional("total", node -> total(node, defaults), defaults);
  }

  private @Nullable Limits total(Node node, Limits defaults) {
    Fields fields = Fields.of(node, values, "min", "max");
    if (fields == null) {
      return null;
    }
    long min = fields.optional("min", values::wholePoints, defaults.min);
    long max = fields.optional("max", values::wholePoints, defaults.max);
    return isAscending(fields, min, max) ? new Limits(min, max) : null;
  }

  private boolean isAscending(Fields fields, @Nullable Long min, @Nullable Long max) {
    if (min == null || max == null || min < max) {
      return true;
    }
    Position at = fields.at(fields.has("min") ? "min" : "max");
    String message = "min " + Millionths.text(min) + " and max " + Millionths.text(max);
    values.problems().error(at, message + ", expected min below max");
    return false;
  }

  private @Nullable List<Dimension> dimensions(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<Dimension> dimensions = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      Dimension dimension = dimension(entry);
      if (dimension != null) {
        dimensions.add(dimension);
      }
    }
    return mapping.entries().isEmpty() ? values.refuse(node, "at least one") : dimensions;
  }

  private @Nullable Dimension dimension(Entry entry) {
    String name = values.name(entry.key());
    if (name != null && RESERVED.contains(name)) {
      values.refuse(entry.key(), "another name: this one has a meaning in conditions");
    }
    Fields fields = Fields.of(entry.value(), values, "min", "max", "weight", "decay", "rules");
    if (fields == null) {
      return null;
    }
    Long min = fields.optional("min", values::points);
    Long max = fields.optional("max", values::points);
    isAscending(fields, min, max);
    long weight = fields.optional("weight", this::weight, Millionths.ONE);
    Decay decay = fields.optional("decay", rules::decay, new Decay.None());
    List<Rule> read =
        fields.required("rules", list -> values.list(list, node -> rules.rule(node, decay)));
    return name == null
        ? null
        : new Dimension(name, min, max, weight, read == null ? List.of() : read);
  }

  private @Nullable Long weight(Node node) {
    Long weight = values.decimal(node);
    return weight == null || (weight >= 0 && weight <= MOST_WEIGHT)
        ? weight
        : values.refuse(node, "a weight from 0 to " + Millionths.text(MOST_WEIGHT));
  }

  private @Nullable Disqualifier disqualifier(Node node) {
    Fields fields = Fields.of(node, values, "id", "when", "reason");
    if (fields == null) {
      return null;
    }
    String id = fields.required("id", rules::id);
    Condition when = fields.required("when", one -> rules.when(id == null ? "" : id, one));
    String reason = fields.required("reason", values::text);
    return id == null || when == null || reason == null ? null : new Disqualifier(id, when, reason);
  }

  /** Silence is counted from the activities that the model reads, so there must be some. */
  private void checkSilences(List<Dimension> dimensions) {
    boolean reads =
        dimensions.stream()
            .flatMap(dimension -> dimension.rules().stream())
            .anyMatch(Rule.OnActivity.class::isInstance);
    for (Use use : rules.uses()) {
      if (!reads && use instanceof Use.OfSilence silence) {
        values
            .problems()
            .error(
                silence.at(),
                "silentFor in a model that reads no activity, expected a rule with activity as"
                    + " well");
      }
    }
  }

  /** What no rule gives points for cannot be worth less. */
  private void warnOfIdleDiscounts() {
    Set<String> worth = new TreeSet<>();
    for (Use use : rules.uses()) {
      if (use instanceof Use.OfActivity read && read.role() == Use.Role.GIVES) {
        worth.add(read.activity());
      }
    }
    for (Use use : rules.uses()) {
      if (use instanceof Use.OfActivity read
          && read.role() == Use.Role.DISCOUNTED
          && !worth.contains(read.activity())) {
        String found = "no rule gives points for " + read.activity();
        values
            .problems()
            .warning(
                read.at(),
                found + ", so this discounts nothing" + Spelling.hint(read.activity(), worth));
      }
    }
  }
}
