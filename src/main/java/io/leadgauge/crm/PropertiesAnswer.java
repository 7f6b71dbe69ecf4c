package io.leadgauge.crm;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the question what properties contacts have.
 *
 * @param properties those of persons of every type, by name; empty in trouble; copied
 * @param ofSome those that persons of some types have and others have not, by name; copied
 * @param trouble why it is not known; null when it is
 */
public record PropertiesAnswer(
    Map<String, CrmProperty> properties,
    Map<String, CrmProperty> ofSome,
    @Nullable CallTrouble trouble) {
  public PropertiesAnswer {
    properties = Map.copyOf(properties);
    ofSome = Map.copyOf(ofSome);
  }

  /** Makes one of a CRM whose persons are all of one type. */
  public PropertiesAnswer(Map<String, CrmProperty> properties, @Nullable CallTrouble trouble) {
    this(properties, Map.of(), trouble);
  }

  /**
   * Returns what is there for whoever needs some properties of persons of every type: one of these
   * that only some persons have is not.
   *
   * @param shared the names of what every person needs
   */
  public Map<String, CrmProperty> thereFor(Set<String> shared) {
    Map<String, CrmProperty> there = new HashMap<>(ofSome);
    there.keySet().removeAll(shared);
    there.putAll(properties);
    return there;
  }
}
