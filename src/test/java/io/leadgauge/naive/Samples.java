package io.leadgauge.naive;

import java.util.List;
import java.util.Map;

/** The names and values of which generated models and contacts are made. */
final class Samples {
  static final List<String> SPANS =
      List.of("1s", "10s", "90m", "12h", "1d", "7d", "14d", "30d", "45d", "90d");

  static final List<String> LISTS = List.of("newsletter", "customers", "beta");

  static final List<String> TEXTS =
      List.of(
          "Software",
          "SaaS tools",
          "retail",
          "Retail & more",
          "other",
          "missing",
          "a*b",
          "a?b",
          "straße",
          "Ärzte",
          "sales");

  static final List<String> GLOBS =
      List.of("*soft*", "RETAIL*", "?etail", "*s", "a?b", "a*b", "str*ße", "*", "s*s", "??????");

  static final List<String> REGEXES =
      List.of(
          "^re", "s$", "[0-9]{3}", "soft|sales", "(.)\\\\1", "^[a-z ]+$", "ÄR", "\\\\bmore\\\\b");

  static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "49",
          "50",
          "49.9999999",
          "50.0000001",
          "499.999999",
          "500",
          "1000",
          "-5",
          "-5.0000001",
          "-4.9999999",
          "+50",
          "12.5",
          "007",
          "1000000");

  static final List<String> BROKEN_NUMBERS =
      List.of("5e2", "1,000", "many", ".5", "5.", "--5", "0x10");

  static final List<String> NUMBER_RANGES =
      List.of(
          "50..<500",
          "500..",
          "..<50",
          "-5..<50",
          "0..",
          "12.5..<12.500001",
          "..<-5",
          "49.999999..");

  static final List<String> TRUTHS = List.of("true", "false", "TRUE", "False");
  static final List<String> BROKEN_TRUTHS = List.of("yes", "1", "tru");

  static final List<String> ADDRESSES =
      List.of(
          "a@gmail.com",
          "b@WEB.de",
          "c@mit.edu",
          "c@cs.mit.edu",
          "a@mail.gmail.com",
          "d@acme.example",
          "e@mail.rival.example",
          "F@Rival.example",
          "g@xrival.example",
          "h@mailinator.com");

  static final List<String> BROKEN_ADDRESSES =
      List.of(
          "@gmail.com",
          "i@@acme.example",
          "j@",
          "no address",
          "k l@gmail.com",
          "m@gmail.com@web.de");

  static final List<String> DOMAINS =
      List.of("rival.example", "acme.example", "mail.rival.example");
  static final List<String> MAILBOXES = List.of("free", "student", "disposable", "business");
  static final List<String> INTERESTS =
      List.of("Sport", "sport;music", " Music ; art;", ";", "sports", "art;;SPORT", "musi c");
  static final List<String> INTEREST = List.of("sport", "Music", "art");
  static final List<String> BROKEN_DATES =
      List.of(
          "yesterday",
          "2026-13-01",
          "2026-02-30",
          "2026-11-01 10:00",
          "1793491200000",
          "2026-11-01T10:00:00");

  static final List<String> TIME_RANGES =
      List.of("7d..<30d", "..<30d", "90m..", "0s..<14d", "..<1s", "12h..<1d", "45d..");

  static final List<String> SENIORITIES =
      List.of("c-level", "vp", "director", "manager", "senior", "entry");
  static final List<String> DEPARTMENTS = List.of("it", "finance", "sales", "marketing");
  static final List<String> PLACES =
      List.of("DE", "AT", "CH", "FR", "NO", "US", "GB", "dach", "eu", "nordics");

  /** Activity types with their attributes; every type has a few of each kind of value. */
  static final Map<String, List<String>> ATTRIBUTES =
      Map.of(
          "page_view", List.of("url", "pages", "agent"),
          "email_click", List.of("email", "agent"),
          "email_open", List.of("email", "agent"),
          "email_delivered", List.of("email"),
          "download", List.of("title", "pages", "due", "tags", "opted"));

  static final List<String> TYPES =
      List.of("page_view", "email_click", "email_open", "email_delivered", "download");

  private Samples() {}
}
