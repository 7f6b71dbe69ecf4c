package io.leadgauge.crm.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of an object whose keys are known. */
final class Keys {
  private static final int MOST_SHOWN = 60;

  private Keys() {}

  /** Refuses an unknown key by its name. */
  static void check(JsonNode object, List<String> known, String prefix)
      throws UnreadableEventException {
    Iterator<String> names = object.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new UnreadableEventException(
            "unknown key "
                + prefix
                + shown(name)
                + ", expected "
                + String.join(", ", known)
                + (prefix.isEmpty() ? "; what describes an event stands in attributes" : ""));
      }
    }
  }

  /** Returns a key's text or whole number, without the white space around it; null for none. */
  static @Nullable String text(JsonNode object, String key, String prefix)
      throws UnreadableEventException {
    JsonNode value = object.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new UnreadableEventException(prefix + key + " is neither text nor a whole number");
    }
    String text = Attributes.storable(value.asText()).strip();
    return text.isEmpty() ? null : text;
  }

  private static String shown(String name) {
    String line = Attributes.storable(name).replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN - 1) + "…";
  }
}
