package io.leadgauge.manifest;

import io.leadgauge.scoring.Calendar;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The calendars of a folder, by name. Not thread-safe. */
final class Calendars {
  private final Map<String, Calendar> byName = new HashMap<>();

  /** Those that have a file, readable or not. */
  private final SortedSet<String> names = new TreeSet<>();

  /**
   * Adds a calendar.
   *
   * @param calendar null if its file has errors, which are told elsewhere
   */
  void add(String name, @Nullable Calendar calendar) {
    names.add(name);
    if (calendar != null) {
      byName.put(name, calendar);
    }
  }

  /** Returns a calendar; null if there is none, or none without errors. */
  @Nullable Calendar find(String name) {
    return byName.get(name);
  }

  SortedSet<String> names() {
    return names;
  }
}
