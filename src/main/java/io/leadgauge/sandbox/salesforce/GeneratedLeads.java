package io.leadgauge.sandbox.salesforce;

import io.leadgauge.sandbox.Dice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leads by the thousand, for load: varied, seeded, and of nobody. */
final class GeneratedLeads {
  private static final long DAY = 86_400_000L;
  private static final int AT_ONCE = 200;

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
      List.of("Technology", "Retail", "Healthcare", "Banking", "Shipping");
  private static final List<Integer> SIZES = List.of(3, 12, 40, 80, 300, 700, 5000);

  private final Org org;
  private final Dice dice;

  GeneratedLeads(Org org, Dice dice) {
    this.org = org;
    this.dice = dice;
  }

  /** Puts so many in, created over the last ninety days. */
  void load(int count, Actor actor, boolean told) {
    long now = org.now();
    for (int first = 1; first <= count; first += AT_ONCE) {
      Work work = org.begin(actor, now, told);
      for (int number = first; number < Math.min(first + AT_ONCE, count + 1); number++) {
        work.create(org.schema().of("Lead"), values(number), now - dice.between(0, 90 * DAY));
      }
      work.commit();
    }
  }

  private Map<String, String> values(int number) {
    int company = dice.below(500);
    Map<String, String> values = new LinkedHashMap<>();
    values.put("Email", "lead-%d@company-%d.example".formatted(number, company));
    values.put("FirstName", "First" + number);
    values.put("LastName", "Last" + number);
    values.put("Company", "Company " + company);
    values.put("Title", pick(TITLES));
    values.put("Country", pick(COUNTRIES));
    values.put("Industry", pick(INDUSTRIES));
    values.put("NumberOfEmployees", Integer.toString(pick(SIZES)));
    return values;
  }

  private <T> T pick(List<T> choices) {
    return choices.get(dice.below(choices.size()));
  }
}
