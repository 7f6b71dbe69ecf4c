package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The definitions of properties and their groups, by type of record: list, read, create, archive.
 */
final class PropertyEndpoints {
  private static final Map<PropertyType, Set<String>> FIELD_TYPES =
      Map.of(
          PropertyType.STRING, Set.of("text", "textarea", "file"),
          PropertyType.NUMBER, Set.of("number", "calculation_equation"),
          PropertyType.DATE, Set.of("date"),
          PropertyType.DATETIME, Set.of("date"),
          PropertyType.ENUMERATION, Set.of("select", "radio", "checkbox", "booleancheckbox"),
          PropertyType.BOOL, Set.of("booleancheckbox", "calculation_equation"));

  Answer list(ApiRequest request) {
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    schema(request).all().forEach(property -> results.add(json(property)));
    return Answer.of(200, body);
  }

  Answer read(ApiRequest request) {
    return Answer.of(200, json(named(request)));
  }

  Answer create(ApiRequest request) {
    PropertyDefinition property = parse(schema(request), request.body());
    request.records().define(property);
    return Answer.of(201, json(property));
  }

  /** Creates several; those that cannot be are errors beside the results. */
  Answer createBatch(ApiRequest request) {
    ObjectNode body = Json.object();
    body.put("completedAt", RecordJson.instant(request.now()));
    body.put("status", "COMPLETE");
    body.put("startedAt", RecordJson.instant(request.now()));
    ArrayNode results = body.putArray("results");
    ArrayNode errors = Json.array();
    for (JsonNode input : request.body().path("inputs")) {
      try {
        PropertyDefinition property = parse(schema(request), input);
        request.records().define(property);
        results.add(json(property));
      } catch (Refusal refusal) {
        ObjectNode error = refusal.body();
        error.putObject("context").putArray("name").add(input.path("name").asText());
        errors.add(error);
      }
    }
    if (errors.isEmpty()) {
      return Answer.of(201, body);
    }
    body.set("errors", errors);
    body.put("numErrors", errors.size());
    return Answer.of(207, body);
  }

  /** Archives a property that the portal did not come with. */
  Answer archive(ApiRequest request) {
    PropertyDefinition property = named(request);
    if (property.hubspotDefined()) {
      throw Refusal.invalid("The property " + property.name() + " cannot be archived");
    }
    schema(request).remove(property.name());
    return Answer.noContent();
  }

  /** Changes what may be changed: label, description, group, visibility, type and options. */
  Answer update(ApiRequest request) {
    PropertyDefinition property = named(request);
    JsonNode body = request.body();
    if (property.hubspotDefined() && (body.has("type") || body.has("fieldType"))) {
      throw Refusal.invalid("The type of the property " + property.name() + " cannot be changed");
    }
    PropertyDefinition changed =
        property.described(
            body.path("label").asText(property.label()),
            body.path("description").asText(property.description()),
            body.has("groupName") ? existingGroup(schema(request), body) : property.groupName(),
            body.path("hidden").asBoolean(property.hidden()));
    if (body.has("type") || body.has("fieldType")) {
      ObjectNode whole = body.deepCopy();
      whole.put("type", body.path("type").asText(property.type().word()));
      whole.put("fieldType", body.path("fieldType").asText(property.fieldType()));
      PropertyType type = type(whole.path("type").asText());
      changed = changed.retyped(type, fieldType(whole, type));
    }
    if (body.has("options")) {
      changed = changed.withOptions(options(changed.type(), body.path("options")));
    }
    request.records().define(changed);
    return Answer.of(200, json(changed));
  }

  Answer listGroups(ApiRequest request) {
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    schema(request).allGroups().forEach(group -> results.add(json(group)));
    return Answer.of(200, body);
  }

  Answer readGroup(ApiRequest request) {
    String name = request.path("name");
    return Answer.of(
        200,
        json(
            schema(request)
                .findGroup(name)
                .orElseThrow(
                    () ->
                        Refusal.of(
                            404, "OBJECT_NOT_FOUND", "Property group " + name + " not found"))));
  }

  Answer createGroup(ApiRequest request) {
    JsonNode body = request.body();
    String name = required(body, "name");
    if (schema(request).findGroup(name).isPresent()) {
      throw Refusal.of(409, "CONFLICT", "A property group named '" + name + "' already exists.");
    }
    PropertyGroup group =
        new PropertyGroup(name, required(body, "label"), schema(request).allGroups().size());
    schema(request).add(group);
    return Answer.of(201, json(group));
  }

  private static PropertySchema schema(ApiRequest request) {
    return request.records().schema();
  }

  private static PropertyDefinition named(ApiRequest request) {
    String name = request.path("name");
    return schema(request)
        .find(name)
        .orElseThrow(
            () -> Refusal.of(404, "OBJECT_NOT_FOUND", "Property " + name + " does not exist"));
  }

  private static PropertyDefinition parse(PropertySchema schema, JsonNode node) {
    PropertyType type = type(required(node, "type"));
    String fieldType = fieldType(node, type);
    return new PropertyDefinition(
        freeName(schema, node),
        required(node, "label"),
        node.path("description").asText(),
        existingGroup(schema, node),
        type,
        fieldType,
        options(type, node.path("options")),
        false,
        fieldType.equals("calculation_equation"),
        node.path("hidden").asBoolean(),
        false);
  }

  private static String freeName(PropertySchema schema, JsonNode node) {
    String name = required(node, "name");
    if (!name.matches("[a-z][a-z0-9_]{0,99}")) {
      throw Refusal.invalid(
          "name: \"" + name + "\" must start with a letter and be lower case, digits and _");
    }
    if (schema.find(name).isPresent()) {
      throw Refusal.of(409, "CONFLICT", "A property named '" + name + "' already exists.");
    }
    return name;
  }

  private static String existingGroup(PropertySchema schema, JsonNode node) {
    String group = required(node, "groupName");
    if (schema.findGroup(group).isEmpty()) {
      throw Refusal.invalid("groupName: there is no group " + group);
    }
    return group;
  }

  private static String fieldType(JsonNode node, PropertyType type) {
    String fieldType = required(node, "fieldType");
    if (!Optional.ofNullable(FIELD_TYPES.get(type)).orElse(Set.of()).contains(fieldType)) {
      throw Refusal.invalid("fieldType: " + fieldType + " does not go with " + type.word());
    }
    return fieldType;
  }

  private static PropertyType type(String word) {
    return PropertyType.ofWord(word)
        .orElseThrow(() -> Refusal.invalid("type: \"" + word + "\" is not one of them"));
  }

  private static List<PropertyOption> options(PropertyType type, JsonNode nodes) {
    List<PropertyOption> options = new ArrayList<>();
    for (JsonNode node : nodes) {
      options.add(
          new PropertyOption(
              required(node, "value"),
              required(node, "label"),
              node.path("description").asText(),
              node.path("displayOrder").asInt(options.size())));
    }
    if (options.isEmpty() && type == PropertyType.ENUMERATION) {
      throw Refusal.invalid("options: an enumeration needs some");
    }
    return options;
  }

  private static String required(JsonNode node, String name) {
    String text = node.path(name).asText();
    if (text.isBlank()) {
      throw Refusal.invalid("Some required fields were not set: [" + name + "]");
    }
    return text;
  }

  private static ObjectNode json(PropertyGroup group) {
    ObjectNode node = Json.object();
    node.put("name", group.name());
    node.put("label", group.label());
    node.put("displayOrder", group.displayOrder());
    node.put("archived", false);
    return node;
  }

  private static ObjectNode json(PropertyDefinition property) {
    ObjectNode node = Json.object();
    node.put("name", property.name());
    node.put("label", property.label());
    node.put("type", property.type().word());
    node.put("fieldType", property.fieldType());
    node.put("description", property.description());
    node.put("groupName", property.groupName());
    putOptions(node.putArray("options"), property);
    node.put("displayOrder", -1);
    node.put("calculated", property.calculated());
    node.put("externalOptions", property.name().equals(Owners.PROPERTY));
    node.put("hasUniqueValue", property.name().equals("email"));
    node.put("hidden", property.hidden());
    if (property.hubspotDefined()) {
      node.put("hubspotDefined", true);
    }
    ObjectNode metadata = node.putObject("modificationMetadata");
    metadata.put("archivable", !property.hubspotDefined());
    metadata.put("readOnlyDefinition", property.hubspotDefined());
    metadata.put("readOnlyValue", !property.writable());
    node.put("formField", property.writable() && !property.hidden());
    node.put("dataSensitivity", "non_sensitive");
    return node;
  }

  private static void putOptions(ArrayNode nodes, PropertyDefinition property) {
    for (PropertyOption option : property.options()) {
      ObjectNode node = nodes.addObject();
      node.put("label", option.label());
      node.put("value", option.value());
      node.put("description", option.description());
      node.put("displayOrder", option.displayOrder());
      node.put("hidden", false);
    }
  }
}
