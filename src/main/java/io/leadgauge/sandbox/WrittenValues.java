package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the {@code properties} of a request: text, numbers and truth values, all kept as text. */
final class WrittenValues {
  private final PropertyValidator validator;

  WrittenValues(Portal portal, ObjectType type) {
    this.validator = new PropertyValidator(portal, type);
  }

  /** The values in stored form; refused with all problems at once. */
  Map<String, String> of(JsonNode properties) {
    List<Invalid> problems = new ArrayList<>();
    Map<String, String> stored = of(properties, problems);
    if (!problems.isEmpty()) {
      throw Refusal.invalid(problems);
    }
    return stored;
  }

  /** The values in stored form; what is wrong with others is added to {@code problems}. */
  Map<String, String> of(JsonNode properties, List<Invalid> problems) {
    if (!properties.isObject()) {
      throw Refusal.invalid("properties: expected an object of names and values");
    }
    Map<String, String> written = new LinkedHashMap<>();
    properties.properties().forEach(entry -> written.put(entry.getKey(), text(entry.getValue())));
    return validator.check(written, problems);
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.isValueNode() ? value.asText() : value.toString();
  }
}
