package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the control API for workflows that send webhooks. */
final class ControlWorkflows {
  private final WorkflowOutbox outbox;

  ControlWorkflows(WorkflowOutbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Sets a workflow up: {@code {"url":…,"secret":…,"signedUrl":…,"body":{"who":"email"},
   * "versions":true,"correlation":true}}.
   */
  Answer put(ApiRequest request) {
    JsonNode body = request.body();
    ControlBody.only(
        body, "body", Set.of("url", "signedUrl", "secret", "body", "versions", "correlation"));
    Map<String, String> keys = new LinkedHashMap<>();
    body.path("body")
        .properties()
        .forEach(entry -> keys.put(entry.getKey(), entry.getValue().asText()));
    try {
      outbox.put(
          request.path("name"),
          new Workflow(
              WebhookTarget.address(body.path("url").asText()),
              Optional.ofNullable(body.get("signedUrl"))
                  .map(url -> WebhookTarget.address(url.asText())),
              Optional.ofNullable(body.get("secret")).map(node -> Secret.of(node.asText())),
              keys,
              body.path("versions").asBoolean(true),
              body.path("correlation").asBoolean(true)));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
    return Answer.noContent();
  }

  /** Sends contacts through a workflow: {@code {"contacts":["123"]}}. */
  Answer enrol(ApiRequest request) {
    String name = request.path("name");
    Workflow workflow =
        outbox
            .find(name)
            .orElseThrow(() -> Refusal.of(404, "OBJECT_NOT_FOUND", "there is no workflow " + name));
    JsonNode body = request.body();
    ControlBody.only(body, "body", Set.of("contacts"));
    Json.texts(body.path("contacts")).stream()
        .map(id -> ControlRecords.named(request.portal(), "contacts/" + id))
        .toList()
        .forEach(contact -> outbox.enrol(workflow, request.portal(), contact));
    return state(request);
  }

  Answer state(ApiRequest request) {
    ObjectNode state = Json.object();
    outbox.describe(state);
    return Answer.of(200, state);
  }
}
