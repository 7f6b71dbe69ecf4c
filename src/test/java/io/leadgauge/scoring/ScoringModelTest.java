package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.HOUR;
import static io.leadgauge.scoring.Samples.NOW;
import static io.leadgauge.scoring.Samples.activity;
import static io.leadgauge.scoring.Samples.at;
import static io.leadgauge.scoring.Samples.did;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.is;
import static io.leadgauge.scoring.Samples.ledger;
import static io.leadgauge.scoring.Samples.limited;
import static io.leadgauge.scoring.Samples.on;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.subject;
import static io.leadgauge.scoring.Samples.when;
import static io.leadgauge.scoring.Samples.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Samples.Model;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScoringModelTest {
  /** A model of fit and engagement that uses every kind of rule. */
  private static Model b2b() {
    return Model.of(
        limited(
            "fit",
            -50,
            50,
            when(
                "decision-maker",
                new Condition.TitleSeniority("title", Set.of(Seniority.C_LEVEL, Seniority.VP)),
                20),
            Samples.byRange(
                "company-size",
                "company.employees",
                List.of(
                    new Rule.Band(points(0), points(50), points(2)),
                    new Rule.Band(points(50), points(500), points(10)),
                    new Rule.Band(points(500), null, points(15))),
                points(-1)),
            when("free-mail", new Condition.MailDomain("email", Set.of("mail.example")), -10)),
        limited(
            "engagement",
            -50,
            30,
            on("page_view", 8)
                .where(new Condition.Like("url", List.of("*/pricing*")))
                .within(14 * DAY)
                .limit(24)
                .atMost(1)
                .as("pricing-page"),
            on("webinar_attended", 15).halfLife(60 * DAY).distinct("webinar").as("webinar"),
            when("unsubscribed", new Condition.Is("emailOptOut", true), -25),
            Samples.silence("silent", 90 * DAY, points(-10))));
  }

  @Test
  void contact_ofManySides_scoresAsComputedByHand() {
    Subject subject =
        subject(
            Map.of("title", "VP Sales", "company.employees", "250", "email", "j@firm.example"),
            activity("page_view", NOW - DAY, "url", "https://x.example/pricing"),
            activity("page_view", NOW - DAY - HOUR, "url", "https://x.example/pricing?plan=2"),
            activity("page_view", NOW - 3 * DAY, "url", "https://x.example/pricing"),
            activity("page_view", NOW - 14 * DAY, "url", "https://x.example/pricing"),
            activity("page_view", NOW - HOUR, "url", "https://x.example/blog"),
            activity("webinar_attended", NOW - 60 * DAY, "webinar", "Scoring 101"),
            activity("webinar_attended", NOW - 120 * DAY, "webinar", "scoring 101"));

    Score score = b2b().score(subject, NOW);

    assertThat(ledger(score))
        .containsExactly(
            "decision-maker 20",
            "company-size 10",
            "pricing-page 16",
            "webinar 7.5",
            "_rounding 0.5");
    assertThat(score.total()).isEqualTo(54);
    assertThat(score.dimensions())
        .containsExactly(
            Map.entry("engagement", points(23) + 500_000), Map.entry("fit", points(30)));
    assertThat(score.reasons())
        .isEqualTo(
            "+20 Title is VP Sales (vp);"
                + " +16 Page view (url matches */pricing*) 2 times in the last 14 days,"
                + " at most 1 a day;"
                + " + Webinar attended once, each webinar once, halving every 60 days");
  }

  @Test
  void limits_clampAndRounding_haveLinesOfTheirOwn() {
    Score score =
        Model.of(
                limited("fit", 0, 50, when("a", is("x", "1"), 60)),
                limited("need", -5, 50, when("b", is("x", "1"), -9)),
                dimension("engagement", on("call", 80).halfLife(DAY).as("c")))
            .total(0, 60)
            .score(subject(Map.of("x", "1"), activity("call", NOW - 2 * DAY)), NOW);

    assertThat(ledger(score))
        .containsExactly("a 60", "b -9", "c 20", "_limit:fit -10", "_limit:need 4", "_clamp -5");
    assertThat(Samples.reasons(score))
        .contains("Fit is at most 50", "Need is at least -5", "The score is at most 60");
    assertThat(score.contributions().get(5).dimension()).isEmpty();
    assertThat(score.contributions().get(3).dimension()).isEqualTo("fit");
  }

  @Test
  void total_belowTheLeast_isClampedUp() {
    Score score = Model.of(dimension("fit", when("a", is("x", "1"), -7))).score(who("x", "1"), NOW);
    assertThat(ledger(score)).containsExactly("a -7", "_clamp 7");
    assertThat(Samples.reasons(score)).contains("The score is at least 0");
    assertThat(score.total()).isZero();
  }

  @Test
  void contact_nothingKnown_getsWhatMissingGives() {
    Score score = b2b().score(new Subject(Map.of(), List.of(), NOW), NOW);
    assertThat(ledger(score)).containsExactly("company-size -1", "_clamp 1");
    assertThat(score.reasons()).isEqualTo("-1 Company employees is not known");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2",
    "49.999999, 2",
    "49.9999999, 2",
    "50, 10",
    "499, 10",
    "500, 15",
    "1000000000000000, 15",
    "-1, 0",
    "about 50, 0",
    "1e3, 0",
  })
  void range_value_givesThePointsOfItsBand(String employees, long expected) {
    Score score = b2b().total(-100, 100).score(who("company.employees", employees), NOW);
    assertThat(score.dimensions()).containsEntry("fit", points(expected));
  }

  @Test
  void range_unreadable_isNeitherMissingNorZeroAndReported() {
    Score score = b2b().score(who("company.employees", "50-200", "emailOptOut", "maybe"), NOW);
    assertThat(score.unreadable()).containsExactly("company.employees", "emailOptOut");
    assertThat(score.contributions())
        .noneMatch(line -> line.rule().equals("company-size"))
        .noneMatch(line -> line.rule().equals("unsubscribed"));
  }

  @Test
  void attribute_unreadable_isReportedWithItsType() {
    Rule rule =
        on("video", 5).where(new Condition.InRange("seconds", points(30), null)).as("video");
    Score score =
        Model.of(dimension("engagement", rule))
            .score(
                did(
                    activity("video", NOW, "seconds", "long"),
                    activity("video", NOW, "seconds", "31")),
                NOW);
    assertThat(score.unreadable()).containsExactly("video.seconds");
    assertThat(score.total()).isEqualTo(5);
  }

  @Test
  void window_ofARule_excludesItsFarEnd() {
    Model model = Model.of(dimension("engagement", on("call", 5).within(DAY).as("call")));
    assertThat(model.score(did(activity("call", NOW - DAY + 1)), NOW).total()).isEqualTo(5);
    assertThat(model.score(did(activity("call", NOW - DAY)), NOW).total()).isZero();
  }

  @Test
  void activity_fromTheFuture_hasAgeZero() {
    Model model =
        Model.of(dimension("engagement", on("call", 8).halfLife(DAY).within(DAY).as("call")));
    assertThat(model.score(did(activity("call", NOW + 10 * DAY)), NOW).total()).isEqualTo(8);
  }

  @Test
  void limit_ofARule_boundsTheSumAfterDecay() {
    Model model = Model.of(dimension("engagement", on("call", 8).halfLife(DAY).limit(10).as("c")));
    Activity[] twice = {activity("call", NOW), activity("call", NOW - DAY)};
    assertThat(ledger(model.score(did(twice), NOW))).containsExactly("c 10");
    assertThat(ledger(model.score(did(twice), NOW + DAY))).containsExactly("c 6");
  }

  @Test
  void limit_ofNegativePoints_isAFloor() {
    Model model =
        Model.of(dimension("engagement", on("bounce", -8).limit(-10).as("b"))).total(-100, 100);
    Score score = model.score(did(activity("bounce", NOW), activity("bounce", NOW - 1)), NOW);
    assertThat(ledger(score)).containsExactly("b -10");
  }

  @Test
  void distinct_activities_countTheNewestOfEachValue() {
    Model model =
        Model.of(dimension("engagement", on("mail", 8).halfLife(DAY).distinct("mail").as("m")));
    Score score =
        model.score(
            did(
                activity("mail", NOW - DAY, "mail", "A"),
                activity("mail", NOW - 2 * DAY, "mail", " a "),
                activity("mail", NOW, "mail", "B"),
                activity("mail", NOW - 3 * DAY),
                activity("mail", NOW - 4 * DAY, "mail", "")),
            NOW);
    assertThat(ledger(score)).containsExactly("m 13");
  }

  @Test
  void atMost_ofADay_countsTheNewestOfEachUtcDay() {
    Model model = Model.of(dimension("engagement", on("view", 1).atMost(2).as("v")));
    Subject subject =
        did(
            activity("view", at("2026-11-20T00:00:00Z")),
            activity("view", at("2026-11-20T12:00:00Z")),
            activity("view", at("2026-11-20T23:59:59.999Z")),
            activity("view", at("2026-11-21T00:00:00Z")),
            activity("view", at("2026-11-19T23:59:59.999Z")));
    assertThat(model.score(subject, NOW).total()).isEqualTo(4);
  }

  @Test
  void activity_givenTwice_countsOnce() {
    Model model = Model.of(dimension("engagement", on("view", 1).as("v")));
    Subject subject =
        did(
            activity("view", NOW, "url", "a"),
            activity("view", NOW, "url", "b"),
            activity("view", NOW, "url", "a"));
    assertThat(model.score(subject, NOW).total()).isEqualTo(2);
  }

  @Test
  void silence_setsInAfterItsSpan_sinceTheLatestOfActivityAndFirstSight() {
    Model model =
        Model.of(
                dimension(
                    "engagement",
                    on("call", 0).as("call"),
                    Samples.silence("silent", 90 * DAY, points(-10))))
            .total(-100, 100);
    Activity call = activity("call", NOW - 90 * DAY);
    Activity other = activity("not_read", NOW);

    assertThat(model.score(did(call, other), NOW).total()).isEqualTo(-10);
    assertThat(model.score(did(call, other), NOW - 1).total()).isZero();
    Subject fresh = new Subject(Map.of(), List.of(call), NOW - DAY);
    assertThat(model.score(fresh, NOW).total()).isZero();
    assertThat(model.score(fresh, NOW + 89 * DAY).total()).isEqualTo(-10);
  }

  @Test
  void disqualified_contact_keepsPointsAndHasTheLowestLabelAndNoSegment() {
    Model model =
        Model.of(dimension("fit", when("a", is("x", "1"), 80)))
            .disqualifier(
                "rival", new Condition.MailDomain("email", Set.of("rival.example")), "rival")
            .label("hot", 70, 60)
            .label("warm", 40, 30)
            .label("cold", 0, 0)
            .segment("all", null, null);

    Evaluation free = model.evaluate(who("x", "1", "email", "a@b.example"), NOW);
    assertThat(free.decision().label()).isEqualTo("hot");
    assertThat(free.segment()).isEqualTo("all");

    Evaluation out = model.evaluate(who("x", "1", "email", "a@sales.rival.example"), NOW);
    assertThat(out.score().total()).isEqualTo(80);
    assertThat(out.score().disqualified()).containsExactly("rival");
    assertThat(out.decision().label()).isEqualTo("cold");
    assertThat(out.segment()).isNull();
    assertThat(out.next()).isNull();
  }

  @Test
  void grade_isTheCellOfLetterAndDigit() {
    ModelDefinition.GradeScale letters =
        new ModelDefinition.GradeScale(
            "fit",
            List.of(
                new ModelDefinition.GradeStep("A", points(20)),
                new ModelDefinition.GradeStep("B", points(10)),
                new ModelDefinition.GradeStep("C", points(0))));
    ModelDefinition.GradeScale digits =
        new ModelDefinition.GradeScale(
            "engagement",
            List.of(
                new ModelDefinition.GradeStep("1", points(5)),
                new ModelDefinition.GradeStep("2", points(0))));
    ModelDefinition.Dimension fit = dimension("fit", when("a", is("x", "1"), 10));
    ModelDefinition.Dimension engagement =
        dimension("engagement", on("call", 5).halfLife(DAY).as("call"));
    Model both = Model.of(fit, engagement).grade(new ModelDefinition.GradeGrid(letters, digits));
    Model one = Model.of(fit, engagement).grade(new ModelDefinition.GradeGrid(letters, null));

    Subject subject = subject(Map.of("x", "1"), activity("call", NOW));
    assertThat(both.score(subject, NOW).grade()).isEqualTo("B1");
    assertThat(both.score(subject, NOW + HOUR).grade()).isEqualTo("B2");
    assertThat(both.score(who("x", "2"), NOW).grade()).isEqualTo("C2");
    assertThat(one.score(subject, NOW).grade()).isEqualTo("B");
    assertThat(Model.of(fit).score(subject, NOW).grade()).isNull();
  }

  @Test
  void segment_firstThatMatches_isTheContacts() {
    Model model =
        Model.of(dimension("fit", when("a", is("x", "1"), 30), when("b", is("y", "1"), 20)))
            .label("warm", 40, 30)
            .label("cold", 0, 0)
            .segment("case-study", "warm", Samples.atLeast("fit", 50))
            .segment("webinars", "warm", null)
            .segment("some", null, new PointsCondition.Any(List.of(Samples.atLeast(null, 20))));

    assertThat(model.evaluate(who("x", "1", "y", "1"), NOW).segment()).isEqualTo("case-study");
    assertThat(model.evaluate(who("x", "1"), NOW).segment()).isEqualTo("some");
    assertThat(model.evaluate(who("z", "1"), NOW).segment()).isNull();
  }

  @Test
  void model_knowsWhatItReads() {
    ScoringModel model = b2b().compiled();
    assertThat(model.name()).isEqualTo("sample");
    assertThat(model.properties())
        .containsExactly("company.employees", "email", "emailOptOut", "title");
    assertThat(model.activityTypes()).containsExactly("page_view", "webinar_attended");
  }
}
