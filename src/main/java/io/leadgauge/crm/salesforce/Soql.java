package io.leadgauge.crm.salesforce;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A query, made of checked parts only, so that no name and no value can be read as anything else:
 * objects and fields are names, ids are ids, texts are quoted and escaped. Immutable.
 *
 * @see <a
 *     href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm">Salesforce:
 *     quoted string escape sequences, 2026</a>
 */
final class Soql {
  /** What a field may be called, with those that lead to it. */
  private static final Pattern FIELD =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}(\\.[A-Za-z][A-Za-z0-9_]{0,79}){0,4}");

  private static final Pattern OBJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");

  private final String selected;
  private final List<String> conditions;
  private final String order;
  private final int limit;

  private Soql(String selected, List<String> conditions, String order, int limit) {
    this.selected = selected;
    this.conditions = List.copyOf(conditions);
    this.order = order;
    this.limit = limit;
  }

  /** Tells whether a text can be the name of a field. */
  static boolean isField(String name) {
    return FIELD.matcher(name).matches();
  }

  /** Tells whether a text can be the name of an object. */
  static boolean isObject(String name) {
    return OBJECT.matcher(name).matches();
  }

  /** Begins a query for fields of all records of an object. */
  static Soql select(Collection<String> fields, String object) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a query for no field of " + object);
    }
    String names = fields.stream().map(Soql::field).distinct().collect(Collectors.joining(","));
    return new Soql("SELECT " + names + " FROM " + object(object), List.of(), "", 0);
  }

  /** Begins a query for how many records an object has. */
  static Soql count(String object) {
    return new Soql("SELECT COUNT() FROM " + object(object), List.of(), "", 0);
  }

  private static String field(String name) {
    if (!isField(name)) {
      throw new IllegalArgumentException("no name of a field: '" + name + "'");
    }
    return name;
  }

  private static String object(String name) {
    if (!isObject(name)) {
      throw new IllegalArgumentException("no name of an object: '" + name + "'");
    }
    return name;
  }

  private Soql and(String condition) {
    List<String> all = new ArrayList<>(conditions);
    all.add(condition);
    return new Soql(selected, all, order, limit);
  }

  /** Keeps records whose field holds one of these ids; at least one. */
  Soql in(String field, Collection<SalesforceId> ids) {
    if (ids.isEmpty()) {
      throw new IllegalArgumentException("no id to look for in " + field);
    }
    return and(
        field(field)
            + " IN ("
            + ids.stream().map(id -> "'" + id.text() + "'").collect(Collectors.joining(","))
            + ")");
  }

  /** Keeps records whose id comes after this one. */
  Soql after(SalesforceId id) {
    return and("Id > '" + id.text() + "'");
  }

  /** Keeps records whose field holds this text. */
  Soql is(String field, String text) {
    return and(field(field) + " = " + quoted(text));
  }

  /** Keeps records whose field holds this truth. */
  Soql is(String field, boolean truth) {
    return and(field(field) + " = " + truth);
  }

  /** Keeps records whose field holds something. */
  Soql isSet(String field) {
    return and(field(field) + " != null");
  }

  /**
   * Keeps records whose field holds an instant of this span, as far as whole seconds tell.
   *
   * @param fromInclusive in milliseconds; the second that it is in counts
   * @param toExclusive in milliseconds; the second that it is in counts, unless it is its beginning
   */
  Soql within(String field, long fromInclusive, long toExclusive) {
    Instant from = Instant.ofEpochMilli(fromInclusive).truncatedTo(ChronoUnit.SECONDS);
    Instant to = Instant.ofEpochMilli(toExclusive + 999).truncatedTo(ChronoUnit.SECONDS);
    return and(field(field) + " >= " + from).and(field(field) + " < " + to);
  }

  /** Sorts by these fields, the least first. */
  Soql orderedBy(String... fields) {
    return new Soql(selected, conditions, sorted("", fields), limit);
  }

  /** Sorts by these fields, the greatest first. */
  Soql newestFirst(String... fields) {
    return new Soql(selected, conditions, sorted(" DESC", fields), limit);
  }

  private static String sorted(String way, String... fields) {
    return List.of(fields).stream()
        .map(field -> field(field) + way)
        .collect(Collectors.joining(",", " ORDER BY ", ""));
  }

  /** Keeps the first so many. */
  Soql first(int most) {
    return new Soql(selected, conditions, order, most);
  }

  /**
   * Returns a text as a literal.
   *
   * @see <a
   *     href="https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm">Salesforce:
   *     quoted string escape sequences, 2026</a>
   */
  static String quoted(String text) {
    StringBuilder literal = new StringBuilder("'");
    text.codePoints()
        .forEach(
            letter -> {
              switch (letter) {
                case '\\' -> literal.append("\\\\");
                case '\'' -> literal.append("\\'");
                case '"' -> literal.append("\\\"");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                case '\t' -> literal.append("\\t");
                case '\b' -> literal.append("\\b");
                case '\f' -> literal.append("\\f");
                default -> literal.appendCodePoint(letter);
              }
            });
    return literal.append('\'').toString();
  }

  /** Returns the query. */
  String text() {
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return selected + where + order + (limit > 0 ? " LIMIT " + limit : "");
  }

  /** Returns the query as a part of an address. */
  String encoded() {
    return URLEncoder.encode(text(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return text();
  }
}
