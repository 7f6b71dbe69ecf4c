package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.Department;
import io.leadgauge.scoring.MailboxKind;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.After;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Discount;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
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
  void rule_byValue_resolvesInTheOrderOfTheFile() {
    String rule = "{ id: a, property: floor, points: { Top: 10, 5: 2, missing: -1, other: 1 } }";
    SequencedMap<String, Long> values = new LinkedHashMap<>();
    values.put("Top", 10 * ONE);
    values.put("5", 2 * ONE);

    assertThat(rule(rule)).isEqualTo(new Rule.ByValue("a", "floor", values, ONE, -ONE, null));
  }

  @Test
  void rule_byCount_resolvesABareNumberToExactlyThatMany() {
    assertThat(onVisit("points: { 4..: 12, 2: 7, 3..<4: 8 }").gives())
        .isEqualTo(
            new Gives.ByCount(
                List.of(
                    new Band(2 * ONE, 3 * ONE, 7 * ONE),
                    new Band(3 * ONE, 4 * ONE, 8 * ONE),
                    new Band(4 * ONE, null, 12 * ONE))));
  }

  @Test
  void rule_withReason_keepsIt() {
    String reasoned = "property: size, points: { 5..: 1 }, reason: \"{value} people\" }";

    assertThat(rule("{ id: a, " + reasoned).reason()).isEqualTo("{value} people");
    assertThat(rule("{ id: a, silentFor: 1d, points: 1, reason: asleep }").reason())
        .isEqualTo("asleep");
  }

  private Rule.OnActivity onVisit(String parts) {
    return (Rule.OnActivity) rule("{ id: a, activity: visit, " + parts + " }");
  }

  private Decay decay(String decay) {
    return onVisit("points: 1, decay: " + decay).decay();
  }

  @Test
  void decay_everyForm_resolves() {
    assertThat(decay("{ linear: 90d }")).isEqualTo(new Decay.Linear(90 * DAY));
    assertThat(decay("{ expire: 12h }")).isEqualTo(Decay.Steps.expiry(DAY / 2));
    assertThat(decay("{ steps: { 30d: 0%, 7d: 12.5% } }"))
        .isEqualTo(
            new Decay.Steps(
                List.of(new Decay.Step(7 * DAY, 125_000), new Decay.Step(30 * DAY, 0))));
    assertThat(decay("{ lose: 40%, every: 30d }"))
        .isEqualTo(decay("{ steps: { 30d: 60%, 60d: 20%, 90d: 0% } }"));
    assertThat(decay("{ lose: 50%, every: 1d }"))
        .isEqualTo(decay("{ steps: { 1d: 50%, 2d: 0% } }"));
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
  void condition_onADate_isARangeOfAges() {
    assertThat(when("{ property: a, ago: 7d..<30d }")).isEqualTo(aged(7 * DAY, 30 * DAY));
    assertThat(when("{ property: a, ago: 7d.. }")).isEqualTo(aged(7 * DAY, null));
    assertThat(when("{ property: a, ago: ..<7d }")).isEqualTo(aged(0L, 7 * DAY));
    assertThat(when("{ property: a, ahead: ..<30d }")).isEqualTo(aged(1 - 30 * DAY, 0L));
    assertThat(when("{ property: a, ahead: 0d..<30d }")).isEqualTo(aged(1 - 30 * DAY, 1L));
    assertThat(when("{ property: a, ahead: 7d.. }")).isEqualTo(aged(null, 1 - 7 * DAY));
  }

  private static Condition aged(@Nullable Long from, @Nullable Long to) {
    return new Condition.Aged("a", from, to);
  }

  @Test
  void condition_onTextAndLists_resolves() {
    assertThat(when("{ property: a, regex: \"^v[- ]?p\" }"))
        .isEqualTo(new Condition.Matches("a", "^v[- ]?p"));
    assertThat(when("{ property: a, includes: [news, 5] }"))
        .isEqualTo(new Condition.Includes("a", Set.of("news", "5")));
    assertThat(when("{ list: newsletter }")).isEqualTo(new Condition.Listed("newsletter"));
    assertThat(where("{ seen: { ago: 1d.. } }")).isEqualTo(new Condition.Aged("seen", DAY, null));
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

  private static final String ONE_RULE =
      "  dimensions: { fit: { rules: [ { id: a, activity: click, points: 20 } ] } }\n";

  @Test
  void model_audience_isWhoIsIncludedAndNotExcluded() {
    Condition in = new Condition.Present("a");
    Condition out = new Condition.Listed("staff");
    String include = "  include: { property: a, present: true }\n";
    String exclude = "  exclude: { list: staff }\n";

    assertThat(read("spec:\n" + include + ONE_RULE).audience()).isEqualTo(in);
    assertThat(read("spec:\n" + exclude + ONE_RULE).audience()).isEqualTo(new Condition.Not(out));
    assertThat(read("spec:\n" + include + exclude + ONE_RULE).audience())
        .isEqualTo(new Condition.All(List.of(in, new Condition.Not(out))));
  }

  @Test
  void model_discounts_resolve() {
    String discount =
        """
        spec:
          discount:
            - { id: bot, activity: click, where: { agent: "*bot*" }, to: 0% }
            - { id: scan, activity: click, after: { activity: mail, within: 1s, same: id }, to: 20% }
        """;

    assertThat(read(discount + ONE_RULE).discounts())
        .containsExactly(
            new Discount("bot", "click", new Condition.Like("agent", List.of("*bot*")), null, 0),
            new Discount("scan", "click", null, new After("mail", 1_000, "id"), 200_000));
  }

  @Test
  void model_gradedByThirds_comparesGradesByTheDimension() {
    String graded =
        """
          grade: { thirds: fit }
          labels: { hot: { enter: 5, when: grade >= B- }, warm: { enter: 5, leave: 5 }, cold: {} }
          segments: { rest: { when: grade < A+ } }
        """;
    ModelDefinition model = read("spec:\n" + ONE_RULE + graded);

    assertThat(Objects.requireNonNull(model.grade()).letters())
        .isInstanceOfSatisfying(
            GradeScale.class,
            scale -> {
              assertThat(scale.steps()).hasSize(13).startsWith(new GradeStep("A+", 10 * ONE));
              assertThat(scale.steps()).contains(new GradeStep("D", 0), new GradeStep("D-", -ONE));
              assertThat(scale.steps().getLast().name()).isEqualTo("F");
            });
    assertThat(model.labels().getFirst().gate()).isEqualTo(compare("fit", Comparison.AT_LEAST, 5));
    assertThat(model.segments().getFirst().when())
        .isEqualTo(compare("fit", Comparison.LESS_THAN, 10));
  }

  @Test
  void model_weight_scalesWhatIsInReach() {
    String spec =
        """
        spec:
          dimensions:
            fit: { weight: 0.4, rules: [ { id: a, activity: call, points: 30, once: true } ] }
          labels: { hot: { enter: %d }, cold: {} }
        """;

    assertThat(read(spec.formatted(12)).dimensions().getFirst().weight()).isEqualTo(400_000);
    assertThat(new Folder(dir).model(spec.formatted(13)).problems())
        .contains(
            "models/m/model.yaml:7:27: enter 13 is out of reach, expected at most the possible 12");
  }

  @Test
  void threshold_abovePointsByValueOrCount_isOutOfReach() {
    String spec =
        """
        spec:
          dimensions:
            fit:
              rules:
                - { id: a, property: industry, points: { software: 7, other: 3, missing: -2 } }
                - { id: b, activity: visit, points: { 1: 2, 2..: 5 } }
          segments: { %s: { when: %s } }
        """;
    Folder folder = new Folder(dir);

    assertThat(folder.model(spec.formatted("a", "fit >= 12")).problems()).hasSize(1);
    assertThat(folder.model(spec.formatted("a", "fit <= -2")).problems()).hasSize(1);
    assertThat(folder.model(spec.formatted("a", "fit > 12")).problems())
        .contains(
            "models/m/model.yaml:10:26: no contact can satisfy this, expected something possible:"
                + " total 0 to 12, fit -2 to 12");
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
