package io.leadgauge.manifest;

import io.leadgauge.manifest.Case.Expectation;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.model.Contribution;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.Evaluation.NextLabel;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.Rule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a manifest of kind {@code Cases}. */
final class CasesReader {
  static final String KIND = "Cases";

  /** What stands for no label, grade, stage, segment or disqualification. */
  private static final String NONE = "none";

  private final Values values;
  private final ModelDefinition model;
  private final ContactReader contacts;
  private final List<Expectation> expectations = new ArrayList<>();

  private CasesReader(Values values, ModelDefinition model) {
    this.values = values;
    this.model = model;
    this.contacts = new ContactReader(values, model);
  }

  /**
   * Reads the cases of a model.
   *
   * @return those that could be read
   */
  static List<Case> read(Node root, ModelDefinition model, Problems problems) {
    Values values = new Values(problems);
    Header header = Header.read(root, KIND, model.name(), values);
    Fields spec = header == null ? null : Fields.of(header.spec(), values, "at", "cases");
    if (spec == null) {
      return List.of();
    }
    Long at = spec.optional("at", values::instant);
    List<Case> cases =
        spec.required(
            "cases",
            list -> values.list(list, node -> new CasesReader(values, model).oneCase(node, at)));
    return cases == null ? List.of() : cases;
  }

  private @Nullable Case oneCase(Node node, @Nullable Long defaultAt) {
    Fields fields = Fields.of(node, values, "name", "at", "contact", "expect");
    if (fields == null) {
      return null;
    }
    String name = fields.required("name", values::text);
    SampleContact contact = fields.required("contact", contacts::contact);
    Fields expect = fields.required("expect", this::expect);
    Long at =
        fields.has("at") || defaultAt == null ? fields.required("at", values::instant) : defaultAt;
    return name == null || contact == null || expect == null || at == null
        ? null
        : new Case(name, fields.at("name"), at, contact, expectations);
  }

  private @Nullable Fields expect(Node node) {
    Fields fields =
        Fields.of(
            node,
            values,
            "scored",
            "total",
            "label",
            "grade",
            "stage",
            "segment",
            "next",
            "disqualified",
            "dimensions",
            "contributions",
            "reasons");
    if (fields == null) {
      return null;
    }
    fields.optional("scored", this::scored);
    fields.optional("total", this::total);
    fields.optional(
        "label", one -> word(one, "label", labels(), result -> result.decision().label()));
    fields.optional("grade", one -> word(one, "grade", null, result -> result.score().grade()));
    fields.optional(
        "stage", one -> word(one, "stage", stages(), result -> result.decision().stage()));
    fields.optional("segment", one -> word(one, "segment", segments(), Evaluation::segment));
    fields.optional("next", this::next);
    fields.optional("disqualified", this::disqualified);
    fields.optional("dimensions", this::dimensions);
    fields.optional("contributions", this::contributions);
    fields.optional("reasons", this::reasons);
    return fields;
  }

  private @Nullable Boolean scored(Node node) {
    Boolean scored = values.truth(node);
    if (scored != null) {
      expect(
          node, "scored", scored.toString(), result -> Boolean.toString(result.score().scored()));
    }
    return scored;
  }

  private @Nullable Long total(Node node) {
    Long total = values.wholePoints(node);
    if (total != null) {
      expect(
          node, "total", Millionths.text(total), result -> Long.toString(result.score().total()));
    }
    return total;
  }

  /** Finds a word in an evaluation. */
  @FunctionalInterface
  private interface Word {
    @Nullable String in(Evaluation evaluation);
  }

  private @Nullable String word(Node node, String what, @Nullable List<String> known, Word actual) {
    String expected = node.isNothing() ? NONE : knownText(node, known);
    if (expected != null) {
      expect(node, what, expected, result -> orNone(actual.in(result)));
    }
    return expected;
  }

  private @Nullable String knownText(Node node, @Nullable List<String> known) {
    return known == null
        ? values.text(node)
        : values.word(word -> Optional.of(word).filter(known::contains), known).read(node);
  }

  private static String orNone(@Nullable String text) {
    return text == null ? NONE : text;
  }

  /** Reads what would reach the next label: the label, the points that are missing, or nothing. */
  private @Nullable Fields next(Node node) {
    if (node.isNothing()) {
      expect(node, "next", NONE, result -> nextLabel(result.next()));
      return null;
    }
    Fields fields = Fields.of(node, values, "label", "points");
    if (fields == null) {
      return null;
    }
    fields.optional(
        "label", one -> word(one, "next.label", labels(), result -> nextLabel(result.next())));
    fields.optional("points", this::nextPoints);
    return fields;
  }

  private static String nextLabel(@Nullable NextLabel next) {
    return next == null ? NONE : next.label();
  }

  private @Nullable Long nextPoints(Node node) {
    Long points = values.wholePoints(node);
    if (points != null) {
      expect(
          node,
          "next.points",
          Millionths.text(points),
          result -> result.next() == null ? NONE : Long.toString(result.next().points()));
    }
    return points;
  }

  private @Nullable List<String> disqualified(Node node) {
    boolean empty = node instanceof Sequence sequence && sequence.items().isEmpty();
    List<String> reasons = empty ? List.of() : values.list(node, values::text);
    if (reasons != null) {
      expect(
          node, "disqualified", joined(reasons), result -> joined(result.score().disqualified()));
    }
    return reasons;
  }

  private static String joined(List<String> reasons) {
    return reasons.isEmpty() ? NONE : String.join("; ", reasons);
  }

  private @Nullable Mapping dimensions(Node node) {
    List<String> names = model.dimensions().stream().map(Dimension::name).toList();
    return points(
        node,
        "dimensions",
        names,
        name -> result -> result.score().dimensions().getOrDefault(name, 0L));
  }

  private @Nullable Mapping contributions(Node node) {
    return points(node, "contributions", rules(), id -> result -> contribution(result, id));
  }

  private static long contribution(Evaluation result, String id) {
    return result.score().contributions().stream()
        .filter(line -> line.rule().equals(id))
        .mapToLong(Contribution::points)
        .sum();
  }

  /** Reads the sentences of contributions, by rule. */
  private @Nullable Mapping reasons(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    for (Entry entry : mapping.entries()) {
      String rule = line(entry.key(), rules());
      String reason = values.text(entry.value());
      if (rule != null && reason != null) {
        expect(entry.value(), "reasons." + rule, reason, result -> reason(result, rule));
      }
    }
    return mapping;
  }

  private static String reason(Evaluation result, String id) {
    return result.score().contributions().stream()
        .filter(line -> line.rule().equals(id))
        .map(Contribution::reason)
        .findFirst()
        .orElse(NONE);
  }

  /** Reads points by name; names that begin with {@code _} are lines of the ledger's own. */
  private @Nullable Mapping points(
      Node node,
      String what,
      Collection<String> names,
      Function<String, Function<Evaluation, Long>> actual) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    for (Entry entry : mapping.entries()) {
      String name = line(entry.key(), names);
      Long points = values.points(entry.value());
      if (name != null && points != null) {
        Function<Evaluation, Long> found = actual.apply(name);
        expect(
            entry.value(),
            what + "." + name,
            Millionths.text(points),
            result -> Millionths.text(found.apply(result)));
      }
    }
    return mapping;
  }

  /** Reads the name of a line of the ledger. */
  private @Nullable String line(Scalar key, Collection<String> names) {
    return key.text().startsWith("_") || names.contains(key.text())
        ? key.text()
        : values.fail(key, "unknown \"" + key.text() + "\"" + Spelling.hint(key.text(), names));
  }

  private void expect(
      Node node, String what, String expected, Function<Evaluation, String> actual) {
    expectations.add(new Expectation(node.at(), what, expected, actual));
  }

  private List<String> rules() {
    return model.dimensions().stream()
        .flatMap(dimension -> dimension.rules().stream())
        .map(Rule::id)
        .toList();
  }

  private List<String> labels() {
    return model.labels().stream().map(Label::name).toList();
  }

  private List<String> stages() {
    return model.stages().stream().map(Stage::name).toList();
  }

  private List<String> segments() {
    return model.segments().stream().map(Segment::name).toList();
  }
}
