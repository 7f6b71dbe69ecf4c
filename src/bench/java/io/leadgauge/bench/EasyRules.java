package io.leadgauge.bench;

import java.util.function.Predicate;
import org.jeasy.rules.api.Facts;
import org.jeasy.rules.api.Rules;
import org.jeasy.rules.api.RulesEngine;
import org.jeasy.rules.core.DefaultRulesEngine;
import org.jeasy.rules.core.RuleBuilder;

/** Easy Rules: a rule object each, condition and action in Java. */
final class EasyRules implements RuleEngine<Person> {
  private static final long ONE = 1_000_000;

  private final RulesEngine engine = new DefaultRulesEngine();
  private final Rules rules = new Rules();

  EasyRules() {
    addProperties();
    rules.register(
        new RuleBuilder()
            .name("company-size")
            .when(facts -> true)
            .then(facts -> tally(facts).add(size(person(facts).getEmployees())))
            .build());
    for (String id : FadingRule.ids()) {
      rules.register(
          new RuleBuilder()
              .name(id)
              .when(facts -> true)
              .then(facts -> tally(facts).add(person(facts).faded(id, now(facts))))
              .build());
    }
    rules.register(
        new RuleBuilder()
            .name("silent")
            .when(facts -> person(facts).silence(now(facts)) >= Expressions.SILENCE)
            .then(facts -> tally(facts).add(-Expressions.SILENCE_COSTS))
            .build());
  }

  private void addProperties() {
    add("decision-maker", 20 * ONE, p -> isOne(p.getRank(), "c-level", "vp", "director"));
    add("manager", 8 * ONE, p -> p.getRank().equals("manager"));
    add("revenue-large", 10 * ONE, p -> p.getRevenue() >= 10_000_000);
    add("revenue-middle", 5 * ONE, p -> p.getRevenue() >= 1_000_000 && p.getRevenue() < 10_000_000);
    add(
        "software",
        10 * ONE,
        p -> p.getIndustry().contains("software") || p.getIndustry().contains("telecom"));
    add("finance", 6 * ONE, p -> isOne(p.getIndustry(), "banking", "insurance"));
    add("near", 8 * ONE, p -> isOne(p.getCountry(), "austria", "germany", "switzerland"));
    add(
        "english",
        5 * ONE,
        p -> isOne(p.getCountry(), "canada", "united kingdom", "united states"));
    add("technical", 6 * ONE, p -> isOne(p.getDepartment(), "engineering", "it", "operations"));
    add("security", 4 * ONE, p -> p.getDepartment().contains("security"));
    add("has-phone", 2 * ONE, p -> !p.getPhone().isEmpty());
    add("has-company", 2 * ONE, p -> !p.getCompany().isEmpty());
    add("partner", 10 * ONE, p -> isBelow(p.getDomain(), ".partner.example", ".ally.example"));
    add("kubernetes", 4_500_000, p -> p.getTechnologies().contains("kubernetes"));
    add("budget", 12 * ONE, p -> p.getBudget() >= 50_000);
    add("budget-approved", 10 * ONE, Person::isApproved);
    add("soon", 8 * ONE, p -> isOne(p.getTimeline(), "now", "this quarter"));
    add(
        "buyer",
        7_500_000,
        p ->
            p.getRank().equals("director")
                && (isOne(p.getDepartment(), "it", "procurement") || p.getBudget() >= 10_000)
                && !p.getTimeline().equals("never"));
    add("no-website", ONE, p -> p.getWebsite().isEmpty());
    add(
        "free-mail",
        -10 * ONE,
        p -> isBelow(p.getDomain(), ".freemail.example", ".webmail.example", ".post.example"));
    add("opted-out", -25 * ONE, Person::isOptedOut);
    add(
        "student",
        -15 * ONE,
        p ->
            p.getTitle().contains("student")
                || p.getTitle().endsWith("intern")
                || p.getTitle().startsWith("intern "));
  }

  private static boolean isOne(String text, String... texts) {
    for (String one : texts) {
      if (text.equals(one)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBelow(String domain, String... ends) {
    for (String end : ends) {
      if (domain.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  private static long size(long employees) {
    if (employees >= 50) {
      return employees >= 500 ? 15 * ONE : 10 * ONE;
    }
    return employees >= 10 ? 5 * ONE : employees == Person.MISSING ? ONE : 0;
  }

  private void add(String id, long points, Predicate<Person> when) {
    rules.register(
        new RuleBuilder()
            .name(id)
            .when(facts -> when.test(person(facts)))
            .then(facts -> tally(facts).add(points))
            .build());
  }

  private static Person person(Facts facts) {
    return facts.get("person");
  }

  private static Tally tally(Facts facts) {
    return facts.get("tally");
  }

  private static long now(Facts facts) {
    Long now = facts.get("now");
    return now;
  }

  @Override
  public Person form(Person person) {
    return person;
  }

  @Override
  public long sum(Person form, long now) {
    Tally tally = new Tally();
    Facts facts = new Facts();
    facts.put("person", form);
    facts.put("tally", tally);
    facts.put("now", now);
    engine.fire(rules, facts);
    return tally.sum();
  }
}
