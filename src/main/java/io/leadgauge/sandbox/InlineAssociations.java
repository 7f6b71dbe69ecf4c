package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.Association.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the {@code associations} that a record is to be created with. All are checked before
 * anything is created.
 */
final class InlineAssociations {
  private InlineAssociations() {}

  static List<Portal.Link> of(Portal portal, ObjectType from, JsonNode nodes) {
    List<Portal.Link> links = new ArrayList<>();
    for (JsonNode node : nodes) {
      String id = node.path("to").path("id").asText();
      JsonNode types = node.path("types");
      if (types.isEmpty()) {
        throw Refusal.invalid("associations: types is missing or empty");
      }
      for (JsonNode type : types) {
        links.add(link(portal, from, id, type));
      }
    }
    return links;
  }

  private static Portal.Link link(Portal portal, ObjectType from, String id, JsonNode type) {
    int typeId = type.path("associationTypeId").asInt();
    if (!type.path("associationCategory").asText().equals("HUBSPOT_DEFINED")) {
      throw Refusal.noAssociationType(from, typeId);
    }
    for (ObjectType to : ObjectType.values()) {
      var label = Association.label(from, to, typeId);
      if (label.isPresent()) {
        return new Portal.Link(target(portal, to, id), label.get());
      }
    }
    throw Refusal.noAssociationType(from, typeId);
  }

  private static CrmRecord target(Portal portal, ObjectType type, String id) {
    return portal.of(type).find(id).orElseThrow(() -> Refusal.noAssociate(type, id));
  }

  /** The label that a body names by category and id, for a pair of types. */
  static Label label(ObjectType from, ObjectType to, JsonNode type) {
    int typeId = type.path("associationTypeId").asInt();
    return Association.label(from, to, typeId)
        .filter(known -> type.path("associationCategory").asText().equals("HUBSPOT_DEFINED"))
        .orElseThrow(() -> Refusal.noAssociationType(from, typeId));
  }
}
