package io.leadgauge.naive;

import static io.leadgauge.naive.ConditionWriter.quoted;
import static java.util.stream.Collectors.joining;

import java.util.List;

/** Writes random rules of every kind. */
final class RuleWriter {
  private final Dice dice;
  private final ConditionWriter conditions;
  private int written;

  RuleWriter(Dice dice) {
    this.dice = dice;
    this.conditions = new ConditionWriter(dice);
  }

  /** Returns an id that no other rule of the model has. */
  String id() {
    written++;
    return "id: " + dice.of("b", "r", "z") + written;
  }

  /**
   * Writes two rules that leave points without bounds on either side, so that every threshold is
   * within reach.
   */
  List<String> unbounded() {
    return List.of(
        "{ " + id() + ", activity: page_view, points: " + dice.positive() + " }",
        "{ " + id() + ", activity: email_click, points: -" + dice.positive() + " }");
  }

  String rule() {
    int kind = dice.between(0, 99);
    if (kind < 25) {
      return "{ "
          + id()
          + ", when: "
          + conditions.condition(3)
          + ", points: "
          + dice.points()
          + " }";
    }
    if (kind < 35) {
      return byRange();
    }
    if (kind < 45) {
      return byText();
    }
    if (kind < 52) {
      return "{ "
          + id()
          + ", silentFor: "
          + dice.of(Samples.SPANS)
          + ", points: "
          + dice.points()
          + " }";
    }
    return activity(kind < 70);
  }

  private String byRange() {
    String points =
        dice.of(
            "\"500..\": %s, \"50..<500\": %s, \"..<50\": %s",
            "\"499.999999..<500\": %s, \"0..<50\": %s, \"1000..\": %s",
            "\"..<-5\": %s, \"-5..<12.5\": %s, \"50..<1000\": %s");
    return "{ "
        + id()
        + ", property: "
        + dice.of("company.employees", "company.revenue", "score")
        + ", points: { "
        + String.format(points, dice.points(), dice.points(), dice.points())
        + (dice.chance(50) ? ", missing: " + dice.points() : "")
        + " } }";
  }

  private String byText() {
    String texts =
        dice.some(List.of("software", "Retail", "SaaS tools", "Straße", "ärzte")).stream()
            .map(text -> quoted(text) + ": " + dice.points())
            .collect(joining(", "));
    return "{ "
        + id()
        + ", property: industry, points: { "
        + texts
        + (dice.chance(50) ? ", other: " + dice.points() : "")
        + (dice.chance(50) ? ", missing: " + dice.points() : "")
        + " } }";
  }

  private String activity(boolean byCount) {
    String type = dice.of(Samples.TYPES);
    StringBuilder rule = new StringBuilder("{ " + id() + ", activity: " + type);
    if (dice.chance(40)) {
      rule.append(", where: ").append(conditions.where(type));
    }
    if (dice.chance(40)) {
      rule.append(", within: ").append(dice.of(Samples.SPANS));
    }
    if (dice.chance(25)) {
      rule.append(", distinct: ").append(dice.of(Samples.ATTRIBUTES.getOrDefault(type, List.of())));
    }
    if (dice.chance(25)) {
      rule.append(", atMost: { count: ").append(dice.between(1, 3)).append(", per: day }");
    }
    if (dice.chance(15)) {
      rule.append(", once: true");
    }
    if (dice.chance(50)) {
      rule.append(", decay: ").append(decay());
    }
    return rule.append(byCount ? pointsByCount() : pointsForEach()).append(" }").toString();
  }

  private String pointsByCount() {
    String points =
        dice.of("\"1..<3\": %s, \"3..\": %s", "\"2\": %s, \"3..<5\": %s", "\"1\": %s, \"4..\": %s");
    return ", points: { " + String.format(points, dice.points(), dice.points()) + " }";
  }

  private String pointsForEach() {
    boolean negative = dice.chance(30);
    String sign = negative ? "-" : "";
    String limit = dice.chance(30) ? ", limit: " + sign + dice.positive() : "";
    return ", points: " + sign + dice.positive() + limit;
  }

  String decay() {
    String span = dice.of(Samples.SPANS);
    return switch (dice.between(0, 6)) {
      case 0 -> "none";
      case 1 -> "{ linear: " + span + " }";
      case 2 -> "{ expire: " + span + " }";
      case 3 -> "{ lose: " + dice.of("40%", "33.3333%", "100%", "7.5%") + ", every: " + span + " }";
      case 4 -> "{ steps: " + steps() + " }";
      default -> "{ halfLife: " + span + " }";
    };
  }

  private String steps() {
    return dice.of(
        "{ 7d: 50%, 30d: 0% }",
        "{ 90m: 99.9999%, 12h: 33.3333%, 14d: 10%, 90d: 0% }", "{ 1d: 80%, 45d: 20% }");
  }

  String discount(int number) {
    String type = dice.of(Samples.TYPES);
    String share = dice.of("0%", "20%", "50%", "33.3333%", "12.5%");
    String where =
        dice.chance(60) ? ", where: " + conditions.where(type) : dice.chance(20) ? "" : after();
    String and = where.startsWith(", where") && dice.chance(40) ? after() : "";
    return "{ id: off" + number + ", activity: " + type + where + and + ", to: " + share + " }";
  }

  private String after() {
    String same = dice.chance(50) ? ", same: " + dice.of("email", "agent", "title") : "";
    return ", after: { activity: "
        + dice.of(Samples.TYPES)
        + ", within: "
        + dice.of("1s", "10s", "90m", "1d")
        + same
        + " }";
  }
}
