package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The properties and property groups that the records of one type of a portal can have. */
final class PropertySchema {
  private final Map<String, PropertyDefinition> properties = new LinkedHashMap<>();
  private final Map<String, PropertyGroup> groups = new LinkedHashMap<>();
  private final Map<String, ValidationRule> rules = new HashMap<>();

  /** The properties that a new portal has, as far as the sandbox knows them. */
  static PropertySchema ofNewPortal(ObjectType type) {
    PropertySchema schema = new PropertySchema();
    String resource = "/sandbox/" + type.word() + "-properties.json";
    JsonNode file = read(resource);
    for (JsonNode group : file.path("groups")) {
      schema.add(
          new PropertyGroup(
              group.path("name").asText(), group.path("label").asText(), schema.groups.size()));
    }
    for (JsonNode property : file.path("properties")) {
      schema.add(definition(property, resource));
    }
    return schema;
  }

  Optional<PropertyDefinition> find(String name) {
    return Optional.ofNullable(properties.get(name));
  }

  Collection<PropertyDefinition> all() {
    return Collections.unmodifiableCollection(properties.values());
  }

  Optional<PropertyGroup> findGroup(String name) {
    return Optional.ofNullable(groups.get(name));
  }

  Collection<PropertyGroup> allGroups() {
    return Collections.unmodifiableCollection(groups.values());
  }

  void add(PropertyDefinition property) {
    properties.put(property.name(), property);
  }

  void add(PropertyGroup group) {
    groups.put(group.name(), group);
  }

  /** Takes a property away; what records hold in it is no longer shown. */
  void remove(String name) {
    properties.remove(name);
    rules.remove(name);
  }

  /** Guards a property by a rule from now on; values that it holds already stay. */
  void guard(String name, ValidationRule rule) {
    rules.put(name, rule);
  }

  void unguard(String name) {
    rules.remove(name);
  }

  Optional<ValidationRule> rule(String name) {
    return Optional.ofNullable(rules.get(name));
  }

  private static JsonNode read(String resource) {
    try (InputStream stream = PropertySchema.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("missing on the class path: " + resource);
      }
      return Json.read(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private static PropertyDefinition definition(JsonNode node, String resource) {
    String type = node.path("type").asText();
    return new PropertyDefinition(
        node.path("name").asText(),
        node.path("label").asText(),
        node.path("description").asText(),
        node.path("group").asText(),
        PropertyType.ofWord(type)
            .orElseThrow(() -> new IllegalStateException(resource + ": unknown type " + type)),
        node.path("fieldType").asText(),
        options(node.path("options")),
        node.path("readOnly").asBoolean(),
        node.path("calculated").asBoolean(),
        node.path("hidden").asBoolean(),
        true);
  }

  private static List<PropertyOption> options(JsonNode nodes) {
    List<PropertyOption> options = new ArrayList<>();
    nodes
        .properties()
        .forEach(
            node ->
                options.add(
                    new PropertyOption(
                        node.getKey(), node.getValue().asText(), "", options.size())));
    return options;
  }
}
