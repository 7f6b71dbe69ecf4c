package io.leadgauge.crm.hubspot;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as it stood in a delivery, nothing yet made of it.
 *
 * @param place where it stood, for messages: {@code event 3 at line 1, column 812}
 * @param values the text of each field that was there and not null; copied
 * @param mergedObjectIds the ids that a merge absorbed; copied
 * @param problem the first field that could not be read; null if all could
 */
record WireEvent(
    String place,
    Map<EventField, String> values,
    List<String> mergedObjectIds,
    @Nullable String problem) {
  WireEvent {
    values = Map.copyOf(values);
    mergedObjectIds = List.copyOf(mergedObjectIds);
  }

  /** Returns the text of a field; null if it was not there. */
  @Nullable String get(EventField field) {
    return values.get(field);
  }

  /**
   * Returns the text of a field that this event cannot do without.
   *
   * @throws UnreadableEventException if it was not there
   */
  String require(EventField field) throws UnreadableEventException {
    String text = values.get(field);
    if (text == null) {
      throw new UnreadableEventException(
          field.fieldName() + " is missing, expected " + field.shape().expected());
    }
    return text;
  }

  boolean is(EventField field) {
    return Boolean.parseBoolean(values.get(field));
  }

  /** Returns the subscription type; empty if the event names none. */
  String type() {
    String type = values.get(EventField.SUBSCRIPTION_TYPE);
    return type != null ? type : values.getOrDefault(EventField.EVENT_TYPE, "");
  }

  /** Returns when it happened, by HubSpot's clock; 0 if it does not say. */
  long occurredAt() {
    String text = values.get(EventField.OCCURRED_AT);
    return text == null ? 0 : Long.parseLong(text);
  }

  /** One event of a delivery cannot be read; its message says which field, and what is expected. */
  static final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message) {
      super(message, null, false, false);
    }
  }
}
