package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.model.Due;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.Rule;
import io.leadgauge.store.KeptInTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
  @TempDir Path folder;

  @Test
  void contact_knownOnlyById_isReadThenScoredThenWritten() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "phone", "123"));
      rig.settle();
      assertThat(rig.crm.reads).containsExactly("1");
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      assertThat(rig.crm.get("1", "lg_label")).isEqualTo("warm");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("mql");
      assertThat(rig.crm.writes).hasSize(1);
    }
  }

  @Test
  void echo_ofOurOwnWrite_causesNoCall() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      int before = rig.crm.writes.size();
      rig.keep(
          rig.crm.set("1", "lg_score", "40"),
          rig.crm.set("1", "lifecyclestage", "mql"),
          rig.crm.set("1", "phone", "5"));
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.writes).hasSize(before);
      assertThat(rig.crm.reads).hasSize(1);
    }
  }

  @Test
  void score_thatSomebodyOverwrote_isPutRightOnceAndNotBeforeTheInterval() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep(rig.crm.set("1", "lg_score", "99"));
      // The instants of transactions run ahead of a clock that stands, by one for each.
      assertThat(rig.state("1").due().writeAt())
          .isBetween(rig.clock.now() + 29_000, rig.clock.now() + 30_100);
      rig.clock.advance(30_100);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      assertThat(rig.crm.writes).hasSize(2);
    }
  }

  @Test
  void burst_ofChanges_isOneWrite() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      for (int i = 0; i < 10; i++) {
        rig.keep(rig.crm.set("1", "jobtitle", i % 2 == 0 ? "Intern" : "VP"));
      }
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.clock.advance(30_000);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("0");
      assertThat(rig.crm.writes).hasSize(2);
    }
  }

  @Test
  void shadow_mode_computesAndWritesNothing() {
    try (Rig rig = Rig.start(folder, Mode.SHADOW)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.awaitCreeping("scored", () -> !rig.state("1").standings().isEmpty());
      assertThat(rig.score("1")).isEqualTo("40");
      assertThat(rig.crm.writes).isEmpty();
    }
  }

  @Test
  void fields_mode_writesNoStage() {
    try (Rig rig = Rig.start(folder, Mode.FIELDS)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEmpty();
    }
  }

  @Test
  void stage_furtherAlong_isNeverMovedBack() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "lifecyclestage", "customer");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("customer");
    }
  }

  @Test
  void stage_thatAPersonMovedBack_isNotProposedAgain() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep(rig.crm.set("1", "lifecyclestage", "lead"));
      rig.clock.advance(Rig.DAY);
      rig.keep(rig.crm.set("1", "phone", "1"));
      rig.settle();
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("lead");
      assertThat(rig.crm.writes).hasSize(1);
    }
  }

  @Test
  void activity_fromADate_isPairedByEqualTimeAndReadOnce() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "form_date", Long.toString(Rig.START)));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("60");
      rig.keep(rig.crm.set("1", "form_date", Long.toString(Rig.START)));
      rig.clock.advance(60_000);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("60");
    }
  }

  @Test
  void time_alone_movesScoreAndLabel() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "form_date", Long.toString(Rig.START)));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_label")).isEqualTo("hot");
      rig.clock.advance(20 * Rig.DAY);
      rig.awaitCreeping("the score has cooled", () -> rig.crm.get("1", "lg_score").equals("45"));
      assertThat(rig.crm.get("1", "lg_label")).isEqualTo("hot");
      rig.clock.advance(20 * Rig.DAY);
      rig.awaitCreeping("the label has cooled", () -> rig.crm.get("1", "lg_label").equals("warm"));
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("41");
    }
  }

  @Test
  void time_alone_smallChange_isNotWritten() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "form_date", Long.toString(Rig.START)));
      rig.settle();
      rig.clock.advance(2 * Rig.DAY);
      rig.awaitCreeping("swept", () -> !rig.score("1").equals("60"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("60");
      assertThat(rig.state("1").due().writeAt()).isEqualTo(Due.NEVER);
    }
  }

  @Test
  void contact_thatTheCrmRefuses_isTriedLaterAndItsSiblingsAreWritten() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.reject("1", true);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"), rig.crm.set("2", "jobtitle", "VP"));
      rig.awaitCreeping("refused", () -> rig.state("1").due().attempts() == 1);
      rig.awaitCreeping("its sibling is written", () -> rig.crm.get("2", "lg_score").equals("40"));
      assertThat(rig.state("1").due().problem()).isEqualTo("not today");
      rig.crm.reject("1", false);
      rig.clock.advance(5_000);
      rig.awaitCreeping("written", () -> rig.crm.get("1", "lg_score").equals("40"));
      rig.awaitCreeping("well again", () -> rig.state("1").due().attempts() == 0);
    }
  }

  @Test
  void field_thatTheCrmDoesNotTake_isNotTriedInALoop() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.ignoreWritesOf("lg_score");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitCreeping("noticed", () -> rig.state("1").due().attempts() == 1);
      assertThat(rig.state("1").due().problem()).isEqualTo("the CRM kept '' in lg_score");
      rig.clock.advance(30_000);
      rig.awaitCreeping("noticed again", () -> rig.state("1").due().attempts() == 2);
      assertThat(rig.crm.writes).hasSize(2);
    }
  }

  @Test
  void trouble_withTheCrm_isWaitedOutAndNothingIsLost() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.trouble(new CallTrouble.Wait(Duration.ofMinutes(10), "slow down"));
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitCreeping(
          "paused",
          () -> rig.pipeline.health(rig.clock.now(), 1).getFirst().trouble().equals("slow down"));
      rig.crm.trouble(null);
      assertThat(rig.crm.writes).isEmpty();
      rig.clock.advance(600_000);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
    }
  }

  @Test
  void contact_thatIsGone_isLeftAlone() {
    try (Rig rig = Rig.start(folder)) {
      String line = rig.crm.set("1", "jobtitle", "VP");
      rig.crm.remove("1");
      rig.keep(line);
      rig.settle();
      assertThat(rig.state("1").facts().isDeleted()).isTrue();
      assertThat(rig.state("1").due()).isEqualTo(Due.NOTHING);
      assertThat(rig.crm.writes).isEmpty();
    }
  }

  @Test
  void change_withoutAnEvent_isFoundByThePoll() {
    try (Rig rig = Rig.startPolling(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.crm.set("1", "form_date", Long.toString(Rig.START));
      rig.crm.set("2", "jobtitle", "VP");
      rig.clock.advance(60_000);
      rig.awaitCreeping("found", () -> rig.crm.get("1", "lg_score").equals("60"));
      rig.awaitCreeping("found", () -> rig.crm.get("2", "lg_score").equals("40"));
    }
  }

  @Test
  void reconciliationAndPolling_brokenByAFault_goOnOnceItIsOver() {
    try (Rig rig = Rig.startPolling(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.crm.fault(new IllegalStateException("broken"));
      rig.crm.set("2", "jobtitle", "VP");
      rig.deliver(rig.crm.set("1", "jobtitle", "Intern"));
      rig.awaitPassing("met by both, and again", () -> rig.crm.faults() > 4);
      rig.crm.fault(null);
      rig.awaitPassing("written", () -> rig.crm.get("1", "lg_score").equals("0"));
      rig.awaitPassing("polled", () -> rig.crm.get("2", "lg_score").equals("40"));
    }
  }

  @Test
  void delivery_thatCannotBeDecoded_isQuarantinedAndItsNeighboursStand() {
    try (Rig rig = Rig.start(folder)) {
      long bad = rig.keep("nonsense");
      long good = rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      assertThat(KeptInTests.at(rig.reader, bad).line().quarantined())
          .contains("not a line of four parts: nonsense");
      assertThat(KeptInTests.at(rig.reader, good).line().quarantined()).isNull();
      assertThat(rig.reader.counts().quarantined()).isEqualTo(1);
    }
  }

  @Test
  void restart_withWorkUnderWay_goesOn() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.trouble(new CallTrouble.Unknown("no answer"));
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
    }
    try (Rig rig = Rig.startAfter(folder, crm -> crm.set("1", "jobtitle", "VP"))) {
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
    }
  }

  @Test
  void write_holdsOnlyWhatDiffers() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "lg_label", "warm");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      List<RecordWrite> writes = rig.crm.writes;
      assertThat(writes).hasSize(1);
      assertThat(writes.getFirst().properties())
          .containsOnlyKeys("lg_score", "lg_why", "lifecyclestage");
    }
  }

  @Test
  void store_thatCannotBeWritten_acknowledgesNothingAndHealsByItself() throws SQLException {
    try (Rig rig = Rig.start(folder)) {
      long before = rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      Receipt receipt;
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        receipt = rig.deliver(rig.crm.set("1", "jobtitle", "Intern")).toCompletableFuture().join();
        assertThat(receipt).isInstanceOf(Receipt.Down.class);
        assertThat(rig.pipeline.intake().trouble()).isNotEmpty();
        assertThat(rig.score("1")).isEqualTo("40");
        statement.execute("ROLLBACK");
      }
      rig.clock.advance(2_000);
      rig.awaitCreeping("healed", () -> rig.pipeline.intake().trouble().isEmpty());
      assertThat(rig.keep(rig.crm.set("1", "jobtitle", "Intern"))).isGreaterThan(before);
      assertThat(rig.score("1")).isEqualTo("0");
    }
  }

  @Test
  void facts_ofATransactionThatFails_areSeenByNobody() throws Exception {
    Path file = folder.resolve("leadgauge.db");
    Path away = folder.resolve("away");
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();
    int failed = 0;
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      String line = rig.crm.set("1", "jobtitle", "Intern");
      Thread onlooker = Thread.ofPlatform().start(() -> look(rig, seen, over));
      for (int round = 0; round < 3; round++) {
        Files.move(file, away);
        assertThat(rig.deliver(line).toCompletableFuture().join()).isInstanceOf(Receipt.Down.class);
        failed += rig.pipeline.intake().trouble().isEmpty() ? 0 : 1;
        Files.move(away, file);
        rig.clock.advance(2_000);
        rig.awaitCreeping("healed", () -> rig.pipeline.intake().trouble().isEmpty());
      }
      over.set(true);
      onlooker.join();
    }
    assertThat(failed).as("transactions that failed").isPositive();
    assertThat(seen).as("scores that were seen").containsExactly("40");
  }

  @Test
  void property_firstToldInATransactionThatFails_isNotedByTheNext() throws Exception {
    Path file = folder.resolve("leadgauge.db");
    Path away = folder.resolve("away");
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("2", "form_date", "1"));
      rig.settle();
      String line = rig.crm.set("1", "jobtitle", "VP");
      Files.move(file, away);
      assertThat(rig.deliver(line).toCompletableFuture().join()).isInstanceOf(Receipt.Down.class);
      assertThat(rig.pipeline.intake().trouble()).isNotEmpty();
      Files.move(away, file);
      rig.clock.advance(2_000);
      rig.awaitCreeping("healed", () -> rig.pipeline.intake().trouble().isEmpty());
      assertThat(rig.reader.seenProperties(Rig.ACME)).doesNotContain("jobtitle");
      rig.keep(line);
      assertThat(rig.reader.seenProperties(Rig.ACME)).contains("jobtitle");
    }
  }

  private static void look(Rig rig, Set<String> seen, AtomicBoolean over) {
    while (!over.get()) {
      seen.add(rig.score("1"));
    }
  }

  @Test
  void intake_thatIsFull_saysWhenToTryAgain() throws SQLException {
    try (Rig rig = Rig.start(folder);
        Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("leadgauge.db"));
        Statement statement = other.createStatement()) {
      String line = rig.crm.set("1", "note", "x".repeat(1 << 20));
      List<CompletableFuture<Receipt>> receipts = new ArrayList<>();
      // However fast the writer is, it waits for whoever else holds the file.
      statement.execute("BEGIN IMMEDIATE");
      for (int i = 0; i < 100; i++) {
        receipts.add(rig.deliver(line).toCompletableFuture());
      }
      statement.execute("ROLLBACK");
      List<Receipt> answers = receipts.stream().map(CompletableFuture::join).toList();
      assertThat(answers).hasAtLeastOneElementOfType(Receipt.Kept.class);
      assertThat(answers)
          .filteredOn(Receipt.Full.class::isInstance)
          .isNotEmpty()
          .allSatisfy(
              answer ->
                  assertThat(((Receipt.Full) answer).retryAfter())
                      .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(6)));
    }
  }

  @Test
  void mode_changed_reachesContactsThatNothingElseTouches() {
    try (Rig rig = Rig.start(folder, Mode.SHADOW)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.writes).isEmpty();
    }
    try (Rig rig = Rig.start(folder, Mode.FIELDS)) {
      rig.awaitCreeping("written", () -> rig.crm.get("1", "lg_score").equals("40"));
      assertThat(rig.crm.writes).hasSize(1);
    }
  }

  @Test
  void stage_thatIsNotInTheOrder_isLeftAlone() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "lifecyclestage", "229001234");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("229001234");
    }
  }

  @Test
  void score_thatSomebodySetToAHugeNumber_isPutRight() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "lg_score", "1e99999999");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
    }
  }

  @Test
  void values_ofOneInstant_areReadFromTheCrm() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep("1 phone 5000 1", "1 phone 5000 2");
      rig.settle();
      assertThat(rig.crm.reads).containsExactly("1", "1");
    }
  }

  @Test
  void change_thatChangesNoField_doesNotMakeFadingUrgent() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.set("1", "jobtitle", "VP");
      rig.keep(rig.crm.set("1", "form_date", Long.toString(Rig.START)));
      rig.settle();
      rig.keep(rig.crm.set("1", "jobtitle", "vp"));
      rig.clock.advance(2 * Rig.DAY);
      rig.awaitCreeping("swept", () -> !rig.score("1").equals("60"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("60");
      assertThat(rig.crm.writes).hasSize(1);
    }
  }

  @Test
  void contact_thatWasAbsorbed_isNeitherReadNorWritten() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep("1 ~into 5000 2");
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.state("1").due()).isEqualTo(Due.NOTHING);
      assertThat(rig.crm.writes).hasSize(1);
      assertThat(rig.crm.reads).as("the survivor is").containsExactly("1", "2");
    }
  }

  /** A VP has 10, anybody else 0; both are cold, so that the score alone is written. */
  private static ModelDefinition coldModel() {
    long one = 1_000_000;
    Rule title =
        new Rule.OnProperty("title", new Condition.In("title", Set.of("vp")), 10 * one, null);
    ModelDefinition plain = Rig.model();
    return new ModelDefinition(
        plain.name(),
        plain.audience(),
        plain.discounts(),
        List.of(new Dimension("fit", null, null, one, List.of(title))),
        plain.minTotal(),
        plain.maxTotal(),
        plain.disqualifiers(),
        plain.labels(),
        plain.grade(),
        plain.segments(),
        List.of());
  }

  @Test
  void write_overtakenByAnEventThatAgreesWithTheCrmForAMoment_isPutRightAtOnce() {
    try (Rig rig = Rig.startWith(folder, Rig.connection(Mode.FULL), coldModel())) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitPassing("written", () -> rig.crm.get("1", "lg_score").equals("10"));
      rig.settle();
      rig.crm.holdWrites(true);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.awaitPassing("a write is under way", () -> rig.crm.heldWrites() == 1);

      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      assertThat(rig.score("1")).isEqualTo("10");
      long since = rig.clock.now();
      rig.crm.holdWrites(false);
      rig.awaitPassing("overtaken", () -> rig.crm.get("1", "lg_score").equals("0"));
      rig.awaitPassing("put right", () -> rig.crm.get("1", "lg_score").equals("10"));

      assertThat(rig.clock.now() - since).isLessThan(Rig.DAY / 2);
    }
  }
}
