package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an error body says. HubSpot: "all fields should be treated as optional".
 *
 * @param message the words for people, bounded in length
 * @param category such as {@code VALIDATION_ERROR}; empty if not told
 * @param policy which limit was hit, such as {@code TEN_SECONDLY_ROLLING}; empty if not told
 * @param correlationId what HubSpot's support asks for; empty if not told
 * @param scopes the scopes that are missing; copied
 * @param properties the properties that are to blame, each with the words about it; copied
 * @param ids the records that are to blame; copied
 */
record HubSpotError(
    String message,
    String category,
    String policy,
    String correlationId,
    Set<String> scopes,
    Map<String, String> properties,
    List<String> ids) {
  static final String OBJECT_NOT_FOUND = "OBJECT_NOT_FOUND";

  /** An answer without an error body. */
  static final HubSpotError NONE = new HubSpotError("", "", "", "", Set.of(), Map.of(), List.of());

  /** The most properties that one error is believed to name. */
  private static final int MOST_PROPERTIES = 100;

  HubSpotError {
    scopes = Set.copyOf(scopes);
    properties = Map.copyOf(properties);
    ids = List.copyOf(ids);
  }

  /** Reads an error body, or one of the errors inside a batch's answer. */
  static HubSpotError of(JsonNode body) {
    String message = orEmpty(Json.text(body, "message"));
    return new HubSpotError(
        PlainText.shown(message),
        orEmpty(Json.text(body, "category")),
        orEmpty(Json.text(body, "policyName")),
        PlainText.shown(orEmpty(Json.text(body, "correlationId"))),
        scopes(body),
        properties(body, message),
        Json.texts(body.path("context"), "ids"));
  }

  /** Returns the message with what helps support to find the case. */
  String words() {
    String said = message.isEmpty() ? "HubSpot gave no reason" : message;
    return correlationId.isEmpty() ? said : said + " (correlationId " + correlationId + ")";
  }

  /** The missing scopes stand at the top in some answers and inside the errors in others. */
  private static Set<String> scopes(JsonNode body) {
    Set<String> scopes = new LinkedHashSet<>();
    collectScopes(body.path("context"), scopes);
    for (JsonNode error : Json.items(body, "errors")) {
      collectScopes(error.path("context"), scopes);
    }
    return scopes;
  }

  private static void collectScopes(JsonNode context, Set<String> scopes) {
    scopes.addAll(Json.texts(context, "requiredGranularScopes"));
    scopes.addAll(Json.texts(context, "requiredScopes"));
  }

  /**
   * The properties to blame stand in the context of each inner error, or as JSON behind the words
   * of the message ({@code Property values were not valid: [{…,"name":"…"}]}), or in both.
   */
  private static Map<String, String> properties(JsonNode body, String message) {
    Map<String, String> blamed = new LinkedHashMap<>();
    for (JsonNode error : Json.items(body, "errors")) {
      String said = Objects.requireNonNullElse(Json.text(error, "message"), message);
      for (String name : Json.texts(error.path("context"), "propertyName")) {
        blame(blamed, name, said);
      }
    }
    int start = message.indexOf('[');
    JsonNode inner = start < 0 ? null : Json.parseArray(message.substring(start));
    if (inner != null) {
      for (JsonNode problem : inner) {
        blame(
            blamed,
            orEmpty(Json.text(problem, "name")),
            Objects.requireNonNullElse(Json.text(problem, "message"), message));
      }
    }
    return blamed;
  }

  private static void blame(Map<String, String> blamed, String name, String said) {
    if (!name.isEmpty() && blamed.size() < MOST_PROPERTIES) {
      blamed.putIfAbsent(name, PlainText.shown(said));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
