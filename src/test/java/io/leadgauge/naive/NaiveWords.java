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
      Map.ofEntries(
          Map.entry("ceo", "c-level"),
          Map.entry("chief financial officer", "c-level"),
          Map.entry("geschäftsführer", "c-level"),
          Map.entry("vp sales", "vp"),
          Map.entry("vice president marketing", "vp"),
          Map.entry("director of it", "director"),
          Map.entry("directeur financier", "director"),
          Map.entry("sales manager", "manager"),
          Map.entry("senior accountant", "senior"),
          Map.entry("marketing assistant", "entry"));

  static final Map<String, String> DEPARTMENTS =
      Map.ofEntries(
          Map.entry("chief financial officer", "finance"),
          Map.entry("vp sales", "sales"),
          Map.entry("vice president marketing", "marketing"),
          Map.entry("director of it", "it"),
          Map.entry("directeur financier", "finance"),
          Map.entry("sales manager", "sales"),
          Map.entry("senior accountant", "finance"),
          Map.entry("marketing assistant", "marketing"),
          Map.entry("it", "it"),
          Map.entry("finance", "finance"),
          Map.entry("marketing", "marketing"));

  static final Map<String, Set<String>> COUNTRIES =
      Map.ofEntries(
          Map.entry("germany", Set.of("de", "dach", "eu")),
          Map.entry("deutschland", Set.of("de", "dach", "eu")),
          Map.entry("de", Set.of("de", "dach", "eu")),
          Map.entry("österreich", Set.of("at", "dach", "eu")),
          Map.entry("at", Set.of("at", "dach", "eu")),
          Map.entry("switzerland", Set.of("ch", "dach")),
          Map.entry("france", Set.of("fr", "eu")),
          Map.entry("norway", Set.of("no", "nordics")),
          Map.entry("united states", Set.of("us")),
          Map.entry("usa", Set.of("us")),
          Map.entry("uk", Set.of("gb")));

  private NaiveWords() {}

  /** Returns the kind of a domain, which is that of the domain above it unless told. */
  static String mailbox(String domain) {
    String above = domain.substring(domain.indexOf('.') + 1);
    return MAILBOXES.getOrDefault(domain, MAILBOXES.getOrDefault(above, "business"));
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
