package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of one company that would move more of its contacts than the guard lets pass. */
class CompanyGuardTest {
  private static final int CONTACTS = 5;

  /** Well before the rig's clock. */
  private static final long EARLIER = Rig.START - Rig.DAY / 2;

  @TempDir Path folder;

  /** Starts with a company that has grown, and whose five contacts would all be moved by that. */
  private Rig startWithHeldCompany() {
    Rig rig = Rig.startWith(folder, LinksTest.connection(), LinksTest.model());
    rig.crm.set("company/7", "size", "small");
    for (int i = 0; i < CONTACTS; i++) {
      rig.crm.set("c" + i, "~works-at", "company/7");
      rig.keep(rig.crm.set("c" + i, "jobtitle", "VP"));
    }
    rig.settle();
    rig.keep(rig.crm.set("company/7", "size", "big"));
    rig.awaitPassing("held", () -> !concerns(rig).isEmpty());
    return rig;
  }

  private static List<Concern> concerns(Rig rig) {
    return rig.pipeline.concerns(rig.clock.now());
  }

  private static Set<String> stages(Rig rig) {
    Set<String> stages = new TreeSet<>();
    for (int i = 0; i < CONTACTS; i++) {
      stages.add(rig.crm.get("c" + i, "lifecyclestage"));
    }
    return stages;
  }

  @Test
  void change_thatWouldMoveTooMany_isTold_andItsContactsAreScoredAndNotMoved() {
    try (Rig rig = startWithHeldCompany()) {
      rig.settle();
      assertThat(concerns(rig))
          .singleElement()
          .satisfies(
              concern -> {
                assertThat(concern.subject()).isEqualTo("company 7");
                assertThat(concern.detail()).contains("would move 5 of its contacts", "approve");
              });
      rig.awaitPassing("fields are written", () -> rig.crm.get("c4", "lg_score").equals("50"));
      assertThat(stages(rig)).containsOnly("");

      rig.keep(rig.crm.set("c1", "form_date", Long.toString(EARLIER)));
      rig.awaitPassing("written", () -> rig.crm.get("c1", "lg_score").equals("55"));
      assertThat(stages(rig)).as("nor by what one of them does").containsOnly("");
    }
  }

  @Test
  void approval_letsAllOfThemBeMoved_once() {
    try (Rig rig = startWithHeldCompany()) {
      assertThat(rig.pipeline.approveFanOuts(Rig.ACME)).isEqualTo(CONTACTS);
      rig.awaitPassing("moved", () -> stages(rig).equals(Set.of("mql")));
      rig.settle();
      assertThat(concerns(rig)).isEmpty();
      assertThat(rig.changesOnTheirWay()).isEmpty();
      assertThat(rig.pipeline.approveFanOuts(Rig.ACME)).isZero();
    }
  }

  @Test
  void change_thatIsHeldBack_staysSoAfterARestart_untilItIsTakenBack() {
    startWithHeldCompany().close();
    Consumer<LineCrm> away = crm -> crm.trouble(new CallTrouble.Unknown("away"));
    try (Rig rig = Rig.startAfter(1, folder, LinksTest.connection(), LinksTest.model(), away)) {
      assertThat(concerns(rig)).hasSize(1);
      rig.keep("company/7 size " + rig.clock.now() + " small");
      rig.awaitPassing("let go", () -> concerns(rig).isEmpty());
      rig.awaitPassing("scored", () -> rig.score("c0").equals("30"));
    }
  }
}
