package io.leadgauge.crm;

import io.leadgauge.model.RecordRef;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where lifecycle stages stand in this CRM.
 *
 * @param property the property that holds the stage
 * @param holders the types of the persons that have the property; others have no stage; copied
 * @param order all stage values of the CRM, earliest first; copied
 * @param values the CRM's value of each of the model's stages; copied
 * @param neverFrom the stage values from which no stage is proposed; copied
 */
public record StageMap(
    String property,
    Set<String> holders,
    List<String> order,
    SortedMap<String, String> values,
    SortedSet<String> neverFrom) {
  public StageMap {
    holders = Set.copyOf(holders);
    order = List.copyOf(order);
    neverFrom = Collections.unmodifiableSortedSet(new TreeSet<>(neverFrom));
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Makes a map of stages that contacts have. */
  public StageMap(
      String property,
      List<String> order,
      SortedMap<String, String> values,
      SortedSet<String> neverFrom) {
    this(property, Set.of(RecordRef.CONTACT), order, values, neverFrom);
  }

  /** Tells whether a person has a stage. */
  public boolean holds(RecordRef person) {
    return holders.contains(person.type());
  }

  /**
   * Returns how far along a stage value is: 0 for the earliest, -1 for none or one that the order
   * does not name.
   */
  public int position(@Nullable String value) {
    return value == null ? -1 : order.indexOf(value);
  }

  /** Tells whether nothing is proposed to a contact at this stage value. */
  public boolean isClosed(@Nullable String value) {
    return value != null && neverFrom.contains(value);
  }
}
