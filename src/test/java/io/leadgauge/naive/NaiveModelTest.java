package io.leadgauge.naive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every section of docs/language.md by an example that was computed by hand. */
class NaiveModelTest {
  private static final long NOW = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
  private static final long DAY = 86_400_000;

  private static NaiveScore score(String spec, String contact) {
    return NaiveModel.of("spec: " + spec).score(contact, NOW);
  }

  private static NaiveScore byRule(String rule, String contact) {
    return score("{ dimensions: { d: { rules: [ { id: r, " + rule + " } ] } } }", contact);
  }

  private static long given(String rule, String contact) {
    return byRule(rule, contact).contributions().getOrDefault("r", 0L);
  }

  private static boolean holds(String test, String value) {
    return given(
            "when: { property: p, " + test + " }, points: 1",
            "properties: { p: \"" + value + "\" }")
        == 1_000_000;
  }

  private static String activities(String... ages) {
    StringBuilder text = new StringBuilder("activities: [");
    for (String age : ages) {
      boolean future = age.startsWith("-");
      long millis = Amounts.span(future ? age.substring(1) : age);
      text.append("{ type: a, at: \"")
          .append(Instant.ofEpochMilli(NOW - (future ? -millis : millis)))
          .append("\" }, ");
    }
    return text.append("]").toString();
  }

  // Conditions

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          in: [IT, Sales]                |  sales  | true
          in: [IT, Sales]                | salesman| false
          is: true                       | TRUE    | true
          is: false                      | no      | false
          like: '*soft*'                 | Microsoft Inc | true
          like: ['a?', 'b']              | AB      | true
          like: 'a?'                     | a       | false
          regex: '^s.les$'               | Sales   | true
          range: '50..<500'              | 50      | true
          range: '50..<500'              | 499.9999999 | true
          range: '50..<500'              | 500     | false
          range: '50..<500'              | 5e2     | false
          range: '-5..'                  | -5.0000001 | false
          ago: '7d..<30d'                | 2026-10-25 | true
          ago: '7d..<30d'                | 2026-10-25T00:00:00.001Z | false
          ago: '..<30d'                  | 2026-11-02 | false
          ago: '..<30d'                  | 2026-11-01 | true
          ago: '..<30d'                  | 2026-10-02 | false
          ahead: '..<30d'                | 2026-11-01 | false
          ahead: '..<30d'                | 2026-11-30T23:59:59Z | true
          ahead: '..<30d'                | 2026-12-01 | false
          includes: [b]                  | a; B ;c | true
          includes: [b]                  | ab;c    | false
          domain: x.example              | me@mail.x.example | true
          domain: x.example              | me@maxx.example | false
          domain: x.example              | me@@x.example | false
          mailbox: [free, student]       | me@gmail.com | true
          mailbox: business              | me@acme.example | true
          mailbox: business              | me      | false
          seniority: [c-level, vp]       | VP Sales | true
          department: sales              | VP Sales | true
          country: dach                  | Austria | false
          country: [dach]                | Deutschland | true
          present: true                  | x       | true
          missing: true                  | x       | false
          """)
  void test_holdsAsTheTableSays(String test, String value, boolean expected) {
    assertThat(holds(test, value)).isEqualTo(expected);
  }

  @Test
  void missingValue_satisfiesMissingAloneAndEveryNot() {
    assertThat(holds("missing: true", "  ")).isTrue();
    assertThat(holds("like: '*'", "  ")).isFalse();
    assertThat(given("when: { not: { property: p, like: '*' } }, points: 1", "properties: {}"))
        .isEqualTo(1_000_000);
  }

  @Test
  void regex_beyondThousandCharacters_isNotFound() {
    assertThat(holds("regex: sales", "x".repeat(995) + "sales")).isTrue();
    assertThat(holds("regex: sales", "x".repeat(996) + "sales")).isFalse();
  }

  @Test
  void unreadableValue_isListedAndStillPresent() {
    NaiveScore score =
        byRule(
            "when: { any: [ { property: p, range: 5.. }, { property: p, present: true } ] },"
                + " points: 1",
            "properties: { p: many }");
    assertThat(score.unreadable()).containsExactly("p");
    assertThat(score.total()).isEqualTo(1);
  }

  @Test
  void whoIsExcludedOrNotIncluded_isNotScored() {
    String rule = "dimensions: { d: { rules: [ { id: r, when: { list: l }, points: 1 } ] } } }";
    assertThat(score("{ include: { list: l }, " + rule, "lists: [l]").scored()).isTrue();
    assertThat(score("{ include: { list: l }, " + rule, "lists: [m]").scored()).isFalse();
    assertThat(score("{ exclude: { list: l }, " + rule, "lists: [l]").scored()).isFalse();
  }

  // Rules on properties

  @ParameterizedTest
  @CsvSource({"500, 15", "50, 10", "49, 0", "many, 0", "'', -1"})
  void pointsByRange(String value, long expected) {
    String rule = "property: p, points: { 500..: 15, 50..<500: 10, missing: -1 }";
    assertThat(given(rule, "properties: { p: \"" + value + "\" }")).isEqualTo(expected * 1_000_000);
  }

  @ParameterizedTest
  @CsvSource({"SOFTWARE, 10", "retail, 5", "missing, 2", "'', 3"})
  void pointsByText(String value, long expected) {
    String rule = "property: p, points: { software: 10, retail: 5, other: 2, missing: 3 }";
    assertThat(given(rule, "properties: { p: \"" + value + "\" }")).isEqualTo(expected * 1_000_000);
  }

  // Rules on activities

  @Test
  void activity_givesEachTimeButTheSameOnce() {
    assertThat(given("activity: a, points: 8", activities("1d", "1d", "2d", "-1d")))
        .isEqualTo(24_000_000);
  }

  @Test
  void activity_withinAndOnceAndLimit() {
    assertThat(given("activity: a, points: 8, within: 2d", activities("1d", "2d")))
        .isEqualTo(8_000_000);
    assertThat(given("activity: a, points: 8, once: true", activities("1d", "2d")))
        .isEqualTo(8_000_000);
    assertThat(given("activity: a, points: 8, limit: 10", activities("1d", "2d")))
        .isEqualTo(10_000_000);
    assertThat(given("activity: a, points: -8, limit: -10", activities("1d", "2d")))
        .isEqualTo(-10_000_000);
  }

  @Test
  void activity_atMostPerDayTakesTheNewest() {
    String rule = "activity: a, points: 8, atMost: { count: 1, per: day }, decay: { linear: 10d }";
    // 22:00 and 23:00 on the day before, and midnight, which is a day of its own
    assertThat(given(rule, activities("2h", "1h", "-1h"))).isEqualTo(8_000_000 + 8 * 995_833);
  }

  @Test
  void activity_distinctTakesTheNewestOfEachValueAndOneWithout() {
    String contact =
        """
        activities:
          - { type: a, at: 2026-10-31, title: X }
          - { type: a, at: 2026-10-30, title: " x" }
          - { type: a, at: 2026-10-29, title: y }
          - { type: a, at: 2026-10-28 }
          - { type: a, at: 2026-10-27, title: " " }
        """;
    assertThat(given("activity: a, points: 1, distinct: title", contact)).isEqualTo(3_000_000);
  }

  @ParameterizedTest
  @CsvSource({"0, -3", "1, 5", "2, 7", "3, 12", "4, 12"})
  void pointsByCount(int count, long expected) {
    String rule = "activity: a, points: { 0: -3, 1: 5, 2: 7, 3..: 12 }";
    String[] ages =
        java.util.stream.IntStream.rangeClosed(1, count)
            .mapToObj(i -> i + "d")
            .toArray(String[]::new);
    assertThat(given(rule, activities(ages))).isEqualTo(expected * 1_000_000);
  }

  @Test
  void pointsByCount_decayByTheNewest() {
    String rule = "activity: a, points: { 1..: 5 }, decay: { halfLife: 30d }";
    assertThat(given(rule, activities("60d", "30d"))).isEqualTo(2_500_000);
  }

  // Decay

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          none                              | 400 | 1000000
          { halfLife: 30d }                 | 0   | 1000000
          { halfLife: 30d }                 | 30  | 500000
          { halfLife: 30d }                 | 15  | 707107
          { halfLife: 30d }                 | 45  | 353553
          { halfLife: 30d }                 | 10  | 793701
          { halfLife: 1d }                  | 20  | 1
          { halfLife: 1d }                  | 21  | 0
          { linear: 90d }                   | 30  | 666667
          { linear: 90d }                   | 90  | 0
          { linear: 90d }                   | 91  | 0
          { steps: { 7d: 50%, 30d: 0% } }   | 6   | 1000000
          { steps: { 7d: 50%, 30d: 0% } }   | 7   | 500000
          { steps: { 7d: 50%, 30d: 0% } }   | 30  | 0
          { lose: 40%, every: 30d }         | 29  | 1000000
          { lose: 40%, every: 30d }         | 60  | 200000
          { lose: 40%, every: 30d }         | 90  | 0
          { expire: 30d }                   | 29  | 1000000
          { expire: 30d }                   | 30  | 0
          """)
  void decay_leavesTheShareOfTheTable(String decay, long days, long share) {
    assertThat(NaiveDecay.share(Plain.of("decay: " + decay), days * DAY)).isEqualTo(share);
  }

  @Test
  void decayOfADimension_isThatOfRulesWithoutTheirOwn() {
    String spec =
        "{ dimensions: { d: { decay: { expire: 1d }, rules: [ { id: own, activity: a, points: 1,"
            + " decay: none }, { id: its, activity: a, points: 1 } ] } } }";
    assertThat(score(spec, activities("1d")).contributions()).containsOnlyKeys("own");
  }

  // Discounts and silence

  private static final String SCANNED =
      "{ dimensions: { d: { rules: [ { id: r, activity: click, points: 5 }, { id: quiet, silentFor:"
          + " 90d, points: -1 } ] } }, total: { min: -10 }, discount: [ { id: s, activity: click,"
          + " after: { activity: sent, within: 1s, same: mail }, to: %s } ] }";

  private static String clickAfter(String delay, String mail) {
    return "knownSince: 2026-01-01\n"
        + "activities: [ { type: sent, at: 2026-10-30, mail: 1 }, { type: click, at:"
        + " \"2026-10-30T00:00:"
        + delay
        + "Z\", mail: "
        + mail
        + " } ]";
  }

  @Test
  void discount_appliesToWhatFollowsWithinAndWithTheSame() {
    String spec = String.format(SCANNED, "20%");
    assertThat(score(spec, clickAfter("00", "1")).total()).isEqualTo(1);
    assertThat(score(spec, clickAfter("00.999", "1")).total()).isEqualTo(1);
    assertThat(score(spec, clickAfter("00.999", "2")).total()).isEqualTo(5);
    assertThat(score(spec, clickAfter("00.999", "\" \"")).total()).isEqualTo(5);
    assertThat(score(spec, clickAfter("01", "1")).total()).isEqualTo(5);
  }

  @Test
  void discountToNothing_neverHappenedForSilenceToo() {
    assertThat(score(String.format(SCANNED, "0%"), clickAfter("00", "1")).total()).isEqualTo(-1);
    assertThat(score(String.format(SCANNED, "1%"), clickAfter("00", "1")).contributions())
        .containsOnlyKeys("r", "_rounding");
  }

  @Test
  void silence_beginsWithTheLatestOfActivityAndFirstSight() {
    String spec =
        "{ total: { min: -10 }, dimensions: { d: { rules: [ { id: r, activity: a, points: 1 }, {"
            + " id: quiet, silentFor: 30d, points: -3 } ] } } }";
    assertThat(score(spec, activities("30d")).contributions()).containsKey("quiet");
    assertThat(score(spec, activities("29d")).contributions()).doesNotContainKey("quiet");
    assertThat(score(spec, "knownSince: 2026-10-03\n" + activities("30d")).contributions())
        .doesNotContainKey("quiet");
  }

  // Dimensions, total and ledger

  @Test
  void ledger_sumsToTheShownTotal() {
    String spec =
        """
          total: { min: -5, max: 10 }
          dimensions:
            fit: { max: 7, weight: 0.5, rules: [ { id: a, when: { property: p, missing: true }, points: 8.25 } ] }
            need: { weight: 3, rules: [ { id: b, when: { property: p, missing: true }, points: 2.333333 } ] }
        """;
    NaiveScore score = score("\n" + spec, "properties: {}");
    assertThat(score.text())
        .isEqualTo(
            """
            total 10
            dimensions {fit=7000000, need=2333333}
            grade -
            label -
            segment -
            disqualified []
            unreadable []
            _clamp -499999
            _limit:fit -1250000
            _weight:fit -3500000
            _weight:need 4666666
            a 8250000
            b 2333333
            """);
  }

  @Test
  void total_isRoundedHalfEven() {
    assertThat(byRule("when: { property: p, missing: true }, points: 2.5", "{}").total())
        .isEqualTo(2);
    assertThat(byRule("when: { property: p, missing: true }, points: 3.5", "{}").total())
        .isEqualTo(4);
  }

  // Grade, labels and segments

  private static NaiveOutcome outcome(String spec, long fit, long total, boolean disqualified) {
    return new NaiveOutcome(
        Plain.of(spec), java.util.Map.of("fit", fit), total * 1_000_000, disqualified);
  }

  @ParameterizedTest
  @CsvSource({
    "-1000001, F",
    "-1000000, D-",
    "-1, D-",
    "0, D",
    "999999, D",
    "1000000, D+",
    "10000000, A+",
    "99000000, A+"
  })
  void thirds_areALadder(long points, String grade) {
    assertThat(outcome("grade: { thirds: fit }", points, 0, false).grade()).hasValue(grade);
  }

  @Test
  void grade_isLetterThenDigit() {
    String spec =
        "grade: { letters: { dimension: fit, A: 40, B: 20 }, digits: { dimension: fit, 1: 10, 2: 5"
            + " } }";
    assertThat(outcome(spec, 20_000_000, 0, false).grade()).hasValue("B1");
    assertThat(outcome(spec, 19_999_999, 0, false).grade()).hasValue("B1");
    assertThat(outcome(spec, 0, 0, false).grade()).hasValue("B2");
  }

  @ParameterizedTest
  @CsvSource({
    "70, , hot",
    "69, , warm",
    "65, hot, hot",
    "59, hot, warm",
    "35, hot, warm",
    "35, warm, warm",
    "35, cold, cold",
    "35, , cold",
    "65, warm, warm",
    "29, hot, cold"
  })
  void label_isTakenAtEnterAndKeptFromLeave(long total, String held, String label) {
    String spec =
        "labels: { hot: { enter: 70, leave: 60 }, warm: { enter: 40, leave: 30 }, cold: {} }";
    assertThat(outcome(spec, 0, total, false).label(Optional.ofNullable(held))).hasValue(label);
    assertThat(outcome(spec, 0, total, true).label(Optional.ofNullable(held))).hasValue("cold");
  }

  @Test
  void labelAndSegment_holdWhileTheirConditionDoes() {
    String spec =
        "{ labels: { hot: { enter: 10, when: fit >= 5 }, cold: {} }, segments: { s: { label: hot },"
            + " t: { when: total > 20 }, rest: {} } }";
    assertThat(outcome(spec, 5_000_000, 10, false).label(Optional.empty())).hasValue("hot");
    assertThat(outcome(spec, 4_999_999, 10, false).label(Optional.empty())).hasValue("cold");
    assertThat(outcome(spec, 0, 10, false).segment(Optional.of("hot"))).hasValue("s");
    assertThat(outcome(spec, 0, 21, false).segment(Optional.of("cold"))).hasValue("t");
    assertThat(outcome(spec, 0, 20, false).segment(Optional.of("cold"))).hasValue("rest");
    assertThat(outcome(spec, 0, 20, true).segment(Optional.of("cold"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "total >= 10 or fit > 5 and fit > 9, true",
    "(total >= 10 or fit > 5) and fit > 9, false",
    "fit <= 4.999999, false",
    "fit < 5.000001, true",
    "grade >= C, true",
    "grade >= C+, false",
    "grade < C+, true",
    "grade < C, false"
  })
  void conditionOnPoints(String condition, boolean expected) {
    // five points are five thirds above D: D+, C-, C, C+, B-
    String thirds = condition.contains("grade") ? "3000000" : "5000000";
    assertThat(
            outcome("grade: { thirds: fit }", Long.parseLong(thirds), 10, false).holds(condition))
        .isEqualTo(expected);
  }
}
