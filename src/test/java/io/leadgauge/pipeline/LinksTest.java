package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.FieldMap.Field;
import io.leadgauge.crm.FieldMap.FieldType;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.model.RecordRef;
import io.leadgauge.pipeline.FanOutPosition.Phase;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.Decay;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a contact is by its links: the company that it works at, the meetings that it took part in,
 * the records that it absorbed.
 */
class LinksTest {
  private static final long ONE = 1_000_000;

  /** Well before the rig's clock, in order. */
  private static final long T = Rig.START - Rig.DAY / 2;

  @TempDir Path folder;

  private Rig start() {
    return Rig.startWith(folder, connection(), model());
  }

  /** Starts where no change moves too many. */
  private Rig startUnguarded() {
    return Rig.startWith(folder, connection(new Guard(1_000, 100)), model());
  }

  /** A VP gives 30, a big company 20, each form 5, each held meeting 7. */
  static ModelDefinition model() {
    return model(true);
  }

  private static ModelDefinition model(boolean readsCompanies) {
    Rule title =
        new Rule.OnProperty("title", new Condition.In("title", Set.of("vp")), 30 * ONE, null);
    Rule size =
        new Rule.OnProperty(
            "size", new Condition.In("company.size", Set.of("big")), 20 * ONE, null);
    ModelDefinition plain = Rig.model();
    return new ModelDefinition(
        plain.name(),
        null,
        List.of(),
        List.of(
            new Dimension(
                "fit", null, null, ONE, readsCompanies ? List.of(title, size) : List.of(title)),
            new Dimension(
                "engagement", null, null, ONE, List.of(each("form", 5), each("meeting", 7)))),
        0,
        100 * ONE,
        List.of(),
        plain.labels(),
        null,
        List.of(),
        List.of(
            new Stage(
                "mql",
                new PointsCondition.Compare(null, Comparison.AT_LEAST, 45 * ONE),
                null,
                Rig.DAY)));
  }

  private static Rule each(String type, int points) {
    return new Rule.OnActivity(
        type,
        type,
        null,
        new Rule.Gives.Each(points * ONE),
        null,
        new Decay.None(),
        null,
        Rule.Choice.ALL,
        null);
  }

  static Connection connection() {
    return connection(new Guard(2, 100));
  }

  static Connection connection(Guard guard) {
    Connection plain = Rig.connection(Mode.FULL);
    return new Connection(
        plain.id(),
        plain.kind(),
        plain.tenant(),
        plain.webhooks(),
        plain.api(),
        plain.models(),
        plain.mode(),
        new FieldMap(
            new TreeMap<>(
                Map.of(
                    "title",
                    Field.of("jobtitle", FieldType.TEXT, List.of(RecordRef.CONTACT)),
                    "company.size",
                    Field.of("size", FieldType.TEXT, List.of(RecordRef.COMPANY))))),
        plain.lists(),
        List.of(
            new ActivityMap("form", "form_date", new TreeMap<>()),
            new ActivityMap(
                "meeting", "meeting", "start", new TreeMap<>(Map.of("outcome", "outcome")))),
        new Outcomes(
            new TreeMap<>(
                Map.of(
                    "contact", new TreeSet<>(Set.of("accepted")),
                    "deal", new TreeSet<>(Set.of("stage")))),
            new TreeSet<>(Set.of("deal"))),
        plain.poll(),
        plain.writeBack(),
        guard);
  }

  @Test
  void company_givesItsContactsWhatModelsReadOfIt() {
    try (Rig rig = start()) {
      rig.crm.set("company/7", "size", "big");
      rig.crm.set("1", "~works-at", "company/7");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("50");
      assertThat(rig.crm.reads).contains("company/7");
      assertThat(rig.crm.get("1", "lg_score")).as("one write").isEqualTo("50");
      assertThat(rig.crm.writes).hasSize(1);
    }
  }

  @Test
  void company_thatChanges_scoresItsContactsAgain() {
    try (Rig rig = start()) {
      rig.crm.set("company/7", "size", "small");
      rig.crm.set("1", "~works-at", "company/7");
      rig.crm.set("2", "~works-at", "company/7");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"), rig.crm.set("2", "jobtitle", "Clerk"));
      rig.settle();
      assertThat(rig.score("1") + " " + rig.score("2")).isEqualTo("30 0");
      long change = rig.keep(rig.crm.set("company/7", "size", "big"));
      rig.settle();
      assertThat(rig.score("1") + " " + rig.score("2")).isEqualTo("50 20");
      assertThat(rig.reader.cursors(Rig.ACME, "fan-out/")).as("done").isEmpty();
      assertThat(change).isPositive();
    }
  }

  @Test
  void contact_isNotScoredBeforeItsCompanyIsKnown() {
    try (Rig rig = start()) {
      rig.crm.set("1", "~works-at", "company/7");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.score("1")).as("the company is gone").isEqualTo("30");
      rig.crm.set("company/8", "size", "big");
      rig.crm.holdReads(true);
      rig.keep(rig.crm.set("1", "~works-at", "company/8"));
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"));
      assertThat(rig.score("1")).as("waits").isEqualTo("30");
      rig.crm.holdReads(false);
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("20");
    }
  }

  @Test
  void company_thatTheCrmDoesNotTell_doesNotKeepItsContactsFromBeingScoredForEver() {
    try (Rig rig = start()) {
      rig.crm.set("company/7", "size", "big");
      rig.crm.hide("company/7", true);
      rig.crm.set("1", "~works-at", "company/7");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitPassing("scored", () -> !rig.state("1").standings().isEmpty());
      assertThat(rig.score("1")).as("after some tries, without the company").isEqualTo("30");
      rig.crm.hide("company/7", false);
      rig.awaitPassing("scored again", () -> rig.score("1").equals("50"));
    }
  }

  @Test
  void meeting_thatTheCrmDoesNotTell_doesNotKeepItsContactsFromBeingScoredForEver() {
    try (Rig rig = start()) {
      rig.crm.set("meeting/5", "start", Long.toString(T));
      rig.crm.hide("meeting/5", true);
      rig.crm.set("1", "~with", "meeting/5");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.awaitPassing("scored", () -> !rig.state("1").standings().isEmpty());
      assertThat(rig.score("1")).isEqualTo("30");
      rig.crm.hide("meeting/5", false);
      rig.awaitPassing("scored again", () -> rig.score("1").equals("37"));
    }
  }

  @Test
  void company_thatAContactLeaves_countsNoMore() {
    try (Rig rig = start()) {
      rig.crm.set("company/7", "size", "big");
      rig.crm.set("1", "~works-at", "company/7");
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("20");
      rig.keep(rig.crm.set("1", "~left", "company/7"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("0");
    }
  }

  @Test
  void company_thatWasMergedIntoAnother_livesOnThere() {
    try (Rig rig = start()) {
      rig.crm.set("company/7", "size", "small");
      rig.crm.set("company/8", "size", "big");
      rig.crm.set("1", "~works-at", "company/7");
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"));
      rig.settle();
      rig.keep("company/7 ~into " + (T + 9) + " company/8");
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("20");
    }
  }

  @Test
  void meeting_isAnActivityOfItsContacts_asLongAsItIsThere() {
    try (Rig rig = start()) {
      rig.crm.set("meeting/5", "start", Long.toString(T));
      rig.crm.set("meeting/5", "outcome", "COMPLETED");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.keep(rig.crm.set("1", "~with", "meeting/5"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("37");
      rig.keep("meeting/5 ~present " + Rig.START + " false");
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("30");
    }
  }

  @Test
  void deal_isReadOnceAndKept_andNoScoreWaitsForIt() {
    try (Rig rig = start()) {
      rig.crm.set("deal/3", "stage", "won");
      rig.crm.set("1", "~with", "deal/3");
      rig.crm.set("1", "accepted", "yes");
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.score("1")).isEqualTo("30");
      assertThat(rig.state("1").facts().value("accepted")).isEqualTo("yes");
      RecordRef deal = new RecordRef(Rig.ACME, "deal", "3");
      assertThat(rig.reader.load(deal).orElseThrow().facts().value("stage")).isEqualTo("won");
      assertThat(Collections.frequency(rig.crm.reads, "deal/3")).isEqualTo(1);
    }
  }

  @Test
  void version_thatReadsCompanies_isCountedWithThemAndWaitsForApproval() {
    try (Rig rig = Rig.startWith(folder, connection(), model(false))) {
      rig.crm.define("size");
      rig.crm.set("company/7", "size", "big");
      for (int i = 0; i < 5; i++) {
        rig.crm.set("c" + i, "~works-at", "company/7");
        rig.keep(rig.crm.set("c" + i, "jobtitle", "VP"));
      }
      rig.settle();
      assertThat(rig.score("c0")).isEqualTo("30");
      rig.want(connection(), model(true));
      assertThat(rig.await(Configuration.State.PAUSED).detail()).contains("5");
      rig.settle();
      assertThat(rig.score("c4")).isEqualTo("50");
      assertThat(rig.crm.get("c4", "lifecyclestage")).as("held back").isEmpty();
    }
  }

  @Test
  void company_thatKeepsChanging_isCarriedToItsLastContact() {
    RecordRef company = new RecordRef(Rig.ACME, RecordRef.COMPANY, "7");
    FanOutPosition open = FanOutPosition.first(company, 1).in(Phase.OPEN);
    FanOutPosition changed = open.reached(100, false).changedAgain(2).changedAgain(3);
    assertThat(changed.lastRow()).as("goes on").isEqualTo(100);
    FanOutPosition round = changed.reached(250, true);
    assertThat(round).as("once more for those before").isEqualTo(FanOutPosition.first(company, 3));
    assertThat(round.in(Phase.OPEN).reached(250, true).isDone()).isTrue();
    FanOutPosition counting = FanOutPosition.first(company, 1).counted(100, 0);
    assertThat(counting.changedAgain(2))
        .as("what was counted was another change")
        .isEqualTo(FanOutPosition.first(company, 2));
    FanOutPosition held = counting.in(Phase.HELD);
    assertThat(held.isOfSameCause(held.reached(100, false))).as("still held").isTrue();
    assertThat(held.isOfSameCause(held.changedAgain(2))).as("changed since").isFalse();
    assertThat(held.isOfSameCause(held.in(Phase.OPEN))).as("approved").isFalse();

    int contacts = 230;
    try (Rig rig = startUnguarded()) {
      rig.crm.set("company/7", "size", "small");
      for (int i = 0; i < contacts; i++) {
        rig.crm.set("c" + i, "~works-at", "company/7");
        rig.keep(rig.crm.set("c" + i, "jobtitle", "VP"));
      }
      rig.settle();
      for (int i = 0; i < 41; i++) {
        rig.keep("company/7 size " + (Rig.START + i) + (i % 2 == 0 ? " big" : " small"));
      }
      rig.settle();
      for (int i = 0; i < contacts; i++) {
        assertThat(rig.score("c" + i)).isEqualTo("50");
      }
    }
  }

  @Test
  void fanOut_isTakenUpAgainAfterARestart() {
    int contacts = 250;
    try (Rig rig = startUnguarded()) {
      rig.crm.set("company/7", "size", "small");
      for (int i = 0; i < contacts; i++) {
        rig.crm.set("c" + i, "~works-at", "company/7");
        rig.keep(rig.crm.set("c" + i, "jobtitle", "VP"));
      }
      rig.settle();
      // The pages of the fan-out come after this delivery, so the end may come in between.
      rig.keep("company/7 size " + Rig.START + " big");
    }
    // The portal of before is away: what is known must do.
    Consumer<LineCrm> away = crm -> crm.trouble(new CallTrouble.Unknown("away"));
    try (Rig rig = Rig.startAfter(1, folder, connection(new Guard(1_000, 100)), model(), away)) {
      rig.awaitPassing("all scored", () -> rig.reader.cursors(Rig.ACME, "fan-out/").isEmpty());
      rig.awaitCommitted();
      for (int i = 0; i < contacts; i++) {
        assertThat(rig.score("c" + i)).isEqualTo("50");
      }
    }
  }

  /** A merge, what both did before, and what is told late of the one that is gone. */
  private static List<String> merge() {
    return List.of(
        "1 jobtitle " + T + " VP",
        "1 form_date " + (T + 1) + " " + (T + 1),
        "2 jobtitle " + (T + 2) + " Clerk",
        "2 form_date " + (T + 3) + " " + (T + 3),
        "1 ~with " + (T + 4) + " meeting/5",
        "1 ~into " + (T + 5) + " 2",
        "1 ~present " + (T + 6) + " false",
        "2 ~present " + (T + 6) + " true",
        "1 form_date " + (T + 4) + " " + (T + 4));
  }

  @Test
  void merge_inAnyOrder_unitesWhatBothDid_andKeepsTheSurvivorsProperties() {
    Seeds.forEach(
        40,
        random -> {
          try (Rig rig = merged(random, folder.resolve("m" + random.nextLong()))) {
            assertThat(rig.score("2")).as("three forms, one meeting, no VP").isEqualTo("22");
            assertThat(rig.state("1").due().writeAt()).isEqualTo(Long.MAX_VALUE);
          }
        });
  }

  private static Rig merged(SplittableRandom random, Path place) {
    Rig rig = Rig.startWith(place, connection(), model());
    rig.crm.set("meeting/5", "start", Long.toString(T));
    rig.crm.set("2", "jobtitle", "Clerk");
    List<String> lines = new ArrayList<>(merge());
    lines.addAll(merge().subList(0, random.nextInt(merge().size())));
    Collections.shuffle(lines, new Random(random.nextLong()));
    while (!lines.isEmpty()) {
      List<String> some = lines.subList(0, 1 + random.nextInt(lines.size()));
      rig.keep(some.toArray(new String[0]));
      some.clear();
    }
    rig.settle();
    return rig;
  }

  @Test
  void merge_thatIsUndone_restoresBothToTheByte() {
    try (Rig rig = start()) {
      rig.crm.set("1", "jobtitle", "VP");
      rig.crm.set("2", "jobtitle", "Clerk");
      rig.keep("1 form_date " + T + " " + T, "2 form_date " + (T + 1) + " " + (T + 1));
      rig.settle();
      assertThat(rig.score("1") + " " + rig.score("2")).isEqualTo("35 5");
      String two = rig.state("2").facts().canonical();
      long at = rig.clock.now();
      rig.keep("1 ~into " + at + " 2");
      rig.settle();
      assertThat(rig.score("2")).isEqualTo("10");
      rig.keep("1 ~out-of " + (at + 1) + " 2");
      rig.settle();
      assertThat(rig.score("1") + " " + rig.score("2")).isEqualTo("35 5");
      assertThat(rig.state("2").facts().canonical().replaceAll("property \"lg_.*\n", ""))
          .isEqualTo(two.replaceAll("property \"lg_.*\n", ""));
    }
  }

  @Test
  void chainOfMerges_andACircle_doNotLoop() {
    try (Rig rig = start()) {
      for (String id : List.of("1", "2", "3")) {
        rig.crm.set(id, "jobtitle", "Clerk");
        rig.keep(id + " form_date " + T + " " + (T + Integer.parseInt(id)));
      }
      rig.settle();
      rig.keep("1 ~into " + (T + 5) + " 2");
      rig.keep("2 ~into " + (T + 6) + " 3");
      rig.settle();
      assertThat(rig.score("3")).isEqualTo("15");
      rig.keep("1 form_date " + (T + 9) + " " + (T + 9));
      rig.settle();
      assertThat(rig.score("3")).as("late, two merges away").isEqualTo("20");
      rig.keep("3 ~into " + (T + 7) + " 1");
      rig.settle();
      assertThat(rig.state("3").facts().isAbsorbed()).isTrue();
    }
  }
}
