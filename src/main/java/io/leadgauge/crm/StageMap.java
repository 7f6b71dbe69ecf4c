package io.leadgauge.crm;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where lifecycle stages stand in this CRM.
 *
 * @param property the property that holds the stage
 * @param order all stage values of the CRM, earliest first; copied
 * @param values the CRM's value of each of the model's stages; copied
 */
public record StageMap(String property, List<String> order, SortedMap<String, String> values) {
  public StageMap {
    order = List.copyOf(order);
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * Returns how far along a stage value is: 0 for the earliest, -1 for none or one that the order
   * does not name.
   */
  public int position(@Nullable String value) {
    return value == null ? -1 : order.indexOf(value);
  }
}
