package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Use.Need;
import io.leadgauge.scoring.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads conditions on properties ({@code when}) and on attributes ({@code where}). */
final class ConditionReader {
  private static final String LIST = "list";
  private static final List<String> JOINS = List.of("all", "any", "not");
  private static final Pattern PROPERTY =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*|crm:[A-Za-z0-9_.]+");

  private final Values values;
  private final TestReader tests;

  ConditionReader(Values values) {
    this.values = values;
    this.tests = new TestReader(values);
  }

  /** Is told every name that a condition reads. */
  interface Uses {
    /** Is told of a property, and what its value must be read as. */
    void value(Position at, String name, Need need);

    /** Is told of a list of the CRM. */
    void list(Position at, String list);
  }

  /** Is told every attribute that a condition reads. */
  @FunctionalInterface
  interface Attributes {
    void add(Position at, String name);
  }

  /** Reads a condition on properties. */
  @Nullable Condition when(Node node, Uses uses) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    for (String join : JOINS) {
      Node parts = mapping.value(join);
      if (parts != null) {
        return Fields.of(node, values, join) == null ? null : joined(join, parts, uses);
      }
    }
    return mapping.value(LIST) == null ? onProperty(mapping, uses) : listed(mapping, uses);
  }

  private @Nullable Condition joined(String join, Node parts, Uses uses) {
    if (join.equals("not")) {
      Condition inner = when(parts, uses);
      return inner == null ? null : new Condition.Not(inner);
    }
    List<Condition> conditions = values.list(parts, part -> when(part, uses));
    if (conditions == null) {
      return null;
    }
    return join.equals("all") ? new Condition.All(conditions) : new Condition.Any(conditions);
  }

  private @Nullable Condition listed(Mapping mapping, Uses uses) {
    Fields fields = Fields.of(mapping, values, LIST);
    String list = fields == null ? null : fields.required(LIST, values::name);
    if (fields == null || list == null) {
      return null;
    }
    uses.list(fields.at(LIST), list);
    return new Condition.Listed(list);
  }

  private @Nullable Condition onProperty(Mapping mapping, Uses uses) {
    List<String> keys = new ArrayList<>(List.of("property"));
    keys.addAll(TestReader.WORDS);
    if (mapping.value("property") == null) {
      keys.add(LIST);
      keys.addAll(JOINS);
    }
    Fields fields = Fields.of(mapping, values, keys);
    if (fields == null) {
      return null;
    }
    String property = fields.required("property", this::property);
    if (property == null) {
      return null;
    }
    return tests.one(mapping, property, need -> uses.value(fields.at("property"), property, need));
  }

  /** Reads the name of a property: neutral, or raw as {@code crm:name}. */
  @Nullable String property(Node node) {
    if (node instanceof Scalar scalar && PROPERTY.matcher(scalar.text()).matches()) {
      return scalar.text();
    }
    return values.refuse(
        node, "the name of a property such as title, company.employees or crm:jobtitle");
  }

  /** Reads a condition on attributes: tests by attribute, all of which must hold. */
  @Nullable Condition where(Node node, Attributes uses) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    List<Condition> conditions = new ArrayList<>();
    for (Entry entry : mapping.entries()) {
      String name = values.name(entry.key());
      uses.add(entry.key().at(), entry.key().text());
      Condition condition = attribute(name == null ? "" : name, entry.value());
      if (name != null && condition != null) {
        conditions.add(condition);
      }
    }
    if (mapping.entries().isEmpty()) {
      return values.refuse(node, "at least one attribute");
    }
    return conditions.size() == 1 ? conditions.getFirst() : new Condition.All(conditions);
  }

  private @Nullable Condition attribute(String name, Node node) {
    if (!(node instanceof Mapping mapping)) {
      return tests.like(name, node);
    }
    Node not = mapping.value("not");
    if (not == null) {
      List<String> keys = new ArrayList<>(TestReader.WORDS);
      keys.add("not");
      return Fields.of(mapping, values, keys) == null ? null : tests.one(mapping, name, need -> {});
    }
    Condition inner = Fields.of(mapping, values, "not") == null ? null : attribute(name, not);
    return inner == null ? null : new Condition.Not(inner);
  }
}
