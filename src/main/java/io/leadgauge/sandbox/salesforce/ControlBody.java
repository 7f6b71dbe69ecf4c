package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the control API is told; what it does not know is refused by name. */
final class ControlBody {
  private ControlBody() {}

  /** Refuses members other than these. */
  static JsonNode only(JsonNode node, Set<String> known) {
    if (!node.isObject()) {
      throw Refused.control("expected a JSON object");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Refused.control(
                    "unknown member \"%s\"; known are %s"
                        .formatted(name, String.join(", ", known.stream().sorted().toList())));
              }
            });
    return node;
  }

  /** An instant: ISO 8601 in {@code at}, or an ISO duration before now in {@code ago}; or now. */
  static long instant(JsonNode node, String at, String ago, long now) {
    try {
      Optional<String> instant = Json.text(node, at);
      if (instant.isPresent()) {
        return Instant.parse(instant.get()).toEpochMilli();
      }
      return Json.text(node, ago).map(text -> now - Duration.parse(text).toMillis()).orElse(now);
    } catch (DateTimeException | ArithmeticException e) {
      throw Refused.control(
          "%s or %s: expected 2026-11-21T10:00:00Z, or a duration such as P3DT4H"
              .formatted(at, ago));
    }
  }

  /** Values of fields, as they are kept; empty for null. What anybody may write does not matter. */
  static Map<String, String> values(SObject object, JsonNode fields) {
    Map<String, String> values = new LinkedHashMap<>();
    fields
        .properties()
        .forEach(
            member -> {
              Field field =
                  object
                      .find(member.getKey())
                      .orElseThrow(
                          () ->
                              Refused.control(
                                  "no field %s on %s".formatted(member.getKey(), object.name())));
              values.put(field.name(), value(field, member.getValue()));
            });
    return values;
  }

  private static String value(Field field, JsonNode value) {
    if (value.isNull()) {
      return "";
    }
    return field
        .type()
        .read(value)
        .orElseThrow(
            () ->
                Refused.control(
                    "%s: %s is no %s".formatted(field.name(), value, field.type().word())));
  }

  /** Who does it: a user by id, or whoever is given. */
  static Actor actor(JsonNode node, Actor otherwise) {
    return Json.text(node, "user").map(Actor::person).orElse(otherwise);
  }
}
