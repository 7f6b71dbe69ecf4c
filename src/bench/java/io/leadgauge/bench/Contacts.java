package io.leadgauge.bench;

import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Random contacts, always the same ones: about 60 activities each, over half a year. */
final class Contacts {
  /** When they are scored, in milliseconds since the epoch; all activities are older. */
  static final long NOW = Instant.parse("2026-11-21T12:00:00Z").toEpochMilli();

  static final int COUNT = 1024;

  private static final long SEED = 20261121;
  private static final int DAYS = 180;
  private static final int LEAST_ACTIVITIES = 50;
  private static final int MORE_ACTIVITIES = 21;

  private static final Map<String, List<String>> PROPERTIES =
      Map.ofEntries(
          Map.entry(
              "title",
              List.of(
                  "CEO",
                  "VP Sales",
                  "Vice President, Marketing",
                  "Director of Engineering",
                  "Head of IT",
                  "Marketing Manager",
                  "Software Engineer",
                  "Accountant",
                  "Student",
                  "Intern Marketing")),
          Map.entry(
              "company.employees", List.of("5", "12", "49", "50", "220", "500", "12000", "n/a")),
          Map.entry(
              "company.revenue", List.of("90000", "1000000", "4500000", "10000000", "75000000")),
          Map.entry(
              "industry",
              List.of("Computer Software", "Telecommunications", "Banking", "Insurance", "Retail")),
          Map.entry(
              "country",
              List.of(
                  "Austria",
                  "Germany",
                  "Switzerland",
                  "Canada",
                  "United States",
                  "France",
                  "Japan")),
          Map.entry(
              "department",
              List.of("Engineering", "IT", "Operations", "IT Security", "Procurement", "Sales")),
          Map.entry("phone", List.of("+43 1 5550100", "+1 202 555 0101")),
          Map.entry("company.name", List.of("Acme", "Initech", "Globex")),
          Map.entry(
              "email",
              List.of(
                  "ann@acme.example",
                  "bob@mail.partner.example",
                  "cid@ally.example",
                  "dee@freemail.example",
                  "eve@post.example",
                  "nobody")),
          Map.entry("technologies", List.of("Java, Kubernetes, Kafka", "Excel", "PHP, MySQL")),
          Map.entry("budget", List.of("5000", "10000", "25000", "50000", "120000")),
          Map.entry("budgetApproved", List.of("true", "false")),
          Map.entry("timeline", List.of("Now", "This quarter", "Next year", "Never")),
          Map.entry("website", List.of("https://acme.example")),
          Map.entry("emailOptOut", List.of("true", "false", "false", "false", "false")),
          Map.entry("favouriteColour", List.of("red", "green")));

  private static final List<String> TYPES =
      List.of(
          "page_view",
          "page_view",
          "page_view",
          "page_view",
          "page_view",
          "page_view",
          "email_open",
          "email_open",
          "email_open",
          "email_click",
          "email_click",
          "form_submission",
          "webinar_attended",
          "download",
          "meeting_booked",
          "trial_started",
          "chat",
          "email_sent");

  private static final List<String> PAGES =
      List.of(
          "https://www.vendor.example/",
          "https://www.vendor.example/pricing",
          "https://www.vendor.example/docs/install",
          "https://www.vendor.example/docs/api/contacts",
          "https://www.vendor.example/customers/initech",
          "https://www.vendor.example/Careers/engineer",
          "https://www.vendor.example/blog/scoring-leads");

  private Contacts() {}

  /** Makes the contacts. */
  static List<Subject> make() {
    Random random = new Random(SEED);
    List<Subject> contacts = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      contacts.add(contact(random));
    }
    return contacts;
  }

  private static Subject contact(Random random) {
    Map<String, String> properties = new HashMap<>();
    PROPERTIES.keySet().stream()
        .sorted()
        .filter(name -> random.nextInt(5) > 0)
        .forEach(
            name -> properties.put(name, one(PROPERTIES.getOrDefault(name, List.of()), random)));
    List<Activity> activities = new ArrayList<>();
    int count = LEAST_ACTIVITIES + random.nextInt(MORE_ACTIVITIES);
    for (int i = 0; i < count; i++) {
      activities.add(activity(random));
    }
    activities.add(activities.getFirst());
    return new Subject(properties, activities, NOW - TimeUnit.DAYS.toMillis(2L * DAYS));
  }

  private static Activity activity(Random random) {
    String type = one(TYPES, random);
    long age = (long) (random.nextDouble() * random.nextDouble() * TimeUnit.DAYS.toMillis(DAYS));
    return Activity.of(type, NOW - age, attributes(type, random));
  }

  private static Map<String, String> attributes(String type, Random random) {
    return switch (type) {
      case "page_view" -> Map.of("url", one(PAGES, random));
      case "form_submission" ->
          Map.of("form", one(List.of("Request a demo", "Newsletter", "Contact us"), random));
      case "webinar_attended" ->
          Map.of(
              "webinar", "Webinar " + random.nextInt(3), "minutes", "" + (5 + random.nextInt(50)));
      case "download" -> Map.of("title", "Paper " + random.nextInt(4));
      default -> Map.of();
    };
  }

  private static String one(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
