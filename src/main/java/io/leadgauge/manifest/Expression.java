package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.scoring.ModelDefinition.GradeGrid;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import io.leadgauge.scoring.ModelDefinition.GradeStep;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a condition on points, such as {@code total >= 40 and (fit >= 15 or engagement >= 30)}.
 *
 * <pre>
 * either     := both ("or" both)*
 * both       := one ("and" one)*
 * one        := "(" either ")" | name ("&gt;=" | "&gt;" | "&lt;=" | "&lt;") number
 *             | "grade" ("&gt;=" | "&lt;") step
 * </pre>
 */
final class Expression {
  /** The shown total, beside the names of the dimensions. */
  static final String TOTAL = "total";

  /** The grade, beside the names of the dimensions. */
  static final String GRADE = "grade";

  private static final int DEEPEST = 16;
  private static final Pattern STEP = Pattern.compile("[A-Za-z0-9+-]+");
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_.-]*|[-+]?[0-9][0-9.]*|>=|<=|==|!=|[<>=()]|\\S)");

  private final Scalar scalar;
  private final Compared compared;
  private final Matcher tokens;
  private String token = "";
  private int start;

  private Expression(Scalar scalar, Compared compared) {
    this.scalar = scalar;
    this.compared = compared;
    this.tokens = TOKEN.matcher(scalar.text());
    advance(0);
  }

  /**
   * What can be compared, beside the total.
   *
   * @param dimensions the names of the dimensions
   * @param graded whether the model says how it grades
   * @param grade how; null if it does not say, or if that could not be read
   */
  record Compared(Collection<String> dimensions, boolean graded, @Nullable GradeGrid grade) {}

  /** Reads an expression; null if it is none, and a problem says why. */
  static @Nullable PointsCondition read(Node node, Compared compared, Values values) {
    String text = values.text(node);
    if (text == null) {
      return null;
    }
    try {
      return new Expression((Scalar) node, compared).whole();
    } catch (Broken e) {
      values.problems().error(e.at, e.reason);
      return null;
    }
  }

  private PointsCondition whole() {
    PointsCondition condition = either(1);
    if (!token.isEmpty()) {
      throw broken("expected \"and\", \"or\" or the end");
    }
    return condition;
  }

  private PointsCondition either(int depth) {
    List<PointsCondition> parts = new ArrayList<>(List.of(both(depth)));
    while (token.equals("or")) {
      next();
      parts.add(both(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new PointsCondition.Any(parts);
  }

  private PointsCondition both(int depth) {
    List<PointsCondition> parts = new ArrayList<>(List.of(one(depth)));
    while (token.equals("and")) {
      next();
      parts.add(one(depth));
    }
    return parts.size() == 1 ? parts.getFirst() : new PointsCondition.All(parts);
  }

  private PointsCondition one(int depth) {
    if (!token.equals("(")) {
      return compare();
    }
    if (depth >= DEEPEST) {
      throw broken("expected at most " + DEEPEST + " levels of parentheses");
    }
    next();
    PointsCondition inner = either(depth + 1);
    if (!token.equals(")")) {
      throw broken("expected \")\"");
    }
    next();
    return inner;
  }

  private PointsCondition compare() {
    if (token.equals(GRADE)) {
      return compareGrade();
    }
    String name = name();
    Comparison comparison = comparison();
    OptionalLong points = Millionths.parse(token);
    if (points.isEmpty()) {
      throw broken("expected a number");
    }
    next();
    return new PointsCondition.Compare(
        name.equals(TOTAL) ? null : name, comparison, points.getAsLong());
  }

  /** Compares the one dimension that the model grades by with what a step begins at. */
  private PointsCondition compareGrade() {
    GradeGrid grid = compared.grade();
    if (!compared.graded()) {
      throw broken("expected " + TOTAL + " or a dimension: the model has no grade");
    }
    if (grid != null && grid.letters() != null && grid.digits() != null) {
      throw broken("expected the dimensions: a grade of two sides is neither better nor worse");
    }
    next();
    boolean better = token.equals(Comparison.AT_LEAST.sign());
    if (!better && !token.equals(Comparison.LESS_THAN.sign())) {
      throw broken("expected >= for a grade or better, < for a worse one");
    }
    next();
    Matcher step = STEP.matcher(scalar.text()).region(start, scalar.text().length());
    token = step.lookingAt() ? step.group() : token;
    PointsCondition condition = compareStep(grid, better);
    next();
    return condition;
  }

  private PointsCondition compareStep(@Nullable GradeGrid grid, boolean better) {
    GradeScale scale = onlySide(grid);
    Comparison comparison = better ? Comparison.AT_LEAST : Comparison.LESS_THAN;
    if (scale == null) {
      // What is wrong with the grade was said where it stands.
      return new PointsCondition.Compare(null, Comparison.AT_LEAST, 0);
    }
    for (GradeStep step : scale.steps()) {
      if (step.name().equals(token)) {
        if (step.equals(scale.steps().getLast())) {
          throw broken("expected a better grade: everybody has that one at least");
        }
        return new PointsCondition.Compare(scale.dimension(), comparison, step.threshold());
      }
    }
    List<String> steps = scale.steps().stream().map(GradeStep::name).toList();
    throw broken("expected one of the grades " + String.join(", ", steps));
  }

  private static @Nullable GradeScale onlySide(@Nullable GradeGrid grid) {
    if (grid == null) {
      return null;
    }
    return grid.letters() == null ? grid.digits() : grid.letters();
  }

  private String name() {
    String name = token;
    if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
      throw broken("expected " + TOTAL + " or a dimension");
    }
    if (!name.equals(TOTAL) && !compared.dimensions().contains(name)) {
      TreeSet<String> known = new TreeSet<>(compared.dimensions());
      known.add(TOTAL);
      throw new Broken(scalar.at(start), "unknown \"" + name + "\"" + Spelling.hint(name, known));
    }
    next();
    return name;
  }

  private Comparison comparison() {
    for (Comparison comparison : Comparison.values()) {
      if (token.equals(comparison.sign())) {
        next();
        return comparison;
      }
    }
    throw broken("expected >=, >, <= or <");
  }

  private void next() {
    advance(start + token.length());
  }

  private void advance(int from) {
    boolean found = tokens.find(from);
    token = found ? tokens.group(1) : "";
    start = found ? tokens.start(1) : scalar.text().length();
  }

  private Broken broken(String expected) {
    String found = token.isEmpty() ? "the end" : "\"" + token + "\"";
    return new Broken(scalar.at(start), found + " in the condition, " + expected);
  }

  /** Ends the reading of an expression in the middle. */
  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Position at;
    private final String reason;

    Broken(Position at, String reason) {
      super(reason, null, false, false);
      this.at = at;
      this.reason = reason;
    }
  }
}
