package io.leadgauge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.http.AdminAccess.Verdict;
import java.util.Map;

/**
 * An answer of the admin port: the one place that decides on its statuses.
 *
 * @param status the HTTP status
 * @param contentType what the text is
 * @param text the body
 * @param headers further headers; copied
 */
record AdminAnswer(int status, String contentType, String text, Map<String, String> headers) {
  private static final String JSON = "application/json";
  private static final Map<String, String> AGAIN_SOON = Map.of("Retry-After", "1");

  AdminAnswer {
    headers = Map.copyOf(headers);
  }

  /** Something that was found. */
  static AdminAnswer found(JsonNode json) {
    return new AdminAnswer(200, JSON, json.toString(), Map.of());
  }

  /** Text of another kind. */
  static AdminAnswer text(String contentType, String text) {
    return new AdminAnswer(200, contentType, text, Map.of());
  }

  /** Whether the process does anything. */
  static AdminAnswer live(Health health) {
    return shown(health, "live");
  }

  /** Whether deliveries should be sent here. */
  static AdminAnswer ready(Health health) {
    return shown(health, "ready");
  }

  private static AdminAnswer shown(Health health, String word) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", health.isReady() ? word : "not " + word);
    ArrayNode checks = json.putArray("checks");
    for (Health.Check check : health.checks()) {
      checks
          .addObject()
          .put("name", check.name())
          .put("ok", check.ok())
          .put("needed", check.needed())
          .put("detail", check.detail());
    }
    return health.isReady() ? found(json) : new AdminAnswer(503, JSON, json.toString(), AGAIN_SOON);
  }

  /** The question cannot be understood. */
  static AdminAnswer wrong(String hint) {
    return error(400, "question not understood", hint, Map.of());
  }

  /** There is no such thing as the path, or a part of the question, names. */
  static AdminAnswer missing(String what) {
    return error(404, "not found", what, Map.of());
  }

  /** It can only be asked in another way. */
  static AdminAnswer method(String allowed) {
    return error(405, "method not allowed", "expected " + allowed, Map.of("Allow", allowed));
  }

  /** Too many questions at once. */
  static AdminAnswer busy() {
    return error(503, "too much at once", "try again in 1 s", AGAIN_SOON);
  }

  /** A fault of ours, which is in the log. */
  static AdminAnswer fault() {
    return error(500, "a fault in Leadgauge", "the log says more", Map.of());
  }

  /** The request is not let in. */
  static AdminAnswer denied(Verdict verdict) {
    Map<String, String> ask = Map.of("WWW-Authenticate", "Bearer");
    return switch (verdict) {
      case LET_IN -> throw new IllegalArgumentException("let in, so not denied");
      case TOKEN_WRONG -> error(401, "wrong token", "see the token of the admin port", ask);
      case TOKEN_MISSING ->
          error(401, "token missing", "expected the header Authorization: Bearer TOKEN", ask);
      case TOKEN_NOT_SET ->
          error(
              403,
              "only from this machine",
              "set a token for the admin port to let others in",
              Map.of());
      case HOST_FOREIGN ->
          error(403, "meant for another host", "expected Host: localhost or 127.0.0.1", Map.of());
    };
  }

  private static AdminAnswer error(
      int status, String error, String hint, Map<String, String> headers) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("error", error);
    json.put("hint", hint);
    return new AdminAnswer(status, JSON, json.toString(), headers);
  }
}
