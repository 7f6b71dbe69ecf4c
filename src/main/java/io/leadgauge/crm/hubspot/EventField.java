package io.leadgauge.crm.hubspot;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a webhook event that are read; all others are passed over. */
enum EventField {
  SUBSCRIPTION_TYPE("subscriptionType", Shape.NAME),
  /** What HubSpot's documentation calls the subscription type; no captured event does. */
  EVENT_TYPE("eventType", Shape.NAME),
  EVENT_ID("eventId", Shape.ID),
  PORTAL_ID("portalId", Shape.ID),
  OCCURRED_AT("occurredAt", Shape.INSTANT),
  OBJECT_ID("objectId", Shape.ID),
  OBJECT_TYPE_ID("objectTypeId", Shape.ID),
  PROPERTY_NAME("propertyName", Shape.NAME),
  PROPERTY_VALUE("propertyValue", Shape.VALUE),
  IS_SENSITIVE("isSensitive", Shape.FLAG),
  CHANGE_FLAG("changeFlag", Shape.VALUE),
  CHANGE_SOURCE("changeSource", Shape.ANYTHING),
  SOURCE_ID("sourceId", Shape.ANYTHING),
  APP_ID("appId", Shape.ANYTHING),
  PRIMARY_OBJECT_ID("primaryObjectId", Shape.ID),
  MERGED_OBJECT_IDS("mergedObjectIds", Shape.IDS),
  NEW_OBJECT_ID("newObjectId", Shape.ID),
  ASSOCIATION_TYPE("associationType", Shape.NAME),
  FROM_OBJECT_ID("fromObjectId", Shape.ID),
  FROM_OBJECT_TYPE_ID("fromObjectTypeId", Shape.ID),
  TO_OBJECT_ID("toObjectId", Shape.ID),
  TO_OBJECT_TYPE_ID("toObjectTypeId", Shape.ID),
  ASSOCIATION_REMOVED("associationRemoved", Shape.FLAG),
  IS_PRIMARY_ASSOCIATION("isPrimaryAssociation", Shape.FLAG);

  /** What the value of a field may look like; null always means that there is none. */
  enum Shape {
    ID("a number or text of 1 to " + Shape.LONGEST_ID + " characters"),
    IDS("an array of at most " + Shape.MOST_IDS + " ids"),
    NAME("text of 1 to " + Shape.LONGEST_NAME + " characters"),
    VALUE("text, a number, true or false"),
    /** Something without which an event says as much: what is no plain value is passed over. */
    ANYTHING("anything"),
    FLAG("true or false"),
    INSTANT("milliseconds since 1970 up to the year 9999");

    static final int LONGEST_ID = 64;
    static final int LONGEST_NAME = 256;
    static final int MOST_IDS = 1_000;

    private final String expected;

    Shape(String expected) {
      this.expected = expected;
    }

    /** Returns the shape in words. */
    String expected() {
      return expected;
    }
  }

  private static final Map<String, EventField> BY_NAME = byName();

  private final String fieldName;
  private final Shape shape;

  EventField(String fieldName, Shape shape) {
    this.fieldName = fieldName;
    this.shape = shape;
  }

  private static Map<String, EventField> byName() {
    Map<String, EventField> fields = new HashMap<>();
    for (EventField field : values()) {
      fields.put(field.fieldName, field);
    }
    return Map.copyOf(fields);
  }

  /** Returns the field with this name; null for one that is not read. */
  static @Nullable EventField ofName(String name) {
    return BY_NAME.get(name);
  }

  /** Returns the name as it stands in JSON. */
  String fieldName() {
    return fieldName;
  }

  Shape shape() {
    return shape;
  }
}
