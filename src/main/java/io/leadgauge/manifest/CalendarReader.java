package io.leadgauge.manifest;

import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.Calendar.Hours;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a manifest of kind {@code Calendar}: when people work. */
final class CalendarReader {
  static final String KIND = "Calendar";

  private static final List<String> DAYS =
      Arrays.stream(DayOfWeek.values()).map(CalendarReader::word).toList();

  private static final Pattern SPAN =
      Pattern.compile("([0-9]{2}):([0-9]{2}) ?- ?([0-9]{2}):([0-9]{2})");
  private static final int MINUTES = 60;

  private final Values values;

  private CalendarReader(Values values) {
    this.values = values;
  }

  /**
   * Reads a calendar.
   *
   * @param name the name of its file
   * @return null if there is something wrong with it, and problems say what
   */
  static @Nullable Calendar read(Node root, String name, Problems problems) {
    Values values = new Values(problems);
    int before = problems.errors();
    Header header = Header.read(root, KIND, name, values);
    if (header == null) {
      return null;
    }
    Fields spec = Fields.of(header.spec(), values, "zone", "hours", "holidays");
    if (spec == null) {
      return null;
    }
    CalendarReader reader = new CalendarReader(values);
    ZoneId zone = spec.required("zone", reader::zone);
    Map<DayOfWeek, List<Hours>> hours = spec.required("hours", reader::week);
    NavigableSet<LocalDate> holidays = spec.optional("holidays", reader::holidays, new TreeSet<>());
    return zone == null || hours == null || problems.errors() > before
        ? null
        : new Calendar(zone, hours, holidays);
  }

  private @Nullable ZoneId zone(Node node) {
    String name = values.text(node);
    if (name == null || ZoneId.getAvailableZoneIds().contains(name)) {
      return name == null ? null : ZoneId.of(name);
    }
    String near =
        Spelling.nearest(name, ZoneId.getAvailableZoneIds())
            .map(zone -> ", did you mean \"" + zone + "\"?")
            .orElse(", expected one such as Europe/Berlin");
    return values.fail(node, "unknown time zone \"" + name + "\"" + near);
  }

  // Hours

  private @Nullable Map<DayOfWeek, List<Hours>> week(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    Map<DayOfWeek, List<Hours>> week = new EnumMap<>(DayOfWeek.class);
    for (Entry entry : mapping.entries()) {
      List<Hours> hours = day(entry.value());
      for (DayOfWeek day : days(entry.key())) {
        if (week.putIfAbsent(day, hours) != null) {
          values.fail(entry.key(), word(day) + " has hours already, expected each day once");
        }
      }
    }
    return mapping.entries().isEmpty()
        ? values.refuse(node, "open hours such as mon-fri: \"09:00-17:30\"")
        : week;
  }

  /** Reads a day or, both ends included, a span of days. */
  private List<DayOfWeek> days(Scalar key) {
    String[] ends = key.text().split("-", -1);
    int first = DAYS.indexOf(ends[0]);
    int last = DAYS.indexOf(ends[ends.length - 1]);
    if (ends.length > 2 || first < 0 || last < first) {
      values.refuse(key, "a day such as mon, or days such as mon-fri");
      return List.of();
    }
    return List.of(DayOfWeek.values()).subList(first, last + 1);
  }

  private static String word(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }

  private List<Hours> day(Node node) {
    List<Hours> read = new ArrayList<>();
    List<Node> items = node instanceof Sequence sequence ? sequence.items() : List.of(node);
    if (items.isEmpty()) {
      values.refuse(node, "open hours, or no such day");
    }
    for (Node item : items) {
      Hours hours = hours(item);
      if (hours != null && !read.isEmpty() && hours.from() < read.getLast().to()) {
        values.refuse(item, "hours after those before it");
      } else if (hours != null) {
        read.add(hours);
      }
    }
    return read;
  }

  private @Nullable Hours hours(Node node) {
    Matcher matcher = node instanceof Scalar scalar ? SPAN.matcher(scalar.text()) : null;
    if (matcher != null && matcher.matches()) {
      int from = minutes(matcher.group(1), matcher.group(2));
      int to = minutes(matcher.group(3), matcher.group(4));
      if (from >= 0 && from < to && to <= Hours.DAY) {
        return new Hours(from, to);
      }
    }
    return values.refuse(node, "hours of one day such as \"09:00-17:30\"");
  }

  /** Returns the minutes from midnight; -1 if there is no such time. */
  private static int minutes(String hour, String minute) {
    int minutes = Integer.parseInt(minute);
    return minutes < MINUTES ? Integer.parseInt(hour) * MINUTES + minutes : -1;
  }

  // Holidays

  private @Nullable NavigableSet<LocalDate> holidays(Node node) {
    if (node instanceof Sequence sequence && sequence.items().isEmpty()) {
      return new TreeSet<>();
    }
    List<LocalDate> read = values.list(node, this::date);
    if (read == null) {
      return null;
    }
    NavigableSet<LocalDate> holidays = new TreeSet<>(read);
    return holidays.size() > Calendar.MOST_HOLIDAYS
        ? values.fail(
            node, "more than " + Calendar.MOST_HOLIDAYS + " holidays, expected those of some years")
        : holidays;
  }

  private @Nullable LocalDate date(Node node) {
    return Optional.ofNullable(node instanceof Scalar scalar ? scalar.text() : null)
        .flatMap(CalendarReader::parsed)
        .orElseGet(() -> values.refuse(node, "a date such as 2026-12-25"));
  }

  private static Optional<LocalDate> parsed(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
