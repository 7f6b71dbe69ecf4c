package io.leadgauge.sandbox.salesforce;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An object of the org: a type of record, with its fields by name without regard to case. */
final class SObject {
  private static final List<String> STAMPS =
      List.of("CreatedDate", "LastModifiedDate", "SystemModstamp");

  private final String name;
  private final String label;
  private final String labelPlural;
  private final String keyPrefix;
  private final Map<String, Field> fields = new LinkedHashMap<>();

  SObject(String name, String label, String labelPlural, String keyPrefix) {
    this.name = name;
    this.label = label;
    this.labelPlural = labelPlural;
    this.keyPrefix = keyPrefix;
    put(system("Id", label + " ID", FieldType.ID, List.of()));
    put(system("IsDeleted", "Deleted", FieldType.BOOLEAN, List.of()));
    for (String stamp : STAMPS) {
      put(system(stamp, stamp, FieldType.DATETIME, List.of()));
    }
    put(system("CreatedById", "Created By ID", FieldType.REFERENCE, List.of("User")));
    put(system("LastModifiedById", "Last Modified By ID", FieldType.REFERENCE, List.of("User")));
  }

  String name() {
    return name;
  }

  String label() {
    return label;
  }

  String labelPlural() {
    return labelPlural;
  }

  String keyPrefix() {
    return keyPrefix;
  }

  Collection<Field> fields() {
    return fields.values();
  }

  /** Adds a field, or puts it in the place of the one with its name. */
  void put(Field field) {
    fields.put(key(field.name()), field);
  }

  void remove(Field field) {
    fields.remove(key(field.name()));
  }

  Optional<Field> find(String fieldName) {
    return Optional.ofNullable(fields.get(key(fieldName)));
  }

  /** The field as somebody sees it: empty where field-level security hides it. */
  Optional<Field> find(String fieldName, Actor actor) {
    return find(fieldName).filter(field -> field.visible(actor));
  }

  /** The reference that queries follow by a name, such as {@code Account}. */
  Optional<Field> relationship(String relationshipName, Actor actor) {
    return fields.values().stream()
        .filter(
            field -> field.relationship().filter(relationshipName::equalsIgnoreCase).isPresent())
        .filter(field -> field.visible(actor))
        .findFirst();
  }

  private static String key(String fieldName) {
    return fieldName.toLowerCase(Locale.ROOT);
  }

  private static Field system(String name, String label, FieldType type, List<String> to) {
    return new Field(
        name,
        label,
        type,
        type.isText() ? 18 : 0,
        0,
        0,
        Field.Access.READ,
        Field.Ours.EDIT,
        false,
        Optional.empty(),
        List.of(),
        false,
        false,
        to,
        to.isEmpty() ? Optional.empty() : Optional.of(name.substring(0, name.length() - 2)),
        Optional.empty());
  }
}
