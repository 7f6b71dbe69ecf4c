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
import io.leadgauge.scoring.TaskText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a connection against one of its models: whether it feeds what the rules read, and whether
 * what is written back leaves alone what any of its models reads.
 */
final class ConnectionChecks {
  private final ReadConnection connection;
  private final ReadModelUse use;
  private final ReadModel model;
  private final Set<String> read;
  private final Problems problems;
  private final Map<String, Set<String>> activities = new HashMap<>();

  /** Whether a source feeds it that does not say what it tells. */
  private boolean anything;

  private ConnectionChecks(
      ReadConnection connection,
      ReadModelUse use,
      ReadModel model,
      Set<String> read,
      Collection<ReadSource> sources,
      Problems problems) {
    this.connection = connection;
    this.use = use;
    this.model = model;
    this.read = read;
    this.problems = problems;
    connection.names().activities().forEach(this::feed);
    WorkflowsReader.feeds(connection.header().spec()).forEach(this::feed);
    for (ReadSource source : sources) {
      if (source.feeds(connection)) {
        source.types().forEach(this::feedWithId);
        anything |= source.types().isEmpty();
      }
    }
  }

  /** What a source tells is told apart by the event's own id. */
  private void feedWithId(String activity, Set<String> attributes) {
    feed(activity, attributes);
    feed(activity, Set.of(ActivityMap.ID));
  }

  /**
   * Adds what is wrong between a connection and its models.
   *
   * @param models all models that could be read, by name
   * @param sources all event sources that could be read
   */
  static void check(
      ReadConnection connection,
      Map<String, ReadModel> models,
      Collection<ReadSource> sources,
      Problems problems) {
    Set<String> read = propertiesRead(connection, models);
    for (ReadModelUse use : connection.models()) {
      ReadModel model = models.get(use.use().model());
      if (model != null) {
        new ConnectionChecks(connection, use, model, read, sources, problems).check();
      }
    }
    warnOfIdleStages(connection, models, problems);
  }

  private void check() {
    checkProperties();
    checkCondition();
    checkLists();
    checkActivities();
    checkStages();
    checkTargets();
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

  // The condition on whom the model scores

  private void checkCondition() {
    for (Use condition : use.reads()) {
      switch (condition) {
        case Use.OfProperty read -> checkCondition(read);
        case Use.OfList read -> {
          Set<String> lists = connection.names().lists().keySet();
          if (!lists.contains(read.list())) {
            String message = "nothing tells who is in the list " + read.list();
            problems.error(
                read.at(), message + ", expected it in lists" + meant(read.list(), lists));
          }
        }
        case Use.OfActivity read -> {}
        case Use.OfSilence read -> {}
      }
    }
  }

  private void checkCondition(Use.OfProperty read) {
    Map<String, Field> fields = connection.names().fields().fields();
    Field field = fields.get(read.property());
    if (field == null && !isRaw(read.property())) {
      String message = "no field for the property " + read.property() + ", expected one in fields";
      problems.error(read.at(), message + meant(read.property(), fields.keySet()));
    } else if (field != null && !canBe(read.need(), field.type())) {
      String message = read.property() + " is read as " + Words.of(field.type());
      problems.warning(read.at(), message + ", but this needs " + needed(read.need()));
    }
  }

  private static String meant(String name, Set<String> known) {
    return Spelling.nearest(name, known).map(near -> "; did you mean \"" + near + "\"?").orElse("");
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
      case DATE -> type == FieldType.INSTANT;
    };
  }

  private static String needed(Need need) {
    return switch (need) {
      case TEXT, NOTHING -> "text";
      case NUMBER -> "number or range";
      case TRUTH -> "boolean";
      case DATE -> "instant";
    };
  }

  private static boolean isRaw(String property) {
    return property.startsWith(FieldMap.RAW_PREFIX);
  }

  // Lists

  private void checkLists() {
    Map<String, Use.OfList> unmapped = new TreeMap<>();
    for (Use use : model.uses()) {
      if (use instanceof Use.OfList read && !connection.names().lists().containsKey(read.list())) {
        unmapped.putIfAbsent(read.list(), read);
      }
    }
    unmapped.values().forEach(this::refuseUnmapped);
  }

  private void refuseUnmapped(Use.OfList read) {
    String reader = " that the rule " + read.rule() + " reads at " + read.at();
    problems.error(
        connection.at("lists"),
        "nothing tells who is in the list "
            + read.list()
            + reader
            + Spelling.nearest(read.list(), connection.names().lists().keySet())
                .map(near -> ", expected it here; did you mean it by \"" + near + "\"?")
                .orElse(", expected it here"));
  }

  // Activities

  private void checkActivities() {
    List<Use.OfSilence> silences = new ArrayList<>();
    boolean fed = false;
    for (Use use : model.uses()) {
      switch (use) {
        case Use.OfActivity read -> {
          Set<String> attributes = activities.get(read.activity());
          fed |= (anything || attributes != null) && read.role() == Use.Role.GIVES;
          if (!anything) {
            warnOfStarved(read, attributes);
          }
        }
        case Use.OfSilence silence -> silences.add(silence);
        case Use.OfProperty property -> {}
        case Use.OfList list -> {}
      }
    }
    if (!fed) {
      silences.forEach(this::refuseDeafness);
    }
  }

  private void warnOfStarved(Use.OfActivity read, @Nullable Set<String> fed) {
    Position at = connection.at("activities");
    String rule = starved(read) + ": nothing here feeds ";
    if (fed == null) {
      problems.warning(at, rule + read.activity());
      return;
    }
    for (String attribute : read.attributes().keySet()) {
      if (!fed.contains(attribute)) {
        problems.warning(
            connection.at("activities", read.activity()),
            rule + "the attribute " + attribute + " of " + read.activity());
      }
    }
  }

  private void feed(ActivityMap activity) {
    feed(activity.type(), activity.attributes().keySet());
    if (activity.describes(ActivityMap.ID)) {
      feed(activity.type(), Set.of(ActivityMap.ID));
    }
  }

  private void feed(String activity, Set<String> attributes) {
    activities.computeIfAbsent(activity, type -> new HashSet<>()).addAll(attributes);
  }

  private static String starved(Use.OfActivity read) {
    return switch (read.role()) {
      case GIVES -> "the rule " + read.rule() + " is starved";
      case DISCOUNTED, PRECEDES -> "the discount " + read.rule() + " never applies";
    };
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
    StageMap stages = use.use().stages();
    if (stages != null && !stages.order().isEmpty()) {
      checkStages(stageNames(model), stages);
    }
  }

  private static List<String> stageNames(ReadModel model) {
    return model.definition().stages().stream().map(ModelDefinition.Stage::name).toList();
  }

  private static void warnOfIdleStages(
      ReadConnection connection, Map<String, ReadModel> models, Problems problems) {
    if (connection.mode() != Mode.FULL
        || connection.models().stream().anyMatch(use -> use.use().stages() != null)) {
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    for (ReadModelUse use : connection.models()) {
      ReadModel model = models.get(use.use().model());
      names.addAll(model == null ? List.of() : stageNames(model));
    }
    if (!names.isEmpty()) {
      String message = "mode full moves no stage without stages, though the model has ";
      problems.warning(connection.at("mode"), message + String.join(", ", names));
    }
  }

  private void checkStages(List<String> names, StageMap stages) {
    int before = -1;
    for (String name : names) {
      String value = stages.values().get(name);
      if (value == null) {
        int next = Math.min(before + 1, stages.order().size() - 1);
        String expected = ", expected one such as " + name + ": " + stages.order().get(next);
        problems.error(use.stages().at(), "no value for the model's stage " + name + expected);
        continue;
      }
      if (stages.position(value) <= before) {
        String message = name + " does not come later than the model's stage before it";
        problems.error(use.stages().nearest(name).at(), message + ", expected the model's order");
      }
      before = Math.max(before, stages.position(value));
    }
    model.definition().stages().forEach(stage -> checkRecycling(stage, stages));
    model.definition().stages().forEach(this::checkHandOff);
  }

  /** What a task names must be read with the contact. */
  private void checkHandOff(ModelDefinition.Stage stage) {
    if (stage.handOff() == null) {
      return;
    }
    Set<String> fields = connection.names().fields().fields().keySet();
    for (String name : new TaskText(stage.handOff().task()).properties()) {
      if (!isRaw(name) && !fields.contains(name) && connection.usual(name) == null) {
        String message = "no field for {" + name + "}, which the task of " + stage.name();
        problems.error(
            connection.at("fields"), message + " names, expected one" + meant(name, fields));
      }
    }
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
    boolean stagesMove =
        connection.models().stream().anyMatch(other -> other.use().stages() != null);
    for (Map.Entry<Output, String> target : use.use().fields().entrySet()) {
      Position at = use.at(target.getKey());
      String property = target.getValue();
      if (stagesMove && connection.names().stages().property().equals(property)) {
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

  /** Returns the CRM's names of all that any of the models, conditions and activities reads. */
  private static Set<String> propertiesRead(
      ReadConnection connection, Map<String, ReadModel> models) {
    Set<String> read = new HashSet<>();
    for (ReadModelUse use : connection.models()) {
      ReadModel model = models.get(use.use().model());
      addRead(use.reads(), connection, read);
      addRead(model == null ? List.of() : model.uses(), connection, read);
    }
    connection.names().lists().values().forEach(list -> read.add(list.property()));
    for (ActivityMap activity : connection.names().activities()) {
      if (activity.isOfContact()) {
        read.addAll(activity.properties());
      }
    }
    return read;
  }

  private static void addRead(
      List<? extends Use> uses, ReadConnection connection, Set<String> read) {
    for (Use use : uses) {
      if (use instanceof Use.OfProperty of) {
        Field field = connection.names().fields().fields().get(of.property());
        if (isRaw(of.property())) {
          read.add(of.property().substring(FieldMap.RAW_PREFIX.length()));
        } else if (field != null) {
          connection.personTypes().stream()
              .map(field::in)
              .filter(Objects::nonNull)
              .forEach(read::add);
        }
      }
    }
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
