package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.StageMap;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.pipeline.Configuration.State;
import io.leadgauge.scoring.Condition;
import io.leadgauge.scoring.ModelDefinition;
import io.leadgauge.scoring.ModelDefinition.Dimension;
import io.leadgauge.scoring.ModelDefinition.Label;
import io.leadgauge.scoring.ModelDefinition.Stage;
import io.leadgauge.scoring.PointsCondition;
import io.leadgauge.scoring.PointsCondition.Comparison;
import io.leadgauge.scoring.Rule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of configuration, from the CRM's side: what is written, and what is not. */
class RolloutTest {
  private static final long ONE = 1_000_000;
  private static final int CONTACTS = 40;
  private static final Connection FULL = Rig.connection(Mode.FULL);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ModelDefinition PLAIN = model(40, 40, 35, "title");

  @TempDir Path folder;

  /** A VP has 30; hot from {@code hot} until below {@code cooled}; mql from {@code mql}. */
  private static ModelDefinition model(long mql, long hot, long cooled, String... properties) {
    return model(30, mql, hot, cooled, properties);
  }

  private static ModelDefinition model(
      long points, long mql, long hot, long cooled, String... properties) {
    List<Rule> rules = new ArrayList<>();
    for (String property : properties) {
      Condition vp = new Condition.In(property, Set.of("vp"));
      rules.add(new Rule.OnProperty(property.replace(':', '-'), vp, points * ONE, null));
    }
    return new ModelDefinition(
        "plain",
        null,
        List.of(),
        List.of(new Dimension("fit", null, null, ONE, rules)),
        0,
        100 * ONE,
        List.of(),
        List.of(new Label("hot", hot * ONE, cooled * ONE, null), new Label("cold", 0, 0, null)),
        null,
        List.of(),
        List.of(
            new Stage(
                "mql",
                new PointsCondition.Compare(null, Comparison.AT_LEAST, mql * ONE),
                new PointsCondition.Compare(null, Comparison.LESS_THAN, 10 * ONE),
                Rig.DAY)));
  }

  private Rig start() {
    return Rig.startWith(folder, FULL, PLAIN);
  }

  private static void fill(Rig rig) {
    for (int i = 0; i < CONTACTS; i++) {
      rig.keep(rig.crm.set(Integer.toString(i), "jobtitle", i % 2 == 0 ? "VP" : "Intern"));
    }
    rig.settle();
  }

  private static Map<String, String> held(Rig rig) {
    Map<String, String> held = new TreeMap<>();
    for (int i = 0; i < CONTACTS; i++) {
      for (String property : List.of("lg_score", "lg_label", "lifecyclestage")) {
        held.put(i + " " + property, rig.crm.get(Integer.toString(i), property));
      }
    }
    return held;
  }

  @Test
  void change_thatMovesMoreThanTheGuard_writesNothingUntilApproved() {
    try (Rig rig = start()) {
      fill(rig);
      Map<String, String> before = held(rig);
      int writes = rig.crm.writes.size();

      rig.want(FULL, model(4, 4, 3, "title"));
      Configuration paused = rig.await(State.PAUSED);

      assertThat(paused.moves()).containsExactly(Map.entry("mql", CONTACTS / 2L));
      assertThat(paused.contacts()).isEqualTo(CONTACTS);
      assertThat(paused.detail())
          .contains("20 of 40 contacts", "20 to mql", "200 contacts or 2 %", "approve acme");
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.writes).hasSize(writes);
      assertThat(held(rig)).isEqualTo(before);

      assertThat(rig.pipeline.approve(Rig.ACME).orElseThrow().join()).isTrue();
      rig.awaitPassing("moved", () -> rig.crm.get("0", "lifecyclestage").equals("mql"));
      rig.await(State.IN_FORCE);
      rig.settle();
      assertThat(held(rig)).containsEntry("38 lifecyclestage", "mql");
      assertThat(held(rig)).containsEntry("38 lg_label", "hot");
      assertThat(held(rig)).containsEntry("39 lifecyclestage", "");
    }
  }

  @Test
  void pause_outlivesARestart() {
    try (Rig rig = start()) {
      fill(rig);
      rig.want(FULL, model(4, 4, 3, "title"));
      rig.await(State.PAUSED);
    }
    try (Rig rig = Rig.startAfter(9, folder, FULL, model(4, 4, 3, "title"))) {
      assertThat(rig.configuration().state()).isEqualTo(State.PAUSED);
      assertThat(rig.configuration().moves()).containsEntry("mql", CONTACTS / 2L);
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.writes).isEmpty();
    }
  }

  @Test
  void change_whileNothingRan_isGuardedAtTheStart() {
    try (Rig rig = start()) {
      fill(rig);
    }
    try (Rig rig = Rig.startAfter(1, folder, FULL, model(4, 4, 3, "title"))) {
      assertThat(rig.await(State.PAUSED).moves()).containsEntry("mql", CONTACTS / 2L);
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.writes).isEmpty();
    }
    try (Rig rig = Rig.startAfter(9, folder, FULL, PLAIN)) {
      rig.await(State.IN_FORCE);
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.writes).isEmpty();
    }
  }

  @Test
  void goingBack_leavesNoTrace() {
    try (Rig rig = start()) {
      fill(rig);
      Map<String, String> before = held(rig);
      int writes = rig.crm.writes.size();
      // The label's and the stage's hysteresis would keep what the slip has decided.
      rig.want(FULL, model(4, 4, 3, "title"));
      rig.await(State.PAUSED);

      rig.want(FULL, PLAIN);
      rig.await(State.IN_FORCE);
      rig.clock.advance(Rig.DAY);
      rig.settle();

      assertThat(rig.crm.writes).hasSize(writes);
      assertThat(held(rig)).isEqualTo(before);
      rig.keep(rig.crm.set("0", "phone", "1"));
      rig.settle();
      assertThat(rig.crm.writes).hasSize(writes);
    }
  }

  @Test
  void contact_thatSomethingHappensTo_isWrittenWithoutItsStageWhilePaused() {
    try (Rig rig = start()) {
      fill(rig);
      rig.want(FULL, model(4, 4, 3, "title"));
      rig.await(State.PAUSED);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.keep(rig.crm.set("new", "jobtitle", "VP"));
      rig.clock.advance(60_000);
      rig.awaitPassing("written", () -> rig.crm.get("new", "lg_score").equals("30"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("30");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEmpty();
      assertThat(rig.crm.get("new", "lifecyclestage")).isEmpty();

      rig.want(FULL, PLAIN);
      rig.await(State.IN_FORCE);
      rig.clock.advance(Rig.DAY);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_label")).isEqualTo("cold");
      assertThat(rig.crm.get("1", "lifecyclestage")).isEmpty();
      assertThat(rig.crm.get("new", "lifecyclestage")).isEmpty();
    }
  }

  @Test
  void change_withinTheGuard_isWrittenAtOnce() {
    try (Rig rig = start()) {
      fill(rig);
      rig.want(with(FULL, new Guard(20, 50)), model(4, 40, 35, "title"));
      rig.awaitPassing("moved", () -> rig.crm.get("38", "lifecyclestage").equals("mql"));
      rig.await(State.IN_FORCE);
    }
  }

  @Test
  void mode_thatBeginsToMoveStages_isGuarded() {
    Connection fields = Rig.connection(Mode.FIELDS);
    try (Rig rig = Rig.startWith(folder, fields, model(4, 4, 3, "title"))) {
      fill(rig);
      rig.want(FULL, model(4, 4, 3, "title"));
      assertThat(rig.await(State.PAUSED).moves()).containsEntry("mql", CONTACTS / 2L);
      assertThat(rig.crm.get("0", "lifecyclestage")).isEmpty();
    }
  }

  private static Connection with(Connection one, Guard guard) {
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

  @Test
  void smallPortal_isNotPausedByItsShareAlone() {
    try (Rig rig = start()) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      rig.want(FULL, model(4, 4, 3, "title"));
      rig.awaitPassing("moved", () -> rig.crm.get("1", "lifecyclestage").equals("mql"));
    }
  }

  @Test
  void property_thatContactsLack_isReadOfAllBeforeTheVersionIsInForce() {
    try (Rig rig = start()) {
      rig.crm.define("budget");
      for (int i = 0; i < CONTACTS; i++) {
        rig.crm.set(Integer.toString(i), "budget", "vp");
      }
      fill(rig);
      int reads = rig.crm.reads.size();
      rig.crm.trouble(new CallTrouble.Unknown("away"));
      rig.want(FULL, model(40, 40, 35, "title", "crm:budget"));
      Configuration waits = rig.await(State.NEEDS_SETUP);
      assertThat(waits.detail()).contains("cannot be asked", "away", "old version is in force");
      assertThat(waits.missing()).isEmpty();

      rig.crm.trouble(null);
      rig.crm.holdReads(true);
      rig.clock.advance(Duration.ofMinutes(1));
      rig.await(State.FETCHING);
      Await.until("counted", () -> rig.configuration().progress().total() == CONTACTS);
      assertThat(rig.score("0")).isEqualTo("30");

      rig.crm.holdReads(false);
      rig.awaitPassing("in force", () -> rig.configuration().state() != State.FETCHING);
      rig.awaitPassing("scored", () -> rig.score("39").equals("30"));
      assertThat(rig.score("0")).isEqualTo("60");
      assertThat(rig.crm.reads).hasSizeGreaterThanOrEqualTo(reads + CONTACTS);
    }
  }

  @Test
  void portal_thatLacksAFieldOrAnOption_keepsTheOldVersionInForce() {
    try (Rig rig = start()) {
      fill(rig);
      rig.crm.define("lifecyclestage", "lead", "mql");
      Connection sql = stage(FULL, "customer");
      rig.want(sql, model(4, 40, 35, "title", "crm:budget"));
      Configuration waits = rig.await(State.NEEDS_SETUP);
      assertThat(waits.missing())
          .containsExactly(
              "create the property budget", "add the option customer to lifecyclestage");
      assertThat(rig.score("0")).isEqualTo("30");

      rig.crm.define("budget");
      rig.crm.define("lifecyclestage", "lead", "mql", "customer");
      rig.clock.advance(Duration.ofMinutes(1));
      rig.await(State.PAUSED);
    }
  }

  @Test
  void portal_whoseStagesStandInAnotherOrder_keepsTheOldVersionInForce() {
    try (Rig rig = start()) {
      fill(rig);
      rig.crm.define("lifecyclestage", "mql", "lead", "229001234", "customer");
      rig.want(stage(FULL, "customer"), model(4, 40, 35, "title"));

      assertThat(rig.await(State.NEEDS_SETUP).missing())
          .singleElement()
          .asString()
          .contains("order of lifecyclestage", "mql, lead, 229001234, customer");

      rig.crm.define("lifecyclestage", "lead", "229001234", "mql", "customer");
      rig.clock.advance(Duration.ofMinutes(1));
      rig.await(State.PAUSED);
    }
  }

  private static Connection stage(Connection one, String value) {
    StageMap stages =
        new StageMap(
            "lifecyclestage",
            List.of("lead", "mql", "customer"),
            new TreeMap<>(Map.of("mql", value)),
            new TreeSet<>());
    ModelUse plain = Rig.plainUse();
    return new Connection(
        one.id(),
        one.kind(),
        one.tenant(),
        one.webhooks(),
        one.api(),
        List.of(new ModelUse(plain.name(), plain.model(), plain.fields(), stages)),
        one.mode(),
        one.fields(),
        one.lists(),
        one.activities(),
        one.outcomes(),
        one.poll(),
        one.writeBack(),
        one.guard());
  }

  @Test
  void property_thatNoEventWasSeenOf_isListedAndPolled() {
    try (Rig rig = start()) {
      fill(rig);
      rig.crm.define("budget");
      rig.want(FULL, model(40, 40, 35, "title", "crm:budget"));
      assertThat(rig.await(State.NEEDS_UPLOAD).unheard()).containsExactly("budget");

      rig.crm.makeSearchable();
      rig.crm.set("3", "budget", "vp");
      Await.until(
          "polled",
          () -> {
            rig.clock.advance(Duration.ofDays(50));
            return rig.score("3").equals("30");
          });
      assertThat(rig.configuration().state()).isEqualTo(State.NEEDS_UPLOAD);

      rig.keep(rig.crm.set("4", "budget", "x"));
      rig.await(State.IN_FORCE);
    }
  }

  @Test
  void change_thatNeedsNothingNew_asksThePortalNothing() {
    try (Rig rig = start()) {
      int asked = rig.crm.asked();
      rig.want(FULL, model(50, 40, 35, "title"));
      rig.await(State.IN_FORCE);
      assertThat(rig.crm.asked()).isEqualTo(asked);
    }
  }

  @Test
  void connection_thatIsLeftOut_isServedNoMoreAndKeepsItsData() {
    try (Rig rig = start()) {
      fill(rig);
      rig.pipeline.replace(List.of());
      assertThat(rig.pipeline.scopes().find(Rig.ACME)).isEmpty();
      assertThat(rig.pipeline.approve(new ConnectionId("acme"))).isEmpty();
      assertThat(rig.state("0").standings()).isNotEmpty();
      rig.want(FULL, PLAIN);
      rig.await(State.IN_FORCE);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.clock.advance(60_000);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("30");
    }
  }

  @Test
  void approval_whileAnotherVersionNeedsSetup_isAnsweredNo() {
    try (Rig rig = start()) {
      fill(rig);
      rig.want(FULL, model(4, 4, 3, "title"));
      rig.await(State.PAUSED);
      CompletableFuture<Boolean> early = rig.pipeline.approve(Rig.ACME).orElseThrow();
      rig.want(FULL, model(4, 4, 3, "title", "crm:budget"));
      CompletableFuture<Boolean> late = rig.pipeline.approve(Rig.ACME).orElseThrow();
      assertThat(early).succeedsWithin(PATIENCE);
      assertThat(late).succeedsWithin(PATIENCE).isEqualTo(false);
    }
  }

  @Test
  void approval_afterTheEnd_isAnsweredNo() {
    Candidate plain = Rig.candidate(FULL, PLAIN);
    Wanted wanted = new Wanted(plain, new MovableClock(Rig.START));
    wanted.close();
    assertThat(wanted.askApproval()).isCompletedWithValue(false);
  }

  @Test
  void version_thatNeedsSetup_needsItAfterARestartToo() {
    ModelDefinition budget = model(40, 40, 35, "title", "crm:budget");
    try (Rig rig = start()) {
      fill(rig);
    }
    for (int day = 1; day < 3; day++) {
      try (Rig rig = Rig.startAfter(day, folder, FULL, budget)) {
        Configuration waits = rig.await(State.NEEDS_SETUP);
        assertThat(waits.missing()).containsExactly("create the property budget");
      }
    }
  }

  @Test
  void decision_thatTheSameModelHasTaken_standsThroughAChangeOfTheGuard() {
    Connection fields = Rig.connection(Mode.FIELDS);
    ModelDefinition low = model(4, 4, 3, "title");
    try (Rig rig = Rig.startWith(folder, fields, low)) {
      fill(rig);
      rig.want(FULL, low);
      rig.await(State.PAUSED);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      long hotSince = decision(rig, "1").labelSince();
      rig.clock.advance(1_000);
      rig.want(with(FULL, new Guard(30, 90)), low);
      rig.await(State.IN_FORCE);
      assertThat(decision(rig, "1").label()).isEqualTo("hot");
      assertThat(decision(rig, "1").labelSince()).isEqualTo(hotSince);
    }
  }

  private static Decision decision(Rig rig, String id) {
    return Found.in(rig.state(id).standings(), "plain").decision();
  }

  @Test
  void takenBack_keepsHandOffsAndVetoesOfTheTimeBetween() {
    StageMark owed =
        new StageMark("mql", true, 1, true, 0, false, 0, false, null, new HandOff(true, 0, 0));
    StageMark done =
        new StageMark("mql", true, 1, true, 0, false, 0, false, null, new HandOff(false, 7, 9));
    StageMark vetoed = new StageMark("sql", false, 8, false, 8, true);
    Decision earlier = new Decision("cold", 1, List.of(owed));

    Decision back = TakenBack.to(earlier, new Decision("hot", 5, List.of(done, vetoed)));

    assertThat(back).isEqualTo(new Decision("cold", 1, List.of(done, vetoed)));
    assertThat(TakenBack.to(earlier, new Decision("hot", 5, List.of()))).isEqualTo(earlier);
  }

  /** As a model with the stage mql from so many points, that a contact must have had for a day. */
  private static ModelDefinition dwelling(long mql) {
    ModelDefinition plain = model(mql, 40, 35, "title");
    Stage stage = plain.stages().getFirst();
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
        List.of(
            new Stage(
                stage.name(),
                stage.enter(),
                stage.leave(),
                stage.cooldown(),
                Rig.DAY,
                stage.recycle(),
                stage.handOff())));
  }

  @Test
  void change_thatWouldMoveAfterADwell_isGuardedAtOnce() {
    try (Rig rig = Rig.startWith(folder, FULL, dwelling(40))) {
      fill(rig);
      rig.want(FULL, dwelling(20));
      assertThat(rig.await(State.PAUSED).moves()).containsEntry("mql", CONTACTS / 2L);
      rig.clock.advance(2 * Rig.DAY);
      rig.settle();
      assertThat(rig.crm.get("0", "lifecyclestage")).isEmpty();

      rig.want(FULL, dwelling(40));
      rig.await(State.IN_FORCE);
    }
  }

  @Test
  void contacts_thatWaitedAnyway_areNotCounted() {
    try (Rig rig = Rig.startWith(folder, FULL, dwelling(20))) {
      fill(rig);
      rig.want(FULL, dwelling(25));
      rig.await(State.IN_FORCE);
    }
    try (Rig rig = Rig.startAfter(0, folder, FULL, dwelling(24))) {
      rig.await(State.IN_FORCE);
    }
  }

  @Test
  void goingBack_takesBackASmallDifferenceThatWasWritten() {
    // Three points are not worth a write by time alone.
    ModelDefinition slip = model(33, 4, 40, 35, "title");
    try (Rig rig = start()) {
      fill(rig);
      rig.want(FULL, slip);
      rig.await(State.PAUSED);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.clock.advance(60_000);
      rig.awaitPassing("written", () -> rig.crm.get("1", "lg_score").equals("33"));
      rig.settle();

      rig.want(FULL, PLAIN);
      rig.await(State.IN_FORCE);
      rig.clock.advance(60_000);
      rig.awaitCreeping("put back", () -> rig.crm.get("1", "lg_score").equals("30"));
    }
  }
}
