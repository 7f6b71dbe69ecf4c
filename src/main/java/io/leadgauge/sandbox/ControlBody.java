package io.leadgauge.sandbox;

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

  /** Refuses fields other than these. */
  static void only(JsonNode node, String where, Set<String> known) {
    if (!node.isObject()) {
      throw Refusal.invalid(where + ": expected a JSON object");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw Refusal.invalid(
                    where + ": unknown field \"" + name + "\"; known are " + sorted(known));
              }
            });
  }

  /** An instant: epoch milliseconds or ISO 8601; or an ISO duration before now; or now. */
  static long instant(JsonNode node, String atField, String agoField, long now) {
    JsonNode at = node.path(atField);
    JsonNode ago = node.path(agoField);
    try {
      if (at.isIntegralNumber()) {
        return at.asLong();
      }
      if (at.isTextual()) {
        return Instant.parse(at.asText()).toEpochMilli();
      }
      return ago.isTextual() ? now - Duration.parse(ago.asText()).toMillis() : now;
    } catch (DateTimeException | ArithmeticException e) {
      throw Refusal.invalid(
          "%s or %s: expected epoch milliseconds or 2026-11-21T10:00:00Z, or a duration as P3DT4H"
              .formatted(atField, agoField));
    }
  }

  /** Text fields, by name. */
  static Map<String, String> texts(JsonNode node, Set<String> names) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : names) {
      Optional.ofNullable(node.get(name)).ifPresent(value -> texts.put(name, value.asText()));
    }
    return texts;
  }

  /** Who made a change: {@code app}, or {@code source} with {@code sourceId}; else a person. */
  static ChangeSource source(JsonNode node, ChangeSource otherwise) {
    if (node.hasNonNull("app")) {
      return ChangeSource.app(node.path("app").asLong());
    }
    return node.hasNonNull("source")
        ? new ChangeSource(node.path("source").asText(), node.path("sourceId").asText())
        : otherwise;
  }

  private static String sorted(Set<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }
}
