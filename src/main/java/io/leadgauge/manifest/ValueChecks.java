package io.leadgauge.manifest;

import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.StageMap;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks the values that models ask for against what a connection can tell them: values that a
 * field never has as it is read, a stage that a model both moves and scores, and a model that is
 * left with nobody to score.
 */
final class ValueChecks {
  private final ReadConnection connection;
  private final Problems problems;

  /** By property, the values that are asked for by name. */
  private final Map<String, Set<String>> named = new TreeMap<>();

  /** Properties that are asked for more than whether they are one of some values. */
  private final Set<String> tested = new TreeSet<>();

  private ValueChecks(ReadConnection connection, Problems problems) {
    this.connection = connection;
    this.problems = problems;
  }

  /**
   * Adds what is wrong between a connection and the values that its models ask for.
   *
   * @param models all models that could be read, by name
   */
  static void check(ReadConnection connection, Map<String, ReadModel> models, Problems problems) {
    ValueChecks checks = new ValueChecks(connection, problems);
    for (ReadModelUse use : connection.models()) {
      ReadModel model = models.get(use.use().model());
      checks.add(use.when());
      if (model != null && model.complete()) {
        checks.add(model.definition());
        checks.checkAudience(use, model.definition());
      }
    }
    connection.names().fields().fields().forEach(checks::checkNamed);
    checks.checkStage(models);
  }

  // What is asked for

  private void add(ModelDefinition model) {
    add(model.audience());
    model.disqualifiers().forEach(disqualifier -> add(disqualifier.when()));
    model.dimensions().forEach(dimension -> dimension.rules().forEach(this::add));
  }

  private void add(Rule rule) {
    switch (rule) {
      case Rule.OnProperty property -> add(property.when());
      case Rule.ByValue values -> name(values.property(), values.values().keySet());
      case Rule.ByRange range -> tested.add(range.property());
      case Rule.OnActivity activity -> {}
      case Rule.OnSilence silence -> {}
    }
  }

  private void add(@Nullable Condition condition) {
    switch (condition) {
      case null -> {}
      case Condition.All all -> all.conditions().forEach(this::add);
      case Condition.Any any -> any.conditions().forEach(this::add);
      case Condition.Not not -> add(not.condition());
      case Condition.In(String name, Set<String> values) -> name(name, values);
      case Condition test -> tested.add(Possibility.name(test));
    }
  }

  private void name(String property, Set<String> values) {
    Set<String> known = named.computeIfAbsent(property, name -> new TreeSet<>());
    values.forEach(value -> known.add(value.toLowerCase(Locale.ROOT)));
  }

  // Values that a field never has

  private void checkNamed(String property, Field field) {
    for (String value : named.getOrDefault(property, Set.of())) {
      if (!canBe(value, field.type())) {
        problems.warning(
            connection.at("fields", property),
            property
                + " is read as "
                + Words.of(field.type())
                + ", so it is never \""
                + value
                + "\", which a rule asks for");
      }
    }
  }

  private static boolean canBe(String value, FieldType type) {
    return switch (type) {
      case TEXT -> true;
      case NUMBER, RANGE -> Millionths.parse(value).isPresent();
      case BOOLEAN -> value.equals("true") || value.equals("false");
      case INSTANT -> false;
    };
  }

  // The stage that is moved

  /** What is asked of the stage changes with it, unless it is a value that no model sets. */
  private void checkStage(Map<String, ReadModel> models) {
    Set<String> set = new TreeSet<>();
    for (ReadModelUse use : connection.models()) {
      StageMap stages = use.use().stages();
      if (stages != null) {
        stages.values().values().forEach(value -> set.add(value.toLowerCase(Locale.ROOT)));
      }
    }
    if (set.isEmpty()) {
      return;
    }
    for (ReadModelUse use : connection.models()) {
      ReadModel model = models.get(use.use().model());
      List<Use> reads = model == null ? List.of() : model.uses();
      for (Use read : reads) {
        if (read instanceof Use.OfProperty of && isStage(of.property()) && feels(of, set)) {
          warnOfLoop(of);
        }
      }
    }
  }

  private boolean isStage(String property) {
    Field field = connection.names().fields().fields().get(property);
    StageMap stages = connection.names().stages();
    if (property.startsWith(FieldMap.RAW_PREFIX)) {
      return property.substring(FieldMap.RAW_PREFIX.length()).equals(stages.property());
    }
    return field != null
        && stages.holders().stream().anyMatch(holder -> stages.property().equals(field.in(holder)));
  }

  private boolean feels(Use.OfProperty read, Set<String> set) {
    return tested.contains(read.property())
        || named.getOrDefault(read.property(), Set.of()).stream().anyMatch(set::contains);
  }

  private void warnOfLoop(Use.OfProperty read) {
    problems.warning(
        connection.at("fields", read.property()),
        read.property()
            + " is the stage, which this connection moves: what it sets changes the rule "
            + read.rule()
            + " in turn");
  }

  // Whom a model is left with

  private void checkAudience(ReadModelUse use, ModelDefinition model) {
    Condition when = use.when();
    Condition audience = model.audience();
    if (when != null && !Possibility.isPossible(when)) {
      problems.error(use.at(), "no contact can satisfy when, expected something possible");
    } else if (when != null && audience != null && !Possibility.isPossible(when, audience)) {
      String scored = " scores nobody who satisfies when";
      problems.error(
          use.at(), "the model " + model.name() + scored + ", expected an audience in common");
    }
  }
}
