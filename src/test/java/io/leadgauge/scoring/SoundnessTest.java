package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.atLeast;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.is;
import static io.leadgauge.scoring.Samples.limited;
import static io.leadgauge.scoring.Samples.on;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.when;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Recycle;
import io.leadgauge.scoring.Samples.Model;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SoundnessTest {
  private static final Rule A = when("a", is("x", "1"), 5);

  static Stream<Arguments> unsound() {
    return Stream.of(
        Arguments.of(Model.of(dimension("f", A), dimension("g", A)), "two rules have the id: a"),
        Arguments.of(Model.of(dimension("f"), dimension("f")), "two dimensions are called: f"),
        Arguments.of(Model.of(limited("f", 5, 4)), "min is above max: f"),
        Arguments.of(Model.of().total(5, 4), "minTotal is above maxTotal: sample"),
        Arguments.of(rule(when("_x", is("x", "1"), 5)), "must not start with _: _x"),
        Arguments.of(rule(when("x", is("x", "1"), 1_000_001)), "more than a million points"),
        Arguments.of(rule(when("x", is("x", "1"), -1_000_001)), "more than a million points"),
        Arguments.of(bands(new Rule.Band(2L, 1L, 0)), "ends before it begins: x"),
        Arguments.of(bands(new Rule.Band(0L, 2L, 0), new Rule.Band(1L, 3L, 0)), "bands overlap"),
        Arguments.of(bands(new Rule.Band(0L, null, 0), new Rule.Band(1L, 3L, 0)), "bands overlap"),
        Arguments.of(counts(new Rule.Band(null, points(2), 5)), "a count begins below 1: x"),
        Arguments.of(counts(new Rule.Band(0L, points(2), 5)), "a count begins below 1: x"),
        Arguments.of(rule(on("x", 5).limit(-1).as("x")), "different signs: x"),
        Arguments.of(rule(on("x", -5).limit(1).as("x")), "different signs: x"),
        Arguments.of(rule(on("x", 5).within(0).as("x")), "the window must last: x"),
        Arguments.of(rule(on("x", 5).atMost(0).as("x")), "at most none a day: x"),
        Arguments.of(rule(Samples.silence("x", 0, 0)), "the silence must last: x"),
        Arguments.of(Model.of().label("a", 1, 2).label("b", 0, 0), "leave is above enter: a"),
        Arguments.of(
            Model.of().label("a", 5, 5).label("b", 6, 6).label("c", 0, 0),
            "above those of the label before: b"),
        Arguments.of(Model.of().label("a", 5, 5).label("a", 0, 0), "two labels are called: a"),
        Arguments.of(grade(5, 6, 0), "steps of the grade are out of order"),
        Arguments.of(grade(), "a grade without steps: f"),
        Arguments.of(
            Model.of().stage("s", atLeast(null, 1), null, 0).stage("s", atLeast(null, 1), null, 0),
            "two stages are called: s"),
        Arguments.of(
            Model.of().stage("s", atLeast(null, 1), null, -DAY), "the cool-down is negative: s"),
        Arguments.of(stage(-1, null, null), "the dwell is negative: s"),
        Arguments.of(
            stage(0, new Recycle("r", atLeast(null, 1), -1), null),
            "the wait for recycling is negative: s"),
        Arguments.of(
            stage(0, new Recycle("s", atLeast(null, 1), 1), null), "recycling leads not back: s"),
        Arguments.of(
            stage(0, null, new HandOff("a", -1, null, "b", null, 0)),
            "a span of the hand-off is negative: s"),
        Arguments.of(
            stage(0, null, new HandOff("a", 365 * DAY, CalendarTest.office(), "b", null, 0)),
            "due after more than a year of work: s"),
        Arguments.of(
            Model.of().stage("s", atLeast("need", 1), null, 0), "an unknown dimension: need"));
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void model_thatContradictsItself_isRefusedByName(Model model, String problem) {
    assertThatIllegalArgumentException().isThrownBy(model::compiled).withMessageContaining(problem);
  }

  private static Model stage(long dwell, @Nullable Recycle recycle, @Nullable HandOff handOff) {
    return Model.of()
        .stage(new ModelDefinition.Stage("s", atLeast(null, 1), null, 0, dwell, recycle, handOff));
  }

  private static Model rule(Rule rule) {
    return Model.of(dimension("f", rule));
  }

  private static Model bands(Rule.Band... bands) {
    return rule(Samples.byRange("x", "x", List.of(bands), 0));
  }

  private static Model counts(Rule.Band... bands) {
    return rule(on("x", 0).byCount(bands).as("x"));
  }

  private static Model grade(long... thresholds) {
    List<ModelDefinition.GradeStep> steps =
        Arrays.stream(thresholds)
            .mapToObj(whole -> new ModelDefinition.GradeStep("s" + whole, points(whole)))
            .toList();
    return Model.of(dimension("f"))
        .grade(new ModelDefinition.GradeGrid(new ModelDefinition.GradeScale("f", steps), null));
  }
}
