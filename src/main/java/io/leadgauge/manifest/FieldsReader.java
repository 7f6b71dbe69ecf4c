package io.leadgauge.manifest;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads where a CRM holds the properties that models read: by one name that all persons have, or by
 * the types of records that hold it, each under a name of its own.
 */
final class FieldsReader {
  private static final Pattern NEUTRAL =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

  private final Values values;
  private final CrmNamesReader names;
  private final List<String> persons;
  private final List<String> holders;

  /**
   * Makes a reader for a CRM.
   *
   * @param others what may hold a property besides persons
   */
  FieldsReader(Values values, CrmNamesReader names, CrmKind kind, List<String> others) {
    this.values = values;
    this.names = names;
    this.persons = kind.personTypes();
    List<String> all = new ArrayList<>(persons);
    all.addAll(others);
    this.holders = List.copyOf(all);
  }

  @Nullable FieldMap read(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    TreeMap<String, Field> fields = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      Field field = field(entry.value());
      if (!NEUTRAL.matcher(entry.key().text()).matches()) {
        values.refuse(entry.key(), "a neutral name such as title or company.employees");
      } else if (field != null) {
        fields.put(entry.key().text(), field);
      }
    }
    return new FieldMap(fields);
  }

  private @Nullable Field field(Node node) {
    if (node instanceof Scalar) {
      String property = names.property(node);
      return property == null ? null : Field.of(property, FieldType.TEXT, persons);
    }
    boolean byHolder =
        node instanceof Mapping mapping
            && holders.stream().anyMatch(holder -> mapping.value(holder) != null);
    return byHolder ? byHolder(node) : named(node);
  }

  /** Reads one name, and what holds it. */
  private @Nullable Field named(Node node) {
    List<String> keys = new ArrayList<>(List.of("property", "type", "object"));
    keys.addAll(persons.size() > 1 ? holders : List.of());
    Fields fields = Fields.of(node, values, keys);
    if (fields == null) {
      return null;
    }
    String property = fields.required("property", names::property);
    FieldType type = type(fields);
    List<String> in = fields.optional("object", this::holder, persons);
    return property == null ? null : Field.of(property, type, in);
  }

  private @Nullable List<String> holder(Node node) {
    String holder =
        values.word(word -> Optional.of(word).filter(holders::contains), holders).read(node);
    return holder == null ? null : List.of(holder);
  }

  /** Reads a name for each type of records that holds it. */
  private @Nullable Field byHolder(Node node) {
    List<String> keys = new ArrayList<>(holders);
    keys.add("type");
    Fields fields = Fields.of(node, values, keys);
    if (fields == null) {
      return null;
    }
    SortedMap<String, String> properties = new TreeMap<>();
    for (String holder : holders) {
      String property = fields.optional(holder, names::property);
      if (property != null) {
        properties.put(holder, property);
      }
    }
    return properties.isEmpty() ? null : new Field(type(fields), properties);
  }

  private FieldType type(Fields fields) {
    return fields.optional("type", values.word(Words::type, Words.TYPES), FieldType.TEXT);
  }
}
