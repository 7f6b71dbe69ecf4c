package io.leadgauge.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.bench.Figure.Comparison;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final List<String> told = new ArrayList<>();
  private final Report report = new Report(told::add);

  private void note(String name, double... rounds) {
    for (double round : rounds) {
      report.note(name, round);
    }
  }

  private Figure figure(String name) {
    return report.figures().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void figure_ofSeveralRounds_hasUnitMedianAndSpread() {
    report.under("receive");
    note("known, half load: p99, ms", 3, 1, 2);
    Figure figure = figure("known, half load: p99");
    assertThat(figure.section()).isEqualTo("receive");
    assertThat(figure.unit()).isEqualTo("ms");
    assertThat(figure.spread().least()).isEqualTo(1);
    assertThat(figure.spread().median()).isEqualTo(2);
    assertThat(figure.spread().most()).isEqualTo(3);
  }

  @Test
  void median_ofAnEvenNumber_isBetweenTheTwoInTheMiddle() {
    assertThat(new Spread(List.of(4.0, 1.0, 2.0, 10.0)).median()).isEqualTo(3);
  }

  @Test
  void ratio_isTheMedianOfThoseOfEachRound() {
    note("floor, events/s", 100, 1_000, 200);
    note("ours, events/s", 50, 100, 80);
    report.aim("ours, events/s", Aim.atLeast(0.4, "floor, events/s"));
    assertThat(figure("ours").comparisons())
        .containsExactly(new Comparison("floor", 0.4, "at least 0.40", true));
  }

  @Test
  void ratio_belowItsReach_isNotReached() {
    note("floor, events/s", 100);
    note("ours, events/s", 39);
    report.aim("ours, events/s", Aim.atLeast(0.4, "floor, events/s"));
    report.aim("ours, events/s", Aim.atLeast(0.4, "floor, events/s"));
    assertThat(figure("ours").comparisons())
        .containsExactly(new Comparison("floor", 0.39, "at least 0.40", false));
  }

  @Test
  void figure_aboveWhatItMayBe_isNotReached() {
    note("p99, ms", 9, 11, 12);
    report.aim("p99, ms", Aim.atMost(10));
    assertThat(figure("p99").comparisons())
        .containsExactly(new Comparison(null, 11, "at most 10.0", false));
  }

  @Test
  void ratio_toAFigureOfAnotherHeading_isFound_toOneThatWasNotMeasured_isLeftOut() {
    report.under("peers");
    note("theirs, events/s", 10);
    report.under("end to end");
    note("ours, events/s", 90);
    report.aim("ours, events/s", Aim.atLeast(8, "theirs, events/s"));
    report.aim("ours, events/s", Aim.of("nobody's, events/s"));
    assertThat(figure("ours").comparisons())
        .containsExactly(new Comparison("theirs", 9, "at least 8.00", true));
  }

  @Test
  void forgetting_leavesOtherHeadingsAlone() {
    report.under("one");
    note("a, s", 1);
    report.under("two");
    note("a, s", 2);
    note("b, s", 3);
    report.forget("a");
    assertThat(report.figures()).extracting(Figure::section).containsExactly("one", "two");
    assertThat(report.rounds("a, s")).isEmpty();
    assertThat(report.rounds("b, s")).containsExactly(3.0);
  }
}
