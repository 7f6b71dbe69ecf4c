package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.HOUR;
import static io.leadgauge.scoring.Samples.NOW;
import static io.leadgauge.scoring.Samples.activity;
import static io.leadgauge.scoring.Samples.did;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.is;
import static io.leadgauge.scoring.Samples.on;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.reasons;
import static io.leadgauge.scoring.Samples.when;
import static io.leadgauge.scoring.Samples.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Activity;
import io.leadgauge.scoring.Samples.Model;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reasons as salespeople read them. */
final class WordingTest {
  private static final Condition TITLE =
      new Condition.TitleSeniority("title", Set.of(Seniority.VP));
  private static final Condition SIZE =
      new Condition.InRange("company.employees", points(50), points(500));
  private static final Subject CONTACT =
      who(
          "title", " VP  Sales ",
          "company.employees", "250",
          "email", "Jo@Mail.Example",
          "emailOptOut", "TRUE",
          "country", "Germany",
          "crm:hs_lead_source", "Web",
          "phone", "+49 1",
          "revenue", "n/a");

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of(TITLE, "Title is VP Sales (vp)"),
        Arguments.of(SIZE, "Company employees is 250"),
        Arguments.of(is("country", "germany"), "Country is Germany"),
        Arguments.of(is("crm:hs_lead_source", "WEB"), "Hs lead source is Web"),
        Arguments.of(new Condition.Is("emailOptOut", true), "Email opt out is yes"),
        Arguments.of(new Condition.Present("phone"), "Phone is known"),
        Arguments.of(new Condition.Missing("budget"), "Budget is not known"),
        Arguments.of(new Condition.Like("country", List.of("g*")), "Country is Germany"),
        Arguments.of(
            new Condition.MailDomain("email", Set.of("example")), "Email is at mail.example"),
        Arguments.of(new Condition.Not(is("country", "France")), "Country is Germany"),
        Arguments.of(new Condition.Not(is("city", "Rome")), "City is not known"),
        Arguments.of(
            new Condition.Not(new Condition.InRange("revenue", 0L, null)),
            "Revenue cannot be read: n/a"),
        Arguments.of(
            new Condition.All(List.of(TITLE, SIZE)),
            "Title is VP Sales (vp) and Company employees is 250"),
        Arguments.of(
            new Condition.Any(List.of(is("country", "France"), SIZE, TITLE)),
            "Company employees is 250"),
        Arguments.of(
            new Condition.Not(
                new Condition.Any(List.of(is("country", "France"), is("title", "CEO")))),
            "Country is Germany and Title is VP Sales"),
        Arguments.of(
            new Condition.Not(new Condition.All(List.of(TITLE, is("country", "France")))),
            "Country is Germany"));
  }

  @ParameterizedTest
  @MethodSource("conditions")
  void reason_ofACondition_saysTheFactsItRestsOn(Condition condition, String reason) {
    Score score = Model.of(dimension("fit", when("a", condition, 5))).score(CONTACT, NOW);
    assertThat(reasons(score)).containsExactly(reason);
  }

  static Stream<Arguments> activities() {
    Condition pricing = new Condition.Like("url", List.of("*/pricing*", "*/plans*"));
    Condition both =
        new Condition.All(
            List.of(
                pricing,
                new Condition.Any(
                    List.of(
                        new Condition.InRange("seconds", points(30), null),
                        new Condition.Missing("seconds"))),
                new Condition.Not(new Condition.Is("bot", true))));
    return Stream.of(
        Arguments.of(on("page_view", 5).as("a"), "Page view 2 times"),
        Arguments.of(on("page_view", 5).within(HOUR).as("a"), "Page view once in the last hour"),
        Arguments.of(
            on("page_view", 5).where(pricing).within(14 * DAY).as("a"),
            "Page view (url matches */pricing* or */plans*) 2 times in the last 14 days"),
        Arguments.of(
            on("page_view", 5).where(both).as("a"),
            "Page view (url matches */pricing* or */plans* and (seconds is at least 30 or seconds"
                + " is not known) and not bot is yes) 2 times"),
        Arguments.of(on("page_view", 5).limit(8).as("a"), "Page view 2 times, limited to 8 points"),
        Arguments.of(on("page_view", 5).limit(10).as("a"), "Page view 2 times"),
        Arguments.of(
            on("page_view", -5).limit(-8).as("a"), "Page view 2 times, limited to -8 points"),
        Arguments.of(on("page_view", 5).distinct("url").as("a"), "Page view once, each url once"),
        Arguments.of(
            on("page_view", 5).atMost(3).halfLife(30 * DAY).as("a"),
            "Page view 2 times, at most 3 a day, halving every 30 days"));
  }

  @ParameterizedTest
  @MethodSource("activities")
  void reason_ofAnActivityRule_saysHowOften(Rule rule, String reason) {
    Activity[] views = {
      activity("page_view", NOW, "url", "https://x.example/pricing"),
      activity("page_view", NOW - DAY, "url", "https://x.example/pricing")
    };
    Score score = Model.of(dimension("engagement", rule)).total(-100, 100).score(did(views), NOW);
    assertThat(reasons(score)).startsWith(reason);
  }

  @Test
  void reason_ofDecayedPoints_saysNothingThatTimeChanges() {
    Rule rule = on("page_view", 10).halfLife(DAY).limit(15).as("a");
    Model model = Model.of(dimension("engagement", rule));
    Subject subject = did(activity("page_view", NOW), activity("page_view", NOW - HOUR));
    Score fresh = model.score(subject, NOW);
    Score faded = model.score(subject, NOW + 2 * DAY);
    assertThat(faded.total()).isLessThan(fresh.total());
    assertThat(reasons(faded)).startsWith(reasons(fresh).getFirst());
    assertThat(faded.reasons()).isEqualTo(fresh.reasons());
  }

  @Test
  void reason_ofSilence_saysHowLong() {
    Rule rule = Samples.silence("a", 90 * DAY, points(3));
    assertThat(reasons(Model.of(dimension("engagement", rule)).score(who(), NOW)))
        .containsExactly("No activity for at least 90 days");
  }

  @Test
  void reason_ofALongValue_isCutAndOneLine() {
    String note = "one\n\ttwo " + "x".repeat(100);
    Score score =
        Model.of(dimension("fit", when("a", new Condition.Like("note", List.of("one*")), 5)))
            .score(who("note", note), NOW);
    assertThat(reasons(score)).containsExactly("Note is one two " + "x".repeat(52) + "…");
  }

  @ParameterizedTest
  @CsvSource({
    "company.employees, Company employees",
    "emailOptOut, Email opt out",
    "page_view, Page view",
    "crm:jobtitle, Jobtitle",
    "annualRevenueUSD, Annual revenue USD",
    "_, _",
  })
  void name_ofAProperty_isWrittenAsWords(String name, String words) {
    assertThat(Wording.capitalised(name)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "86400000, 1 day",
    "1209600000, 14 days",
    "129600000, 36 hours",
    "5400000, 90 minutes",
    "45000, 45 seconds",
    "1500, 1500 milliseconds",
  })
  void span_isInItsLargestWholeUnit(long span, String words) {
    assertThat(Wording.span(span)).isEqualTo(words);
  }

  @Test
  void line_ofReasons_namesThreeForAndThreeAgainst() {
    Score score =
        Model.of(
                dimension(
                    "fit",
                    when("a", is("x", "1"), 5),
                    when("b", is("b", "1"), 9),
                    when("c", is("c", "1"), 7),
                    when("d", is("d", "1"), 9),
                    when("e", is("e", "1"), -2),
                    when("f", is("f", "1"), -4)))
            .score(who("x", "1", "b", "1", "c", "1", "d", "1", "e", "1", "f", "1"), NOW);
    assertThat(score.reasons()).isEqualTo("+9 B is 1; +9 D is 1; +7 C is 1; -4 F is 1; -2 E is 1");
  }

  @Test
  void line_ofReasons_ordersFadingRulesByTheirPointsBeforeDecay() {
    Rule webinar = on("webinar", 15).halfLife(DAY).as("webinar");
    Model model = Model.of(dimension("all", when("title", TITLE, 10), webinar));
    Subject subject =
        new Subject(CONTACT.properties(), List.of(activity("webinar", NOW)), CONTACT.knownSince());
    String line = "+ Webinar once, halving every day; +10 Title is VP Sales (vp)";
    assertThat(model.score(subject, NOW).reasons()).isEqualTo(line);
    assertThat(model.score(subject, NOW + 4 * DAY).reasons()).isEqualTo(line);
    assertThat(model.score(subject, NOW + 5 * DAY).reasons())
        .as("15 / 32 is less than half a point")
        .isEqualTo("+10 Title is VP Sales (vp)");
  }
}
