package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.HOUR;
import static io.leadgauge.scoring.Samples.NOW;
import static io.leadgauge.scoring.Samples.activity;
import static io.leadgauge.scoring.Samples.atLeast;
import static io.leadgauge.scoring.Samples.did;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.is;
import static io.leadgauge.scoring.Samples.lessThan;
import static io.leadgauge.scoring.Samples.on;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.when;
import static io.leadgauge.scoring.Samples.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Samples.Model;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a result is no longer valid, computed by hand. */
final class ValidityTest {
  @Test
  void validUntil_nothingDependsOnTime_isNever() {
    Evaluation evaluation =
        Model.of(dimension("fit", when("a", is("x", "1"), 5))).evaluate(who("x", "1"), NOW);
    assertThat(evaluation.validUntil()).isEqualTo(Long.MAX_VALUE);
    assertThat(evaluation.recheckAt()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void validUntil_endOfAWindow_isTheMillisecondItCloses() {
    Model model = Model.of(dimension("engagement", on("call", 5).within(DAY).as("call")));
    Evaluation evaluation = model.evaluate(did(activity("call", NOW - HOUR)), NOW);
    assertThat(evaluation.validUntil()).isEqualTo(NOW + 23 * HOUR);
    assertThat(model.evaluate(did(activity("call", NOW - DAY)), NOW).validUntil())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void validUntil_countInAWindow_endsWithTheOldest() {
    Model model = Model.of(dimension("engagement", on("call", 5).within(DAY).limit(5).as("call")));
    Subject subject = did(activity("call", NOW), activity("call", NOW - 7 * HOUR));
    assertThat(model.evaluate(subject, NOW).validUntil())
        .as("the total stays, the count in the reasons does not")
        .isEqualTo(NOW + 17 * HOUR);
  }

  @Test
  void validUntil_silence_isWhenItSetsIn() {
    Model model =
        Model.of(
            dimension(
                "all",
                when("a", is("x", "1"), 50),
                Samples.silence("silent", 90 * DAY, points(-10))));
    Subject subject = new Subject(Map.of("x", "1"), List.of(), NOW - DAY);
    assertThat(model.evaluate(subject, NOW).validUntil()).isEqualTo(NOW + 89 * DAY);
    assertThat(model.evaluate(subject, NOW + 89 * DAY).validUntil()).isEqualTo(Long.MAX_VALUE);
  }

  /** 8 points show as 7 once they are below 7.5: after log2(8 / 7.5) = 0.09310940439 of a day. */
  @Test
  void validUntil_decay_isWhenTheShownTotalFalls() {
    Model model = Model.of(dimension("engagement", on("call", 8).halfLife(DAY).as("call")));
    Evaluation evaluation = model.evaluate(did(activity("call", NOW)), NOW);
    double expected = 0.09310940439 * DAY;
    assertThat((double) (evaluation.validUntil() - NOW)).isBetween(expected - 200, expected + 200);
    assertThat(evaluation.recheckAt()).isEqualTo(evaluation.validUntil());
  }

  @Test
  void validUntil_futureActivity_decaysOnceItHappened() {
    Model model = Model.of(dimension("engagement", on("call", 8).halfLife(DAY).as("call")));
    long now = model.evaluate(did(activity("call", NOW)), NOW).validUntil();
    assertThat(model.evaluate(did(activity("call", NOW)), NOW - 5 * DAY).validUntil())
        .isEqualTo(now);
  }

  @Test
  void validUntil_clampedTotal_isWhenItComesBelowTheClamp() {
    Model model =
        Model.of(dimension("engagement", on("call", 16).halfLife(DAY).as("call"))).total(0, 4);
    Evaluation evaluation = model.evaluate(did(activity("call", NOW)), NOW);
    double expected = 2.1926450780 * DAY;
    assertThat((double) (evaluation.validUntil() - NOW)).isBetween(expected - 500, expected + 500);
  }

  @Test
  void validUntil_gradeOfAHiddenDimension_isWhenItsExactPointsFall() {
    ModelDefinition.GradeScale digits =
        new ModelDefinition.GradeScale(
            "engagement",
            List.of(
                new ModelDefinition.GradeStep("1", points(4)),
                new ModelDefinition.GradeStep("2", points(0))));
    Model model =
        Model.of(
                dimension("fit", when("a", is("x", "1"), 200)),
                dimension("engagement", on("call", 16).halfLife(DAY).as("call")))
            .grade(new ModelDefinition.GradeGrid(null, digits));
    Subject subject = new Subject(Map.of("x", "1"), List.of(activity("call", NOW)), NOW - DAY);
    long validUntil = model.evaluate(subject, NOW).validUntil();
    assertThat(model.score(subject, validUntil - 1).grade()).isEqualTo("1");
    assertThat(model.score(subject, validUntil).grade()).isEqualTo("2");
    assertThat(model.score(subject, NOW + 2 * DAY).grade()).as("4 points exactly").isEqualTo("1");
  }

  @Test
  void validUntil_segmentOfAHiddenDimension_isWhenItsExactPointsFall() {
    Model model =
        Model.of(
                dimension("fit", when("a", is("x", "1"), 200)),
                dimension("engagement", on("call", 16).halfLife(DAY).as("call")))
            .segment("active", null, atLeast("engagement", 4))
            .segment("quiet", null, null);
    Subject subject = new Subject(Map.of("x", "1"), List.of(activity("call", NOW)), NOW - DAY);
    long validUntil = model.evaluate(subject, NOW).validUntil();
    assertThat(model.evaluate(subject, validUntil - 1).segment()).isEqualTo("active");
    assertThat(model.evaluate(subject, validUntil).segment()).isEqualTo("quiet");
  }

  @Test
  void validUntil_stageOfADimension_isWhenItIsLeft() {
    Model model =
        Model.of(
                dimension("fit", when("a", is("x", "1"), 200)),
                dimension("engagement", on("call", 16).within(40 * DAY).halfLife(DAY).as("call")))
            .stage("mql", atLeast("engagement", 8), lessThan("engagement", 4), DAY);
    Subject subject = new Subject(Map.of("x", "1"), List.of(activity("call", NOW)), NOW - DAY);
    StageInCrm crm = new StageInCrm(0, Map.of("mql", 1));
    ScoringModel compiled = model.compiled();
    Evaluation first = compiled.evaluate(subject, Decision.NONE, crm, NOW);
    long at = first.validUntil();
    assertThat(compiled.evaluate(subject, first.decision(), crm, at - 1).decision())
        .isEqualTo(first.decision());
    assertThat(compiled.evaluate(subject, first.decision(), crm, at).decision().stage()).isNull();
    assertThat(at).isBetween(NOW + 2 * DAY, NOW + 2 * DAY + 1000);
  }

  @Test
  void validUntil_fallingAndRisingThatCancel_isNotFoundAndNeverLate() {
    Evaluation balanced = balanced(40 * DAY);
    assertThat(balanced.validUntil()).isZero();
    assertThat(balanced.recheckAt()).isBetween(NOW + 501, NOW + DAY);
    for (int later = -500; later < 500; later++) {
      long change = balanced.recheckAt() + later;
      assertThat(balanced(change - NOW).recheckAt())
          .as("%d ms later", later)
          .isLessThanOrEqualTo(change);
    }
  }

  /** Half a point, on the edge of rounding, from decays that cancel; one point more for a while. */
  private static Evaluation balanced(long span) {
    Model model =
        Model.of(
            dimension(
                "engagement",
                on("call", 0).each(21_500_000).halfLife(30 * DAY).as("call"),
                on("bounce", 0).each(-21_500_000).halfLife(30 * DAY).as("bounce"),
                on("visit", 1).within(span).as("visit"),
                new Rule.OnProperty("a", is("x", "1"), FixedPoint.ONE / 2, null)));
    Subject subject =
        new Subject(
            Map.of("x", "1"),
            List.of(activity("call", NOW), activity("bounce", NOW), activity("visit", NOW)),
            NOW - DAY);
    return model.evaluate(subject, NOW);
  }

  @Test
  void validUntil_onlyFallingPoints_isAlwaysFound() {
    Activity[] views = new Activity[500];
    for (int i = 0; i < views.length; i++) {
      views[i] = activity("view", NOW - i * HOUR);
    }
    Model model =
        Model.of(
            dimension(
                "engagement",
                on("view", 3).halfLife(30 * DAY).within(20 * DAY).as("a"),
                on("view", 2).within(9 * DAY).as("b")));
    assertThat(model.total(0, 10_000).evaluate(did(views), NOW).validUntil()).isGreaterThan(NOW);
  }
}
