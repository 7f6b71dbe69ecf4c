package io.leadgauge.naive;

import java.util.Map;
import java.util.Set;

/**
 * The few values that the generator uses of the fields that have tables of their own: mailboxes,
 * titles and countries.
 */
final class NaiveWords {
  private static final String NONE = "";

  /** Kinds of mailboxes by domain; all others are business. */
  static final Map<String, String> MAILBOXES =
      Map.of(
          "gmail.com", "free",
          "web.de", "free",
          "outlook.com", "free",
          "mailinator.com", "disposable",
          "yopmail.com", "disposable",
          "mit.edu", "student");

  static final Map<String, String> SENIORITIES =
      Map.of(
          "ceo", "c-level",
          "chief financial officer", "c-level",
          "geschäftsführer", "c-level",
          "vp sales", "vp",
          "vice president marketing", "vp",
          "director of it", "director",
          "directeur commercial", "director",
          "sales manager", "manager");

  static final Map<String, String> DEPARTMENTS =
      Map.of(
          "chief financial officer", "finance",
          "vp sales", "sales",
          "vice president marketing", "marketing",
          "director of it", "it",
          "sales manager", "sales",
          "it", "it",
          "finance", "finance",
          "marketing", "marketing");

  static final Map<String, Set<String>> COUNTRIES =
      Map.ofEntries(
          Map.entry("germany", Set.of("de", "dach")),
          Map.entry("deutschland", Set.of("de", "dach")),
          Map.entry("de", Set.of("de", "dach")),
          Map.entry("österreich", Set.of("at", "dach")),
          Map.entry("at", Set.of("at", "dach")),
          Map.entry("switzerland", Set.of("ch", "dach")),
          Map.entry("france", Set.of("fr")),
          Map.entry("norway", Set.of("no")),
          Map.entry("united states", Set.of("us")),
          Map.entry("usa", Set.of("us")),
          Map.entry("uk", Set.of("gb")));

  private NaiveWords() {}

  static String mailbox(String domain) {
    return MAILBOXES.getOrDefault(domain, "business");
  }

  static String seniority(String title) {
    return SENIORITIES.getOrDefault(NaiveValue.text(title), NONE);
  }

  static String department(String text) {
    return DEPARTMENTS.getOrDefault(NaiveValue.text(text), NONE);
  }

  /** Returns the code of a country and the regions that it lies in, in lower case. */
  static Set<String> placesOf(String country) {
    return COUNTRIES.getOrDefault(NaiveValue.text(country), Set.of());
  }
}
