package io.leadgauge.naive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a random model that holds every word of the language now and then. */
final class ModelWriter {
  private static final long POINT = Amounts.ALL;
  private static final long FAR = 1_000_000 * POINT;

  private final Dice dice;
  private final ConditionWriter conditions;
  private final RuleWriter rules;
  private final Map<String, Reach> dimensions = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder();
  private Reach total = new Reach(0, 0);
  private List<String> labels = List.of();

  /** The least and the most that points can be, in millionths. */
  record Reach(long least, long most) {
    Reach plus(Reach other) {
      return new Reach(least + other.least, most + other.most);
    }

    Reach times(long weight) {
      return new Reach(Amounts.times(least, weight), Amounts.times(most, weight));
    }

    Reach within(long min, long max) {
      return new Reach(Math.clamp(least, min, max), Math.clamp(most, min, max));
    }
  }

  private ModelWriter(Dice dice) {
    this.dice = dice;
    this.conditions = new ConditionWriter(dice);
    this.rules = new RuleWriter(dice);
  }

  /**
   * A model.
   *
   * @param text its manifest
   * @param labels the names of its labels, highest first; copied
   */
  record Written(String text, List<String> labels) {
    Written {
      labels = List.copyOf(labels);
    }
  }

  static Written model(String name, Dice dice) {
    ModelWriter writer = new ModelWriter(dice);
    writer.write(name);
    return new Written(writer.text.toString(), writer.labels);
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private void write(String name) {
    line("apiVersion: leadgauge/v1\nkind: Model\nmetadata: { name: " + name + " }\nspec:");
    if (dice.chance(15)) {
      line(
          "  include: { any: [" + conditions.condition(2) + ", " + conditions.condition(1) + "] }");
    }
    if (dice.chance(15)) {
      line(
          "  exclude: { all: [" + conditions.condition(2) + ", " + conditions.condition(1) + "] }");
    }
    discounts();
    line("  dimensions:");
    dice.of(List.of("fit"), List.of("fit", "interest"), List.of("need", "budget", "timing"))
        .forEach(this::dimension);
    total();
    disqualifiers();
    OutcomeWriter outcome = new OutcomeWriter(dice, dimensions, total);
    outcome.lines().forEach(this::line);
    labels = outcome.labels();
  }

  private void discounts() {
    if (dice.chance(45)) {
      line("  discount:");
      for (int i = dice.between(1, 3); i > 0; i--) {
        line("    - " + rules.discount(i));
      }
    }
  }

  private void dimension(String name) {
    line("    " + name + ":");
    Reach reach = new Reach(-FAR, FAR);
    if (dice.chance(35)) {
      int min = dice.between(-20, 0);
      line("      min: " + min);
      reach = reach.within(min * POINT, FAR);
    }
    if (dice.chance(35)) {
      int max = dice.between(15, 60);
      line("      max: " + max);
      reach = reach.within(-FAR, max * POINT);
    }
    dimensions.put(name, reach);
    String weight = dice.chance(35) ? weight() : "1";
    total = total.plus(reach.times(Amounts.points(weight)));
    if (dice.chance(50)) {
      line("      decay: " + rules.decay());
    }
    line("      rules:");
    List<String> written = new ArrayList<>(rules.unbounded());
    written.addAll(dice.times(1, 6, rules::rule));
    written.forEach(rule -> line("        - " + rule));
  }

  private String weight() {
    String weight = dice.of("0.5", "2", "0.333333", "1.25", "0.1", "0.000001", "3");
    line("      weight: " + weight);
    return weight;
  }

  private void total() {
    long min = 0;
    long max = 100;
    if (dice.chance(40)) {
      min = dice.between(-60, 0);
      max = dice.between(40, 200);
      line("  total: { min: " + min + ", max: " + max + " }");
    }
    total = total.within(min * POINT, max * POINT);
  }

  private void disqualifiers() {
    if (dice.chance(25)) {
      line("  disqualify:");
      for (int i = dice.between(1, 2); i > 0; i--) {
        line(
            "    - { "
                + rules.id()
                + ", when: { all: ["
                + conditions.condition(1)
                + ", "
                + conditions.condition(1)
                + "] }, reason: reason "
                + i
                + " }");
      }
    }
  }
}
