package io.leadgauge.crm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the question what properties contacts have.
 *
 * @param properties by name; empty in trouble; copied
 * @param trouble why it is not known; null when it is
 */
public record PropertiesAnswer(Map<String, CrmProperty> properties, @Nullable CallTrouble trouble) {
  public PropertiesAnswer {
    properties = Map.copyOf(properties);
  }
}
