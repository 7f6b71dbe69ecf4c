package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mapping whose keys are known: an unknown one is refused as soon as this is made. */
final class Fields {
  private final Mapping mapping;
  private final Problems problems;

  private Fields(Mapping mapping, Problems problems) {
    this.mapping = mapping;
    this.problems = problems;
  }

  /** Looks into a mapping; null if the node is none, and a problem says so. */
  static @Nullable Fields of(Node node, Values values, String... keys) {
    return of(node, values, List.of(keys));
  }

  static @Nullable Fields of(Node node, Values values, List<String> keys) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    for (Entry entry : mapping.entries()) {
      String key = entry.key().text();
      if (!keys.contains(key)) {
        String hint = Spelling.hint(key, keys);
        values.problems().error(entry.key().at(), "unknown key \"" + key + "\"" + hint);
      }
    }
    return new Fields(mapping, values.problems());
  }

  boolean has(String key) {
    return mapping.value(key) != null;
  }

  /** Returns where a key's value stands, or where the mapping begins if there is none. */
  Position at(String key) {
    Node node = mapping.value(key);
    return node == null ? mapping.at() : node.at();
  }

  /** Reads a value that may be left out; null if it is, or if it means nothing. */
  <T> @Nullable T optional(String key, Reader<T> reader) {
    Node node = mapping.value(key);
    return node == null ? null : reader.read(node);
  }

  /** Reads a value that has a default. */
  <T> T optional(String key, Reader<T> reader, T fallback) {
    T value = optional(key, reader);
    return value == null ? fallback : value;
  }

  /** Reads a value that must be there. */
  <T> @Nullable T required(String key, Reader<T> reader) {
    Node node = mapping.value(key);
    if (node == null) {
      problems.error(mapping.at(), "the key \"" + key + "\" is missing");
      return null;
    }
    return reader.read(node);
  }
}
