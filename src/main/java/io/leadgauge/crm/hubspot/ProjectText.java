package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON as a person would write it: what holds nothing but plain values stands in one line, so that
 * a list of subscriptions reads as a list.
 */
final class ProjectText {
  private ProjectText() {}

  static String of(ObjectNode node) {
    return text(node, "") + "\n";
  }

  private static String text(JsonNode node, String indent) {
    if (!node.isContainerNode()) {
      return node.toString();
    }
    List<String> parts = new ArrayList<>();
    boolean flat = !indent.isEmpty() && isFlat(node);
    String inner = indent + "  ";
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> parts.add('"' + field.getKey() + "\": " + text(field.getValue(), inner)));
    } else {
      node.forEach(item -> parts.add(text(item, inner)));
    }
    String open = node.isObject() ? "{" : "[";
    String close = node.isObject() ? "}" : "]";
    if (parts.isEmpty()) {
      return open + close;
    }
    return flat
        ? open + " " + String.join(", ", parts) + " " + close
        : open + "\n" + inner + String.join(",\n" + inner, parts) + "\n" + indent + close;
  }

  /** Lists stand in lines of their own, even of plain values: they are what people compare. */
  private static boolean isFlat(JsonNode node) {
    if (!node.isObject()) {
      return false;
    }
    for (JsonNode value : node) {
      if (value.isContainerNode()) {
        return false;
      }
    }
    return true;
  }
}
