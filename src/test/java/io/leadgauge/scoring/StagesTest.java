package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.HOUR;
import static io.leadgauge.scoring.Samples.NOW;
import static io.leadgauge.scoring.Samples.atLeast;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.lessThan;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.who;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.ModelDefinition.Recycle;
import io.leadgauge.scoring.ModelDefinition.Stage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dwell, closed stages, the way back, and hand-offs, over points, places and instants. */
final class StagesTest {
  private static final int CLEARED = -1;
  private static final int LEAD = 0;
  private static final int MQL = 1;
  private static final int SQL = 2;
  private static final int CUSTOMER = 3;
  private static final Map<String, Integer> PLACES = Map.of("lead", LEAD, "mql", MQL, "sql", SQL);

  private static final Stage DWELLING =
      new Stage("mql", atLeast(null, 40), lessThan(null, 30), 30 * DAY, 2 * DAY, null, null);

  private static Stage recycling(String name, long enter, PointsCondition when) {
    Recycle recycle = new Recycle("lead", when, 10 * DAY);
    return new Stage(name, atLeast(null, enter), lessThan(null, 30), 30 * DAY, 0, recycle, null);
  }

  private static Stage handing(String name, long enter) {
    ModelDefinition.HandOff handOff =
        new ModelDefinition.HandOff(
            "Call {firstName}", 4 * HOUR, null, "contact-owner", "12345", 20 * DAY);
    return new Stage(name, atLeast(null, enter), lessThan(null, 30), 30 * DAY, 0, null, handOff);
  }

  /** A contact whose total is what the test says, living on from decision to decision. */
  private static final class Life {
    private final ScoringModel model;
    private Decision decision = Decision.NONE;
    private StageInCrm crm = new StageInCrm(LEAD, PLACES);
    private long now = NOW;
    private boolean live = true;

    Life(Stage... stages) {
      Rule.Band[] bands = new Rule.Band[20];
      for (int i = 0; i < bands.length; i++) {
        bands[i] = new Rule.Band(points(5L * (i + 1)), points(5L * (i + 2)), points(5L * (i + 1)));
      }
      Samples.Model model =
          Samples.Model.of(dimension("fit", Samples.byRange("all", "points", List.of(bands), 0)));
      for (Stage stage : stages) {
        model.stage(stage);
      }
      this.model = model.compiled();
    }

    Life after(long span) {
      now += span;
      return this;
    }

    /** People, or the CRM, put it there. */
    Life theirs(int position) {
      crm = new StageInCrm(position, PLACES, false, position == CUSTOMER);
      return this;
    }

    Life ours(int position) {
      crm = new StageInCrm(position, PLACES, true, false);
      return this;
    }

    Life live(boolean is) {
      live = is;
      return this;
    }

    Evaluation evaluate(int total) {
      Subject subject = who("points", Integer.toString(total));
      Evaluation evaluation = model.read(subject).evaluate(decision, crm, now, live);
      decision = evaluation.decision();
      assertThat(model.read(subject).evaluate(decision, crm, now, true).decision())
          .as("deciding again on the same")
          .isEqualTo(decision);
      return evaluation;
    }

    StageMark mark(String stage, int total) {
      return evaluate(total).decision().mark(stage).orElseThrow();
    }

    @Nullable String stage(int total) {
      return evaluate(total).decision().stage();
    }

    @Nullable Recycling recycling(int total) {
      return evaluate(total).decision().recycling();
    }
  }

  // Dwell

  @Test
  void dwell_heldLongEnough_entersToTheMillisecond() {
    Life life = new Life(DWELLING);
    assertThat(life.mark("mql", 40).holdsSince()).isEqualTo(NOW);
    assertThat(life.after(2 * DAY - 1).stage(40)).isNull();
    assertThat(life.after(1).mark("mql", 40))
        .isEqualTo(new StageMark("mql", true, NOW + 2 * DAY, false, 0, false));
  }

  @Test
  void dwell_end_isDue() {
    Life life = new Life(DWELLING);
    assertThat(life.evaluate(40).validUntil()).isEqualTo(NOW + 2 * DAY);
    assertThat(life.after(DAY).evaluate(40).validUntil()).isEqualTo(NOW + 2 * DAY);
    assertThat(life.after(DAY).evaluate(40).validUntil()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"35", "0"})
  void dwell_conditionBroken_beginsAnew(int between) {
    Life life = new Life(DWELLING);
    life.evaluate(40);
    assertThat(life.after(DAY).mark("mql", between).holdsSince()).isZero();
    life.after(DAY).evaluate(40);
    assertThat(life.after(2 * DAY - 1).stage(40)).isNull();
    assertThat(life.after(1).stage(40)).isEqualTo("mql");
  }

  @Test
  void dwell_onceEntered_isNotAskedAgainBetweenLeaveAndEnter() {
    Life life = new Life(DWELLING);
    life.evaluate(40);
    life.after(2 * DAY).evaluate(40);
    assertThat(life.after(DAY).stage(30)).isEqualTo("mql");
    assertThat(life.after(DAY).stage(40)).isEqualTo("mql");
  }

  @Test
  void dwell_andCoolDown_runSideBySide() {
    Life life = new Life(DWELLING);
    life.evaluate(40);
    life.after(2 * DAY).ours(MQL).evaluate(40);
    long vetoedAt = life.after(DAY).theirs(LEAD).mark("mql", 0).vetoedAt();
    assertThat(vetoedAt).isEqualTo(life.now);
    assertThat(life.after(10 * DAY).evaluate(40).validUntil()).isEqualTo(vetoedAt + 30 * DAY);
    assertThat(life.after(20 * DAY).stage(40)).isEqualTo("mql");
  }

  // Closed stages

  @Test
  void closed_stage_proposesNothingAndWithdrawsWhatWas() {
    Life life = new Life(recycling("mql", 40, lessThan(null, 20)));
    assertThat(life.ours(MQL).stage(40)).isEqualTo("mql");
    assertThat(life.theirs(CUSTOMER).stage(100)).isNull();
    assertThat(new Life(DWELLING).theirs(CUSTOMER).mark("mql", 100))
        .isEqualTo(StageMark.none("mql"));
  }

  @Test
  void closed_stage_leftByPeople_isAVetoAllTheSame() {
    Life life = new Life(handing("mql", 40)).ours(MQL);
    life.evaluate(40);
    life.theirs(CUSTOMER).evaluate(40);
    StageMark mark = life.after(DAY).theirs(LEAD).mark("mql", 40);
    assertThat(mark.vetoedAt()).isEqualTo(life.now);
    assertThat(mark.blocked()).isTrue();
  }

  // Recycling

  private static Life atMql() {
    Life life =
        new Life(
            recycling("mql", 40, lessThan(null, 20)), recycling("sql", 70, lessThan(null, 20)));
    life.evaluate(40);
    life.ours(MQL).evaluate(40);
    return life;
  }

  @Test
  void recycling_conditionHeldLongEnough_isProposedToTheMillisecond() {
    Life life = atMql();
    assertThat(life.mark("mql", 10).recycling()).isEqualTo(new Recycling("lead", NOW, false));
    assertThat(life.after(10 * DAY - 1).recycling(10)).isNull();
    assertThat(life.after(1).recycling(10)).isEqualTo(new Recycling("lead", NOW, true));
    assertThat(life.evaluate(10).validUntil()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void recycling_waitedFor_isDueWhenTheSpanEnds() {
    assertThat(atMql().evaluate(10).validUntil()).isEqualTo(NOW + 10 * DAY);
  }

  @Test
  void recycling_conditionBroken_beginsAnew() {
    Life life = atMql();
    life.evaluate(10);
    assertThat(life.after(9 * DAY).mark("mql", 20).recycling()).isNull();
    life.evaluate(10);
    assertThat(life.after(9 * DAY).recycling(10)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, false", "2, true", "2, false", "0, true", "3, false"})
  void recycling_notAtTheStageThatWeWrote_neverBegins(int position, boolean ours) {
    Life life = new Life(recycling("mql", 40, lessThan(null, 20)));
    life.evaluate(40);
    life.ours(MQL).evaluate(40);
    life.crm = new StageInCrm(position, PLACES, ours, false);
    assertThat(life.mark("mql", 10).recycling()).isNull();
  }

  @Test
  void recycling_stageToGoBackToUnknownToTheCrm_neverBegins() {
    Life life = atMql();
    life.crm = new StageInCrm(MQL, Map.of("mql", MQL, "sql", SQL), true, false);
    assertThat(life.mark("mql", 10).recycling()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void recycling_doneAndReadBack_isNoVeto(boolean alreadyKnownAsOurs) {
    Life life = atMql();
    life.evaluate(10);
    life.after(10 * DAY).evaluate(10);
    life.crm = new StageInCrm(LEAD, PLACES, alreadyKnownAsOurs, false);
    StageMark mark = life.after(HOUR).mark("mql", 10);
    assertThat(mark.vetoedAt()).isZero();
    assertThat(mark.reached()).isFalse();
    assertThat(mark.recycling()).isNull();
    assertThat(life.after(HOUR).stage(40)).as("left, and entered anew").isEqualTo("mql");
  }

  @Test
  void recycling_clearedOnTheWay_isNoVetoAndGoesOn() {
    Life life = atMql();
    life.evaluate(10);
    life.after(10 * DAY).evaluate(10);
    Recycling proposed = new Recycling("lead", NOW, true);
    assertThat(life.theirs(CLEARED).recycling(10)).as("told by an event").isEqualTo(proposed);
    assertThat(life.ours(CLEARED).recycling(10)).as("read back").isEqualTo(proposed);
    assertThat(life.ours(LEAD).mark("mql", 10).vetoedAt()).isZero();
  }

  @Test
  void recycling_clearedByPeopleAndWithoutItsReason_isAVeto() {
    Life life = atMql();
    life.evaluate(10);
    life.after(10 * DAY).evaluate(10);
    assertThat(life.theirs(CLEARED).mark("mql", 35).vetoedAt()).isEqualTo(life.now);
  }

  @Test
  void recycling_conditionThatDoesNotLeaveTheStage_mustBeLeftBeforeItIsEnteredAnew() {
    Life life = new Life(recycling("mql", 40, atLeast(null, 0)));
    life.evaluate(40);
    life.ours(MQL).evaluate(40);
    assertThat(life.after(10 * DAY).stage(40)).as("on its way back").isNull();
    assertThat(life.ours(LEAD).mark("mql", 40).blocked()).isTrue();
    assertThat(life.after(60 * DAY).stage(100)).as("never left").isNull();
    life.evaluate(25);
    assertThat(life.stage(40)).isEqualTo("mql");
  }

  @Test
  void recycling_fromALaterStage_takesTheEarlierOnesAlong() {
    Stage early = new Stage("mql", atLeast(null, 10), null, 30 * DAY);
    Life life = new Life(early, recycling("sql", 70, lessThan(null, 20))).ours(SQL);
    life.evaluate(70);
    life.evaluate(15);
    assertThat(life.after(10 * DAY).stage(15)).as("mql would bring it forward again").isNull();
    StageMark mql = life.ours(LEAD).mark("mql", 15);
    assertThat(mql.vetoedAt()).isZero();
    assertThat(mql.blocked()).isTrue();
    life.evaluate(5);
    assertThat(life.stage(15)).isEqualTo("mql");
  }

  @Test
  void recycling_movedOnByPeopleMeanwhile_isWithdrawn() {
    Life life = atMql();
    life.evaluate(10);
    life.after(10 * DAY).evaluate(10);
    assertThat(life.theirs(SQL).recycling(10)).isNull();
  }

  @Test
  void recycling_writtenAlthoughItWasWithdrawnMeanwhile_isNoVeto() {
    Life life = atMql();
    life.evaluate(10);
    life.after(10 * DAY).evaluate(10);
    assertThat(life.after(HOUR).recycling(45)).isNull();
    assertThat(life.ours(LEAD).mark("mql", 45).vetoedAt()).isZero();
    assertThat(life.stage(45)).isEqualTo("mql");
  }

  // Hand-off

  @Test
  void handOff_stageEnteredWrittenAndReadBack_followsOnce() {
    Life life = new Life(handing("mql", 40));
    assertThat(life.mark("mql", 40).handOff()).isEqualTo(new HandOff(true, 0, 0));
    assertThat(life.after(HOUR).theirs(MQL).evaluate(40).handOff()).as("not ours yet").isNull();
    Evaluation.HandOff handOff = life.after(HOUR).ours(MQL).evaluate(40).handOff();
    long at = NOW + 2 * HOUR;
    assertThat(handOff)
        .isEqualTo(
            new Evaluation.HandOff(
                "mql", at, at + 4 * HOUR, "contact-owner", "12345", "Call {firstName}"));
    assertThat(life.after(DAY).evaluate(60).handOff()).as("kept, not repeated").isEqualTo(handOff);
    assertThat(life.after(DAY).evaluate(0).handOff()).as("left").isNull();
  }

  @Test
  void handOff_stageThatPeopleSet_neverFollows() {
    Life life = new Life(handing("mql", 40)).theirs(MQL);
    assertThat(life.evaluate(40).handOff()).isNull();
    assertThat(life.after(90 * DAY).evaluate(40).handOff()).isNull();
  }

  @Test
  void handOff_enteredByAPassOverAllContacts_neverFollows() {
    Life life = new Life(handing("mql", 40)).live(false);
    assertThat(life.mark("mql", 40).handOff()).isNull();
    assertThat(life.live(true).ours(MQL).evaluate(40).handOff()).isNull();
    assertThat(life.after(90 * DAY).evaluate(50).handOff()).isNull();
  }

  private static Stage dwellingAndHanding(String name) {
    return new Stage(
        name,
        atLeast(null, 40),
        lessThan(null, 30),
        30 * DAY,
        2 * DAY,
        null,
        handing(name, 40).handOff());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void handOff_afterADwell_followsIfThatBeganLive(boolean live) {
    Life life = new Life(dwellingAndHanding("mql")).live(live);
    assertThat(life.mark("mql", 40).beganLive()).isEqualTo(live);
    life.live(true).after(2 * DAY).evaluate(40);
    assertThat(life.ours(MQL).evaluate(40).handOff() != null).isEqualTo(live);
  }

  @Test
  void handOff_afterADwellThatAPassOverAllContactsEnds_neverFollows() {
    Life life = new Life(dwellingAndHanding("mql"));
    life.evaluate(40);
    life.live(false).after(2 * DAY).evaluate(40);
    assertThat(life.live(true).ours(MQL).evaluate(40).handOff()).isNull();
  }

  @Test
  void handOff_afterADwellThatBeganAnewAndLive_follows() {
    Life life = new Life(dwellingAndHanding("mql")).live(false);
    life.evaluate(40);
    life.live(true).after(DAY).evaluate(35);
    life.after(DAY).evaluate(40);
    life.after(2 * DAY).evaluate(40);
    assertThat(life.ours(MQL).evaluate(40).handOff()).isNotNull();
  }

  /** A contact that people took back from the first of two stages, as it lost its reason. */
  private static Life vetoed() {
    Life life = new Life(handing("mql", 40), handing("sql", 70));
    life.evaluate(40);
    life.ours(MQL).evaluate(40);
    life.after(HOUR).theirs(LEAD).evaluate(0);
    return life;
  }

  @ParameterizedTest
  @CsvSource({"mql, 1, 40, true", "mql, 1, 40, false", "sql, 2, 70, true", "sql, 2, 70, false"})
  void handOff_afterTheCoolDownOfAVeto_followsIfItsConditionBeganToHoldLive(
      String stage, int position, int total, boolean live) {
    Life life = vetoed().after(DAY).live(live);
    assertThat(life.mark(stage, total).beganLive()).isEqualTo(live);
    assertThat(life.live(true).evaluate(total).validUntil()).isEqualTo(NOW + HOUR + 30 * DAY);
    assertThat(life.after(29 * DAY).stage(total)).isEqualTo(stage);
    assertThat(life.ours(position).evaluate(total).handOff() != null).isEqualTo(live);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void handOff_stageThatAVetoOnAnEarlierOneTakesAway_followsLaterIfItWasEnteredLive(boolean live) {
    Life life = new Life(recycling("mql", 40, lessThan(null, 0)), handing("sql", 70));
    life.ours(MQL).evaluate(40);
    life.live(live).evaluate(70);
    life.live(true).theirs(LEAD).evaluate(70);
    assertThat(life.mark("sql", 70).beganLive()).isEqualTo(live);
  }

  @ParameterizedTest
  @CsvSource({"19, false", "20, true"})
  void handOff_enteredAnew_followsOnceItIsCool(int days, boolean follows) {
    Life life = new Life(handing("mql", 40));
    life.evaluate(40);
    life.ours(MQL).evaluate(40);
    life.evaluate(0);
    assertThat(life.after(days * DAY).evaluate(40).handOff() != null).isEqualTo(follows);
  }

  @Test
  void handOff_withinTheCoolDown_isDroppedAndNotPutOff() {
    Life life = new Life(handing("mql", 40));
    life.evaluate(40);
    life.ours(MQL).evaluate(40);
    life.evaluate(0);
    life.after(DAY).evaluate(40);
    assertThat(life.after(60 * DAY).evaluate(40).handOff()).isNull();
  }

  @Test
  void handOff_ofAStageThatALaterOneOvertakes_isTheLaterOnes() {
    Life life = new Life(handing("mql", 40), handing("sql", 70));
    life.evaluate(80);
    Evaluation evaluation = life.ours(SQL).evaluate(80);
    assertThat(requireNonNull(evaluation.handOff()).stage()).isEqualTo("sql");
    assertThat(evaluation.decision().mark("mql").orElseThrow().handOff()).isNull();
  }

  @Test
  void handOff_ofAStageThatIsGoneBackTo_isDropped() {
    Recycle recycle = new Recycle("mql", lessThan(null, 50), 0);
    Stage sql = new Stage("sql", atLeast(null, 70), null, DAY, 0, recycle, null);
    Life life = new Life(handing("mql", 40), sql).ours(SQL);
    life.crm = new StageInCrm(SQL, Map.of("mql", MQL, "sql", SQL), true, false);
    life.evaluate(35);
    life.crm = new StageInCrm(CLEARED, Map.of("mql", MQL, "sql", SQL), true, false);
    assertThat(life.mark("mql", 40).handOff()).as("entered on the way").isNotNull();
    life.crm = new StageInCrm(MQL, Map.of("mql", MQL, "sql", SQL), true, false);
    assertThat(life.evaluate(40).handOff()).isNull();
  }

  @Test
  void handOff_byACalendar_isDueInItsHours() {
    Calendar calendar = CalendarTest.office();
    ModelDefinition.HandOff handOff =
        new ModelDefinition.HandOff("Call", 4 * HOUR, calendar, "7", null, DAY);
    Stage stage = new Stage("mql", atLeast(null, 40), null, DAY, 0, null, handOff);
    Life life = new Life(stage);
    life.now = Samples.at("2026-11-20T15:00:00Z");
    life.evaluate(40);
    Evaluation.HandOff made = requireNonNull(life.ours(MQL).evaluate(40).handOff());
    assertThat(made.dueAt()).isEqualTo(Samples.at("2026-11-21T11:30:00Z"));
  }
}
