package io.leadgauge.pipeline;

import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.scoring.ModelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a version of a connection needs to find in its portal. Immutable and thread-safe.
 *
 * @param read the properties that are read
 * @param written the values that each written property must take; none where any text may come
 * @param orders the order in which the manifest has the values of a property that is moved forward
 *     only
 */
record Demand(
    SortedSet<String> read,
    SortedMap<String, SortedSet<String>> written,
    SortedMap<String, List<String>> orders) {

  /** Returns what a connection and its models need. */
  static Demand of(ConnectionScope scope, Map<String, ModelDefinition> models) {
    Demand demand = new Demand(new TreeSet<>(scope.needed()), new TreeMap<>(), new TreeMap<>());
    for (ModelUse use : scope.connection().models()) {
      ModelDefinition model = models.get(use.name());
      if (model == null) {
        throw new IllegalArgumentException("no model " + use.name());
      }
      demand.add(scope.connection().mode(), use, model);
    }
    return demand;
  }

  private void add(Mode mode, ModelUse use, ModelDefinition model) {
    if (mode == Mode.SHADOW) {
      read.removeAll(use.fields().values());
      return;
    }
    use.fields()
        .forEach((output, property) -> values(property).addAll(OutputValues.of(output, model)));
    StageMap stages = use.stages();
    if (stages != null && mode == Mode.FULL) {
      values(stages.property()).addAll(stages.values().values());
      orders.put(stages.property(), stages.order());
    }
  }

  private SortedSet<String> values(String property) {
    return written.computeIfAbsent(property, name -> new TreeSet<>());
  }

  /** Tells whether a portal that has all of this has all of the other. */
  boolean covers(Demand other) {
    for (Map.Entry<String, SortedSet<String>> field : other.written.entrySet()) {
      SortedSet<String> values = written.get(field.getKey());
      if (values == null || !values.containsAll(field.getValue())) {
        return false;
      }
    }
    return read.containsAll(other.read) && orders.entrySet().containsAll(other.orders.entrySet());
  }

  /** Returns what a portal with these properties lacks, a line each, with what to do. */
  List<String> missingIn(Map<String, CrmProperty> properties) {
    SortedSet<String> names = new TreeSet<>(read);
    names.addAll(written.keySet());
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      CrmProperty property = properties.get(name);
      SortedSet<String> values = written.get(name);
      if (property == null) {
        missing.add("create the property " + name);
      } else if (values != null && !property.writable()) {
        missing.add("let " + name + " be written: it is read-only");
      } else if (values != null) {
        values.stream()
            .filter(value -> !property.takes(value))
            .forEach(value -> missing.add("add the option " + value + " to " + name));
      }
      List<String> order = orders.get(name);
      if (property != null && order != null && !isInOrder(order, property.options())) {
        missing.add(
            "say the portal's order of "
                + name
                + " in stages: order, for it ignores moves against it: "
                + String.join(", ", property.options()));
      }
    }
    return missing;
  }

  /** Tells whether what stands in both lists stands in the same order. */
  private static boolean isInOrder(List<String> ours, List<String> theirs) {
    return ours.stream()
        .filter(theirs::contains)
        .toList()
        .equals(theirs.stream().filter(ours::contains).toList());
  }
}
