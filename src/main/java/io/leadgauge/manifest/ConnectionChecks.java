package io.leadgauge.manifest;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.StageMap;
import io.leadgauge.manifest.Use.Need;
import io.leadgauge.model.Output;
import io.leadgauge.scoring.ModelDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection against its model: whether it feeds what the rules read, and whether what is
 * written back leaves alone what is read.
 */
final class ConnectionChecks {
  private final ReadConnection connection;
  private final ReadModel model;
  private final Problems problems;
  private final Map<String, ActivityMap> activities = new HashMap<>();

  private ConnectionChecks(ReadConnection connection, ReadModel model, Problems problems) {
    this.connection = connection;
    this.model = model;
    this.problems = problems;
    connection.names().activities().forEach(activity -> activities.put(activity.type(), activity));
  }

  /** Adds what is wrong between a connection and its model. */
  static void check(ReadConnection connection, ReadModel model, Problems problems) {
    ConnectionChecks checks = new ConnectionChecks(connection, model, problems);
    checks.checkProperties();
    checks.checkActivities();
    checks.checkStages();
    checks.checkTargets();
  }

  // Properties

  private void checkProperties() {
    Map<String, Use.OfProperty> unmapped = new TreeMap<>();
    for (Use use : model.uses()) {
      if (use instanceof Use.OfProperty read && !isRaw(read.property())) {
        Field field = connection.names().fields().fields().get(read.property());
        if (field == null) {
          unmapped.putIfAbsent(read.property(), read);
        } else {
          checkType(read, field);
        }
      }
    }
    unmapped.values().forEach(this::refuseUnmapped);
  }

  private void refuseUnmapped(Use.OfProperty read) {
    problems.error(
        connection.at("fields"),
        "no field for the property "
            + read.property()
            + " that the rule "
            + read.rule()
            + " reads at "
            + read.at()
            + Spelling.nearest(read.property(), connection.names().fields().fields().keySet())
                .map(near -> ", expected one; did you mean it by \"" + near + "\"?")
                .orElse(", expected one"));
  }

  private void checkType(Use.OfProperty read, Field field) {
    if (!canBe(read.need(), field.type())) {
      problems.warning(
          connection.at("fields", read.property()),
          read.property()
              + " is read as "
              + Words.of(field.type())
              + ", but the rule "
              + read.rule()
              + " needs "
              + needed(read.need()));
    }
  }

  private static boolean canBe(Need need, FieldType type) {
    return switch (need) {
      case TEXT, NOTHING -> true;
      case NUMBER -> type == FieldType.NUMBER || type == FieldType.RANGE;
      case TRUTH -> type == FieldType.BOOLEAN;
    };
  }

  private static String needed(Need need) {
    return switch (need) {
      case TEXT, NOTHING -> "text";
      case NUMBER -> "number or range";
      case TRUTH -> "boolean";
    };
  }

  private static boolean isRaw(String property) {
    return property.startsWith(FieldMap.RAW_PREFIX);
  }

  // Activities

  private void checkActivities() {
    List<Use.OfSilence> silences = new ArrayList<>();
    boolean fed = false;
    for (Use use : model.uses()) {
      switch (use) {
        case Use.OfActivity read -> {
          ActivityMap activity = activities.get(read.activity());
          fed |= activity != null;
          warnOfStarved(read, activity);
        }
        case Use.OfSilence silence -> silences.add(silence);
        case Use.OfProperty property -> {}
      }
    }
    if (!fed) {
      silences.forEach(this::refuseDeafness);
    }
  }

  private void warnOfStarved(Use.OfActivity read, @Nullable ActivityMap activity) {
    Position at = connection.at("activities");
    String rule = "the rule " + read.rule() + " is starved: nothing here feeds ";
    if (activity == null) {
      problems.warning(at, rule + read.activity());
      return;
    }
    for (String attribute : read.attributes().keySet()) {
      if (!activity.attributes().containsKey(attribute)) {
        problems.warning(
            connection.at("activities", read.activity()),
            rule + "the attribute " + attribute + " of " + read.activity());
      }
    }
  }

  private void refuseDeafness(Use.OfSilence silence) {
    problems.error(
        connection.at("activities"),
        "every contact would seem silent to the rule "
            + silence.rule()
            + ", expected at least one activity that the model reads");
  }

  // Stages

  private void checkStages() {
    StageMap stages = connection.names().stages();
    List<String> names =
        model.definition().stages().stream().map(ModelDefinition.Stage::name).toList();
    if (stages != null) {
      checkStages(names, stages);
    } else if (!names.isEmpty() && connection.mode() == Mode.FULL) {
      String message = "mode full moves no stage without stages, though the model has ";
      problems.warning(connection.at("mode"), message + String.join(", ", names));
    }
  }

  private void checkStages(List<String> names, StageMap stages) {
    int before = -1;
    for (String name : names) {
      String value = stages.values().get(name);
      if (value == null) {
        String expected = ", expected one such as " + name + ": " + stages.order().getFirst();
        problems.error(
            connection.at("stages", "map"), "no value for the model's stage " + name + expected);
        continue;
      }
      if (stages.position(value) <= before) {
        String message = name + " does not come later than the model's stage before it";
        problems.error(
            connection.at("stages", "map", name), message + ", expected the model's order");
      }
      before = Math.max(before, stages.position(value));
    }
    model.definition().stages().forEach(stage -> checkRecycling(stage, stages));
  }

  private void checkRecycling(ModelDefinition.Stage stage, StageMap stages) {
    String from = stages.values().get(stage.name());
    if (stage.recycle() == null || from == null) {
      return;
    }
    String name = stage.recycle().to();
    String to = stages.values().get(name);
    if (to == null) {
      problems.error(
          connection.at("stages", "map"),
          "no value for "
              + name
              + ", to which the model recycles "
              + stage.name()
              + ", expected one such as "
              + name
              + ": "
              + stages.order().getFirst());
    } else if (stages.position(to) >= stages.position(from)) {
      problems.error(
          connection.at("stages", "map", name),
          name + " does not come before " + stage.name() + ", which the model recycles to it");
    }
  }

  // Write-back

  private void checkTargets() {
    Set<String> read = propertiesRead();
    StageMap stages = connection.names().stages();
    for (Map.Entry<Output, String> target : connection.names().writeBack().fields().entrySet()) {
      Position at = connection.at("writeBack", "fields", target.getKey().word());
      String property = target.getValue();
      if (stages != null && stages.property().equals(property)) {
        problems.error(at, property + " holds the stage, expected a field of its own");
      } else if (read.contains(property)) {
        problems.error(
            at, property + " is read as well, expected a field that no rule and no activity reads");
      } else if (property.equals("hubspotscore")) {
        problems.error(at, "hubspotscore is HubSpot's own and read-only, expected another field");
      }
      warnOfUnused(target.getKey(), at);
    }
  }

  private Set<String> propertiesRead() {
    Set<String> read = new HashSet<>();
    for (Use use : model.uses()) {
      if (use instanceof Use.OfProperty of) {
        Field field = connection.names().fields().fields().get(of.property());
        if (isRaw(of.property())) {
          read.add(of.property().substring(FieldMap.RAW_PREFIX.length()));
        } else if (field != null) {
          read.add(field.property());
        }
      }
    }
    for (ActivityMap activity : connection.names().activities()) {
      read.add(activity.at());
      read.addAll(activity.attributes().values());
    }
    return read;
  }

  private void warnOfUnused(Output output, Position at) {
    ModelDefinition definition = model.definition();
    boolean has =
        switch (output) {
          case GRADE -> definition.grade() != null;
          case LABEL -> !definition.labels().isEmpty();
          case SEGMENT -> !definition.segments().isEmpty();
          case DISQUALIFIED -> !definition.disqualifiers().isEmpty();
          case SCORE, REASONS, MODEL -> true;
        };
    if (!has && model.complete()) {
      problems.warning(at, "the model gives no " + output.word() + ": this field stays empty");
    }
  }
}
