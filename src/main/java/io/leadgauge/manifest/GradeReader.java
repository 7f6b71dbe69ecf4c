package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.scoring.ModelDefinition.GradeGrid;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import io.leadgauge.scoring.ModelDefinition.GradeStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how a model grades. */
final class GradeReader {
  /** Thirds of a letter, best first, and the points that the best of them takes. */
  private static final List<String> THIRDS =
      List.of("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "F");

  private static final long MOST_THIRDS = 10 * Millionths.ONE;

  private final Values values;
  private final Reach reach;

  GradeReader(Values values, Reach reach) {
    this.values = values;
    this.reach = reach;
  }

  /** Reads a grade: letters, digits or both, or thirds of letters. */
  @Nullable GradeGrid grade(Node node) {
    Fields fields = Fields.of(node, values, "letters", "digits", "thirds");
    if (fields == null) {
      return null;
    }
    boolean sides = fields.has("letters") || fields.has("digits");
    if (sides == fields.has("thirds")) {
      String found = sides ? "thirds beside letters or digits" : Values.found(node);
      return values.fail(node, found + ", expected letters, digits or both, or thirds alone");
    }
    if (fields.has("thirds")) {
      GradeScale thirds = fields.optional("thirds", this::thirds);
      return thirds == null ? null : new GradeGrid(thirds, null);
    }
    return new GradeGrid(
        fields.optional("letters", this::scale), fields.optional("digits", this::scale));
  }

  private @Nullable GradeScale scale(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    Node named = mapping.value("dimension");
    if (named == null) {
      return values.fail(node, "the key \"dimension\" is missing");
    }
    String dimension = dimension(named);
    List<GradeStep> steps = steps(mapping, dimension);
    if (mapping.entries().size() < 2) {
      return values.fail(node, "a scale without steps, expected some such as A: 40");
    }
    return dimension == null ? null : new GradeScale(dimension, steps);
  }

  private @Nullable String dimension(Node node) {
    Set<String> known = reach.dimensions().keySet();
    return values.word(word -> Optional.of(word).filter(known::contains), known).read(node);
  }

  private List<GradeStep> steps(Mapping mapping, @Nullable String dimension) {
    List<GradeStep> steps = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      if (entry.key().text().equals("dimension")) {
        continue;
      }
      String name = stepName(entry.key());
      Long threshold = values.points(entry.value());
      if (name == null || threshold == null) {
        continue;
      }
      if (!steps.isEmpty() && threshold >= steps.getLast().threshold()) {
        String above = text(steps.getLast().threshold()) + " of " + steps.getLast().name();
        values.fail(
            entry.value(),
            name + " " + text(threshold) + ", expected less than " + above + ": best first");
      }
      if (dimension != null) {
        String what = name + " from " + text(threshold) + " points of " + dimension;
        reach
            .bounds(dimension)
            .checkReached(threshold, entry.value().at(), what, values.problems());
      }
      steps.add(new GradeStep(name, threshold));
    }
    return steps;
  }

  private @Nullable String stepName(Node.Scalar key) {
    return key.text().matches("[A-Za-z0-9+-]{1,8}")
        ? key.text()
        : values.refuse(key, "a letter or digit such as A or 1");
  }

  private @Nullable GradeScale thirds(Node node) {
    String dimension = dimension(node);
    if (dimension == null) {
      return null;
    }
    List<GradeStep> steps = new ArrayList<>();
    for (String third : THIRDS) {
      steps.add(new GradeStep(third, MOST_THIRDS - steps.size() * Millionths.ONE));
    }
    return new GradeScale(dimension, steps);
  }

  private static String text(long points) {
    return Millionths.text(points);
  }
}
