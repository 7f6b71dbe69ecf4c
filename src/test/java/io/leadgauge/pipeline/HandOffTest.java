package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.Seeds;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.NewTask;
import io.leadgauge.model.Intent;
import io.leadgauge.model.Intent.State;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.LineTasks.Fate;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hand-offs on their way to a task: from the decision to the CRM, whatever happens between. */
class HandOffTest {
  private static final String STAGE = "lifecyclestage";
  private static final long HOUR = 60L * 60 * 1000;
  private static final RecordRef ANN = RecordRef.contact(Rig.ACME, "1");

  @TempDir private Path folder = Path.of("");

  private static Stage mql(String owner, @Nullable String fallback) {
    return new Stage(
        "mql",
        new PointsCondition.Compare(null, Comparison.AT_LEAST, 40_000_000),
        null,
        30 * Rig.DAY,
        0,
        null,
        new HandOff("Call {firstName}: {reasons}", 4 * HOUR, null, owner, fallback, Rig.DAY));
  }

  private Rig start(Mode mode) {
    return Rig.start(folder, mode, mql(HandOff.CONTACT_OWNER, null), crm -> {});
  }

  private Rig start() {
    return start(Mode.FULL);
  }

  private static void qualify(Rig rig) {
    rig.crm.set("1", "firstname", "Ann");
    rig.keep(rig.crm.set("1", "jobtitle", "VP"));
    rig.settle();
    assertThat(rig.crm.get("1", STAGE)).isEqualTo("mql");
  }

  private static Intent intent(Rig rig) {
    List<Intent> all = rig.reader.unwritten().intentsOf(ANN, 10);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static void await(Rig rig, State state) {
    rig.awaitPassing(
        state.word(),
        () ->
            rig.reader.unwritten().intentsOf(ANN, 10).stream()
                .anyMatch(one -> one.step().state() == state));
  }

  private static List<NewTask> made(Rig rig) {
    return rig.crm.tasks.made();
  }

  @Test
  void task_contactOwned_saysWhomToCallWhyAndByWhenAndIsTheOwners() {
    try (Rig rig = start()) {
      rig.crm.set("1", "hubspot_owner_id", "7");
      qualify(rig);
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      NewTask task = made(rig).getFirst();
      assertThat(task.contact()).isEqualTo(ANN);
      assertThat(task.subject()).startsWith("Call Ann: +40 ").contains("VP");
      assertThat(task.owner()).isEqualTo("7");
      assertThat(task.dueAt()).isEqualTo(intent(rig).at() + 4 * HOUR);
      assertThat(task.note()).contains("Score 40", intent(rig).key());
      assertThat(intent(rig).step().task()).isEqualTo("1");
      assertThat(intent(rig).step().problem()).isNull();
    }
  }

  @Test
  void contact_erasedWhileItsTaskIsMade_leavesNothingOfTheTask() {
    RecordRef task = new RecordRef(Rig.ACME, RecordRef.TASK, "1");
    try (Rig rig = start()) {
      rig.crm.tasks.beforeTheAnswer(() -> rig.pipeline.erasures().erase(ANN).join());
      rig.crm.set("1", "firstname", "Ann");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitPassing("the task is made", () -> !made(rig).isEmpty());
      rig.awaitPassing("erased", () -> rig.pipeline.erasures().progress().isDone());
      Await.until("it is told", () -> isErased(rig, task));
      rig.keep("task/1 subject " + rig.clock.now() + " Call Ann");
      assertThat(rig.pipeline.states().current(task)).isEmpty();
    }
  }

  private static boolean isErased(Rig rig, RecordRef ref) {
    return rig.store.tombstones().has(ref);
  }

  @Test
  void task_firstNameUnknown_saysSo() {
    try (Rig rig = start()) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      await(rig, State.DONE);
      assertThat(made(rig).getFirst().subject()).startsWith("Call (no firstName): +40 ");
      assertThat(made(rig).getFirst().owner()).isNull();
    }
  }

  @Test
  void task_contactThatIsGivenAnOwnerBecauseOfItsStage_isThatOwners() {
    try (Rig rig = start()) {
      qualify(rig);
      rig.clock.advance(20_000);
      rig.keep(rig.crm.set("1", "hubspot_owner_id", "7"));
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      assertThat(made(rig).getFirst().owner()).isEqualTo("7");
    }
  }

  @Test
  void task_ownerGone_isTheFallbacksElseNobodysAndSaysSo() {
    try (Rig rig = Rig.start(folder, Mode.FULL, mql(HandOff.CONTACT_OWNER, "7"), crm -> {})) {
      rig.crm.set("1", "hubspot_owner_id", "66");
      qualify(rig);
      await(rig, State.DONE);
      assertThat(made(rig).getFirst().owner()).isEqualTo("7");
      assertThat(intent(rig).step().problem()).isEqualTo("its owner 66 is gone");
    }
  }

  @Test
  void task_namedOwnerGone_isMadeWithoutOwner() {
    try (Rig rig = Rig.start(folder, Mode.FULL, mql("66", null), crm -> {})) {
      qualify(rig);
      await(rig, State.DONE);
      assertThat(made(rig).getFirst().owner()).isNull();
      assertThat(intent(rig).step().problem())
          .isEqualTo("made without an owner: its owner 66 is gone");
    }
  }

  @Test
  void task_ownerRefusedByTheCrm_isMadeWithoutOwner() {
    try (Rig rig = Rig.start(folder, Mode.FULL, mql("66", null), crm -> {})) {
      rig.crm.tasks.hideOwners(new CallTrouble.Refused("no right to see owners"));
      qualify(rig);
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      assertThat(made(rig).getFirst().owner()).isNull();
      assertThat(intent(rig).step().problem()).isEqualTo("made without an owner: no such owner 66");
    }
  }

  @Test
  void task_madeAndItsAnswerLost_isFoundAgainAndNotMadeTwice() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.MADE_AND_ANSWER_LOST, Fate.MADE);
      qualify(rig);
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      assertThat(rig.crm.tasks.looked()).isEqualTo(1);
      assertThat(intent(rig).step().task()).isEqualTo("1");
    }
  }

  @Test
  void task_callLost_isSentAgainOnlyAfterALook() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.LOST, Fate.MADE);
      qualify(rig);
      await(rig, State.SENT);
      assertThat(made(rig)).isEmpty();
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      assertThat(rig.crm.tasks.looked()).isEqualTo(1);
    }
  }

  @Test
  void task_stoppedBetweenCallAndAnswer_isFoundAgainAfterTheStart() {
    NewTask sent;
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.MADE_AND_ANSWER_LOST);
      qualify(rig);
      await(rig, State.SENT);
      // What is noted as sent is on its way, and not yet there.
      Await.until("the task is made", () -> !made(rig).isEmpty());
      sent = made(rig).getFirst();
    }
    try (Rig rig =
        Rig.start(
            folder,
            Mode.FULL,
            mql(HandOff.CONTACT_OWNER, null),
            crm -> {
              crm.set("1", STAGE, "mql");
              crm.tasks.create(sent);
            })) {
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
    }
  }

  @Test
  void task_powerCutBeforeTheAnswer_isFoundAgainAfterTheStart() {
    Path before = folder.resolve("before");
    Path after = folder.resolve("after");
    NewTask sent;
    try (Rig rig = Rig.start(before, Mode.FULL, mql(HandOff.CONTACT_OWNER, null), crm -> {})) {
      rig.crm.tasks.beforeTheAnswer(() -> copy(before, after));
      qualify(rig);
      await(rig, State.DONE);
      sent = made(rig).getFirst();
    }
    try (Rig rig =
        Rig.start(
            after,
            Mode.FULL,
            mql(HandOff.CONTACT_OWNER, null),
            crm -> {
              crm.set("1", STAGE, "mql");
              crm.tasks.create(sent);
            })) {
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      assertThat(rig.crm.tasks.looked()).isEqualTo(1);
    }
  }

  /** Takes what is on the disk at this moment. */
  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String file : List.of("leadgauge.db", "leadgauge.db-wal")) {
        Files.copy(from.resolve(file), to.resolve(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void task_whateverBecomesOfItsCalls_isMadeOnce() {
    Seeds.forEach(
        12,
        random -> {
          Fate[] fates = new Fate[1 + random.nextInt(6)];
          for (int i = 0; i < fates.length - 1; i++) {
            fates[i] =
                random.nextBoolean()
                    ? (random.nextBoolean() ? Fate.MADE_AND_ANSWER_LOST : Fate.LOST)
                    : (random.nextBoolean() ? Fate.FORBIDDEN : Fate.REFUSED);
          }
          fates[fates.length - 1] = Fate.MADE;
          Path own = folder.resolve(Long.toString(random.nextLong()));
          try (Rig rig = Rig.start(own, Mode.FULL, mql(HandOff.CONTACT_OWNER, null), crm -> {})) {
            rig.crm.tasks.meet(fates);
            qualify(rig);
            rig.awaitPassing(
                "over",
                () -> {
                  rig.clock.advance(HOUR / 4);
                  return rig.reader.unwritten().intentsOf(ANN, 1).stream()
                      .anyMatch(one -> one.step().state() == State.DONE);
                });
            assertThat(made(rig)).hasSize(1);
          }
        });
  }

  @Test
  void task_refusedTooOften_isGivenUpWithTheReason() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.REFUSED);
      qualify(rig);
      rig.awaitPassing(
          "given up",
          () -> {
            rig.clock.advance(HOUR / 4);
            return intent(rig).step().state() == State.GIVEN_UP;
          });
      assertThat(rig.crm.tasks.asked()).isEqualTo(5);
      assertThat(intent(rig).step().problem()).isEqualTo("no tasks today");
      assertThat(rig.concerns())
          .isEqualTo(
              "hand-offs: waiting for their task: 0, given up in 7 days: 1, the last of 1: no tasks"
                  + " today");
      JsonNode shown = rig.writeBack("1").path("handOffs").path(0);
      assertThat(shown.path("state").asText()).isEqualTo("given up");
      assertThat(shown.path("problem").asText()).isEqualTo("no tasks today");
      rig.clock.advance(30 * Rig.DAY);
      rig.settle();
      assertThat(rig.crm.tasks.asked()).isEqualTo(5);
    }
  }

  @Test
  void task_withoutTheRight_keepsNothingElseFromBeingWrittenAndIsGivenUpAfterAWeek() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.FORBIDDEN);
      qualify(rig);
      rig.awaitPassing("asked", () -> rig.crm.tasks.asked() > 1);
      rig.keep(rig.crm.set("2", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("2", "lg_score")).isEqualTo("40");
      rig.clock.advance(7 * Rig.DAY + HOUR);
      await(rig, State.GIVEN_UP);
      assertThat(intent(rig).step().problem()).contains("7 days", "no right to make tasks");
    }
  }

  @Test
  void task_contactMovedBackBeforeItWasSent_isWithdrawn() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.FORBIDDEN, Fate.MADE);
      qualify(rig);
      rig.awaitPassing("asked", () -> rig.crm.tasks.asked() == 1);
      rig.keep(rig.crm.set("1", STAGE, "lead"));
      await(rig, State.WITHDRAWN);
      assertThat(made(rig)).isEmpty();
      assertThat(intent(rig).step().problem()).isEqualTo("the contact is at lead by now");
    }
  }

  @Test
  void task_connectionTakenBackToFields_isWithdrawn() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.FORBIDDEN, Fate.MADE);
      qualify(rig);
      rig.awaitPassing("asked", () -> rig.crm.tasks.asked() == 1);
    }
    try (Rig rig = start(Mode.FIELDS)) {
      await(rig, State.WITHDRAWN);
      assertThat(made(rig)).isEmpty();
    }
  }

  @Test
  void handOff_stageThatAPersonSet_makesNoTask() {
    try (Rig rig = start()) {
      rig.crm.set("1", STAGE, "mql");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.reader.unwritten().intentsOf(ANN, 10)).isEmpty();
      assertThat(made(rig)).isEmpty();
    }
  }

  @Test
  void handOff_contactMerged_isLookedForAtTheSurvivor() {
    try (Rig rig = start()) {
      rig.crm.tasks.meet(Fate.LOST, Fate.MADE);
      qualify(rig);
      await(rig, State.SENT);
      rig.crm.set("2", "jobtitle", "VP");
      rig.crm.set("2", STAGE, "mql");
      rig.keep(rig.crm.set("1", "~into", "2"), rig.crm.set("2", "phone", "1"));
      await(rig, State.DONE);
      assertThat(made(rig)).hasSize(1);
      assertThat(made(rig).getFirst().contact().id()).isEqualTo("2");
    }
  }

  @Test
  void handOff_ofWhomLivesOnInAnother_isNotRepeatedThere() {
    try (Rig rig = start()) {
      qualify(rig);
      await(rig, State.DONE);
      rig.crm.set("2", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "~into", "2"));
      rig.awaitPassing("moved", () -> rig.crm.get("2", STAGE).equals("mql"));
      rig.clock.advance(Rig.DAY);
      rig.settle();
      RecordRef two = RecordRef.contact(Rig.ACME, "2");
      assertThat(rig.reader.unwritten().intentsOf(two, 10)).isEmpty();
      assertThat(made(rig)).hasSize(1);
    }
  }

  @Test
  void task_whileAChangeWaitsForApproval_isNotMade() {
    try (Rig rig = start()) {
      for (int i = 2; i < 22; i++) {
        rig.keep(rig.crm.set(Integer.toString(i), "jobtitle", "Intern"));
      }
      rig.crm.tasks.meet(Fate.FORBIDDEN);
      qualify(rig);
      rig.awaitPassing("asked", () -> rig.crm.tasks.asked() == 1);
      rig.want(Rig.connection(Mode.FULL), everybodyQualifies());
      rig.await(Configuration.State.PAUSED);
      rig.crm.tasks.meet(Fate.MADE);
      rig.clock.advance(HOUR);
      rig.settle();
      assertThat(made(rig)).isEmpty();
      assertThat(rig.pipeline.approve(Rig.ACME).orElseThrow().join()).isTrue();
      await(rig, State.DONE);
      rig.awaitPassing("moved by the change", () -> rig.crm.get("5", STAGE).equals("mql"));
      rig.settle();
      assertThat(made(rig)).as("handed over to nobody else").hasSize(1);
    }
  }

  private static ModelDefinition everybodyQualifies() {
    ModelDefinition plain = Rig.model();
    Stage before = mql(HandOff.CONTACT_OWNER, null);
    Stage stage =
        new Stage(
            before.name(),
            new PointsCondition.Compare(null, Comparison.AT_LEAST, 0),
            null,
            before.cooldown(),
            0,
            null,
            before.handOff());
    return new ModelDefinition(
        plain.name(),
        plain.audience(),
        plain.discounts(),
        plain.dimensions(),
        plain.minTotal(),
        plain.maxTotal(),
        plain.disqualifiers(),
        plain.labels(),
        plain.grade(),
        plain.segments(),
        List.of(stage));
  }
}
