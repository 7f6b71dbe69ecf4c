package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.RateBudget.Lane;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The definitions of contact properties. One answer holds all of them: a portal has some hundreds.
 *
 * @see <a href="https://developers.hubspot.com/docs/guides/api/crm/properties">HubSpot: properties,
 *     30 March 2026</a>
 */
final class PropertyList {
  private PropertyList() {}

  static PropertiesAnswer read(HubSpotCalls calls, String address) {
    return switch (calls.get(Lane.RECORDS, address)) {
      case Reply.Answered answered -> answer(answered.body());
      case Reply.Invalid invalid ->
          trouble(
              new CallTrouble.Refused(
                  "HubSpot refuses to list properties: " + invalid.error().words()));
      case Reply.Failed failed -> trouble(failed.trouble());
    };
  }

  private static PropertiesAnswer answer(JsonNode body) {
    Map<String, CrmProperty> properties = new HashMap<>();
    for (JsonNode node : Json.items(body, "results")) {
      String name = Json.text(node, "name");
      if (name != null && !node.path("archived").asBoolean()) {
        properties.put(name, property(name, node));
      }
    }
    return properties.isEmpty()
        ? trouble(new CallTrouble.Unknown("HubSpot's answer lists no property"))
        : new PropertiesAnswer(properties, null);
  }

  /** Options that are kept elsewhere, such as owners, are not in the list. */
  private static CrmProperty property(String name, JsonNode node) {
    Set<String> options = new HashSet<>();
    if (!node.path("externalOptions").asBoolean()) {
      for (JsonNode option : Json.items(node, "options")) {
        String value = Json.text(option, "value");
        if (value != null) {
          options.add(value);
        }
      }
    }
    boolean readOnly = node.path("modificationMetadata").path("readOnlyValue").asBoolean();
    return new CrmProperty(name, options, !readOnly && !node.path("calculated").asBoolean());
  }

  private static PropertiesAnswer trouble(CallTrouble trouble) {
    return new PropertiesAnswer(Map.of(), trouble);
  }
}
