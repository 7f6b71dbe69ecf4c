package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeSet;

/**
 * What a workflow sends of a contact: the record in the shape of the old contacts API, or what
 * whoever made the workflow picked. No clean capture of either was found; the shape of the record
 * is that of the old API's documentation.
 */
final class WorkflowJson {
  private WorkflowJson() {}

  static ObjectNode of(Workflow workflow, Portal portal, CrmRecord contact) {
    return workflow.body().isEmpty()
        ? whole(portal, contact, workflow.versions())
        : picked(workflow, portal, contact);
  }

  private static ObjectNode picked(Workflow workflow, Portal portal, CrmRecord contact) {
    PropertySchema schema = portal.of(ObjectType.CONTACT).schema();
    ObjectNode body = Json.object();
    workflow
        .body()
        .forEach(
            (key, name) ->
                body.put(
                    key,
                    contact
                        .value(name)
                        .map(stored -> schema.find(name).map(p -> p.shown(stored)).orElse(stored))
                        .orElse(null)));
    return body;
  }

  private static ObjectNode whole(Portal portal, CrmRecord contact, boolean versions) {
    ObjectNode body = Json.object();
    body.put("vid", contact.id());
    body.put("canonical-vid", contact.id());
    body.putArray("merged-vids");
    body.put("portal-id", portal.id());
    body.put("is-contact", true);
    ObjectNode properties = body.putObject("properties");
    for (String name : new TreeSet<>(contact.propertyNames())) {
      put(properties.putObject(name), contact, name, versions);
    }
    body.putArray("form-submissions");
    body.putArray("list-memberships");
    ObjectNode profile = body.putArray("identity-profiles").addObject();
    profile.put("vid", contact.id());
    ObjectNode identity = profile.putArray("identities").addObject();
    identity.put("type", "EMAIL");
    identity.put("value", contact.valueOrEmpty("email"));
    body.putArray("merge-audits");
    return body;
  }

  private static void put(ObjectNode property, CrmRecord contact, String name, boolean versions) {
    property.put("value", contact.valueOrEmpty(name));
    if (versions) {
      ArrayNode list = property.putArray("versions");
      for (Assignment assignment : contact.history(name)) {
        ObjectNode version = list.addObject();
        version.put("value", assignment.value());
        version.put("source-type", assignment.source().type());
        version.put("source-id", assignment.source().id());
        version.put("timestamp", assignment.at());
        version.put("selected", false);
      }
    }
  }
}
