package io.leadgauge.sandbox.salesforce;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A record of the org: its values as they are kept, by field; a field without value is absent. */
final class Row {
  private final SObject object;
  private final String id;
  private final Map<String, String> values = new TreeMap<>();

  Row(SObject object, String id) {
    this.object = object;
    this.id = id;
    set("Id", id);
    set("IsDeleted", "false");
  }

  SObject object() {
    return object;
  }

  String type() {
    return object.name();
  }

  boolean is(String typeName) {
    return type().equals(typeName);
  }

  String id() {
    return id;
  }

  Optional<String> value(String field) {
    return Optional.ofNullable(values.get(field));
  }

  String valueOrEmpty(String field) {
    return values.getOrDefault(field, "");
  }

  boolean flag(String field) {
    return "true".equals(values.get(field));
  }

  boolean isDeleted() {
    return flag("IsDeleted");
  }

  /** All values, for reading. */
  Map<String, String> values() {
    return Collections.unmodifiableMap(values);
  }

  /** Sets a value; empty text is none. */
  void set(String field, String value) {
    if (value.isEmpty()) {
      values.remove(field);
    } else {
      values.put(field, value);
    }
  }
}
