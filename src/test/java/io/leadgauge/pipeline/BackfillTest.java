package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.RecordRef;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.HandOff;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.store.DueWork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All contacts of a portal, read because somebody asked for it. */
class BackfillTest {
  private static final int CONTACTS = 10;
  private static final Guard GENEROUS = new Guard(1_000, 100);
  private static final Guard STRICT = new Guard(2, 10);

  private static final long ONE = 1_000_000;
  private static final HandOff CALL =
      new HandOff("Call {firstName}", Rig.DAY, null, HandOff.CONTACT_OWNER, null, Rig.DAY);
  private static final PointsCondition QUALIFIED =
      new PointsCondition.Compare(null, Comparison.AT_LEAST, 40 * ONE);
  private static final ModelDefinition MODEL =
      Rig.model(new Stage("mql", QUALIFIED, null, 30 * Rig.DAY, 0, null, CALL));

  @TempDir Path folder;

  private static Connection guarded(Guard guard) {
    Connection one = Rig.connection(Mode.FULL);
    return new Connection(
        one.id(),
        one.kind(),
        one.tenant(),
        one.webhooks(),
        one.api(),
        one.models(),
        one.mode(),
        one.fields(),
        one.lists(),
        one.activities(),
        one.outcomes(),
        one.poll(),
        one.writeBack(),
        guard);
  }

  private Rig start(Guard guard, Consumer<LineCrm> before) {
    return Rig.startOver(folder, guarded(guard), MODEL, before);
  }

  /** Half of the contacts are VPs, who have 40 and so are to be mql. */
  private static void past(LineCrm crm) {
    for (int i = 0; i < CONTACTS; i++) {
      crm.set(id(i), "jobtitle", i % 2 == 0 ? "VP" : "Intern");
    }
  }

  private static String id(int number) {
    return Integer.toString(100 + number);
  }

  private static BackfillProgress progress(Rig rig) {
    return rig.pipeline.backfill(Rig.ACME).orElseThrow();
  }

  private static BackfillProgress await(Rig rig, String phase) {
    rig.awaitCreeping(phase, () -> progress(rig).phase().equals(phase));
    return progress(rig);
  }

  @Test
  void contacts_thatNoEventEverNamed_areReadScoredAndWritten_withoutHandOffs() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      assertThat(progress(rig).phase()).isEqualTo("none");

      rig.pipeline.beginBackfill(Rig.ACME);
      BackfillProgress done = await(rig, "done");
      rig.settle();

      assertThat(done.done()).isEqualTo(CONTACTS);
      assertThat(done.total()).isEqualTo(CONTACTS);
      assertThat(done.endedAt()).isGreaterThanOrEqualTo(done.startedAt());
      assertThat(rig.crm.get(id(0), "lg_score")).isEqualTo("40");
      assertThat(rig.crm.get(id(1), "lg_score")).isEqualTo("0");
      assertThat(rig.crm.get(id(0), "lifecyclestage")).isEqualTo("mql");
      assertThat(marks(rig, id(0))).isNotEmpty().noneMatch(BackfillTest::isHandedOff);
    }
  }

  @Test
  void contact_thatDoesSomething_isHandedOff_whereABackfilledOneIsNot() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      rig.pipeline.beginBackfill(Rig.ACME);
      await(rig, "done");
      rig.settle();

      rig.keep(rig.crm.set("900", "jobtitle", "VP"));
      rig.awaitPassing("moved", () -> rig.crm.get("900", "lifecyclestage").equals("mql"));

      assertThat(marks(rig, "900")).anyMatch(BackfillTest::isHandedOff);
    }
  }

  private static List<StageMark> marks(Rig rig, String id) {
    return Found.in(rig.state(id).standings(), "plain").decision().stages();
  }

  private static boolean isHandedOff(StageMark mark) {
    return mark.handOff() != null;
  }

  @Test
  void dateProperty_isAnActivityEachTimeThatItWasSet() {
    try (Rig rig = start(GENEROUS, crm -> forms(crm))) {
      rig.pipeline.beginBackfill(Rig.ACME);
      await(rig, "done");
      rig.settle();

      List<Activity> forms =
          NeutralView.subject(rig.scope, view(rig, "7")).activities().stream()
              .filter(activity -> activity.type().equals("form"))
              .toList();
      assertThat(forms).hasSize(2);
    }
  }

  private static ContactView view(Rig rig, String id) {
    return ContactView.of(rig.scope, rig.state(id), rig.pipeline.states()::current);
  }

  private static void forms(LineCrm crm) {
    for (long days : List.of(4L, 2L)) {
      crm.set("7", "form_date", Long.toString(Rig.START - days * Rig.DAY));
    }
  }

  @Test
  void moreThanTheGuardAllows_isWrittenOnlyWhenApproved() {
    try (Rig rig = start(STRICT, BackfillTest::past)) {
      rig.pipeline.beginBackfill(Rig.ACME);
      BackfillProgress paused = await(rig, "paused");

      assertThat(paused.moves()).isEqualTo(Map.of("mql", CONTACTS / 2L));
      assertThat(rig.pipeline.concerns(rig.clock.now()))
          .filteredOn(one -> one.subject().equals("backfill"))
          .singleElement()
          .satisfies(one -> assertThat(one.detail()).startsWith("paused: " + CONTACTS / 2 + " "));
      rig.clock.advance(Rig.DAY);
      rig.keep(rig.crm.set("900", "jobtitle", "VP"));
      rig.awaitPassing("live moves", () -> rig.crm.get("900", "lifecyclestage").equals("mql"));
      assertThat(rig.crm.writes).allMatch(write -> write.record().id().equals("900"));

      assertThat(rig.pipeline.approveBackfill(Rig.ACME)).isTrue();
      await(rig, "done");
      rig.settle();
      assertThat(rig.crm.get(id(0), "lifecyclestage")).isEqualTo("mql");
      assertThat(rig.pipeline.concerns(rig.clock.now()))
          .noneMatch(one -> one.subject().equals("backfill"));
      assertThat(rig.pipeline.approveBackfill(Rig.ACME)).isFalse();
    }
  }

  @Test
  void pause_outlastsARestart() {
    try (Rig rig = start(STRICT, BackfillTest::past)) {
      rig.pipeline.beginBackfill(Rig.ACME);
      await(rig, "paused");
    }
    try (Rig rig = start(STRICT, BackfillTest::past)) {
      assertThat(progress(rig).phase()).isEqualTo("paused");
      rig.clock.advance(Duration.ofDays(40));
      rig.settle();
      assertThat(rig.crm.writes).isEmpty();
      assertThat(rig.pipeline.approveBackfill(Rig.ACME)).isTrue();
      await(rig, "done");
      rig.settle();
      assertThat(rig.crm.get(id(0), "lifecyclestage")).isEqualTo("mql");
    }
  }

  @Test
  void backfill_stoppedInTheMiddle_goesOnWhereItWas() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      rig.crm.listUntil(id(3));
      rig.pipeline.beginBackfill(Rig.ACME);
      rig.awaitCreeping("a page is read", () -> progress(rig).done() == LineCrm.LISTED_AT_ONCE);
    }
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      BackfillProgress done = await(rig, "done");

      assertThat(done.done()).isEqualTo(CONTACTS);
      assertThat(rig.crm.reads).doesNotContain(id(0), id(1), id(2)).contains(id(3), id(9));
    }
  }

  @Test
  void knownContact_thatTheCrmDoesNotListAnyMore_isNoticed() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      rig.keep(rig.crm.set("500", "jobtitle", "VP"));
      rig.settle();
      rig.crm.remove("500");

      rig.pipeline.beginBackfill(Rig.ACME);
      BackfillProgress done = await(rig, "done");

      assertThat(done.gone()).isEqualTo(1);
      assertThat(rig.state("500").facts().isDeleted()).isTrue();
    }
  }

  @Test
  void trouble_isTold_andTheBackfillGoesOnAfterIt() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      rig.crm.trouble(new CallTrouble.Wait(Duration.ofSeconds(5), "not now"));
      rig.pipeline.beginBackfill(Rig.ACME);
      rig.awaitCreeping("told", () -> progress(rig).trouble().equals("not now"));

      rig.crm.trouble(null);
      rig.awaitPassing("done", () -> progress(rig).phase().equals("done"));

      assertThat(progress(rig).trouble()).isEmpty();
      assertThat(progress(rig).done()).isEqualTo(CONTACTS);
    }
  }

  @Test
  void contact_thatAnEventWantsRead_isLeftToThatRead() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      rig.crm.holdReads(true);
      rig.keep(rig.crm.set("100", "jobtitle", "VP"));
      rig.awaitCreeping(
          "to be read", () -> rig.reader.countDue(Rig.ACME, DueWork.FETCH, rig.clock.now()) > 0);
      rig.crm.holdReads(false);
      rig.pipeline.beginBackfill(Rig.ACME);
      await(rig, "done");
      rig.settle();

      RecordRef ref = RecordRef.contact(Rig.ACME, "100");
      assertThat(rig.reader.load(ref)).isPresent();
      assertThat(marks(rig, "100")).anyMatch(BackfillTest::isHandedOff);
    }
  }

  @Test
  void secondOrder_whileOneIsOnItsWay_changesNothing() {
    try (Rig rig = start(GENEROUS, BackfillTest::past)) {
      // Or it may be through before the second.
      rig.crm.holdReads(true);
      rig.pipeline.beginBackfill(Rig.ACME);
      long began = progress(rig).startedAt();
      rig.clock.advance(10);
      rig.pipeline.beginBackfill(Rig.ACME);
      assertThat(progress(rig).startedAt()).isEqualTo(began);
      rig.crm.holdReads(false);
      await(rig, "done");
    }
  }
}
