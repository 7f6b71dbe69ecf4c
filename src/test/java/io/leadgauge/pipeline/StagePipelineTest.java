package io.leadgauge.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.scoring.Evaluation;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Recycle;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages on their way through pipeline and CRM: what is ours, the way back, hand-offs. */
class StagePipelineTest {
  private static final String STAGE = "lifecyclestage";
  private static final long ONE = 1_000_000;
  private static final long HOUR = 60L * 60 * 1000;

  @TempDir private Path folder = Path.of("");

  private static Stage mql() {
    return new Stage(
        "mql",
        new PointsCondition.Compare(null, Comparison.AT_LEAST, 40 * ONE),
        null,
        30 * Rig.DAY,
        0,
        new Recycle(
            "lead",
            new PointsCondition.Compare(null, Comparison.LESS_THAN, 20 * ONE),
            10 * Rig.DAY),
        new HandOff("Call {firstName}", 4 * HOUR, null, HandOff.CONTACT_OWNER, null, Rig.DAY));
  }

  private Rig start(Mode mode) {
    return Rig.start(folder, mode, mql(), crm -> {});
  }

  private static Decision decision(Rig rig) {
    return rig.state("1").standings().values().iterator().next().decision();
  }

  private static StageMark mark(Rig rig) {
    return decision(rig).mark("mql").orElseThrow();
  }

  private static Evaluation.@Nullable HandOff handOff(Rig rig) {
    ModelAtWork model = rig.scope.models().getFirst();
    return Appraisal.of(
            rig.scope, ContactView.of(rig.scope, rig.state("1"), rig.pipeline.states()::current))
        .evaluate(model, rig.clock.now())
        .handOff();
  }

  private static boolean isOurs(Rig rig) {
    return NeutralView.stage(rig.scope.stages(), rig.state("1")).ours();
  }

  /** Brings a contact to the stage by our own write. */
  private static void qualify(Rig rig) {
    rig.keep(rig.crm.set("1", "jobtitle", "VP"));
    rig.settle();
    assertThat(rig.crm.get("1", STAGE)).isEqualTo("mql");
  }

  @Test
  void stage_thatWeWroteAndReadBack_isOursUntilAnotherValueFollows() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      RecordFacts facts = rig.state("1").facts();
      assertThat(facts.value(Fact.Assigned.WROTE + STAGE)).isEqualTo("mql");
      assertThat(isOurs(rig)).isTrue();
      rig.keep(rig.crm.set("1", STAGE, "mql"));
      assertThat(isOurs(rig)).as("the same value again, such as our echo").isTrue();
      rig.keep(rig.crm.set("1", STAGE, "customer"));
      assertThat(isOurs(rig)).isFalse();
      rig.keep(rig.crm.set("1", STAGE, "mql"));
      assertThat(isOurs(rig)).as("put back by people").isFalse();
    }
  }

  @Test
  void stage_thatTheCrmDidNotTake_isNotOurs() {
    try (Rig rig = start(Mode.FULL)) {
      rig.crm.ignoreWritesOf(STAGE);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitCreeping("noticed", () -> rig.state("1").due().attempts() == 1);
      assertThat(rig.state("1").facts().knows(Fact.Assigned.WROTE + STAGE)).isFalse();
      assertThat(handOff(rig)).isNull();
    }
  }

  @Test
  void ours_afterARestart_isStillKnown() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
    }
    try (Rig rig = start(Mode.FULL)) {
      assertThat(isOurs(rig)).isTrue();
    }
  }

  @Test
  void recycling_ofAStageThatWeWrote_clearsThenSetsAndIsNoVeto() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.clock.advance(10 * Rig.DAY - HOUR);
      rig.settle();
      assertThat(rig.crm.get("1", STAGE)).isEqualTo("mql");
      rig.clock.advance(HOUR);
      rig.awaitCreeping("taken back", () -> rig.crm.get("1", STAGE).equals("lead"));
      assertThat(rig.crm.writes.getLast().clearFirst()).containsEntry(STAGE, "mql");
      rig.awaitCreeping("read back", () -> decision(rig).recycling() == null);
      assertThat(mark(rig).vetoedAt()).isZero();
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.clock.advance(HOUR);
      rig.settle();
      assertThat(rig.crm.get("1", STAGE)).as("entered anew").isEqualTo("mql");
    }
  }

  @Test
  void recycling_clearedAndItsAnswerLost_goesOnAndIsNoVeto() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.crm.loseAnswersToClearing(true);
      rig.clock.advance(10 * Rig.DAY - HOUR);
      rig.settle();
      rig.clock.advance(HOUR);
      rig.awaitCreeping("cleared", () -> rig.crm.get("1", STAGE).isEmpty());
      rig.keep(rig.crm.set("1", STAGE, ""));
      assertThat(mark(rig).vetoedAt()).isZero();
      rig.clock.advance(HOUR);
      rig.awaitCreeping("set", () -> rig.crm.get("1", STAGE).equals("lead"));
      rig.settle();
      assertThat(mark(rig).vetoedAt()).isZero();
      assertThat(decision(rig).recycling()).isNull();
    }
  }

  @Test
  void recycling_clearedByPeopleBeforeUs_isNotSet() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      rig.crm.trouble(new CallTrouble.Wait(Duration.ofHours(1), "busy"));
      rig.clock.advance(10 * Rig.DAY);
      rig.awaitCreeping("proposed", () -> decision(rig).recycling() != null);
      rig.keep(rig.crm.set("1", STAGE, ""));
      rig.crm.trouble(null);
      rig.clock.advance(2 * HOUR);
      rig.settle();
      assertThat(rig.crm.get("1", STAGE)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer", ""})
  void recycling_ofAStageMovedWithoutOurKnowledge_leavesItAlone(String moved) {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      rig.crm.set("1", STAGE, moved);
      rig.clock.advance(10 * Rig.DAY);
      rig.awaitPassing("noticed", () -> !"mql".equals(rig.state("1").facts().value(STAGE)));
      rig.clock.advance(2 * HOUR);
      rig.settle();
      assertThat(rig.crm.get("1", STAGE)).isEqualTo(moved);
      assertThat(isOurs(rig)).isFalse();
    }
  }

  @Test
  void recycling_ofAStageThatPeopleSet_neverHappens() {
    try (Rig rig = Rig.start(folder, Mode.FULL, mql(), crm -> crm.set("1", STAGE, "mql"))) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.clock.advance(60 * Rig.DAY);
      rig.settle();
      assertThat(rig.crm.get("1", STAGE)).isEqualTo("mql");
      assertThat(mark(rig).recycling()).isNull();
    }
  }

  @Test
  void recycling_overtakenByPeople_leavesThemAlone() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.keep(rig.crm.set("1", STAGE, "customer"));
      rig.clock.advance(60 * Rig.DAY);
      rig.settle();
      assertThat(rig.crm.get("1", STAGE)).isEqualTo("customer");
    }
  }

  @Test
  void handOff_stageWrittenAndReadBack_isDecidedAndJournalled() {
    try (Rig rig = start(Mode.FULL)) {
      qualify(rig);
      Decision.HandOff made = requireNonNull(mark(rig).handOff());
      assertThat(made.owed()).isFalse();
      assertThat(made.dueAt()).isEqualTo(made.at() + 4 * HOUR);
      Evaluation.HandOff shown = requireNonNull(handOff(rig));
      assertThat(shown.at()).isEqualTo(made.at());
      assertThat(shown.stage()).isEqualTo("mql");
    }
  }

  @Test
  void handOff_stageEnteredBeforeItWasWritten_neverFollows() {
    try (Rig rig = start(Mode.FIELDS)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(mark(rig).entered()).isTrue();
    }
    try (Rig rig = Rig.start(folder, Mode.FULL, mql(), crm -> crm.set("1", "jobtitle", "VP"))) {
      rig.clock.advance(HOUR);
      rig.awaitCreeping("written", () -> rig.crm.get("1", STAGE).equals("mql"));
      rig.settle();
      assertThat(isOurs(rig)).isTrue();
      assertThat(mark(rig).handOff()).isNull();
    }
  }
}
