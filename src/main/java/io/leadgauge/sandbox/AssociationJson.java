package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.sandbox.Association.Label;
import java.util.List;

/** Associations in the JSON of the CRM API. */
final class AssociationJson {
  private AssociationJson() {}

  /** Puts what a read asked for under {@code associations}; nothing where there is none. */
  static void putAll(ObjectNode node, Portal portal, CrmRecord record, List<ObjectType> types) {
    for (ObjectType type : types) {
      List<CrmRecord> ends = portal.associations().of(record, type);
      if (!ends.isEmpty()) {
        ArrayNode results =
            node.withObject("/associations").putObject(type.plural()).putArray("results");
        ends.forEach(end -> put(results, portal, record, end));
      }
    }
  }

  /** Where the pair can have a primary, the unlabelled way is named so. */
  private static void put(ArrayNode results, Portal portal, CrmRecord from, CrmRecord to) {
    String plain = from.type().word() + "_to_" + to.type().word();
    boolean primaries = Association.hasPrimary(from.type(), to.type());
    for (Label label : portal.associations().between(from, to)) {
      ObjectNode result = results.addObject();
      result.put("id", Long.toString(to.id()));
      result.put("type", primaries && label == Label.UNLABELLED ? plain + "_unlabeled" : plain);
    }
  }

  /**
   * One end with its labels.
   *
   * @param numeric whether the id is a number, as in the guide's samples, or text, as in the
   *     client's models
   */
  static ObjectNode end(Portal portal, CrmRecord from, CrmRecord to, boolean numeric) {
    ObjectNode node = Json.object();
    if (numeric) {
      node.put("toObjectId", to.id());
    } else {
      node.put("toObjectId", Long.toString(to.id()));
    }
    ArrayNode types = node.putArray("associationTypes");
    for (Label label : portal.associations().between(from, to)) {
      Association.typeId(from.type(), to.type(), label)
          .ifPresent(
              id -> {
                ObjectNode type = types.addObject();
                type.put("category", "HUBSPOT_DEFINED");
                type.put("typeId", id);
                type.put("label", label == Label.PRIMARY ? "Primary" : null);
              });
    }
    return node;
  }
}
