package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Contacts in the JSON of the CRM API. */
final class ContactJson {
  private static final List<String> ALWAYS =
      List.of("createdate", "hs_object_id", "lastmodifieddate");
  private static final List<String> UNASKED =
      List.of("createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname");
  private static final List<String> ECHOED =
      List.of(
          "createdate",
          "hs_is_unworked",
          "hs_object_id",
          "hs_object_source",
          "hs_object_source_id",
          "hs_object_source_label",
          "hs_pipeline",
          "lastmodifieddate",
          LifecycleStages.PROPERTY);

  private final PropertySchema schema;
  private final long portalId;

  /**
   * What a request wants to see.
   *
   * @param values the properties whose values are shown
   * @param histories the properties whose history is shown
   */
  record View(List<PropertyDefinition> values, List<PropertyDefinition> histories) {}

  ContactJson(PropertySchema schema, long portalId) {
    this.schema = schema;
    this.portalId = portalId;
  }

  /**
   * The view of a request; names that the portal does not know are passed over, as HubSpot does.
   */
  View view(Collection<String> values, Collection<String> histories) {
    Collection<String> shown = values.isEmpty() ? UNASKED : values;
    TreeSet<String> names = new TreeSet<>(shown);
    names.addAll(ALWAYS);
    return new View(known(names), known(new TreeSet<>(histories)));
  }

  /** A contact as it is read: a property that was never set is null. */
  ObjectNode read(Contact contact, View view) {
    ObjectNode properties = Json.object();
    for (PropertyDefinition property : view.values()) {
      put(properties, property, contact.value(property.name()));
    }
    ObjectNode node = frame(contact, properties, contact.updatedAt());
    if (!view.histories().isEmpty()) {
      ObjectNode histories = node.putObject("propertiesWithHistory");
      view.histories().forEach(property -> putHistory(histories, property, contact));
    }
    return node;
  }

  /** A contact as it was at an instant, which is how a search sees it. */
  ObjectNode readAt(Contact contact, View view, long at) {
    ObjectNode properties = Json.object();
    for (PropertyDefinition property : view.values()) {
      put(properties, property, contact.valueAt(property.name(), at));
    }
    long updatedAt =
        contact.valueAt("lastmodifieddate", at).map(Long::parseLong).orElse(contact.createdAt());
    ObjectNode node = frame(contact, properties, updatedAt);
    node.put("url", url(contact));
    return node;
  }

  /**
   * A contact as the answer to a write: what was written as it now stands, and what is always told.
   */
  ObjectNode written(Contact contact, Collection<String> names) {
    TreeSet<String> shown = new TreeSet<>(names);
    for (String name : ECHOED) {
      if (contact.value(name).isPresent()) {
        shown.add(name);
      }
    }
    ObjectNode properties = Json.object();
    for (PropertyDefinition property : known(shown)) {
      put(properties, property, contact.value(property.name()));
    }
    ObjectNode node = frame(contact, properties, contact.updatedAt());
    node.put("url", url(contact));
    return node;
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
      ObjectNode histories, PropertyDefinition property, Contact contact) {
    ArrayNode entries = histories.putArray(property.name());
    for (Assignment assignment : contact.history(property.name())) {
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

  private static ObjectNode frame(Contact contact, ObjectNode properties, long updatedAt) {
    ObjectNode node = Json.object();
    node.put("id", Long.toString(contact.id()));
    node.set("properties", properties);
    node.put("createdAt", instant(contact.createdAt()));
    node.put("updatedAt", instant(updatedAt));
    node.put("archived", contact.archived());
    if (contact.archived()) {
      node.put("archivedAt", instant(contact.archivedAt()));
    }
    return node;
  }

  private String url(Contact contact) {
    return "https://app.hubspot.com/contacts/" + portalId + "/record/0-1/" + contact.id();
  }

  static String instant(long at) {
    return Instant.ofEpochMilli(at).toString();
  }
}
