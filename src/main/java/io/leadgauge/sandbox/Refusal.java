package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An error answer: its status and HubSpot's error body, to which the correlation id is added when
 * it is sent. A request is refused by throwing it, before anything has been changed.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final ObjectNode body;

  private Refusal(int status, ObjectNode body) {
    super(body.path("message").asText(), null, false, false);
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  /** The body, a fresh copy. */
  ObjectNode body() {
    return body.deepCopy();
  }

  static Refusal of(int status, String category, String message) {
    return new Refusal(status, error(category, message));
  }

  /** 400 with a sentence. */
  static Refusal invalid(String message) {
    return of(400, "VALIDATION_ERROR", message);
  }

  /** 400 for property values, with all of them in the sentence, as HubSpot does it. */
  static Refusal invalid(List<Invalid> problems) {
    ObjectNode body = error("VALIDATION_ERROR", sentence(problems));
    ArrayNode errors = body.putArray("errors");
    for (Invalid problem : problems) {
      ObjectNode error = errors.addObject();
      error.put("message", problem.message());
      error.put("code", problem.code());
      error.putObject("context").putArray("propertyName").add(problem.property());
    }
    return new Refusal(400, body);
  }

  static Refusal duplicateIds(List<String> ids) {
    String message =
        "Duplicate IDs found in batch input: [" + String.join(", ", ids) + "]. IDs must be unique";
    ObjectNode body = error("VALIDATION_ERROR", message);
    body.putObject("context").set("ids", Json.array(ids));
    return new Refusal(400, body);
  }

  static Refusal unauthorized(String message) {
    return of(401, "INVALID_AUTHENTICATION", message);
  }

  /** 400 of the token endpoint, in the words of OAuth and in HubSpot's. */
  static Refusal oauth(String error, String hubspotStatus, String message) {
    ObjectNode body = Json.object();
    body.put("error", error);
    body.put("error_description", message);
    body.put("status", hubspotStatus);
    body.put("message", message);
    return new Refusal(400, body);
  }

  /**
   * 403 for a token that lacks a scope. It stands at the top in recorded answers of some endpoints
   * and in the errors in those of others; here reads have it at the top and writes in the errors.
   */
  static Refusal missingScope(String scope) {
    ObjectNode body = error("MISSING_SCOPES", "One or more of the following scopes are required.");
    boolean reads = scope.endsWith("read");
    ObjectNode holder = body;
    if (!reads) {
      body.put(
          "message",
          "This app hasn't been granted all required scopes to make this call. Read more about"
              + " required scopes here: https://developers.hubspot.com/scopes.");
      holder = body.putArray("errors").addObject();
      holder.put("message", "One or more of the following scopes are required.");
    }
    holder.putObject("context").putArray("requiredGranularScopes").add(scope);
    body.putObject("links").put("scopes", "https://developers.hubspot.com/scopes");
    return new Refusal(403, body);
  }

  /** 404 for a record, as the single endpoints answer it. */
  static Refusal noRecord(String id) {
    ObjectNode body = error("OBJECT_NOT_FOUND", "Object not found.  objectId are usually numeric.");
    body.putObject("context").putArray("id").add(id);
    return new Refusal(404, body);
  }

  static Refusal conflict(long existingId) {
    return of(409, "CONFLICT", "Contact already exists. Existing ID: " + existingId);
  }

  /** 400 for a record that lacks what it cannot be created without. */
  static Refusal required(ObjectType type, List<String> names) {
    String message =
        "Error creating %s. Some required properties were not set.".formatted(type.name());
    ObjectNode body = error("VALIDATION_ERROR", message);
    body.putObject("context").set("properties", Json.array(names));
    return new Refusal(400, body);
  }

  /** 400 for an association type that is none from this type of record. */
  static Refusal noAssociationType(ObjectType from, int typeId) {
    return invalid(
        "The association type id %d does not exist for %s".formatted(typeId, from.name()));
  }

  /** 400 for an association with a record that is not there. */
  static Refusal noAssociate(ObjectType type, String id) {
    ObjectNode body = error("VALIDATION_ERROR", "One or more associations are not valid");
    body.put("subCategory", "crm.associations.INVALID_OBJECT_IDS");
    body.putObject("context")
        .putArray("INVALID_OBJECT_IDS")
        .add("%s=%s is not valid".formatted(type.name(), id));
    return new Refusal(400, body);
  }

  /** 409 for a whole batch; unlike the single answer it does not say which contact. */
  static Refusal conflictInBatch() {
    return of(409, "CONFLICT", "Contact already exists");
  }

  /** 400 for a path that names no object type; the recorded answer has no category. */
  static Refusal unknownObjectType(String type) {
    ObjectNode body = Json.object();
    body.put("status", "error");
    body.put("message", "Unable to infer object type from: " + type);
    return new Refusal(400, body);
  }

  /** 429, in the words of the limit that was reached. */
  static Refusal limited(RateMeter.Policy policy, long appId) {
    ObjectNode body = Json.object();
    body.put("status", "error");
    body.put("message", "You have reached your " + policy.word() + " limit.");
    body.put("errorType", "RATE_LIMIT");
    body.put("policyName", policy.name());
    body.put("groupName", "publicapi:app:" + appId);
    return new Refusal(429, body);
  }

  private static ObjectNode error(String category, String message) {
    ObjectNode body = Json.object();
    body.put("status", "error");
    body.put("message", message);
    body.put("category", category);
    return body;
  }

  /** The sentence in which HubSpot packs the problems as JSON text. */
  static String sentence(List<Invalid> problems) {
    ArrayNode details = Json.array();
    for (Invalid problem : problems) {
      ObjectNode detail = details.addObject();
      detail.put("isValid", false);
      detail.put("message", problem.message());
      detail.put("error", problem.code());
      detail.put("name", problem.property());
    }
    return "Property values were not valid: " + details;
  }
}
