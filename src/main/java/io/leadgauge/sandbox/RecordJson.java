package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Records of one type in the JSON of the CRM API. */
final class RecordJson {
  private final ObjectType type;
  private final PropertySchema schema;
  private final long portalId;

  /**
   * What a request wants to see.
   *
   * @param values the properties whose values are shown
   * @param histories the properties whose history is shown
   */
  record View(List<PropertyDefinition> values, List<PropertyDefinition> histories) {}

  RecordJson(Portal portal, ObjectType type) {
    this.type = type;
    this.schema = portal.of(type).schema();
    this.portalId = portal.id();
  }

  /**
   * The view of a request; names that the portal does not know are passed over, as HubSpot does.
   */
  View view(Collection<String> values, Collection<String> histories) {
    Collection<String> shown = values.isEmpty() ? unasked() : values;
    TreeSet<String> names = new TreeSet<>(shown);
    names.addAll(always());
    return new View(known(names), known(new TreeSet<>(histories)));
  }

  /** A record as it is read: a property that was never set is null. */
  ObjectNode read(CrmRecord record, View view) {
    ObjectNode properties = Json.object();
    for (PropertyDefinition property : view.values()) {
      put(properties, property, record.value(property.name()));
    }
    ObjectNode node = frame(record, properties, record.updatedAt());
    if (!view.histories().isEmpty()) {
      ObjectNode histories = node.putObject("propertiesWithHistory");
      view.histories().forEach(property -> putHistory(histories, property, record));
    }
    return node;
  }

  /** A record as it was at an instant, which is how a search sees it. */
  ObjectNode readAt(CrmRecord record, View view, long at) {
    ObjectNode properties = Json.object();
    for (PropertyDefinition property : view.values()) {
      put(properties, property, record.valueAt(property.name(), at));
    }
    long updatedAt =
        record.valueAt(type.modified(), at).map(Long::parseLong).orElse(record.createdAt());
    ObjectNode node = frame(record, properties, updatedAt);
    node.put("url", url(record));
    return node;
  }

  /**
   * A record as the answer to a write: what was written as it now stands, and what is always told.
   */
  ObjectNode written(CrmRecord record, Collection<String> names) {
    TreeSet<String> shown = new TreeSet<>(names);
    for (String name : echoed()) {
      if (record.value(name).isPresent()) {
        shown.add(name);
      }
    }
    ObjectNode properties = Json.object();
    for (PropertyDefinition property : known(shown)) {
      put(properties, property, record.value(property.name()));
    }
    ObjectNode node = frame(record, properties, record.updatedAt());
    node.put("url", url(record));
    return node;
  }

  private List<String> always() {
    return List.of(type.created(), "hs_object_id", type.modified());
  }

  /** What is shown where nothing is asked for. */
  private List<String> unasked() {
    return switch (type) {
      case CONTACT -> List.of("email", "firstname", "lastname");
      case COMPANY -> List.of("name", "domain");
      case DEAL -> List.of("dealname", "amount", "dealstage", "pipeline", "closedate");
      case TASK, CALL, MEETING, EMAIL, NOTE, COMMUNICATION -> always();
    };
  }

  /** What an answer to a write tells beside the values that were written. */
  private List<String> echoed() {
    List<String> names = new ArrayList<>(always());
    names.addAll(List.of("hs_object_source", "hs_object_source_id", "hs_object_source_label"));
    if (type == ObjectType.CONTACT) {
      names.addAll(List.of("hs_is_unworked", "hs_pipeline", LifecycleStages.PROPERTY));
    }
    return names;
  }

  private List<PropertyDefinition> known(Collection<String> names) {
    List<PropertyDefinition> known = new ArrayList<>(names.size());
    names.forEach(name -> schema.find(name).ifPresent(known::add));
    return known;
  }

  private static void put(
      ObjectNode properties, PropertyDefinition property, Optional<String> stored) {
    properties.put(property.name(), stored.map(property::shown).orElse(null));
  }

  private static void putHistory(
      ObjectNode histories, PropertyDefinition property, CrmRecord record) {
    ArrayNode entries = histories.putArray(property.name());
    for (Assignment assignment : record.history(property.name())) {
      ObjectNode entry = entries.addObject();
      entry.put("value", property.shown(assignment.value()));
      entry.put("timestamp", instant(assignment.at()));
      entry.put("sourceType", assignment.source().type());
      if (!assignment.source().id().isEmpty()) {
        entry.put("sourceId", assignment.source().id());
      }
      assignment.source().userId().ifPresent(user -> entry.put("updatedByUserId", user));
    }
  }

  private static ObjectNode frame(CrmRecord record, ObjectNode properties, long updatedAt) {
    ObjectNode node = Json.object();
    node.put("id", Long.toString(record.id()));
    node.set("properties", properties);
    node.put("createdAt", instant(record.createdAt()));
    node.put("updatedAt", instant(updatedAt));
    node.put("archived", record.archived());
    if (record.archived()) {
      node.put("archivedAt", instant(record.archivedAt()));
    }
    return node;
  }

  private String url(CrmRecord record) {
    return "https://app.hubspot.com/contacts/%d/record/%s/%d"
        .formatted(portalId, type.id(), record.id());
  }

  static String instant(long at) {
    return Instant.ofEpochMilli(at).toString();
  }
}
