package io.leadgauge.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.ActivityMap;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What describes an event, as names and texts: {@code {"product":{"sku":"A1"},"tags":["a","b"]}} is
 * {@code product.sku} = {@code A1} and {@code tags} = {@code a;b}; objects in a list are counted
 * from 0, {@code items.0.sku}. What is null is left out.
 */
final class Attributes {
  /** The most attributes of one event. */
  static final int MOST = 100;

  /** The longest value, in characters; what is longer is cut there. */
  static final int LONGEST_VALUE = 1_000;

  private static final int LONGEST_NAME = 128;
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]+");

  private final SortedMap<String, String> found = new TreeMap<>();

  private Attributes() {}

  /** Reads attributes; none where the node is missing or null. */
  static SortedMap<String, String> of(JsonNode node) throws UnreadableEventException {
    Attributes attributes = new Attributes();
    if (node.isMissingNode() || node.isNull()) {
      return attributes.found;
    }
    if (!node.isObject()) {
      throw new UnreadableEventException("attributes is no object, expected names and values");
    }
    attributes.addAll("", node);
    if (attributes.found.containsKey(ActivityMap.ID)) {
      throw new UnreadableEventException(
          "the attribute id is the event's own, expected another name or the event's id");
    }
    return attributes.found;
  }

  private void addAll(String prefix, JsonNode object) throws UnreadableEventException {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      add(prefix + storable(entry.getKey()), entry.getValue());
    }
  }

  private void add(String name, JsonNode value) throws UnreadableEventException {
    if (value.isObject()) {
      addAll(name + ".", value);
    } else if (value.isArray()) {
      addList(name, value);
    } else if (!value.isNull()) {
      put(name, text(value));
    }
  }

  private void addList(String name, JsonNode list) throws UnreadableEventException {
    List<String> plain = new ArrayList<>();
    for (int index = 0; index < list.size(); index++) {
      JsonNode item = list.get(index);
      if (item.isContainerNode()) {
        add(name + "." + index, item);
      } else if (!item.isNull()) {
        plain.add(text(item));
      }
    }
    if (!plain.isEmpty()) {
      put(name, String.join(";", plain));
    }
  }

  private void put(String name, String value) throws UnreadableEventException {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new UnreadableEventException(
          "an attribute's name is empty, or longer than " + LONGEST_NAME + " characters");
    }
    boolean twice = found.put(name, cut(storable(value))) != null;
    if (twice) {
      throw new UnreadableEventException("the attribute " + name + " comes about in two ways");
    }
    if (found.size() > MOST) {
      throw new UnreadableEventException("more than " + MOST + " attributes");
    }
  }

  /** A number is written in one way, whether it came as 1.5, 1.50 or 15e-1. */
  private static String text(JsonNode value) {
    if (!value.isBigDecimal()) {
      return value.asText();
    }
    BigDecimal number = value.decimalValue();
    return Math.abs(number.scale()) > MOST ? number.toString() : number.toPlainString();
  }

  private static String cut(String value) {
    if (value.length() <= LONGEST_VALUE) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(LONGEST_VALUE - 1)) ? 1 : 0;
    return value.substring(0, LONGEST_VALUE - end);
  }

  /** Halves of surrogate pairs, which JSON can write and UTF-8 cannot, become {@code ?}. */
  static String storable(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
