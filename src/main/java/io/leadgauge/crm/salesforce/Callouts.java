package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.salesforce.ToldRecord.UnreadableException;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What callouts of flows and Apex say, each of one record: in our own shape, as {@code
 * JSON.serialize} writes a record, or as connectors of PushTopic streams do.
 *
 * <p>A field that is null is empty; one that is not there was not selected, and says nothing.
 */
final class Callouts {
  private static final int LONGEST_ATTRIBUTE = 1_000;
  private static final Pattern ACTIVITY = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,62}");
  private static final Pattern OBJECT = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
  private static final SortedSet<String> NONE = Collections.emptySortedSet();

  private final ConnectionId connection;

  Callouts(ConnectionId connection) {
    this.connection = connection;
  }

  /** Tells whether an item has one of the shapes. */
  static boolean isOne(JsonNode item) {
    return item.has("object") || isRecord(item) || item.has("_ObjectType");
  }

  /** Tells whether it is a record as the platform writes it down. */
  private static boolean isRecord(JsonNode item) {
    return item.path("attributes").path("type").isTextual() && !item.has("object");
  }

  /**
   * Returns what an item says.
   *
   * @throws UnreadableException if it lacks what no callout can do without
   */
  CrmEvent of(JsonNode item) throws UnreadableException {
    if (isRecord(item)) {
      return record(item, item.path("attributes").path("type").asText());
    }
    return item.has("_ObjectType") ? streamed(item) : own(item);
  }

  private CrmEvent record(JsonNode item, String object) throws UnreadableException {
    SortedMap<String, String> fields = JsonFields.of(item);
    RecordRef record = record(object, fields.get(FieldFacts.ID));
    return new ToldRecord(object + ".callout", record, fields).event(NONE);
  }

  private CrmEvent streamed(JsonNode item) throws UnreadableException {
    SortedMap<String, String> fields = JsonFields.of(item);
    String object = fields.getOrDefault("_ObjectType", "");
    String event = fields.getOrDefault("_EventType", "");
    fields.keySet().removeIf(name -> name.startsWith("_"));
    RecordRef record = record(object, fields.get(FieldFacts.ID));
    String type = object + (event.isEmpty() ? ".streamed" : "." + event);
    return switch (event) {
      case "deleted", "undeleted" -> new CrmEvent(type, record, 0, Meaning.READ, List.of());
      default -> new ToldRecord(type, record, fields).event(NONE);
    };
  }

  private CrmEvent own(JsonNode item) throws UnreadableException {
    String object = JsonFields.text(item.path("object"));
    RecordRef record = record(object, JsonFields.text(item.path("id")));
    List<Fact> facts = new ArrayList<>();
    long at = 0;
    if (item.has("activity")) {
      Fact.Happened happened = activity(record, item);
      facts.add(happened);
      at = happened.at();
    }
    boolean isBare = !item.has("fields") && !item.has("systemModstamp");
    if (isBare && !facts.isEmpty()) {
      return new CrmEvent(object + ".activity", record, at, Meaning.FACTS, facts);
    }
    SortedMap<String, String> fields = JsonFields.of(item.path("fields"));
    String modified = JsonFields.text(item.path("systemModstamp"));
    fields.put(FieldFacts.SYSTEM_MODSTAMP, modified);
    CrmEvent told = new ToldRecord(object + ".callout", record, fields).event(NONE);
    facts.addAll(told.facts());
    return new CrmEvent(
        told.type(), record, Math.max(at, told.occurredAt()), told.meaning(), facts);
  }

  private static Fact.Happened activity(RecordRef record, JsonNode item)
      throws UnreadableException {
    String type = JsonFields.text(item.path("activity"));
    if (!ACTIVITY.matcher(type).matches()) {
      throw new UnreadableException(
          "activity is no name of an activity, expected such as webinar_attended");
    }
    OptionalLong at = Instants.parse(JsonFields.text(item.path("at")));
    if (at.isEmpty()) {
      throw new UnreadableException(
          "at holds no instant, expected such as 2026-11-22T10:00:00.000Z");
    }
    SortedMap<String, String> attributes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> attribute : item.path("attributes").properties()) {
      String text = attribute.getValue().isValueNode() ? JsonFields.text(attribute.getValue()) : "";
      if (!text.isBlank() && text.length() <= LONGEST_ATTRIBUTE) {
        attributes.put(attribute.getKey(), text);
      }
    }
    return new Fact.Happened(record, new Activity(type, at.getAsLong(), attributes));
  }

  private RecordRef record(String object, @Nullable String id) throws UnreadableException {
    if (!OBJECT.matcher(object).matches()) {
      throw new UnreadableException("it names no object, expected such as Lead");
    }
    return SalesforceId.of(id == null ? "" : id)
        .map(found -> new RecordRef(connection, ObjectTypes.ofName(object), found.text()))
        .orElseThrow(
            () -> new UnreadableException("its id is missing or none of 15 or 18 characters"));
  }
}
