package io.leadgauge.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contacts by the thousand, for load: varied, seeded, and of nobody. */
final class GeneratedContacts {
  private static final long DAY = 86_400_000L;

  private static final List<String> TITLES =
      List.of(
          "Chief Technology Officer",
          "VP Marketing",
          "Director of Sales",
          "Head of Operations",
          "Marketing Manager",
          "Account Executive",
          "Software Engineer",
          "Office Assistant",
          "Student");
  private static final List<String> COUNTRIES =
      List.of("Germany", "United States", "France", "Japan", "Brazil", "India", "Canada");
  private static final List<String> INDUSTRIES =
      List.of("COMPUTER_SOFTWARE", "RETAIL", "HOSPITAL_HEALTH_CARE", "BANKING", "LOGISTICS");
  private static final List<String> SIZES =
      List.of("1-5", "5-25", "25-50", "50-100", "100-500", "500-1000", "1000+");

  private GeneratedContacts() {}

  /** So many contacts, created over the last ninety days. */
  static List<Seeds.Seed> of(int count, Dice dice, long now) {
    List<Seeds.Seed> seeds = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      long createdAt = now - dice.between(0, 90 * DAY);
      seeds.add(new Seeds.Seed(properties(i, dice), createdAt, List.of()));
    }
    return seeds;
  }

  private static Map<String, String> properties(int number, Dice dice) {
    int company = dice.below(500);
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("email", "contact-%d@company-%d.example".formatted(number, company));
    properties.put("firstname", "First" + number);
    properties.put("lastname", "Last" + number);
    properties.put("company", "Company " + company);
    properties.put("jobtitle", pick(TITLES, dice));
    properties.put("country", pick(COUNTRIES, dice));
    properties.put("industry", pick(INDUSTRIES, dice));
    properties.put("numemployees", pick(SIZES, dice));
    return properties;
  }

  private static String pick(List<String> choices, Dice dice) {
    return choices.get(dice.below(choices.size()));
  }
}
