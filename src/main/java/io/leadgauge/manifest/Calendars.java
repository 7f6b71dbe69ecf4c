package io.leadgauge.manifest;

import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The calendars of a folder, by name. Not thread-safe. */
final class Calendars {
  private final SortedMap<String, CalendarManifest> byName = new TreeMap<>();

  /** Those that have a file, readable or not. */
  private final SortedSet<String> names = new TreeSet<>();

  /**
   * Adds a calendar.
   *
   * @param calendar null if its file has errors, which are told elsewhere
   */
  void add(String name, @Nullable CalendarManifest calendar) {
    names.add(name);
    if (calendar != null) {
      byName.put(name, calendar);
    }
  }

  /** Returns a calendar; null if there is none, or none without errors. */
  @Nullable Calendar find(String name) {
    CalendarManifest found = byName.get(name);
    return found == null ? null : found.calendar();
  }

  SortedSet<String> names() {
    return names;
  }

  /** Returns those that a model reads, and any that say the same. */
  List<CalendarManifest> readBy(ModelDefinition model) {
    Set<Calendar> read =
        model.stages().stream()
            .map(ModelDefinition.Stage::handOff)
            .filter(Objects::nonNull)
            .map(HandOff::calendar)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return byName.values().stream().filter(one -> read.contains(one.calendar())).toList();
  }
}
