package io.leadgauge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * One event of a webhook request, with the fields and their order of captured requests.
 *
 * @param type the subscription type, {@code contact.creation} or {@code object.creation}
 * @param eventId HubSpot's number for it, which is not promised to be unique
 * @param subscriptionId the subscription that it answers
 * @param occurredAt when the change happened
 * @param objectId the contact
 * @param detail what only this kind of event tells
 * @param source who made the change
 * @param attempt how often it was tried before
 * @param repeat whether it was acknowledged already and is sent once more
 */
record WebhookEvent(
    String type,
    long eventId,
    long subscriptionId,
    long occurredAt,
    long objectId,
    Detail detail,
    ChangeSource source,
    int attempt,
    boolean repeat) {

  /** What only one kind of event tells. */
  sealed interface Detail {
    /** Nothing more. */
    record None() implements Detail {}

    /** {@code CREATED} or {@code DELETED}. */
    record Flag(String word) implements Detail {}

    /** The new value of a property, as text; dates as epoch milliseconds. */
    record Property(String name, String value) implements Detail {}

    /** Which contacts became which. */
    record Merge(long primaryId, long mergedId, long survivorId, int moved) implements Detail {}
  }

  WebhookEvent nextAttempt() {
    return new WebhookEvent(
        type, eventId, subscriptionId, occurredAt, objectId, detail, source, attempt + 1, repeat);
  }

  WebhookEvent repeated() {
    return new WebhookEvent(
        type, eventId, subscriptionId, occurredAt, objectId, detail, source, attempt, true);
  }

  void write(JsonGenerator json, long portalId, long appId) throws IOException {
    json.writeStartObject();
    json.writeNumberField("eventId", eventId);
    json.writeNumberField("subscriptionId", subscriptionId);
    json.writeNumberField("portalId", portalId);
    json.writeNumberField("appId", appId);
    json.writeNumberField("occurredAt", occurredAt);
    json.writeStringField("subscriptionType", type);
    json.writeNumberField("attemptNumber", attempt);
    json.writeNumberField("objectId", objectId);
    boolean generic = type.startsWith("object.");
    if (generic) {
      json.writeStringField("objectTypeId", "0-1");
    }
    writeDetail(json);
    json.writeStringField("changeSource", source.type());
    if (!source.id().isEmpty()) {
      json.writeStringField("sourceId", source.id());
    }
    if (generic && detail instanceof Detail.Property) {
      json.writeBooleanField("isSensitive", false);
    }
    json.writeEndObject();
  }

  private void writeDetail(JsonGenerator json) throws IOException {
    switch (detail) {
      case Detail.None() -> {}
      case Detail.Flag(String word) -> json.writeStringField("changeFlag", word);
      case Detail.Property(String name, String value) -> {
        json.writeStringField("propertyName", name);
        json.writeStringField("propertyValue", value);
      }
      case Detail.Merge merge -> writeMerge(json, merge);
    }
  }

  private static void writeMerge(JsonGenerator json, Detail.Merge merge) throws IOException {
    json.writeNumberField("primaryObjectId", merge.primaryId());
    json.writeArrayFieldStart("mergedObjectIds");
    json.writeNumber(merge.mergedId());
    json.writeEndArray();
    json.writeNumberField("newObjectId", merge.survivorId());
    json.writeNumberField("numberOfPropertiesMoved", merge.moved());
  }
}
