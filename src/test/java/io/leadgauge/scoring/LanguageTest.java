package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.HOUR;
import static io.leadgauge.scoring.Samples.NOW;
import static io.leadgauge.scoring.Samples.activity;
import static io.leadgauge.scoring.Samples.atLeast;
import static io.leadgauge.scoring.Samples.did;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.is;
import static io.leadgauge.scoring.Samples.ledger;
import static io.leadgauge.scoring.Samples.on;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.reasons;
import static io.leadgauge.scoring.Samples.when;
import static io.leadgauge.scoring.Samples.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision;
import io.leadgauge.scoring.Samples.Model;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each word of the language gives, computed by hand. */
final class LanguageTest {
  private static final long PERCENT = FixedPoint.ONE / 100;

  private static long total(Rule rule, Subject subject, long at) {
    return Model.of(dimension("all", rule)).total(-1000, 1000).score(subject, at).total();
  }

  private static Subject calls(long... ages) {
    Activity[] calls = new Activity[ages.length];
    for (int i = 0; i < ages.length; i++) {
      calls[i] = activity("call", NOW - ages[i], "who", "w" + i);
    }
    return did(calls);
  }

  // Values and conditions

  @ParameterizedTest
  @CsvSource({"crm, 7", "CRM;mail, 7", "mail; crm , 7", "crmx, 0", "mail, 0", ";, 0"})
  void includes_oneOfTheList_holds(String value, long expected) {
    Rule rule = when("a", new Condition.Includes("x", Set.of("Crm")), 7);
    assertThat(total(rule, who("x", value), NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"VP of Sales, 7", "Sales VP, 0", "vpx, 0"})
  void regex_findsSomewhereInAnyCase(String value, long expected) {
    Rule rule = when("a", new Condition.Matches("x", "^vp\\b"), 7);
    assertThat(total(rule, who("x", value), NOW)).isEqualTo(expected);
  }

  @Test
  void regex_thatExplodesElsewhere_isDecided() {
    Rule rule = when("a", new Condition.Matches("x", "^(a+)+$"), 7);
    assertThat(total(rule, who("x", "a".repeat(900)), NOW)).isEqualTo(7);
    assertThat(total(rule, who("x", "a".repeat(900) + "!"), NOW)).isZero();
  }

  @Test
  void regex_beyondTheFirstThousandCharacters_isNotLookedFor() {
    Rule rule = when("a", new Condition.Matches("x", "needle"), 7);
    assertThat(total(rule, who("x", "-".repeat(994) + "needle"), NOW)).isEqualTo(7);
    assertThat(total(rule, who("x", "-".repeat(995) + "needle"), NOW)).isZero();
  }

  @Test
  void listed_byMembership() {
    Rule rule = when("a", new Condition.Listed("vip"), 7);
    assertThat(total(rule, who("list:vip", "true"), NOW)).isEqualTo(7);
    assertThat(total(rule, who("list:vip", "false"), NOW)).isZero();
    assertThat(total(rule, who(), NOW)).isZero();
  }

  @Test
  void aged_turnsAtTheMillisecond_andValidUntilTellsIt() {
    Model model =
        Model.of(dimension("all", when("a", new Condition.Aged("x", -7 * DAY, 30 * DAY), 7)));
    String date = Instant.ofEpochMilli(NOW).toString();
    long begins = NOW - 7 * DAY;
    long ends = NOW + 30 * DAY;
    assertThat(model.score(who("x", date), begins - 1).total()).isZero();
    assertThat(model.score(who("x", date), begins).total()).isEqualTo(7);
    assertThat(model.score(who("x", date), ends - 1).total()).isEqualTo(7);
    assertThat(model.score(who("x", date), ends).total()).isZero();
    assertThat(model.evaluate(who("x", date), begins - DAY).validUntil()).isEqualTo(begins);
    assertThat(model.evaluate(who("x", date), begins).validUntil()).isEqualTo(ends);
    assertThat(model.evaluate(who("x", date), ends).validUntil()).isEqualTo(Long.MAX_VALUE);
    assertThat(model.score(who("x", "soon"), NOW).unreadable()).containsExactly("x");
  }

  @Test
  void byValue_theValueOtherOrMissing() {
    Rule rule = new Rule.ByValue("a", "x", values(), points(2), points(-1), null);
    assertThat(total(rule, who("x", " SOFTWARE "), NOW)).isEqualTo(10);
    assertThat(total(rule, who("x", "farming"), NOW)).isEqualTo(2);
    assertThat(total(rule, who("x", " "), NOW)).isEqualTo(-1);
  }

  private static SequencedMap<String, Long> values() {
    return new LinkedHashMap<>(Map.of("Software", points(10), "retail", points(5)));
  }

  // Activities

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 5", "2, 5", "3, 12", "9, 12"})
  void byCount_theBandOfTheCount(int count, long expected) {
    Rule rule =
        on("call", 0)
            .byCount(
                new Rule.Band(points(1), points(3), points(5)),
                new Rule.Band(points(3), null, points(12)))
            .as("a");
    long[] ages = new long[count];
    for (int i = 0; i < count; i++) {
      ages[i] = i * HOUR;
    }
    assertThat(total(rule, calls(ages), NOW)).isEqualTo(expected);
  }

  @Test
  void byCount_withDecay_fadesFromTheNewest() {
    Rule rule =
        on("call", 0)
            .byCount(new Rule.Band(points(2), null, points(16)))
            .halfLife(DAY)
            .within(10 * DAY)
            .as("a");
    assertThat(total(rule, calls(2 * DAY, 8 * DAY), NOW)).isEqualTo(4);
    assertThat(total(rule, calls(DAY, 10 * DAY), NOW)).as("one is outside").isZero();
  }

  @Test
  void byCount_windowThatSlides_isValidUntilTheCountFalls() {
    Model model =
        Model.of(
            dimension(
                "all",
                on("call", 0)
                    .byCount(
                        new Rule.Band(points(1), points(2), points(20)),
                        new Rule.Band(points(2), null, points(8)))
                    .within(10 * DAY)
                    .as("a")));
    Subject subject = calls(DAY, 4 * DAY);
    assertThat(model.score(subject, NOW).total()).isEqualTo(8);
    assertThat(model.evaluate(subject, NOW).validUntil()).isEqualTo(NOW + 6 * DAY);
    assertThat(model.score(subject, NOW + 6 * DAY).total()).isEqualTo(20);
  }

  @Test
  void once_theNewestCounts() {
    assertThat(total(on("call", 8).once().halfLife(DAY).as("a"), calls(3 * DAY, DAY), NOW))
        .isEqualTo(4);
  }

  @Test
  void linear_fallsEvenlyToNothing() {
    Rule rule = on("call", 90).decay(new Decay.Linear(90 * DAY)).as("a");
    assertThat(total(rule, calls(0), NOW)).isEqualTo(90);
    assertThat(total(rule, calls(30 * DAY), NOW)).isEqualTo(60);
    assertThat(total(rule, calls(90 * DAY), NOW)).isZero();
    assertThat(total(rule, calls(200 * DAY), NOW)).isZero();
  }

  @Test
  void steps_fromTheirAgeOn() {
    Decay steps =
        new Decay.Steps(
            List.of(new Decay.Step(7 * DAY, 50 * PERCENT), new Decay.Step(30 * DAY, 0)));
    Rule rule = on("call", 10).decay(steps).as("a");
    assertThat(total(rule, calls(7 * DAY - 1), NOW)).isEqualTo(10);
    assertThat(total(rule, calls(7 * DAY), NOW)).isEqualTo(5);
    assertThat(total(rule, calls(30 * DAY), NOW)).isZero();
  }

  // Discounts

  @Test
  void discount_ofEverything_makesItNeverHappen() {
    Model model =
        Model.of(
                dimension(
                    "all",
                    on("open", 10).as("open"),
                    Samples.silence("silent", 5 * DAY, points(-3))))
            .total(-10, 100)
            .discount("proxy", "open", is("agent", "proxy"), null, 0);
    Subject subject = did(activity("open", NOW, "agent", "proxy"), activity("open", NOW - 9 * DAY));
    assertThat(ledger(model.score(subject, NOW))).containsExactly("open 10", "silent -3");
  }

  @Test
  void discount_afterAnother_countsAShare() {
    Model model =
        Model.of(dimension("all", on("click", 10).as("click")))
            .discount(
                "scanner",
                "click",
                null,
                new ModelDefinition.After("delivered", 1_000, "mail"),
                20 * PERCENT);
    Subject subject =
        did(
            activity("delivered", NOW - DAY, "mail", "a"),
            activity("click", NOW - DAY + 999, "mail", "A"),
            activity("click", NOW - DAY + 1_000, "mail", "a"),
            activity("click", NOW - DAY + 5, "mail", "b"));
    assertThat(model.score(subject, NOW).total()).isEqualTo(2 + 10 + 10);
  }

  // Dimensions, labels, who is scored

  @Test
  void weight_isALineOfItsOwn() {
    ModelDefinition.Dimension half =
        new ModelDefinition.Dimension(
            "fit", null, points(25), 50 * PERCENT, List.of(when("a", is("x", "1"), 31)));
    Score score = Model.of(half).score(who("x", "1"), NOW);
    assertThat(ledger(score))
        .containsExactly("a 31", "_limit:fit -6", "_weight:fit -12.5", "_rounding -0.5");
    assertThat(reasons(score)).contains("Fit counts 50%");
    assertThat(score.dimensions()).containsEntry("fit", points(25));
  }

  @Test
  void gate_keepsALabelClosed() {
    Model model =
        Model.of(
                dimension("budget", when("b", is("b", "1"), 10)),
                dimension("need", when("n", is("n", "1"), 60)))
            .label("hot", 50, 40, atLeast("budget", 7))
            .label("cold", 0, 0);
    Evaluation closed = model.evaluate(who("n", "1"), NOW);
    assertThat(closed.decision().label()).isEqualTo("cold");
    assertThat(closed.next()).isEqualTo(new Evaluation.NextLabel("hot", 0, atLeast("budget", 7)));
    assertThat(model.evaluate(who("n", "1", "b", "1"), NOW).decision().label()).isEqualTo("hot");
  }

  @Test
  void audience_whoIsOutside_hasNothing() {
    Model model =
        Model.of(dimension("all", when("a", is("x", "1"), 50)))
            .audience(is("kind", "lead"))
            .label("hot", 50, 40)
            .label("cold", 0, 0)
            .segment("all", null, null);
    Evaluation outside = model.evaluate(who("x", "1"), NOW);
    assertThat(outside.score().scored()).isFalse();
    assertThat(outside.score().contributions()).isEmpty();
    assertThat(outside.decision().label()).isNull();
    assertThat(outside.segment()).isNull();
    assertThat(outside.next()).isNull();
    Evaluation inside = model.evaluate(who("x", "1", "kind", "lead"), NOW);
    assertThat(inside.score().total()).isEqualTo(50);
    assertThat(inside.decision().label()).isEqualTo("hot");
  }

  // Outlook

  @Test
  void outlook_rulesThatAloneReachTheNextLabel() {
    Model model =
        Model.of(
                dimension(
                    "all",
                    when("a", is("x", "1"), 30),
                    when("small", is("y", "1"), 5),
                    when("big", is("z", "1"), 40),
                    on("call", 12).limit(20).as("call")))
            .label("hot", 40, 30)
            .label("cold", 0, 0);
    Contact contact = model.compiled().read(who("x", "1"));
    Decision decision = contact.evaluate(Decision.NONE, StageInCrm.NONE, NOW).decision();
    assertThat(contact.outlook(decision, NOW).ways())
        .containsExactly(new Outlook.Way("call", points(12)), new Outlook.Way("big", points(40)));
  }

  @Test
  void outlook_labelUntil_isTheMillisecondOfALowerOne() {
    Model model =
        Model.of(dimension("all", on("call", 80).halfLife(10 * DAY).as("call")))
            .label("hot", 70, 40)
            .label("cold", 0, 0);
    ScoringModel compiled = model.compiled();
    Contact contact = compiled.read(calls(0));
    Decision hot = contact.evaluate(Decision.NONE, StageInCrm.NONE, NOW).decision();
    long until = contact.outlook(hot, NOW).labelUntil();
    assertThat(contact.evaluate(hot, StageInCrm.NONE, until - 1).decision().label())
        .isEqualTo("hot");
    assertThat(contact.evaluate(hot, StageInCrm.NONE, until).decision().label()).isEqualTo("cold");
    assertThat(until).isBetween(NOW + 10 * DAY, NOW + 11 * DAY);
    assertThat(contact.outlook(hot, NOW + 3 * DAY).labelUntil()).isEqualTo(until);
  }

  // Sentences

  @Test
  void reason_ofTheManifest_takesThePlaceOfTheMadeOne() {
    Model model =
        Model.of(
            dimension(
                "all",
                new Rule.OnProperty("a", is("x", "1"), points(5), "Comes from {value}"),
                on("call", 3).reason("Called {times}, {count} in all").as("b")));
    Subject subject = new Subject(Map.of("x", "1"), calls(0, 5).activities(), NOW);
    assertThat(reasons(model.score(subject, NOW)))
        .containsExactly("Comes from 1", "Called 2 times, 2 in all");
  }
}
