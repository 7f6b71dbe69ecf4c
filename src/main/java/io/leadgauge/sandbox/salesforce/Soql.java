package io.leadgauge.sandbox.salesforce;

import java.util.List;
import java.util.Optional;

/**
 * A query as it is written, before anybody has looked whether there are such fields.
 *
 * @param text the whole query
 * @param fields what is selected; empty for {@code COUNT()}
 * @param limit the most records; {@link Integer#MAX_VALUE} where there is none
 */
record Soql(
    String text,
    List<Path> fields,
    Path from,
    Optional<Condition> where,
    List<Order> order,
    int limit) {
  private static final int SHOWN_BEFORE = 60;
  private static final int SHOWN_AFTER = 30;

  /** A name in the query, and where it stands, from 0. */
  record Path(String text, int at) {}

  /** A value in the query. */
  record Literal(SoqlToken.Kind kind, String text, int at) {

    boolean isNull() {
      return kind == SoqlToken.Kind.WORD && text.equalsIgnoreCase("null");
    }
  }

  /** A field that the records are ordered by. */
  record Order(Path field, boolean descending, boolean nullsLast) {}

  /** What records must meet. */
  sealed interface Condition {
    /** All of them. */
    record And(List<Condition> parts) implements Condition {}

    /** One of them at least. */
    record Or(List<Condition> parts) implements Condition {}

    /** A comparison: {@code =}, {@code !=}, {@code <}, {@code <=}, {@code >}, {@code >=}. */
    record Compare(Path field, String operator, Literal value) implements Condition {}

    /** One of several values, or none of them. */
    record In(Path field, List<Literal> values, boolean negated) implements Condition {}
  }

  boolean counts() {
    return fields.isEmpty();
  }

  /** 400 with the place in the query that is wrong, as Salesforce shows it. */
  static Refused malformed(String query, int at, String why) {
    return Refused.of(400, "MALFORMED_QUERY", placed(query, at, why));
  }

  /** A sentence with the place in the query that it is about. */
  static String placed(String query, int at, String why) {
    int from = Math.max(0, at - SHOWN_BEFORE);
    String shown = query.substring(from, Math.min(query.length(), at + SHOWN_AFTER));
    return "\n%s\n%s^\nERROR at Row:1:Column:%d\n%s"
        .formatted(shown, " ".repeat(at - from), at + 1, why);
  }
}
