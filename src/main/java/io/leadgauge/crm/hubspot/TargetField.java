package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.hubspot.PropertyDefinition.Option;
import io.leadgauge.crm.rest.Json;
import java.util.List;
import java.util.Locale;

/** How a property that takes a result is to be defined. */
final class TargetField {
  /** The group under which the portal shows them. */
  static final String GROUP = "leadgauge";

  private final Target target;

  TargetField(Target target) {
    this.target = target;
  }

  /** Returns the type that it should have. */
  String type() {
    return switch (target.output()) {
      case SCORE -> "number";
      case GRADE, LABEL, SEGMENT -> target.values().isEmpty() ? "string" : "enumeration";
      case DISQUALIFIED, REASONS, MODEL -> "string";
    };
  }

  private String fieldType() {
    return switch (target.output()) {
      case SCORE -> "number";
      case GRADE, LABEL, SEGMENT -> target.values().isEmpty() ? "text" : "select";
      case DISQUALIFIED, MODEL -> "text";
      case REASONS -> "textarea";
    };
  }

  /** Tells whether an existing property takes the result, although its type may be another. */
  boolean fits(PropertyDefinition existing) {
    return existing.type().equals(type())
        || (existing.type().equals("string") && !type().equals("number"))
        || (existing.type().equals("enumeration") && isAlwaysEmpty());
  }

  /** A model that has none leaves the field empty, whatever options another one has left there. */
  private boolean isAlwaysEmpty() {
    return switch (target.output()) {
      case GRADE, LABEL, SEGMENT -> target.values().isEmpty();
      case SCORE, DISQUALIFIED, REASONS, MODEL -> false;
    };
  }

  /** Returns the values that an existing property does not take. */
  List<String> missingIn(PropertyDefinition existing) {
    return existing.type().equals("enumeration")
        ? target.values().stream().filter(value -> !existing.values().contains(value)).toList()
        : List.of();
  }

  /** Returns the same in words: {@code enumeration of A1, A2}. */
  String words() {
    return target.values().isEmpty()
        ? type()
        : type() + " of " + String.join(", ", target.values());
  }

  /** Returns what makes the group. */
  static ObjectNode group() {
    return Json.object().put("name", GROUP).put("label", "Leadgauge");
  }

  /** Returns what makes the property. */
  ObjectNode definition() {
    ObjectNode property = Json.object();
    property.put("name", target.property());
    property.put("label", label());
    property.put("groupName", GROUP);
    property.put("type", type());
    property.put("fieldType", fieldType());
    property.put("description", description());
    property.put("formField", false);
    if (type().equals("enumeration")) {
      addOptions(property.putArray("options"), 0, target.values());
    }
    return property;
  }

  /** Returns what gives an existing property more options; those that it has stay as they are. */
  static ObjectNode withMore(PropertyDefinition existing, List<String> values) {
    ObjectNode change = Json.object();
    ArrayNode options = change.putArray("options");
    int last = -1;
    for (Option option : existing.options()) {
      options.add(option.node());
      last = Math.max(last, option.order());
    }
    addOptions(options, last + 1, values);
    return change;
  }

  private static void addOptions(ArrayNode options, int from, List<String> values) {
    int order = from;
    for (String value : values) {
      options
          .addObject()
          .put("label", value)
          .put("value", value)
          .put("displayOrder", order)
          .put("hidden", false);
      order++;
    }
  }

  /** Returns {@code Leadgauge score} for {@code leadgauge_score}. */
  private String label() {
    String words = target.property().replace('_', ' ').strip();
    return words.isEmpty()
        ? target.property()
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private String description() {
    String holds =
        switch (target.output()) {
          case SCORE -> "How well the contact fits and how engaged it is";
          case GRADE -> "Fit as a letter, engagement as a digit";
          case LABEL -> "How warm the contact is";
          case SEGMENT -> "Which nurture segment the contact is in";
          case DISQUALIFIED -> "Why the contact is disqualified; empty if it is not";
          case REASONS -> "The strongest reasons for and against";
          case MODEL -> "Which version of the scoring model this is by";
        };
    return holds + ". Written by Leadgauge; what people put here is put right.";
  }
}
