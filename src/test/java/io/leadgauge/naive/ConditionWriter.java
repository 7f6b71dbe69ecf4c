package io.leadgauge.naive;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Writes random conditions on contacts and on attributes, every test of the language. */
final class ConditionWriter {
  private final Dice dice;

  ConditionWriter(Dice dice) {
    this.dice = dice;
  }

  static String quoted(String text) {
    return "\"" + text + "\"";
  }

  static String list(List<String> texts) {
    return texts.stream().map(ConditionWriter::quoted).collect(joining(", ", "[", "]"));
  }

  private String oneOrMore(List<String> choices) {
    return dice.chance(50) ? quoted(dice.of(choices)) : list(dice.some(choices));
  }

  /** Writes a condition on a contact, nested at most so deep. */
  String condition(int depth) {
    if (depth == 0 || dice.chance(60)) {
      return dice.chance(10)
          ? "{ list: " + dice.of(Samples.LISTS) + " }"
          : "{ property: " + property() + " }";
    }
    if (dice.chance(30)) {
      return "{ not: " + condition(depth - 1) + " }";
    }
    List<String> parts = dice.times(1, 3, () -> condition(depth - 1));
    return "{ " + dice.of("all", "any") + ": [" + String.join(", ", parts) + "] }";
  }

  private String property() {
    String property =
        dice.of(
            "industry",
            "company.employees",
            "company.revenue",
            "emailOptOut",
            "renewal",
            "trialEnds",
            "interests",
            "email",
            "title",
            "department",
            "country",
            "phone",
            "crm:lead_source");
    if (dice.chance(12)) {
      return property + ", " + dice.of("present", "missing") + ": true";
    }
    return property + ", " + test(property);
  }

  private String test(String property) {
    return switch (property) {
      case "company.employees", "company.revenue" -> number();
      case "emailOptOut" -> truth();
      case "renewal", "trialEnds" -> date();
      case "interests" -> interests();
      case "email" -> address();
      case "title" ->
          dice.chance(70)
              ? "seniority: " + oneOrMore(Samples.SENIORITIES)
              : "department: " + oneOrMore(Samples.DEPARTMENTS);
      case "department" -> "department: " + oneOrMore(Samples.DEPARTMENTS);
      case "country" -> "country: " + oneOrMore(Samples.PLACES);
      default -> text();
    };
  }

  private String text() {
    return switch (dice.between(0, 4)) {
      case 0 -> "in: " + list(dice.some(Samples.TEXTS));
      case 1 -> "is: " + quoted(dice.of(Samples.TEXTS));
      case 2 -> "regex: " + quoted(dice.of(Samples.REGEXES));
      default -> "like: " + oneOrMore(Samples.GLOBS);
    };
  }

  private String number() {
    return "range: " + quoted(dice.of(Samples.NUMBER_RANGES));
  }

  private String truth() {
    return "is: " + dice.of("true", "false");
  }

  private String date() {
    return dice.of("ago", "ahead") + ": " + quoted(dice.of(Samples.TIME_RANGES));
  }

  private String interests() {
    return "includes: " + list(dice.some(Samples.INTEREST));
  }

  private String address() {
    return dice.chance(50)
        ? "domain: " + oneOrMore(Samples.DOMAINS)
        : "mailbox: " + oneOrMore(Samples.MAILBOXES);
  }

  /** Writes the tests of some attributes of an activity type, as {@code where} holds them. */
  String where(String type) {
    return dice.some(Samples.ATTRIBUTES.getOrDefault(type, List.of())).stream()
        .limit(dice.chance(70) ? 1 : 2)
        .map(name -> name + ": " + attribute(name))
        .collect(joining(", ", "{ ", " }"));
  }

  private String attribute(String name) {
    if (dice.chance(15)) {
      return "{ not: " + attribute(name) + " }";
    }
    if (dice.chance(12)) {
      return "{ " + dice.of("present", "missing") + ": true }";
    }
    return switch (name) {
      case "pages" -> "{ " + number() + " }";
      case "due" -> "{ " + date() + " }";
      case "tags" -> "{ " + interests() + " }";
      case "opted" -> "{ " + truth() + " }";
      default -> dice.chance(50) ? oneOrMore(Samples.GLOBS) : "{ " + text() + " }";
    };
  }
}
