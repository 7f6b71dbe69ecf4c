package io.leadgauge.naive;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a random contact, as JSON: values missing, blank, padded and unreadable; activities at the
 * ends of windows, a millisecond to either side, in the future, at one instant, and twice.
 */
final class ContactWriter {
  private final Dice dice;
  private final long now;

  /** What the contact does, and with what: few of each, so that much is alike. */
  private final List<String> types;

  private final List<String> texts;

  ContactWriter(Dice dice, long now) {
    this.dice = dice;
    this.now = now;
    this.types = dice.some(Samples.TYPES);
    this.texts = dice.some(Samples.TEXTS);
  }

  String contact(List<String> labels) {
    List<String> parts = new ArrayList<>();
    parts.add("\"properties\": " + json(properties()));
    parts.add("\"activities\": [\n  " + String.join(",\n  ", activities()) + "]");
    if (dice.chance(60)) {
      parts.add("\"lists\": " + ConditionWriter.list(dice.some(Samples.LISTS)));
    }
    if (dice.chance(60)) {
      parts.add("\"knownSince\": \"" + written(instant()) + "\"");
    }
    if (!labels.isEmpty() && dice.chance(60)) {
      parts.add("\"previous\": { \"label\": \"" + dice.of(labels) + "\" }");
    }
    return parts.stream().collect(joining(",\n ", "{", "}\n"));
  }

  private static String json(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": \"" + entry.getValue() + "\"")
        .collect(joining(", ", "{", "}"));
  }

  // Values

  private Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    put(properties, "industry", dice.chance(4) ? longText() : dice.of(Samples.TEXTS));
    put(properties, "crm:lead_source", dice.of(Samples.TEXTS));
    put(properties, "phone", "+49 30 1");
    put(properties, "company.employees", number());
    put(properties, "company.revenue", number());
    put(properties, "score", number());
    put(properties, "emailOptOut", broken(Samples.TRUTHS, Samples.BROKEN_TRUTHS));
    put(properties, "renewal", date());
    put(properties, "trialEnds", date());
    put(properties, "interests", dice.of(Samples.INTERESTS));
    put(properties, "email", broken(Samples.ADDRESSES, Samples.BROKEN_ADDRESSES));
    put(properties, "title", listed(NaiveWords.SENIORITIES, "carpenter"));
    put(properties, "department", listed(NaiveWords.DEPARTMENTS, "gardening"));
    put(properties, "country", listed(NaiveWords.COUNTRIES, "atlantis"));
    return properties;
  }

  /** Puts a value as it may come: not at all, blank, padded, in another case. */
  private void put(Map<String, String> values, String name, String value) {
    switch (dice.between(0, 9)) {
      case 0, 1 -> values.remove(name);
      case 2 -> values.put(name, dice.of("", "  "));
      case 3 -> values.put(name, "  " + value + " ");
      case 4 -> values.put(name, value.toUpperCase(Locale.ROOT));
      default -> values.put(name, value);
    }
  }

  private String broken(List<String> readable, List<String> unreadable) {
    return dice.chance(15) ? dice.of(unreadable) : dice.of(readable);
  }

  private String listed(Map<String, ?> table, String other) {
    return dice.chance(15)
        ? other
        : dice.of(new TreeMap<>(table).navigableKeySet().stream().toList());
  }

  private String number() {
    return broken(Samples.NUMBERS, Samples.BROKEN_NUMBERS);
  }

  private String date() {
    if (dice.chance(12)) {
      return dice.of(Samples.BROKEN_DATES);
    }
    long instant = dice.chance(50) ? instant() : 2 * now - instant();
    return dice.chance(25)
        ? Instant.ofEpochMilli(instant).toString().substring(0, 10)
        : written(instant);
  }

  /** A text of which a search sees no more than the first thousand characters. */
  private String longText() {
    return "x".repeat(dice.between(994, 1001)) + "sales";
  }

  // Time

  /** Returns an instant at the end of some span, or near it; now and then one to come. */
  private long instant() {
    long span = Amounts.span(dice.of(Samples.SPANS));
    long age =
        switch (dice.between(0, 9)) {
          case 0 -> 0;
          case 1 -> dice.below(200 * 86_400_000L);
          case 2 -> -dice.below(20 * 86_400_000L);
          case 3 -> span * dice.between(2, 4);
          case 4 -> 1 + dice.below(span);
          default -> span;
        };
    return now - age + dice.of(-1, 0, 0, 0, 1);
  }

  private String written(long instant) {
    Instant at = Instant.ofEpochMilli(instant);
    return dice.chance(15) ? at.atOffset(ZoneOffset.ofHours(-5)).toString() : at.toString();
  }

  // Activities

  private List<String> activities() {
    List<String> activities = new ArrayList<>();
    List<Long> taken = new ArrayList<>();
    for (int i = dice.between(0, 14); i > 0; i--) {
      boolean tied = !taken.isEmpty() && dice.chance(35);
      long at = tied ? dice.of(taken) + dice.of(0, 0, 0, 999, 1_000, -500) : instant();
      taken.add(at);
      activities.add(activity(dice.of(dice.chance(80) ? types : Samples.TYPES), at));
      if (dice.chance(8)) {
        activities.add(activities.getLast());
      }
    }
    return activities;
  }

  private String activity(String type, long at) {
    Map<String, String> values = new TreeMap<>();
    for (String name : Samples.ATTRIBUTES.getOrDefault(type, List.of())) {
      put(values, name, attribute(name));
    }
    values.put("type", type);
    values.put("at", written(at));
    return json(values);
  }

  private String attribute(String name) {
    return switch (name) {
      case "pages" -> number();
      case "due" -> date();
      case "tags" -> dice.of(Samples.INTERESTS);
      case "opted" -> broken(Samples.TRUTHS, Samples.BROKEN_TRUTHS);
      case "email" -> dice.of("1", "2", "a");
      default -> dice.of(dice.chance(80) ? texts : Samples.TEXTS);
    };
  }
}
