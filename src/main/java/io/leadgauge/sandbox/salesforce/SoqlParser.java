package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.salesforce.Soql.Condition;
import io.leadgauge.sandbox.salesforce.Soql.Literal;
import io.leadgauge.sandbox.salesforce.Soql.Order;
import io.leadgauge.sandbox.salesforce.Soql.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads queries: {@code SELECT fields | COUNT() FROM object WHERE … ORDER BY … LIMIT n}. Conditions
 * are comparisons and {@code IN}, joined by AND or by OR; where both are, parentheses must say what
 * belongs together. All else that SOQL has is refused as malformed.
 */
final class SoqlParser {
  private static final int LONGEST = 100_000;
  private static final Set<String> COMPARISONS = Set.of("=", "!=", "<>", "<", "<=", ">", ">=");

  private final String query;
  private final List<SoqlToken> tokens;
  private int next;

  private SoqlParser(String query) {
    this.query = query;
    this.tokens = SoqlToken.of(query);
  }

  static Soql parse(String query) {
    if (query.length() > LONGEST) {
      throw Refused.of(
          400, "MALFORMED_QUERY", "SOQL statements cannot be longer than 100000 characters.");
    }
    return new SoqlParser(query).query();
  }

  private Soql query() {
    expect("SELECT");
    List<Path> fields = selection();
    expect("FROM");
    Path from = name();
    Optional<Condition> where = take("WHERE") ? Optional.of(condition()) : Optional.empty();
    List<Order> order = new ArrayList<>();
    if (take("ORDER")) {
      expect("BY");
      do {
        order.add(order());
      } while (take(","));
    }
    int limit = take("LIMIT") ? limit() : Integer.MAX_VALUE;
    if (peek().kind() != SoqlToken.Kind.END) {
      throw unexpected();
    }
    return new Soql(query, fields, from, where, order, limit);
  }

  private List<Path> selection() {
    List<Path> fields = new ArrayList<>();
    if (peek().is("COUNT")) {
      advance();
      expect("(");
      expect(")");
      return fields;
    }
    do {
      Path field = name();
      if (peek().is("(")) {
        throw unexpected();
      }
      fields.add(field);
    } while (take(","));
    return fields;
  }

  /** Parts joined by one word; where the other follows, whoever asked finds it in the way. */
  private Condition condition() {
    Condition first = part();
    if (!peek().is("AND") && !peek().is("OR")) {
      return first;
    }
    String joined = peek().text();
    List<Condition> parts = new ArrayList<>(List.of(first));
    while (take(joined)) {
      parts.add(part());
    }
    return joined.equalsIgnoreCase("AND") ? new Condition.And(parts) : new Condition.Or(parts);
  }

  private Condition part() {
    if (take("(")) {
      Condition inner = condition();
      expect(")");
      return inner;
    }
    Path field = name();
    if (peek().is("NOT") || peek().is("IN")) {
      boolean negated = take("NOT");
      expect("IN");
      return new Condition.In(field, literals(), negated);
    }
    SoqlToken operator = advance();
    if (operator.kind() != SoqlToken.Kind.SYMBOL || !COMPARISONS.contains(operator.text())) {
      next--;
      throw unexpected();
    }
    String sign = operator.text().equals("<>") ? "!=" : operator.text();
    return new Condition.Compare(field, sign, literal());
  }

  private List<Literal> literals() {
    List<Literal> values = new ArrayList<>();
    expect("(");
    do {
      values.add(literal());
    } while (take(","));
    expect(")");
    return values;
  }

  private Literal literal() {
    SoqlToken token = advance();
    boolean value =
        switch (token.kind()) {
          case STRING, NUMBER, DATE, DATETIME -> true;
          case WORD -> token.is("null") || token.is("true") || token.is("false");
          case SYMBOL, END -> false;
        };
    if (!value) {
      next--;
      throw unexpected();
    }
    return new Literal(token.kind(), token.text(), token.at());
  }

  private Order order() {
    Path field = name();
    boolean descending = take("DESC");
    if (!descending) {
      take("ASC");
    }
    boolean nullsLast = false;
    if (take("NULLS")) {
      nullsLast = take("LAST");
      if (!nullsLast) {
        expect("FIRST");
      }
    }
    return new Order(field, descending, nullsLast);
  }

  private int limit() {
    SoqlToken number = advance();
    if (number.kind() != SoqlToken.Kind.NUMBER || !number.text().matches("\\d{1,9}")) {
      next--;
      throw unexpected();
    }
    return Integer.parseInt(number.text());
  }

  private Path name() {
    SoqlToken token = advance();
    if (token.kind() != SoqlToken.Kind.WORD) {
      next--;
      throw unexpected();
    }
    return new Path(token.text(), token.at());
  }

  private SoqlToken peek() {
    return tokens.get(next);
  }

  private SoqlToken advance() {
    return tokens.get(next++);
  }

  private boolean take(String word) {
    boolean there = peek().is(word);
    next += there ? 1 : 0;
    return there;
  }

  private void expect(String word) {
    if (!take(word)) {
      throw unexpected();
    }
  }

  private Refused unexpected() {
    SoqlToken token = peek();
    return Soql.malformed(query, token.at(), "unexpected token: '" + token.text() + "'");
  }
}
