package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.bench.Figure;
import io.leadgauge.bench.Figure.Comparison;
import io.leadgauge.bench.Gap;
import io.leadgauge.bench.Machine;
import io.leadgauge.bench.Spread;
import io.leadgauge.bench.Suite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTableTest {
  private static final List<Figure> FIGURES =
      List.of(
          new Figure(
              "receive", "floor A", "events/s", new Spread(List.of(61_204.4, 9.0)), List.of()),
          new Figure(
              "receive",
              "known contacts",
              "events/s",
              new Spread(List.of(24_511.0, 23_900.0, 25_300.0)),
              List.of(
                  new Comparison("floor A", 0.402, "at least 0.40", true),
                  new Comparison("floor B", 0.69, "at least 0.70", false))),
          new Figure("memory", "at rest", "MB", new Spread(List.of(12.25)), List.of()));

  private static BenchTable table(List<Gap> gaps, int width, boolean colour) {
    Machine machine = new Machine("system", "processor", 2, "JDK", 0, 100, 200);
    return new BenchTable(new Suite.Result(machine, FIGURES, gaps), width, colour);
  }

  private static List<String> lines(int width, boolean colour) {
    return table(List.of(), width, colour).lines();
  }

  @Test
  void gaps_standBelowAllElse() {
    List<Gap> gaps =
        List.of(
            new Gap("node-red", "it takes Node.js 18 or newer in the path, there is none", false),
            new Gap("large", "waited in vain until all are scored", true));
    assertThat(String.join("\n", table(gaps, 50, false).lines()))
        .endsWith(
            """

            node-red is left out
              it takes Node.js 18 or newer in the path, there
              is none

            large was not finished
              waited in vain until all are scored\
            """);
  }

  @Test
  void table_onAWideTerminal_hasRatiosBesideTheFigures() {
    assertThat(String.join("\n", lines(120, false)))
        .isEqualTo(
            """

            receive                              median         least to most  ratio
              floor A, events/s                  30,607        9.00 to 61,204
              known contacts, events/s           24,511      23,900 to 25,300  0.40 of floor A, reached: at least 0.40
                                                                               0.69 of floor B, not reached: at least 0.70

            memory                               median         least to most  ratio
              at rest, MB                          12.3          12.3 to 12.3\
            """);
  }

  @Test
  void table_onANarrowTerminal_hasRatiosBelowThem() {
    assertThat(lines(70, false))
        .contains("    0.40 of floor A, reached: at least 0.40")
        .contains("    0.69 of floor B, not reached: at least 0.70");
  }

  @ParameterizedTest
  @ValueSource(ints = {70, 80, 120, 160})
  void lines_areNotLongerThanTheTerminal(int width) {
    assertThat(lines(width, false)).allSatisfy(line -> assertThat(line).hasSizeLessThan(width + 1));
  }

  @Test
  void colour_tellsWhatIsReached() {
    assertThat(String.join("\n", lines(120, true)))
        .contains("\u001b[32mreached: at least 0.40\u001b[0m")
        .contains("\u001b[31mnot reached: at least 0.70\u001b[0m");
  }

  @Test
  void verdict_countsWhatIsReached() {
    assertThat(table(List.of(), 80, false).verdict()).isEqualTo("1 of 2 reached what they should");
  }
}
