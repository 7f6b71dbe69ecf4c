package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What an administrator does to properties in the settings of a portal: delete one, give it another
 * type, guard it by a rule, take an option away. Standard properties are not spared, as little as
 * some are by administrators.
 */
final class ControlProperties {
  private static final Set<String> KNOWN =
      Set.of("type", "fieldType", "rule", "archiveOption", "options");

  /** Changes a property: {@code {"type":…,"fieldType":…,"rule":…,"archiveOption":…}}. */
  Answer change(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(body, "body", KNOWN);
    Records records = request.records();
    PropertyDefinition changed = named(request);
    if (body.has("type")) {
      changed = retyped(changed, body);
    }
    if (body.has("archiveOption")) {
      changed = changed.withOptions(without(changed, body.path("archiveOption").asText()));
    }
    if (body.has("options")) {
      changed = changed.withOptions(options(body.path("options")));
    }
    records.define(changed);
    if (body.has("rule")) {
      setRule(records.schema(), changed.name(), body.path("rule"));
    }
    return Answer.noContent();
  }

  /** Deletes a property; its values are no longer shown, and it can no longer be written. */
  Answer delete(ApiRequest request) {
    request.records().schema().remove(named(request).name());
    return Answer.noContent();
  }

  private static PropertyDefinition named(ApiRequest request) {
    String name = request.path("name");
    return request
        .records()
        .schema()
        .find(name)
        .orElseThrow(() -> Refusal.of(404, "OBJECT_NOT_FOUND", "there is no property " + name));
  }

  private static PropertyDefinition retyped(PropertyDefinition property, JsonNode body) {
    String word = body.path("type").asText();
    PropertyType type =
        PropertyType.ofWord(word)
            .orElseThrow(() -> Refusal.invalid("type: \"" + word + "\" is not one of them"));
    return property.retyped(type, body.path("fieldType").asText(property.fieldType()));
  }

  private static List<PropertyOption> without(PropertyDefinition property, String value) {
    if (!property.allows(value)) {
      throw Refusal.invalid("archiveOption: \"" + value + "\" is no option");
    }
    return property.options().stream().filter(option -> !option.value().equals(value)).toList();
  }

  private static List<PropertyOption> options(JsonNode nodes) {
    List<PropertyOption> options = new ArrayList<>();
    for (JsonNode node : nodes) {
      String value = node.path("value").asText();
      options.add(new PropertyOption(value, node.path("label").asText(value), "", options.size()));
    }
    return options;
  }

  private static void setRule(PropertySchema schema, String name, JsonNode rule) {
    if (rule.isNull()) {
      schema.unguard(name);
      return;
    }
    ControlBody.only(rule, "rule", Set.of("pattern", "message"));
    try {
      schema.guard(
          name,
          new ValidationRule(
              Pattern.compile(rule.path("pattern").asText()), rule.path("message").asText()));
    } catch (PatternSyntaxException e) {
      throw Refusal.invalid("rule: pattern: " + e.getDescription());
    }
  }
}
