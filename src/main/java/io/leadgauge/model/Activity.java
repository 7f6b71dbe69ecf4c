package io.leadgauge.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that a contact did. Two activities with the same type, instant and attributes are the
 * same activity, whatever brought them, so a repeated delivery never counts twice.
 *
 * @param type what was done: {@code page_view}, {@code form_submission}, …
 * @param at when, by the CRM's clock
 * @param attributes what describes it, by name; copied
 */
public record Activity(String type, long at, SortedMap<String, String> attributes)
    implements Comparable<Activity> {
  private static final Comparator<Activity> ORDER =
      Comparator.comparingLong(Activity::at)
          .thenComparing(Activity::type)
          .thenComparing(activity -> activity.attributes.toString());

  public Activity {
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** Returns an activity with these attributes. */
  public static Activity of(String type, long at, Map<String, String> attributes) {
    return new Activity(type, at, new TreeMap<>(attributes));
  }

  @Override
  public int compareTo(Activity other) {
    return ORDER.compare(this, other);
  }
}
