package io.leadgauge.crm;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A date property that is really an activity: each new date is one more time that it happened, and
 * the properties set at that same instant describe it.
 *
 * @param type the activity's type in the model's words
 * @param at the date property; its value is the instant of the activity
 * @param attributes the describing property of each attribute; copied
 */
public record ActivityMap(String type, String at, SortedMap<String, String> attributes) {
  public ActivityMap {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }
}
