package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.TypeFit.Defined;
import io.leadgauge.crm.TypeFit.Kind;
import io.leadgauge.crm.rest.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a portal defines a property.
 *
 * @param name its internal name
 * @param label what people see
 * @param type what it holds: {@code string}, {@code number}, {@code bool}, {@code enumeration},
 *     {@code date}, {@code datetime}, …; empty if not told
 * @param options what an enumeration may hold, in the portal's order; none where they are kept
 *     elsewhere, such as owners; copied
 * @param fixed whether nobody may change the definition
 * @param readOnly whether HubSpot alone sets its values
 * @param calculated whether HubSpot works its values out of others
 * @param sensitive whether its values are kept from webhooks and from most apps
 */
record PropertyDefinition(
    String name,
    String label,
    String type,
    List<Option> options,
    boolean fixed,
    boolean readOnly,
    boolean calculated,
    boolean sensitive) {
  PropertyDefinition {
    options = List.copyOf(options);
  }

  /**
   * One of the values that an enumeration may hold.
   *
   * @param value the internal value
   * @param order where the portal shows it
   * @param node all that HubSpot tells of it
   */
  record Option(String value, int order, ObjectNode node) {}

  /** Reads a definition; null where it names no property, or one that was archived. */
  static @Nullable PropertyDefinition of(JsonNode node) {
    String name = Json.text(node, "name");
    if (name == null || node.path("archived").asBoolean()) {
      return null;
    }
    JsonNode rights = node.path("modificationMetadata");
    String sensitivity = Json.text(node, "dataSensitivity");
    return new PropertyDefinition(
        name,
        orEmpty(Json.text(node, "label")),
        orEmpty(Json.text(node, "type")),
        node.path("externalOptions").asBoolean() ? List.of() : options(node),
        rights.path("readOnlyDefinition").asBoolean(),
        rights.path("readOnlyValue").asBoolean(),
        node.path("calculated").asBoolean(),
        sensitivity != null && !sensitivity.equals("non_sensitive"));
  }

  private static List<Option> options(JsonNode node) {
    List<Option> options = new ArrayList<>();
    for (JsonNode option : Json.items(node, "options")) {
      String value = Json.text(option, "value");
      if (value != null && option instanceof ObjectNode object) {
        options.add(new Option(value, option.path("displayOrder").asInt(options.size()), object));
      }
    }
    // Those that the portal never ordered have the order -1, and stay as they come.
    options.sort(Comparator.comparingInt(Option::order));
    return options;
  }

  /** Returns the values that it may hold, in the portal's order. */
  List<String> values() {
    return options.stream().map(Option::value).toList();
  }

  /** Tells whether we may set its values. */
  boolean writable() {
    return !readOnly && !calculated;
  }

  /** Returns the same in neutral words. */
  CrmProperty neutral() {
    return new CrmProperty(name, values(), writable());
  }

  /** Returns what it holds. */
  Defined defined() {
    Kind kind =
        switch (type) {
          case "number" -> Kind.NUMBER;
          case "enumeration" -> Kind.CHOICE;
          case "bool" -> Kind.TRUTH;
          case "date", "datetime" -> Kind.DATE;
          default -> Kind.TEXT;
        };
    return new Defined(kind, type, values());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
