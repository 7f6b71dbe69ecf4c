package io.leadgauge.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import io.leadgauge.sandbox.Association.Label;
import java.io.IOException;

/**
 * One event of a webhook request, with the fields and their order of captured requests.
 *
 * @param type the subscription type, {@code contact.creation} or {@code object.creation}
 * @param eventId HubSpot's number for it, which is not promised to be unique
 * @param subscriptionId the subscription that it answers
 * @param occurredAt when the change happened
 * @param subject the record
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
    Subject subject,
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

    /** Which records became which. */
    record Merge(long primaryId, long mergedId, long survivorId, int moved) implements Detail {}

    /** Which records are associated now, or no longer. */
    record Associated(Subject other, Label label, boolean removed) implements Detail {}
  }

  WebhookEvent nextAttempt() {
    return new WebhookEvent(
        type, eventId, subscriptionId, occurredAt, subject, detail, source, attempt + 1, repeat);
  }

  WebhookEvent repeated() {
    return new WebhookEvent(
        type, eventId, subscriptionId, occurredAt, subject, detail, source, attempt, true);
  }

  void write(JsonGenerator json, long appId) throws IOException {
    json.writeStartObject();
    json.writeNumberField("eventId", eventId);
    json.writeNumberField("subscriptionId", subscriptionId);
    json.writeNumberField("portalId", subject.portalId());
    json.writeNumberField("appId", appId);
    json.writeNumberField("occurredAt", occurredAt);
    json.writeStringField("subscriptionType", type);
    json.writeNumberField("attemptNumber", attempt);
    if (detail instanceof Detail.Associated associated) {
      writeAssociated(json, associated);
    } else {
      writeAbout(json);
    }
    json.writeEndObject();
  }

  private void writeAbout(JsonGenerator json) throws IOException {
    json.writeNumberField("objectId", subject.id());
    if (isGeneric()) {
      json.writeStringField("objectTypeId", subject.type().id());
    }
    writeDetail(json);
    json.writeStringField("changeSource", source.type());
    writeSourceId(json);
    if (isGeneric() && detail instanceof Detail.Property) {
      json.writeBooleanField("isSensitive", false);
    }
  }

  /**
   * The captured event has neither {@code objectId} nor, for a pair that has no primary, {@code
   * isPrimaryAssociation}; what the generic form has beside it is known at second hand.
   */
  private void writeAssociated(JsonGenerator json, Detail.Associated associated)
      throws IOException {
    ObjectType from = subject.type();
    ObjectType to = associated.other().type();
    json.writeStringField("changeSource", source.type());
    if (isGeneric()) {
      json.writeStringField("fromObjectTypeId", from.id());
      json.writeStringField("toObjectTypeId", to.id());
      json.writeNumberField(
          "associationTypeId", Association.typeId(from, to, associated.label()).orElse(0));
      json.writeStringField("associationCategory", "HUBSPOT_DEFINED");
    } else {
      json.writeStringField("associationType", from.name() + "_TO_" + to.name());
    }
    json.writeNumberField("fromObjectId", subject.id());
    json.writeNumberField("toObjectId", associated.other().id());
    json.writeBooleanField("associationRemoved", associated.removed());
    if (Association.hasPrimary(from, to)) {
      json.writeBooleanField("isPrimaryAssociation", associated.label() == Label.PRIMARY);
    }
    writeSourceId(json);
  }

  private void writeSourceId(JsonGenerator json) throws IOException {
    if (!source.id().isEmpty()) {
      json.writeStringField("sourceId", source.id());
    }
  }

  private boolean isGeneric() {
    return type.startsWith("object.");
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
      case Detail.Associated associated -> writeAssociated(json, associated);
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
