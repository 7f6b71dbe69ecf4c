package io.leadgauge.naive;

import static java.util.stream.Collectors.joining;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Writes labels, grade and segments whose thresholds are all within reach. */
final class OutcomeWriter {
  private static final long POINT = Amounts.ALL;

  /** Where thresholds lie, so that generated contacts come near them. */
  private static final long LOW = -15 * POINT;

  private static final long HIGH = 90 * POINT;
  private static final List<String> THIRDS = List.of("D", "D+", "C-", "C", "C+", "B-", "B");

  private final Dice dice;
  private final Map<String, ModelWriter.Reach> reach;
  private final ModelWriter.Reach total;
  private final List<String> lines = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  /** The steps of a grade with one side, best first; empty if there is none. */
  private List<String> ladder = List.of();

  /** How many steps the last side of a grade has. */
  private int steps;

  OutcomeWriter(Dice dice, Map<String, ModelWriter.Reach> reach, ModelWriter.Reach total) {
    this.dice = dice;
    this.reach = reach;
    this.total = total;
  }

  List<String> lines() {
    writeGrade();
    writeLabels();
    writeSegments();
    return lines;
  }

  /** Returns the labels that were written, highest first. */
  List<String> labels() {
    return labels;
  }

  private String anyDimension() {
    return dice.of(List.copyOf(reach.keySet()));
  }

  private ModelWriter.Reach reachOf(String name) {
    return reach.getOrDefault(name, total);
  }

  /** Returns a threshold that points can be above and below of, if there is room for one. */
  private long threshold(ModelWriter.Reach bounds) {
    long low = Math.max(bounds.least(), LOW);
    long high = Math.min(bounds.most(), HIGH);
    if (high - low < 2) {
      return high;
    }
    long millionths = low + 1 + dice.below(high - low - 1);
    long rounded = millionths - Math.floorMod(millionths, dice.chance(70) ? POINT : POINT / 4);
    return dice.chance(15) || rounded <= low ? millionths : rounded;
  }

  /** Returns different thresholds, highest first. */
  private List<Long> thresholds(int count, ModelWriter.Reach bounds) {
    TreeSet<Long> different = new TreeSet<>(Comparator.reverseOrder());
    for (int i = 0; i < count; i++) {
      different.add(threshold(bounds));
    }
    return List.copyOf(different);
  }

  private static String text(long millionths) {
    return BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString();
  }

  private void writeGrade() {
    switch (dice.between(0, 4)) {
      case 0 -> lines.add("  grade: { " + side("letters") + ", " + side("digits") + " }");
      case 1 -> {
        lines.add("  grade: { " + side("letters") + " }");
        ladder = names("letters");
      }
      case 2 -> {
        lines.add("  grade: { " + side("digits") + " }");
        ladder = names("digits");
      }
      case 3 -> {
        lines.add("  grade: { thirds: " + anyDimension() + " }");
        ladder = THIRDS.reversed();
      }
      default -> ladder = List.of();
    }
  }

  private static List<String> all(String side) {
    return side.equals("letters") ? List.of("A", "B", "C", "D") : List.of("1", "2", "3", "4");
  }

  private List<String> names(String side) {
    return all(side).subList(0, steps);
  }

  private String side(String side) {
    String dimension = anyDimension();
    List<Long> thresholds = thresholds(4, reachOf(dimension));
    steps = thresholds.size();
    List<String> entries = new ArrayList<>(List.of("dimension: " + dimension));
    for (int i = 0; i < steps; i++) {
      entries.add(all(side).get(i) + ": " + text(thresholds.get(i)));
    }
    return side + ": { " + String.join(", ", entries) + " }";
  }

  private void writeLabels() {
    if (dice.chance(15)) {
      return;
    }
    List<Long> enters = thresholds(dice.between(1, 3), total);
    boolean leaves = dice.chance(60);
    long below = dice.between(0, 30) * POINT;
    lines.add("  labels:");
    for (int i = 0; i < enters.size(); i++) {
      String leave = leaves ? ", leave: " + text(enters.get(i) - below) : "";
      String when = dice.chance(25) ? ", when: \"" + condition(2) + "\"" : "";
      labels.add(List.of("hot", "warm", "mild").get(i));
      lines.add(
          "    " + labels.getLast() + ": { enter: " + text(enters.get(i)) + leave + when + " }");
    }
    labels.add("cold");
    lines.add("    cold: {}");
  }

  private void writeSegments() {
    if (dice.chance(30)) {
      return;
    }
    lines.add("  segments:");
    for (int i = dice.between(1, 3); i > 0; i--) {
      List<String> parts = new ArrayList<>();
      if (!labels.isEmpty() && dice.chance(50)) {
        parts.add("label: " + dice.of(labels));
      }
      if (parts.isEmpty() || dice.chance(50)) {
        parts.add("when: \"" + condition(2) + "\"");
      }
      lines.add("    s" + i + ": { " + String.join(", ", parts) + " }");
    }
    if (dice.chance(50)) {
      lines.add("    rest: {}");
    }
  }

  // Conditions on points

  private String condition(int depth) {
    if (depth == 0 || dice.chance(50)) {
      return comparison();
    }
    List<String> parts = dice.times(2, 3, () -> condition(depth - 1));
    return dice.chance(50)
        ? String.join(dice.of(" and ", " or "), parts)
        : parts.stream().map(part -> "(" + part + ")").collect(joining(dice.of(" or ", " and ")));
  }

  private String comparison() {
    if (ladder.size() > 2 && dice.chance(30)) {
      return "grade " + dice.of(">=", "<") + " " + dice.of(ladder.subList(1, ladder.size() - 1));
    }
    String name = dice.chance(40) ? "total" : anyDimension();
    return name + " " + dice.of(">=", ">", "<=", "<") + " " + text(threshold(reachOf(name)));
  }
}
