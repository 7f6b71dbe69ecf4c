package io.leadgauge.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules on properties in the syntax that CEL, JEXL and the conditions of Drools share. */
final class Expressions {
  /** Conditions with the points they give, in millionths, by the id of the rule. */
  static final Map<String, Points> CONDITIONS =
      Stream.of(
              points(
                  "decision-maker", 20, "rank == 'c-level' || rank == 'vp' || rank == 'director'"),
              points("manager", 8, "rank == 'manager'"),
              points("revenue-large", 10, "revenue >= 10000000"),
              points("revenue-middle", 5, "revenue >= 1000000 && revenue < 10000000"),
              points(
                  "software", 10, "industry.contains('software') || industry.contains('telecom')"),
              points("finance", 6, "industry == 'banking' || industry == 'insurance'"),
              points(
                  "near",
                  8,
                  "country == 'austria' || country == 'germany' || country == 'switzerland'"),
              points(
                  "english",
                  5,
                  "country == 'canada' || country == 'united kingdom' || country == 'united"
                      + " states'"),
              points(
                  "technical",
                  6,
                  "department == 'engineering' || department == 'it' || department =="
                      + " 'operations'"),
              points("security", 4, "department.contains('security')"),
              points("has-phone", 2, "phone != ''"),
              points("has-company", 2, "company != ''"),
              points(
                  "partner",
                  10,
                  "domain.endsWith('.partner.example') || domain.endsWith('.ally.example')"),
              new Points("kubernetes", 4_500_000, "technologies.contains('kubernetes')"),
              points("budget", 12, "budget >= 50000"),
              points("budget-approved", 10, "approved"),
              points("soon", 8, "timeline == 'now' || timeline == 'this quarter'"),
              new Points(
                  "buyer",
                  7_500_000,
                  "rank == 'director' && (department == 'it' || department == 'procurement' ||"
                      + " budget >= 10000) && timeline != 'never'"),
              points("no-website", 1, "website == ''"),
              points(
                  "free-mail",
                  -10,
                  "domain.endsWith('.freemail.example') || domain.endsWith('.webmail.example') ||"
                      + " domain.endsWith('.post.example')"),
              points("opted-out", -25, "optedOut"),
              points(
                  "student",
                  -15,
                  "title.contains('student') || title.endsWith('intern') ||"
                      + " title.startsWith('intern ')"))
          .collect(
              Collectors.toMap(
                  Points::id, points -> points, (one, other) -> one, LinkedHashMap::new));

  /** The rule that gives points by size, as a value. */
  static final String SIZE =
      "employees >= 500 ? 15000000 : employees >= 50 ? 10000000 : employees >= 10 ? 5000000"
          + " : employees == -1 ? 1000000 : 0";

  /** How long silence lasts before it costs, in milliseconds, and what it costs, in millionths. */
  static final long SILENCE = 20L * 24 * 60 * 60 * 1000;

  static final long SILENCE_COSTS = 10_000_000;

  private Expressions() {}

  /** Points while a condition holds. */
  record Points(String id, long points, String when) {}

  private static Points points(String id, long whole, String when) {
    return new Points(id, whole * 1_000_000, when);
  }

  /**
   * Returns the whole model as one expression whose value is the sum in millionths.
   *
   * @param faded how the function is called; {@code %s} stands for the id of the rule
   * @param silence how the length of the silence is asked for
   */
  static String sum(String faded, String silence) {
    Stream<String> conditions =
        CONDITIONS.values().stream().map(one -> "((" + one.when + ") ? " + one.points + " : 0)");
    Stream<String> activities = FadingRule.ids().stream().map(faded::formatted);
    String quiet = "(" + silence + " >= " + SILENCE + " ? -" + SILENCE_COSTS + " : 0)";
    return Stream.of(conditions, Stream.of("(" + SIZE + ")"), activities, Stream.of(quiet))
        .flatMap(parts -> parts)
        .collect(Collectors.joining(" + "));
  }

  /** Returns the ids of all rules on properties but the one by size. */
  static List<String> ids() {
    return List.copyOf(CONDITIONS.keySet());
  }
}
