package io.leadgauge.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A mapping of YAML, as it is written: every scalar is its text, so that no number passes through a
 * type that is not exact. JSON is read as the YAML that it is.
 */
record Plain(Map<String, Object> entries) {
  /** A mapping without entries. */
  static final Plain EMPTY = new Plain(Map.of());

  private static final LoadSettings TEXTS =
      LoadSettings.builder().setSchema(new FailsafeSchema()).build();

  /** Reads a document that is a mapping. */
  static Plain of(String yaml) {
    return mapping(new Load(TEXTS).loadFromString(yaml));
  }

  @SuppressWarnings("unchecked") // keys are scalars here, and so texts
  private static Plain mapping(Object value) {
    return new Plain((Map<String, Object>) value);
  }

  Set<String> keys() {
    return entries.keySet();
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  private Object value(String key) {
    return Optional.ofNullable(entries.get(key))
        .orElseThrow(() -> new IllegalArgumentException("no " + key + " in " + entries));
  }

  String text(String key) {
    return String.valueOf(value(key));
  }

  Optional<String> maybe(String key) {
    return Optional.ofNullable(entries.get(key)).map(String::valueOf);
  }

  boolean isMapping(String key) {
    return entries.get(key) instanceof Map;
  }

  Plain child(String key) {
    return mapping(value(key));
  }

  /** Returns a mapping, or one without entries if it is not there. */
  Plain childOrEmpty(String key) {
    return has(key) ? child(key) : EMPTY;
  }

  /** Returns the mappings of a list; none if it is not there. */
  List<Plain> children(String key) {
    List<Plain> children = new ArrayList<>();
    if (has(key)) {
      ((List<?>) value(key)).forEach(item -> children.add(mapping(item)));
    }
    return children;
  }

  /** Returns the texts of a list, or the one that stands alone; none if there is neither. */
  List<String> texts(String key) {
    if (!has(key)) {
      return List.of();
    }
    return value(key) instanceof List<?> list
        ? list.stream().map(String::valueOf).toList()
        : List.of(text(key));
  }
}
