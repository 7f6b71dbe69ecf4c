package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Scalar;
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
 * </pre>
 */
final class Expression {
  /** The shown total, beside the names of the dimensions. */
  static final String TOTAL = "total";

  private static final int DEEPEST = 16;
  private static final Pattern TOKEN =
      Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_.-]*|[-+]?[0-9][0-9.]*|>=|<=|==|!=|[<>=()]|\\S)");

  private final Scalar scalar;
  private final Collection<String> dimensions;
  private final Matcher tokens;
  private String token = "";
  private int start;

  private Expression(Scalar scalar, Collection<String> dimensions) {
    this.scalar = scalar;
    this.dimensions = dimensions;
    this.tokens = TOKEN.matcher(scalar.text());
    advance(0);
  }

  /** Reads an expression; null if it is none, and a problem says why. */
  static @Nullable PointsCondition read(Node node, Collection<String> dimensions, Values values) {
    String text = values.text(node);
    if (text == null) {
      return null;
    }
    try {
      return new Expression((Scalar) node, dimensions).whole();
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

  private String name() {
    String name = token;
    if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
      throw broken("expected " + TOTAL + " or a dimension");
    }
    if (!name.equals(TOTAL) && !dimensions.contains(name)) {
      TreeSet<String> known = new TreeSet<>(dimensions);
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
