package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.NewTask;
import io.leadgauge.model.Intent.State;
import io.leadgauge.model.RecordRef;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.store.Backup;
import io.leadgauge.store.Restoring;
import io.leadgauge.store.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restored store does about what it cannot know, over a CRM that tells no histories. */
class RestoredTest {
  private static final HandOff CALL =
      new HandOff("Call {firstName}", Rig.DAY, null, HandOff.CONTACT_OWNER, null, Rig.DAY);
  private static final PointsCondition QUALIFIED =
      new PointsCondition.Compare(null, Comparison.AT_LEAST, 40_000_000);
  private static final ModelDefinition MODEL =
      Rig.model(new Stage("mql", QUALIFIED, null, 30 * Rig.DAY, 0, null, CALL));

  @TempDir Path folder;

  private Rig first(Consumer<LineCrm> before) {
    return Rig.startOver(folder.resolve("data"), Rig.connection(Mode.FULL), MODEL, before);
  }

  private void backUp(Rig rig) {
    Backup.take(
        folder.resolve("data"), folder.resolve("file"), "1", rig.clock, (step, done, all) -> {});
  }

  /** Restores into another folder and starts there a day later. */
  private Rig restored(Consumer<LineCrm> before) {
    return restored(1, "other", before);
  }

  private Rig restored(int days, String name, Consumer<LineCrm> before) {
    restore(days, name);
    return Rig.startAfter(days, folder.resolve(name), Rig.connection(Mode.FULL), MODEL, before);
  }

  private void restore(int days, String name) {
    Path other = folder.resolve(name);
    MovableClock clock = new MovableClock(Rig.START + days * Rig.DAY - 1);
    try (Restoring restoring =
        Restoring.begin(folder.resolve("file"), other, clock, (step, done, all) -> {})) {
      try (Store store = Store.open(restoring.prepared())) {
        Restored.mark(store, List.of(Rig.ACME), restoring.contents().takenAt(), clock.now());
      }
      restoring.commit();
    }
  }

  private static void awaitDone(Rig rig) {
    rig.awaitPassing(
        "caught up", () -> rig.pipeline.backfill(Rig.ACME).orElseThrow().phase().equals("done"));
  }

  @Test
  void taskOfACrossingBeforeTheBackup_isLookedForBeforeItIsMade() {
    NewTask made;
    try (Rig rig = first(crm -> {})) {
      rig.crm.holdWrites(true);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitCreeping("the stage is written", () -> rig.crm.heldWrites() > 0);
      backUp(rig);
      rig.crm.holdWrites(false);
      rig.awaitPassing("handed over", () -> !rig.crm.tasks.made().isEmpty());
      made = rig.crm.tasks.made().getFirst();
    }
    Consumer<LineCrm> later =
        crm -> {
          crm.makeSearchable();
          crm.set("1", "jobtitle", "VP");
          crm.tasks.create(made);
        };
    try (Rig rig = restored(later)) {
      awaitDone(rig);
      rig.awaitPassing("moved again", () -> rig.crm.get("1", "lifecyclestage").equals("mql"));
      rig.awaitPassing(
          "the task is found",
          () ->
              rig.reader.unwritten().intentsOf(RecordRef.contact(Rig.ACME, "1"), 10).stream()
                  .anyMatch(one -> one.step().state() == State.DONE));
      assertThat(rig.crm.tasks.made()).containsExactly(made);
    }
  }

  @Test
  void backfillThatWasUnderWay_beginsAnew_andReadsAll() {
    Consumer<LineCrm> past =
        crm -> {
          for (int i = 0; i < 9; i++) {
            crm.set("10" + i, "jobtitle", "VP");
          }
        };
    try (Rig rig = first(past)) {
      rig.crm.listUntil("103");
      rig.pipeline.beginBackfill(Rig.ACME);
      rig.awaitCreeping(
          "a page is read",
          () -> rig.pipeline.backfill(Rig.ACME).orElseThrow().done() == LineCrm.LISTED_AT_ONCE);
      backUp(rig);
    }
    try (Rig rig = restored(past)) {
      awaitDone(rig);
      rig.settle();
      assertThat(rig.pipeline.backfill(Rig.ACME).orElseThrow().done()).isEqualTo(9);
      assertThat(rig.crm.get("108", "lg_score")).isEqualTo("40");
      assertThat(rig.crm.tasks.made()).isEmpty();
    }
  }

  @Test
  void contactThatTheCrmFailsFor_holdsUpItselfAlone_andIsWrittenOnceItWasRead() {
    try (Rig rig = first(crm -> {})) {
      for (String id : List.of("1", "2", "3")) {
        rig.keep(rig.crm.set(id, "jobtitle", "Intern"));
      }
      rig.settle();
      backUp(rig);
    }
    Consumer<LineCrm> later =
        crm -> {
          crm.makeSearchable();
          for (String id : List.of("1", "2", "3")) {
            crm.set(id, "jobtitle", "Intern");
            crm.passTo(Rig.START + 1_000);
            crm.set(id, "jobtitle", "VP");
          }
          // It was moved on and back again since the backup.
          crm.set("2", "lifecyclestage", "mql");
          crm.set("2", "lifecyclestage", "lead");
          crm.failFor("2", true);
        };
    try (Rig rig = restored(later)) {
      awaitDone(rig);
      rig.awaitPassing("the others are written", () -> rig.crm.get("3", "lg_score").equals("40"));
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("mql");
      assertThat(rig.crm.get("2", "lg_score")).isEmpty();
      assertThat(rig.concerns())
          .contains("not read: the CRM answers for others and not for contact 2, of which nothing");

      // What happens to it is kept, and nothing follows before it was read.
      rig.keep(rig.crm.set("2", "jobtitle", "VP"));
      rig.awaitPassing("scored", () -> rig.score("2").equals("40"));
      assertThat(rig.crm.writes).noneMatch(write -> write.record().id().equals("2"));

      rig.crm.failFor("2", false);
      Await.until(
          "written",
          () -> {
            rig.clock.advance(Rig.DAY / 24);
            return rig.crm.get("2", "lg_score").equals("40");
          });
      rig.settle();
      assertThat(rig.concerns()).doesNotContain("not read");
      assertThat(rig.crm.get("2", "lifecyclestage")).isEqualTo("lead");
      assertThat(rig.crm.tasks.made()).isEmpty();
    }
  }

  @Test
  void contactThatIsPassedOver_isSetAside_alsoAfterARestart() {
    try (Rig rig = first(crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.keep(rig.crm.set("2", "jobtitle", "Intern"));
      rig.settle();
      backUp(rig);
    }
    Consumer<LineCrm> later =
        crm -> {
          crm.makeSearchable();
          crm.set("1", "jobtitle", "VP");
          crm.set("2", "jobtitle", "VP");
          crm.hide("2", true);
        };
    try (Rig rig = restored(later)) {
      awaitDone(rig);
      rig.settle();
    }
    try (Rig rig =
        Rig.startAfter(2, folder.resolve("other"), Rig.connection(Mode.FULL), MODEL, later)) {
      assertThat(rig.concerns()).contains("not read: the CRM answers for others and not for");
      rig.keep(rig.crm.set("2", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("2", "lg_score")).isEmpty();
      rig.crm.hide("2", false);
      rig.awaitPassing("written", () -> rig.crm.get("2", "lg_score").equals("40"));
    }
  }

  @Test
  void crmThatAnswersForNobody_setsNobodyAside() {
    try (Rig rig = first(crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.keep(rig.crm.set("2", "jobtitle", "Intern"));
      rig.settle();
      backUp(rig);
    }
    Consumer<LineCrm> later =
        crm -> {
          crm.makeSearchable();
          crm.set("1", "jobtitle", "VP");
          crm.set("2", "jobtitle", "VP");
          crm.failFor("1", true);
          crm.failFor("2", true);
        };
    try (Rig rig = restored(later)) {
      rig.awaitPassing("tried often", () -> rig.crm.reads.size() > 2 * Halving.MOST_TRIES + 6);
      assertThat(rig.concerns())
          .contains("nothing is written until then")
          .doesNotContain("not read");
      rig.crm.failFor("1", false);
      rig.crm.failFor("2", false);
      rig.awaitPassing("written", () -> rig.crm.get("2", "lg_score").equals("40"));
    }
  }

  @Test
  void companyThatChangedSince_isReadAgain_andNobodyIsHandedOverForIt() {
    PointsCondition qualified = new PointsCondition.Compare(null, Comparison.AT_LEAST, 45_000_000);
    ModelDefinition model =
        Rig.model(
            LinksTest.model(), new Stage("mql", qualified, null, 30 * Rig.DAY, 0, null, CALL));
    Connection connection = LinksTest.connection(new Guard(1_000, 100));
    Consumer<LineCrm> past =
        crm -> {
          crm.makeSearchable();
          crm.set("1", "~works-at", "company/7");
          crm.set("company/7", "size", "small");
        };
    try (Rig rig = Rig.startOver(folder.resolve("data"), connection, model, past)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("30");
      backUp(rig);
    }
    restore(1, "other");
    Consumer<LineCrm> later =
        crm -> {
          crm.set("1", "jobtitle", "VP");
          crm.passTo(Rig.START + 1_000);
          crm.set("company/7", "size", "big");
        };
    try (Rig rig =
        Rig.startAfter(1, folder.resolve("other"), connection, model, past.andThen(later))) {
      awaitDone(rig);
      assertThat(rig.score("1")).isEqualTo("50");
      rig.awaitPassing("moved", () -> rig.crm.get("1", "lifecyclestage").equals("mql"));
      rig.settle();
      assertThat(rig.reader.unwritten().intentsOf(RecordRef.contact(Rig.ACME, "1"), 10)).isEmpty();
    }
  }

  @Test
  void backupThatWasMadeWhileARestoreWasCaughtUpWith_lacksWhatThatOneDid() {
    try (Rig rig = first(crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      backUp(rig);
    }
    Consumer<LineCrm> later =
        crm -> {
          crm.makeSearchable();
          crm.set("1", "jobtitle", "Intern");
          crm.passTo(Rig.START + 1_000);
          crm.set("1", "jobtitle", "VP");
          crm.set("1", "lifecyclestage", "mql");
          crm.set("1", "lifecyclestage", "lead");
        };
    try (Rig rig = restored(later.andThen(crm -> crm.failFor("1", true)))) {
      rig.awaitPassing("tried", () -> rig.crm.reads.size() > 2);
      Backup.take(
          folder.resolve("other"), folder.resolve("file"), "1", rig.clock, (step, done, all) -> {});
    }
    try (Rig rig = restored(2, "third", later)) {
      assertThat(rig.pipeline.backfill(Rig.ACME).orElseThrow().restoredFrom())
          .isLessThan(Rig.START + Rig.DAY / 2);
      awaitDone(rig);
      rig.awaitPassing("written", () -> rig.crm.get("1", "lg_score").equals("40"));
      rig.settle();
      assertThat(rig.crm.get("1", "lifecyclestage")).isEqualTo("lead");
    }
  }
}
