package io.leadgauge.scoring;

import static io.leadgauge.scoring.Samples.DAY;
import static io.leadgauge.scoring.Samples.HOUR;
import static io.leadgauge.scoring.Samples.NOW;
import static io.leadgauge.scoring.Samples.atLeast;
import static io.leadgauge.scoring.Samples.dimension;
import static io.leadgauge.scoring.Samples.lessThan;
import static io.leadgauge.scoring.Samples.points;
import static io.leadgauge.scoring.Samples.who;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.scoring.Samples.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Labels and stages over sequences of points, places in the CRM and instants. */
final class DecisionsTest {
  private static final int LEAD = 1;
  private static final int MQL = 2;
  private static final int SQL = 3;

  /** A model whose total is the property {@code points}: 0, 5, 10, … 100. */
  private static Model model() {
    Rule.Band[] bands = new Rule.Band[20];
    for (int i = 0; i < bands.length; i++) {
      bands[i] = new Rule.Band(points(5L * (i + 1)), points(5L * (i + 2)), points(5L * (i + 1)));
    }
    Condition rival = new Condition.Is("rival", true);
    return Model.of(dimension("fit", Samples.byRange("all", "points", List.of(bands), 0)))
        .disqualifier("rival", rival, "is a rival")
        .label("hot", 70, 60)
        .label("warm", 40, 30)
        .label("cold", 0, 0)
        .stage("mql", atLeast(null, 40), lessThan(null, 30), 30 * DAY)
        .stage("sql", atLeast(null, 70), null, 30 * DAY);
  }

  /** A contact that lives on from decision to decision. */
  private static final class Life {
    private final ScoringModel model = model().compiled();
    private Decision decision = Decision.NONE;
    private long now = NOW;
    private int position = LEAD;
    private boolean rival;

    Life after(long span) {
      now += span;
      return this;
    }

    Life crm(int place) {
      position = place;
      return this;
    }

    Life rival(boolean is) {
      rival = is;
      return this;
    }

    Decision points(int total) {
      Subject subject = who("points", Integer.toString(total), "rival", Boolean.toString(rival));
      StageInCrm crm = new StageInCrm(position, Map.of("mql", MQL, "sql", SQL));
      decision = model.evaluate(subject, decision, crm, now).decision();
      Decision again = model.evaluate(subject, decision, crm, now).decision();
      assertThat(again).as("deciding again on the same").isEqualTo(decision);
      return decision;
    }

    StageMark mql(int total) {
      return points(total).mark("mql").orElseThrow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "70, hot",
    "65, warm",
    "40, warm",
    "35, cold",
    "0, cold",
  })
  void label_atFirst_takesEnter(int total, String label) {
    assertThat(new Life().points(total).label()).isEqualTo(label);
  }

  @Test
  void label_betweenLeaveAndEnter_isKept() {
    Life life = new Life();
    assertThat(life.points(70).label()).isEqualTo("hot");
    assertThat(life.after(HOUR).points(60).label()).isEqualTo("hot");
    assertThat(life.decision.labelSince()).isEqualTo(NOW);
    assertThat(life.after(HOUR).points(55).label()).isEqualTo("warm");
    assertThat(life.decision.labelSince()).isEqualTo(NOW + 2 * HOUR);
    assertThat(life.points(65).label()).isEqualTo("warm");
    assertThat(life.points(30).label()).isEqualTo("warm");
    assertThat(life.points(25).label()).isEqualTo("cold");
    assertThat(life.points(35).label()).isEqualTo("cold");
  }

  @Test
  void label_fallingFromAbove_stopsAtTheLeaveOfEachLabel() {
    Life life = new Life();
    life.points(80);
    assertThat(life.points(30).label()).isEqualTo("warm");
  }

  @Test
  void label_unknownToTheModel_countsAsNone() {
    Decision old = new Decision("boiling", 1, List.of());
    Evaluation evaluation =
        model().compiled().evaluate(who("points", "35"), old, StageInCrm.NONE, NOW);
    assertThat(evaluation.decision().label()).isEqualTo("cold");
    assertThat(evaluation.decision().labelSince()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @CsvSource({"0, warm, 40", "35, warm, 5", "40, hot, 30", "65, hot, 5"})
  void next_belowTheHighest_saysWhatIsMissing(int total, String label, long missing) {
    Evaluation evaluation = model().evaluate(who("points", Integer.toString(total)), NOW);
    assertThat(evaluation.next()).isEqualTo(new Evaluation.NextLabel(label, missing, null));
  }

  @Test
  void next_atTheHighest_isNone() {
    assertThat(model().evaluate(who("points", "70"), NOW).next()).isNull();
  }

  @Test
  void stage_enteredAndLeft_hasHysteresis() {
    Life life = new Life();
    assertThat(life.mql(35)).isEqualTo(StageMark.none("mql"));
    assertThat(life.after(HOUR).mql(40))
        .isEqualTo(new StageMark("mql", true, NOW + HOUR, false, 0, false));
    assertThat(life.after(HOUR).mql(30).entered()).isTrue();
    assertThat(life.after(HOUR).mql(25))
        .isEqualTo(new StageMark("mql", false, NOW + 3 * HOUR, false, 0, false));
    assertThat(life.mql(35).entered()).isFalse();
  }

  @Test
  void stage_withoutLeave_isLeftAsSoonAsEnterFails() {
    Life life = new Life();
    assertThat(life.points(70).stage()).isEqualTo("sql");
    assertThat(life.points(65).stage()).isEqualTo("mql");
  }

  @Test
  void stage_furtherInTheCrm_isReachedAtOnceAndStays() {
    Life life = new Life().crm(SQL);
    assertThat(life.mql(40).reached()).isTrue();
    assertThat(life.points(40).mark("sql").orElseThrow().reached()).isFalse();
    assertThat(life.mql(0)).isEqualTo(new StageMark("mql", false, NOW, true, 0, false));
  }

  @Test
  void stage_notYetWritten_isNoVeto() {
    Life life = new Life();
    life.mql(40);
    assertThat(life.after(DAY).mql(40).entered()).isTrue();
    assertThat(life.crm(MQL).mql(40)).isEqualTo(new StageMark("mql", true, NOW, true, 0, false));
  }

  @Test
  void stage_movedBack_isVetoedUntilLeftAndEnteredAnewAndCooled() {
    Life life = new Life().crm(MQL);
    life.mql(40);
    long vetoedAt = NOW + HOUR;
    StageMark vetoed = new StageMark("mql", false, vetoedAt, false, vetoedAt, true);
    assertThat(life.after(HOUR).crm(LEAD).mql(50)).isEqualTo(vetoed);
    assertThat(life.after(60 * DAY).mql(90)).as("never left").isEqualTo(vetoed);
    assertThat(life.mql(30)).as("between leave and enter").isEqualTo(vetoed);
    assertThat(life.mql(25).blocked()).as("left").isFalse();
    assertThat(life.mql(35).entered()).isFalse();
    assertThat(life.mql(40).entered()).as("entered anew").isTrue();
  }

  @Test
  void stage_leftBeforeTheCoolDownPassed_waitsForIt() {
    Life life = new Life().crm(MQL);
    life.mql(40);
    life.crm(LEAD).mql(40);
    assertThat(life.after(DAY).mql(0).blocked()).isFalse();
    assertThat(life.after(DAY).mql(40).entered()).isFalse();
    assertThat(life.after(28 * DAY - 1).mql(40).entered()).isFalse();
    assertThat(life.after(1).mql(40))
        .isEqualTo(new StageMark("mql", true, NOW + 30 * DAY, false, NOW, false));
  }

  @Test
  void stage_coolingDown_isDueWhenItEnds() {
    Life life = new Life().crm(MQL);
    life.mql(40);
    life.crm(LEAD).mql(40);
    life.mql(0);
    life.mql(40);
    StageInCrm crm = new StageInCrm(LEAD, Map.of("mql", MQL, "sql", SQL));
    Evaluation evaluation = life.model.evaluate(who("points", "40"), life.decision, crm, NOW + DAY);
    assertThat(evaluation.validUntil()).isEqualTo(NOW + 30 * DAY);
  }

  @Test
  void stage_cleared_isVetoedWithAllBeforeIt() {
    Life life = new Life().crm(SQL);
    life.points(70);
    Decision decision = life.crm(-1).points(70);
    assertThat(decision.stages()).allMatch(mark -> mark.vetoedAt() == NOW && !mark.entered());
    assertThat(decision.stage()).isNull();
  }

  @Test
  void stage_movedBackByOne_isVetoedAlone() {
    Life life = new Life().crm(SQL);
    life.points(70);
    assertThat(life.crm(MQL).points(70).stage()).isEqualTo("mql");
  }

  @Test
  void stage_laterThanAVetoedOne_waitsWithIt() {
    Life life = new Life().crm(MQL);
    life.points(40);
    assertThat(life.crm(LEAD).points(80).stage()).isNull();
    assertThat(life.after(60 * DAY).points(80).stage()).as("mql was not left").isNull();
    life.points(0);
    assertThat(life.points(80).stage()).isEqualTo("sql");
  }

  @Test
  void stage_proposedWhileAnEarlierOneIsVetoed_isWithdrawn() {
    Life life = new Life().crm(MQL);
    assertThat(life.points(80).stage()).isEqualTo("sql");
    assertThat(life.crm(LEAD).points(80).stage()).isNull();
    life.points(0);
    assertThat(life.after(30 * DAY - 1).points(80).stage()).isNull();
    assertThat(life.after(1).points(80).stage()).isEqualTo("sql");
  }

  @Test
  void stage_movedBackAfterItsConditionWasLeft_stillCoolsDown() {
    Life life = new Life().crm(MQL);
    life.mql(40);
    life.mql(0);
    assertThat(life.after(DAY).crm(LEAD).mql(0).vetoedAt()).isEqualTo(NOW + DAY);
    assertThat(life.after(DAY).mql(40).entered()).isFalse();
    assertThat(life.after(29 * DAY).mql(40).entered()).isTrue();
  }

  @Test
  void stage_vetoedTwice_coolsDownFromTheLast() {
    Life life = new Life().crm(MQL);
    life.mql(40);
    life.crm(LEAD).mql(0);
    assertThat(life.after(30 * DAY).crm(MQL).mql(40).entered()).isTrue();
    StageMark again = life.after(DAY).crm(LEAD).mql(40);
    assertThat(again).isEqualTo(new StageMark("mql", false, life.now, false, life.now, true));
  }

  @Test
  void stage_unknownToTheCrm_isNeverEntered() {
    ScoringModel model = model().compiled();
    StageInCrm crm = new StageInCrm(LEAD, Map.of("mql", MQL));
    Evaluation evaluation = model.evaluate(who("points", "90"), Decision.NONE, crm, NOW);
    assertThat(evaluation.decision().stage()).isEqualTo("mql");
    assertThat(evaluation.validUntil()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void stage_ofADisqualifiedContact_isLeftAndEnteredAnewLater() {
    Life life = new Life();
    life.points(70);
    assertThat(life.after(HOUR).rival(true).points(70).stage()).isNull();
    assertThat(life.after(HOUR).rival(false).points(35).stage()).isNull();
    assertThat(life.points(40).stage()).isEqualTo("mql");
  }

  @Test
  void stage_vetoedAndDisqualified_staysBlocked() {
    Life life = new Life().crm(MQL);
    life.mql(40);
    life.crm(LEAD).mql(40);
    life.rival(true).mql(40);
    assertThat(life.after(60 * DAY).rival(false).mql(40).blocked()).isTrue();
  }

  @Test
  void decisions_replayed_areTheSame() {
    List<Integer> totals = List.of(40, 70, 20, 45, 75, 75, 0, 40, 80, 80);
    List<Integer> places = List.of(1, 2, 3, 3, 1, 1, 1, 1, 1, 3);
    assertThat(lived(totals, places)).isEqualTo(lived(totals, places)).hasSize(totals.size());
  }

  private static List<Decision> lived(List<Integer> totals, List<Integer> places) {
    Life life = new Life();
    return IntStream.range(0, totals.size())
        .mapToObj(i -> life.after(7 * DAY).crm(places.get(i)).points(totals.get(i)))
        .toList();
  }
}
