package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.Dice;
import io.leadgauge.sandbox.salesforce.Soql.Condition;
import io.leadgauge.sandbox.salesforce.Soql.Literal;
import io.leadgauge.sandbox.salesforce.Soql.Order;
import io.leadgauge.sandbox.salesforce.Soql.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A query whose names are found in the schema, as one user sees it, and that can be run.
 *
 * @param columns what is selected; empty for a count
 */
record Query(
    SObject object, List<Column> columns, Predicate<Row> filter, Comparator<Row> order, int limit) {

  /** Finds the names of a query; refuses what is not there, or hidden from the user. */
  static Query of(Soql soql, Org org, Actor actor) {
    return new Resolver(soql, org, actor).query();
  }

  /**
   * Runs it. Where it leaves the order open, chance decides.
   *
   * @param all whether deleted records count too
   */
  List<Row> run(Org org, boolean all, Dice dice) {
    List<Row> found = new ArrayList<>(all ? org.all(object.name()) : org.live(object.name()));
    found.removeIf(filter.negate());
    dice.shuffle(found);
    found.sort(order);
    return found.subList(0, Math.min(limit, found.size()));
  }

  private static final class Resolver {
    private final Soql soql;
    private final Org org;
    private final Actor actor;
    private final SObject object;

    Resolver(Soql soql, Org org, Actor actor) {
      this.soql = soql;
      this.org = org;
      this.actor = actor;
      this.object =
          org.schema().find(soql.from().text()).orElseThrow(() -> noObject(soql.from().text()));
    }

    Query query() {
      List<Column> columns = new ArrayList<>();
      Set<Column> seen = new HashSet<>();
      for (Path path : soql.fields()) {
        Column column = column(path);
        if (!seen.add(column)) {
          throw Soql.malformed(soql.text(), path.at(), "duplicate field selected: " + path.text());
        }
        columns.add(column);
      }
      Predicate<Row> filter = soql.where().map(this::filter).orElse(row -> true);
      return new Query(object, columns, filter, order(), soql.limit());
    }

    private Column column(Path path) {
      int dot = path.text().indexOf('.');
      if (dot < 0) {
        Field field =
            object.find(path.text(), actor).orElseThrow(() -> noColumn(path, path.text(), object));
        return new Column(Optional.empty(), field, false);
      }
      String relationship = path.text().substring(0, dot);
      Field via =
          object
              .relationship(relationship, actor)
              .orElseThrow(
                  () ->
                      wrong(
                          path,
                          "Didn't understand relationship '%s' in field path. If you are attempting to"
                                  .formatted(relationship)
                              + " use a custom relationship, be sure to append the '__r' after the"
                              + " custom relationship name. Please reference your WSDL or the"
                              + " describe call for the appropriate names."));
      return there(path, path.text().substring(dot + 1), via);
    }

    /** A reference to several objects shows only what a name has: id, name and type. */
    private Column there(Path path, String name, Field via) {
      SObject target = org.schema().of(via.to().getFirst());
      boolean several = via.to().size() > 1;
      if (several && name.equalsIgnoreCase("Type")) {
        return new Column(Optional.of(via), target.find("Id").orElseThrow(), true);
      }
      Field field =
          target
              .find(name, actor)
              .filter(found -> !several || Set.of("Id", "Name").contains(found.name()))
              .orElseThrow(() -> noColumn(path, name, target));
      return new Column(Optional.of(via), field, false);
    }

    private Predicate<Row> filter(Condition condition) {
      return switch (condition) {
        case Condition.And(List<Condition> parts) ->
            parts.stream().map(this::filter).reduce(row -> true, Predicate::and);
        case Condition.Or(List<Condition> parts) ->
            parts.stream().map(this::filter).reduce(row -> false, Predicate::or);
        case Condition.Compare(Path path, String operator, Literal literal) ->
            compare(path, operator, literal);
        case Condition.In(Path path, List<Literal> literals, boolean negated) -> {
          Predicate<Row> among = among(path, literals);
          yield negated ? among.negate() : among;
        }
      };
    }

    private Predicate<Row> among(Path path, List<Literal> literals) {
      Column column = filterable(path);
      FieldType type = column.kindOnly() ? FieldType.STRING : column.field().type();
      boolean orNone = literals.stream().anyMatch(Literal::isNull);
      Set<String> values = new HashSet<>();
      literals.stream()
          .filter(literal -> !literal.isNull())
          .map(literal -> new SoqlValue(path.text(), type, literal).stored())
          .forEach(value -> values.add(type.comparable(value)));
      return row -> column.of(row, org).map(type::comparable).map(values::contains).orElse(orNone);
    }

    private Predicate<Row> compare(Path path, String operator, Literal literal) {
      Column column = filterable(path);
      if (literal.isNull()) {
        return nullTest(path, operator, column);
      }
      FieldType type = column.kindOnly() ? FieldType.STRING : column.field().type();
      String value = new SoqlValue(path.text(), type, literal).stored();
      return switch (operator) {
        case "=" -> row -> order(column, type, row, value).filter(by -> by == 0).isPresent();
        case "!=" -> row -> order(column, type, row, value).filter(by -> by == 0).isEmpty();
        case "<" -> row -> order(column, type, row, value).filter(by -> by < 0).isPresent();
        case "<=" -> row -> order(column, type, row, value).filter(by -> by <= 0).isPresent();
        case ">" -> row -> order(column, type, row, value).filter(by -> by > 0).isPresent();
        default -> row -> order(column, type, row, value).filter(by -> by >= 0).isPresent();
      };
    }

    private Predicate<Row> nullTest(Path path, String operator, Column column) {
      return switch (operator) {
        case "=" -> row -> column.of(row, org).isEmpty();
        case "!=" -> row -> column.of(row, org).isPresent();
        default -> throw wrong(path, "invalid operator " + operator + " with null");
      };
    }

    private Optional<Integer> order(Column column, FieldType type, Row row, String value) {
      return column.of(row, org).map(own -> type.compare(own, value));
    }

    private Column filterable(Path path) {
      Column column = column(path);
      if (!column.field().type().isFilterable()) {
        throw wrong(path, "field '" + path.text() + "' can not be filtered in a query call");
      }
      return column;
    }

    private Comparator<Row> order() {
      Comparator<Row> order = Comparator.comparingInt(row -> 0);
      for (Order by : soql.order()) {
        Column column = column(by.field());
        FieldType type = column.field().type();
        if (!type.isFilterable()) {
          throw wrong(
              by.field(), "field '" + by.field().text() + "' can not be sorted in a query call");
        }
        Comparator<String> values = by.descending() ? (a, b) -> type.compare(b, a) : type::compare;
        Comparator<String> withNulls =
            by.nullsLast() ? Comparator.nullsLast(values) : Comparator.nullsFirst(values);
        order = order.thenComparing(row -> column.of(row, org).orElse(null), withNulls);
      }
      return order;
    }

    private Refused noColumn(Path path, String name, SObject on) {
      return wrong(
          path,
          "No such column '%s' on entity '%s'. If you are attempting to use a custom field, be sure"
                  .formatted(name, on.name())
              + " to append the '__c' after the custom field name. Please reference your WSDL or"
              + " the describe call for the appropriate names.");
    }

    private Refused wrong(Path path, String why) {
      return Refused.of(400, "INVALID_FIELD", Soql.placed(soql.text(), path.at(), why));
    }

    private static Refused noObject(String name) {
      return Refused.of(
          400,
          "INVALID_TYPE",
          "sObject type '%s' is not supported. If you are attempting to use a custom object, be sure"
                  .formatted(name)
              + " to append the '__c' after the entity name. Please reference your WSDL or the"
              + " describe call for the appropriate names.");
    }
  }
}
