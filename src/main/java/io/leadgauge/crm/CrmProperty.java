package io.leadgauge.crm;

import java.util.Set;

/**
 * How the CRM defines a property of its contacts.
 *
 * @param name the platform's own name
 * @param options the values that it can hold; empty where it takes any, or its options are kept
 *     elsewhere; copied
 * @param writable whether its values can be written by us
 */
public record CrmProperty(String name, Set<String> options, boolean writable) {
  public CrmProperty {
    options = Set.copyOf(options);
  }

  /** Tells whether the property can hold a value; clearing it is always possible. */
  public boolean takes(String value) {
    return value.isEmpty() || options.isEmpty() || options.contains(value);
  }
}
