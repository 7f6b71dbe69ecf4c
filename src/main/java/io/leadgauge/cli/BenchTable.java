package io.leadgauge.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.bench.Figure;
import io.leadgauge.bench.Figure.Comparison;
import io.leadgauge.bench.Gap;
import io.leadgauge.bench.Machine;
import io.leadgauge.bench.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark found, as people and as programs read it. */
final class BenchTable {
  private static final int LEAST_NAME = 30;
  private static final int MOST_NAME = 58;
  private static final int NUMBER = 11;
  private static final int SPREAD = 22;
  private static final int RATIO = 36;
  private static final String INDENT = "  ";

  private final List<Figure> figures;
  private final List<Gap> gaps;
  private final int width;
  private final boolean colour;
  private final int name;

  BenchTable(Suite.Result result, int width, boolean colour) {
    this.figures = result.figures();
    this.gaps = result.gaps();
    this.width = width;
    this.colour = colour;
    int longest =
        figures.stream().mapToInt(figure -> named(figure).length()).max().orElse(LEAST_NAME);
    int room = width - INDENT.length() - NUMBER - SPREAD - (isWide() ? RATIO : 0);
    this.name = Math.clamp(longest, LEAST_NAME, Math.max(LEAST_NAME, Math.min(room, MOST_NAME)));
  }

  /** Returns what was measured, on what and with which options, line by line. */
  static List<String> head(Machine machine, Suite.Settings settings, int width) {
    List<String> lines = new ArrayList<>(Wrapping.of(machine.toString(), width));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d contacts, %s of %s s, seed %d",
            settings.contacts(),
            Tally.counted(settings.rounds(), "round"),
            Figure.text(settings.seconds()),
            settings.seed()));
    return lines;
  }

  /** Returns the lines of the table: a heading for each section, and what was not measured. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    String section = "";
    for (Figure figure : figures) {
      if (!figure.section().equals(section)) {
        section = figure.section();
        lines.add("");
        lines.add(heading(section));
      }
      lines.addAll(row(figure));
    }
    for (Gap gap : gaps) {
      lines.add("");
      lines.addAll(row(gap));
    }
    return lines;
  }

  private List<String> row(Gap gap) {
    String what = gap.section() + (gap.isFault() ? " was not finished" : " is left out");
    List<String> lines = new ArrayList<>();
    lines.add((gap.isFault() ? Style.BAD : Style.STRONG).of(what, colour));
    Wrapping.of(gap.why(), width - INDENT.length()).forEach(line -> lines.add(INDENT + line));
    return lines;
  }

  /** Says how many figures are where they should be. */
  String verdict() {
    List<Comparison> asked =
        figures.stream()
            .flatMap(figure -> figure.comparisons().stream())
            .filter(comparison -> comparison.reach() != null)
            .toList();
    long reached = asked.stream().filter(Comparison::isReached).count();
    return reached + " of " + asked.size() + " reached what they should";
  }

  private boolean isWide() {
    return width >= INDENT.length() + LEAST_NAME + NUMBER + SPREAD + RATIO;
  }

  private String heading(String section) {
    String columns = left(section, INDENT.length() + name) + right("median", NUMBER);
    columns += right("least to most", SPREAD) + (isWide() ? INDENT + "ratio" : "");
    return Style.STRONG.of(columns, colour);
  }

  private List<String> row(Figure figure) {
    List<String> lines = new ArrayList<>(cut(figure));
    String spread =
        Figure.text(figure.spread().least()) + " to " + Figure.text(figure.spread().most());
    String last =
        left(lines.removeLast(), INDENT.length() + name)
            + right(Figure.text(figure.spread().median()), NUMBER)
            + right(spread, SPREAD);
    List<Comparison> comparisons = figure.comparisons();
    boolean beside = isWide() && !comparisons.isEmpty();
    lines.add(beside ? last + INDENT + words(comparisons.getFirst()) : last);
    int indent = isWide() ? last.length() + INDENT.length() : 2 * INDENT.length();
    for (Comparison comparison : comparisons.subList(beside ? 1 : 0, comparisons.size())) {
      lines.add(" ".repeat(indent) + words(comparison));
    }
    return lines;
  }

  /** The name of a figure, in as many lines as it takes. */
  private List<String> cut(Figure figure) {
    List<String> lines = new ArrayList<>();
    for (String line : Wrapping.of(named(figure), name)) {
      lines.add(INDENT + (lines.isEmpty() ? "" : INDENT) + line);
    }
    return lines;
  }

  private static String named(Figure figure) {
    return figure.unit().isEmpty() ? figure.name() : figure.name() + ", " + figure.unit();
  }

  private String words(Comparison comparison) {
    String value =
        comparison.of() == null
            ? ""
            : String.format(Locale.ROOT, "%.2f of %s", comparison.value(), comparison.of());
    if (comparison.reach() == null) {
      return Style.FAINT.of(value, colour);
    }
    String reach = (comparison.isReached() ? "reached: " : "not reached: ") + comparison.reach();
    Style style = comparison.isReached() ? Style.GOOD : Style.BAD;
    return (value.isEmpty() ? "" : value + ", ") + style.of(reach, colour);
  }

  private static String left(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - text.length()));
  }

  private static String right(String text, int columns) {
    return " ".repeat(Math.max(1, columns - text.length())) + text;
  }

  /** Returns everything, with each round. */
  static ObjectNode json(Suite.Result result, Suite.Settings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Machine machine = result.machine();
    ObjectNode on = json.putObject("machine");
    on.put("system", machine.system()).put("processor", machine.processor());
    on.put("processors", machine.processors()).put("jdk", machine.jdk());
    on.put("niceness", machine.niceness());
    on.put("syncMicros", machine.syncMicros()).put("slowSyncMicros", machine.slowSyncMicros());
    ObjectNode options = json.putObject("options");
    options.put("contacts", settings.contacts()).put("rounds", settings.rounds());
    options.put("seconds", settings.seconds()).put("seed", settings.seed());
    ArrayNode figures = json.putArray("figures");
    result.figures().forEach(figure -> put(figures.addObject(), figure));
    ArrayNode gaps = json.putArray("gaps");
    for (Gap gap : result.gaps()) {
      ObjectNode one = gaps.addObject();
      one.put("section", gap.section()).put("why", gap.why()).put("fault", gap.isFault());
    }
    return json;
  }

  private static void put(ObjectNode json, Figure figure) {
    json.put("section", figure.section()).put("name", figure.name()).put("unit", figure.unit());
    json.put("median", figure.spread().median());
    ArrayNode rounds = json.putArray("rounds");
    figure.spread().rounds().forEach(rounds::add);
    ArrayNode comparisons = json.putArray("comparisons");
    for (Comparison comparison : figure.comparisons()) {
      ObjectNode one = comparisons.addObject();
      one.put("of", comparison.of()).put("value", comparison.value());
      one.put("reach", comparison.reach()).put("reached", comparison.isReached());
    }
  }
}
