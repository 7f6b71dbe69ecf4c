package io.leadgauge.manifest;

import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.model.Output;
import io.leadgauge.scoring.Condition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads by which models a connection scores, and where the result of each goes: one as {@code
 * model}, with the connection's own target fields and stages, or several as {@code models}.
 */
final class ModelUseReader {
  private final Values values;
  private final CrmNamesReader names;
  private final ConditionReader conditions;

  ModelUseReader(Values values, CrmNamesReader names) {
    this.values = values;
    this.names = names;
    this.conditions = new ConditionReader(values);
  }

  /**
   * Reads the models.
   *
   * @param spec the connection
   * @param fields the same, its keys known
   * @param crm where the CRM's stages stand
   * @return what could be read, in the order it stands
   */
  List<ReadModelUse> read(Node spec, Fields fields, StageMap crm) {
    if (fields.has("models")) {
      refuseBesideModels(spec, "model");
      refuseBesideModels(spec, "writeBack", "fields");
      refuseBesideModels(spec, "stages", "map");
      List<ReadModelUse> uses =
          fields.optional("models", node -> values.list(node, one -> use(one, crm)), List.of());
      checkApart(uses, crm);
      return uses;
    }
    if (!fields.has("model")) {
      values.problems().error(spec.at(), "the key \"model\" is missing, or \"models\" for several");
      return List.of();
    }
    String model = fields.optional("model", values::name);
    return model == null ? List.of() : List.of(onlyUse(model, spec, crm));
  }

  // One model

  private ReadModelUse onlyUse(String model, Node spec, StageMap crm) {
    Node fields = find(spec, "writeBack", "fields");
    Map<Output, String> targets = fields == null ? null : targets(fields);
    return new ReadModelUse(
        new ModelUse(model, model, targets == null ? Map.of() : targets, onlyStages(spec, crm)),
        null,
        List.of(),
        spec.nearest("model").at(),
        spec.nearest("writeBack", "fields"),
        spec.nearest("stages", "map"));
  }

  private @Nullable StageMap onlyStages(Node spec, StageMap crm) {
    if (!(find(spec, "stages") instanceof Mapping stages)) {
      return null;
    }
    Node map = stages.value("map");
    if (map == null) {
      values.problems().error(stages.at(), "the key \"map\" is missing");
      return null;
    }
    return stages(map, crm);
  }

  // Several models

  private @Nullable ReadModelUse use(Node node, StageMap crm) {
    Fields fields = Fields.of(node, values, "model", "as", "when", "writeBack", "stages");
    if (fields == null) {
      return null;
    }
    String model = fields.required("model", values::name);
    String name = fields.optional("as", values::name, model == null ? "" : model);
    Reads reads = new Reads(new ArrayList<>());
    Condition when = fields.optional("when", one -> conditions.when(one, reads));
    Map<Output, String> targets = fields.optional("writeBack", this::targets, Map.of());
    StageMap stages = fields.optional("stages", map -> stages(map, crm));
    return model == null
        ? null
        : new ReadModelUse(
            new ModelUse(name, model, targets, stages),
            when,
            reads.uses,
            node.nearest("model").at(),
            node.nearest("writeBack"),
            node.nearest("stages"));
  }

  /** Collects what the condition of a model reads. */
  private record Reads(List<Use> uses) implements ConditionReader.Uses {
    @Override
    public void value(Position at, String name, Use.Need need) {
      uses.add(new Use.OfProperty("when", at, name, need));
    }

    @Override
    public void list(Position at, String list) {
      uses.add(new Use.OfList("when", at, list));
    }
  }

  private void refuseBesideModels(Node spec, String... path) {
    Node found = find(spec, path);
    if (found != null) {
      String key = String.join(".", path);
      String expected =
          path.length == 1 ? ", expected one of them" : ", expected it with the model";
      values.problems().error(found.at(), key + " beside models" + expected);
    }
  }

  private static @Nullable Node find(Node from, String... path) {
    Node node = from;
    for (String key : path) {
      node = node instanceof Mapping mapping ? mapping.value(key) : null;
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  // What each model has of its own

  private @Nullable Map<Output, String> targets(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    Map<Output, String> targets = new EnumMap<>(Output.class);
    for (Entry entry : mapping.entries()) {
      Output output = values.word(Output::ofWord, Words.OUTPUTS).read(entry.key());
      String property = names.property(entry.value());
      if (output != null && property != null) {
        if (targets.containsValue(property)) {
          values.fail(
              entry.value(), "a second output for " + property + ", expected one writer a field");
        }
        targets.put(output, property);
      }
    }
    return targets;
  }

  private @Nullable StageMap stages(Node node, StageMap crm) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    SortedMap<String, String> map = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      String stage = values.name(entry.key());
      // Without an order, which is missed elsewhere, nothing tells which values there are.
      String value =
          crm.order().isEmpty()
              ? values.anyText(entry.value())
              : values
                  .word(word -> Optional.of(word).filter(crm.order()::contains), crm.order())
                  .read(entry.value());
      if (stage != null && value != null) {
        map.put(stage, value);
      }
    }
    return new StageMap(crm.property(), crm.holders(), crm.order(), map, crm.neverFrom());
  }

  /** Models that know nothing of each other must not get into each other's way. */
  private void checkApart(List<ReadModelUse> uses, StageMap crm) {
    Map<String, ReadModelUse> byName = new HashMap<>();
    Map<String, ReadModelUse> writers = new HashMap<>();
    ReadModelUse mover = null;
    for (ReadModelUse use : uses) {
      if (byName.putIfAbsent(use.name(), use) != null) {
        values
            .problems()
            .error(
                use.at(),
                "a second model called " + use.name() + ", expected another name by \"as\"");
      }
      use.use().fields().forEach((output, property) -> claim(writers, use, output, property));
      if (use.use().stages() != null && mover != null) {
        String both = mover.name() + " and " + use.name() + " both move the stage, which is ";
        values
            .problems()
            .error(use.stages().at(), both + crm.property() + ", expected one writer a field");
      }
      mover = use.use().stages() == null ? mover : use;
    }
  }

  private void claim(
      Map<String, ReadModelUse> writers, ReadModelUse use, Output output, String property) {
    ReadModelUse other = writers.putIfAbsent(property, use);
    if (other != null && !other.equals(use)) {
      String both = other.name() + " and " + use.name() + " both write " + property;
      values.problems().error(use.at(output), both + ", expected one writer a field");
    }
  }
}
