package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.Department;
import io.leadgauge.scoring.MailboxKind;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Disqualifier;
import io.leadgauge.scoring.ModelDefinition.GradeGrid;
import io.leadgauge.scoring.ModelDefinition.GradeScale;
import io.leadgauge.scoring.ModelDefinition.GradeStep;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Segment;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Compare;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.Rule;
import io.leadgauge.scoring.Rule.Band;
import io.leadgauge.scoring.Rule.Choice;
import io.leadgauge.scoring.Rule.Gives;
import io.leadgauge.scoring.Seniority;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReaderTest {
  private static final long DAY = 86_400_000L;
  private static final long ONE = 1_000_000L;

  @TempDir private Path dir = Path.of("");

  private ModelDefinition read(String spec) {
    Loaded loaded = new Folder(dir).model(spec).load();
    assertThat(loaded.problems().stream().filter(problem -> problem.isError())).isEmpty();
    return Folder.model(loaded).definition();
  }

  /** Reads one rule of a dimension that halves in 30 days, beside one that reads an activity. */
  private Rule rule(String rule) {
    return read("""
    spec:
      dimensions:
        all:
          decay: { halfLife: 30d }
          rules:
            - { id: other, activity: visit, points: 1 }
            - %s
    """
            .formatted(rule))
        .dimensions()
        .getFirst()
        .rules()
        .getLast();
  }

  private Condition when(String condition) {
    return ((Rule.OnProperty) rule("{ id: a, when: " + condition + ", points: 1 }")).when();
  }

  private @Nullable Condition where(String condition) {
    return ((Rule.OnActivity)
            rule("{ id: a, activity: visit, points: 1, where: " + condition + " }"))
        .where();
  }

  // Rules

  @Test
  void rule_onProperty_resolves() {
    assertThat(rule("{ id: a, when: { property: crm:jobtitle, present: true }, points: -2.5 }"))
        .isEqualTo(
            new Rule.OnProperty("a", new Condition.Present("crm:jobtitle"), -2_500_000, null));
  }

  @Test
  void rule_byRange_resolvesInAscendingOrderWhateverTheOrderInTheFile() {
    String rule =
        "{ id: a, property: size, points: "
            + "{ 500..: 15, missing: -1, \"..<0\": -3, \"0..<50.5\": 2, \"50.5..<500\": 10 } }";

    assertThat(rule(rule))
        .isEqualTo(
            new Rule.ByRange(
                "a",
                "size",
                List.of(
                    new Band(null, 0L, -3 * ONE),
                    new Band(0L, 50_500_000L, 2 * ONE),
                    new Band(50_500_000L, 500 * ONE, 10 * ONE),
                    new Band(500 * ONE, null, 15 * ONE)),
                -ONE,
                null));
  }

  @Test
  void rule_onActivityWithAllItsParts_resolves() {
    String rule =
        "{ id: a, activity: page_view, where: { url: \"*/pricing*\" }, points: 8, within: 14d,"
            + " limit: 24, atMost: { count: 1, per: day }, distinct: url, decay: { halfLife: 12h },"
            + " once: true, reason: \"Looked at prices {times}\" }";

    assertThat(rule(rule))
        .isEqualTo(
            new Rule.OnActivity(
                "a",
                "page_view",
                new Condition.Like("url", List.of("*/pricing*")),
                new Gives.Each(8 * ONE),
                14 * DAY,
                new Decay.HalfLife(DAY / 2),
                24 * ONE,
                new Choice("url", 1, true),
                "Looked at prices {times}"));
  }

  @Test
  void rule_onActivityWithoutDecay_hasTheDimensions() {
    assertThat(((Rule.OnActivity) rule("{ id: a, activity: visit, points: 1 }")).decay())
        .isEqualTo(new Decay.HalfLife(30 * DAY));
  }

  @Test
  void rule_onActivityWithDecayNone_doesNotFadeInADimensionThatDoes() {
    assertThat(
            ((Rule.OnActivity) rule("{ id: a, activity: visit, points: 1, decay: none }")).decay())
        .isEqualTo(new Decay.None());
  }

  @Test
  void rule_onSilence_resolves() {
    assertThat(rule("{ id: a, silentFor: 90m, points: -10 }"))
        .isEqualTo(new Rule.OnSilence("a", 90 * 60_000L, -10 * ONE, null));
  }

  // Conditions

  @Test
  void condition_everyTest_resolves() {
    assertThat(when("{ property: a, in: [DE, 5, true] }"))
        .isEqualTo(new Condition.In("a", Set.of("DE", "5", "true")));
    assertThat(when("{ property: a, is: true }")).isEqualTo(new Condition.Is("a", true));
    assertThat(when("{ property: a, is: \"true\" }"))
        .isEqualTo(new Condition.In("a", Set.of("true")));
    assertThat(when("{ property: a, present: true }")).isEqualTo(new Condition.Present("a"));
    assertThat(when("{ property: a, missing: true }")).isEqualTo(new Condition.Missing("a"));
    assertThat(when("{ property: a, range: -5..<0 }"))
        .isEqualTo(new Condition.InRange("a", -5 * ONE, 0L));
    assertThat(when("{ property: a, like: \"*x*\" }"))
        .isEqualTo(new Condition.Like("a", List.of("*x*")));
    assertThat(when("{ property: a, domain: [Rival.example, b.example] }"))
        .isEqualTo(new Condition.MailDomain("a", Set.of("rival.example", "b.example")));
    assertThat(when("{ property: a, seniority: [c-level, vp] }"))
        .isEqualTo(new Condition.TitleSeniority("a", Set.of(Seniority.C_LEVEL, Seniority.VP)));
  }

  @Test
  void condition_ofAWordList_resolves() {
    assertThat(when("{ property: email, mailbox: [free, disposable] }"))
        .isEqualTo(
            new Condition.Mailbox("email", Set.of(MailboxKind.FREE, MailboxKind.DISPOSABLE)));
    assertThat(when("{ property: title, department: it }"))
        .isEqualTo(new Condition.TitleDepartment("title", Set.of(Department.IT)));
    assertThat(when("{ property: country, country: [FR, dach] }"))
        .isEqualTo(new Condition.CountryIn("country", Set.of("FR", "DE", "AT", "CH")));
  }

  @Test
  void condition_joined_resolves() {
    String joined =
        "{ any: [ { property: a, present: true }, { all: [ { not: { property: b, is: false } } ] }"
            + " ] }";

    assertThat(when(joined))
        .isEqualTo(
            new Condition.Any(
                List.of(
                    new Condition.Present("a"),
                    new Condition.All(List.of(new Condition.Not(new Condition.Is("b", false)))))));
  }

  @Test
  void condition_onAttributes_resolves() {
    assertThat(
            where(
                "{ url: [\"*/a\", \"*/b\"], seconds: { range: 30.. }, bot: { not: { is: true } }"
                    + " }"))
        .isEqualTo(
            new Condition.All(
                List.of(
                    new Condition.Like("url", List.of("*/a", "*/b")),
                    new Condition.InRange("seconds", 30 * ONE, null),
                    new Condition.Not(new Condition.Is("bot", true)))));
  }

  // What is made of points

  @Test
  void model_outcomes_resolve() {
    ModelDefinition model =
        read(
            """
            spec:
              total: { min: -10, max: 50 }
              dimensions:
                fit:
                  min: -5
                  max: 40
                  rules: [ { id: a, when: { property: title, present: true }, points: 45 } ]
              disqualify:
                - { id: rival, when: { property: email, domain: rival.example }, reason: a rival }
              labels: { hot: { enter: 40, leave: 30 }, warm: { enter: 20 }, cold: }
              grade:
                letters: { dimension: fit, A: 20, B: 0 }
              segments:
                first: { label: warm, when: fit > 1 }
                rest: {}
              stages:
                mql: { enter: total >= 20 and (fit >= 5 or fit < 0), leave: total < 10, cooldown: 2d }
                sql: { enter: total >= 30 }
            """);

    assertThat(model)
        .isEqualTo(
            new ModelDefinition(
                "m",
                null,
                List.of(),
                List.of(
                    new Dimension(
                        "fit",
                        -5 * ONE,
                        40 * ONE,
                        ONE,
                        List.of(
                            new Rule.OnProperty(
                                "a", new Condition.Present("title"), 45 * ONE, null)))),
                -10 * ONE,
                50 * ONE,
                List.of(
                    new Disqualifier(
                        "rival",
                        new Condition.MailDomain("email", Set.of("rival.example")),
                        "a rival")),
                List.of(
                    new Label("hot", 40 * ONE, 30 * ONE, null),
                    new Label("warm", 20 * ONE, 20 * ONE, null),
                    new Label("cold", 0, 0, null)),
                new GradeGrid(
                    new GradeScale(
                        "fit", List.of(new GradeStep("A", 20 * ONE), new GradeStep("B", 0))),
                    null),
                List.of(
                    new Segment("first", "warm", compare("fit", Comparison.MORE_THAN, 1)),
                    new Segment("rest", null, null)),
                List.of(
                    new Stage(
                        "mql",
                        new PointsCondition.All(
                            List.of(
                                compare(null, Comparison.AT_LEAST, 20),
                                new PointsCondition.Any(
                                    List.of(
                                        compare("fit", Comparison.AT_LEAST, 5),
                                        compare("fit", Comparison.LESS_THAN, 0))))),
                        compare(null, Comparison.LESS_THAN, 10),
                        2 * DAY),
                    new Stage("sql", compare(null, Comparison.AT_LEAST, 30), null, 30 * DAY))));
  }

  private static PointsCondition compare(
      @Nullable String dimension, Comparison comparison, long points) {
    return new Compare(dimension, comparison, points * ONE);
  }

  @Test
  void model_withoutOptionalParts_hasTheDefaults() {
    ModelDefinition model =
        read(
            """
            spec:
              dimensions:
                fit: { rules: [ { id: a, when: { property: title, present: true }, points: 1 } ] }
            """);

    assertThat(model.minTotal()).isZero();
    assertThat(model.maxTotal()).isEqualTo(100 * ONE);
    assertThat(model.labels()).isEmpty();
    assertThat(model.grade()).isNull();
    assertThat(model.stages()).isEmpty();
  }

  @Test
  void model_sameMeaningInOtherLayout_isCompiledOnce() {
    String spec =
        """
        spec:
          dimensions:
            fit: { rules: [ { id: a, when: { property: title, present: true }, points: 1.50 } ] }
        """;
    Loaded first = new Folder(dir).model(spec).load();
    Loaded again = new Folder(dir).model("# a comment\n" + spec.replace("1.50", "1.5")).load();

    assertThat(Folder.model(again).model()).isSameAs(Folder.model(first).model());
  }

  // Thresholds

  @Test
  void threshold_justInReach_isAccepted() {
    read(
        """
        spec:
          dimensions:
            fit: { rules: [ { id: a, when: { property: title, present: true }, points: 19.5 } ] }
          labels: { hot: { enter: 20 }, cold: {} }
        """);
  }

  @Test
  void threshold_aboveALimitedActivity_isOutOfReach() {
    Folder folder =
        new Folder(dir)
            .model(
                """
                spec:
                  dimensions:
                    engagement: { rules: [ { id: a, activity: visit, points: 5, limit: 20 } ] }
                  labels: { hot: { enter: 21 }, cold: {} }
                """);

    assertThat(folder.problems())
        .contains(
            "models/m/model.yaml:7:27: enter 21 is out of reach, expected at most the possible 20");
  }

  @Test
  void threshold_aboveAnUnlimitedActivity_isInReach() {
    read(
        """
        spec:
          dimensions:
            engagement: { rules: [ { id: a, activity: visit, points: 5 } ] }
          labels: { hot: { enter: 100 }, cold: {} }
        """);
  }

  @Test
  void threshold_ofAModelWithAnotherError_isNotComplainedOf() {
    Folder folder =
        new Folder(dir)
            .model(
                """
                spec:
                  dimensions:
                    fit: { rules: [ { id: a, when: { property: title }, points: 50 } ] }
                  labels: { hot: { enter: 40 }, cold: {} }
                """);

    assertThat(folder.problems()).filteredOn(line -> !line.contains("note:")).hasSize(1);
  }
}
