package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.Asked;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The definitions of all properties of one type of records. One answer holds all of them: a portal
 * has some hundreds.
 *
 * @see <a href="https://developers.hubspot.com/docs/guides/api/crm/properties">HubSpot: properties,
 *     30 March 2026</a>
 */
final class PropertyList {
  private PropertyList() {}

  /** Asks for the definitions, by the property's name. */
  static Asked<SortedMap<String, PropertyDefinition>> definitions(
      HubSpotCalls calls, String address) {
    Asked<SortedMap<String, PropertyDefinition>> asked =
        calls
            .get(Lane.RECORDS, address)
            .asked("list properties", answered -> definitions(answered.body()));
    return asked instanceof Asked.Told<SortedMap<String, PropertyDefinition>>(var definitions)
            && definitions.isEmpty()
        ? new Asked.Untold<>(new CallTrouble.Unknown("HubSpot's answer lists no property"), 200)
        : asked;
  }

  private static SortedMap<String, PropertyDefinition> definitions(JsonNode body) {
    SortedMap<String, PropertyDefinition> definitions = new TreeMap<>();
    for (JsonNode node : Json.items(body, "results")) {
      PropertyDefinition definition = PropertyDefinition.of(node);
      if (definition != null) {
        definitions.put(definition.name(), definition);
      }
    }
    return definitions;
  }

  /** Asks for the same in neutral words. */
  static PropertiesAnswer read(HubSpotCalls calls, String address) {
    return switch (definitions(calls, address)) {
      case Asked.Told<SortedMap<String, PropertyDefinition>> told -> {
        Map<String, CrmProperty> properties = new HashMap<>();
        told.value().forEach((name, definition) -> properties.put(name, definition.neutral()));
        yield new PropertiesAnswer(properties, null);
      }
      case Asked.Untold<SortedMap<String, PropertyDefinition>> untold ->
          new PropertiesAnswer(Map.of(), untold.trouble());
    };
  }
}
