package io.leadgauge.crm;

import java.util.List;

/**
 * How the CRM defines a property of its contacts.
 *
 * @param name the platform's own name
 * @param options the values that it can hold, in the CRM's order; empty where it takes any, or its
 *     options are kept elsewhere; copied
 * @param writable whether its values can be written by us
 */
public record CrmProperty(String name, List<String> options, boolean writable) {
  public CrmProperty {
    options = List.copyOf(options);
  }

  /** Tells whether the property can hold a value; clearing it is always possible. */
  public boolean takes(String value) {
    return value.isEmpty() || options.isEmpty() || options.contains(value);
  }
}
