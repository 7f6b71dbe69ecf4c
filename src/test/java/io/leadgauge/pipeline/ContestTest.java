package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Contested;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else writes a field of ours: it is put right a few times, and then left to them. */
class ContestTest {
  private static final String RIVAL = "INTEGRATION 2931120";
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  @TempDir Path folder;

  private static void qualify(Rig rig) {
    rig.keep(rig.crm.set("1", "jobtitle", "VP"));
    rig.settle();
    assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
  }

  /** Somebody writes over the score, and a minute passes. */
  private static void overwrite(Rig rig, String value) {
    rig.crm.passTo(rig.clock.now());
    rig.keep(rig.crm.setBy(RIVAL, "1", "lg_score", value));
    rig.clock.advance(MINUTE);
    rig.settle();
  }

  /** The score is written over by somebody who does not give in, until it is left to them. */
  private static int fight(Rig rig) {
    for (int times = 1; times < 20; times++) {
      overwrite(rig, Integer.toString(90 + times % 2));
      if (!rig.crm.get("1", "lg_score").equals("40")) {
        return times;
      }
    }
    throw new AssertionError("put right for ever");
  }

  private static List<Contested> contested(Rig rig) {
    return rig.reader.unwritten().contested(Rig.ACME, rig.clock.now(), 10);
  }

  @Test
  void score_overwrittenAgainAndAgain_isPutRightThreeTimesAndThenLeftToTheWriterByName() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      assertThat(fight(rig)).isEqualTo(4);
      assertThat(contested(rig))
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.property()).isEqualTo("lg_score");
                assertThat(one.by()).isEqualTo(RIVAL);
                assertThat(one.contact().id()).isEqualTo("1");
              });
      assertThat(rig.concerns())
          .isEqualTo(
              "contested fields: left to others who keep writing over them: 1, such as lg_score of"
                  + " 1 to INTEGRATION 2931120");
      assertThat(rig.writeBack("1").path("contested").path(0).path("by").asText()).isEqualTo(RIVAL);
      int writes = rig.crm.writes.size();
      overwrite(rig, "77");
      assertThat(rig.crm.writes).hasSize(writes);
    }
  }

  @Test
  void score_leftToAnother_keepsNoOtherFieldAndNoOtherContactFromBeingWritten() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      fight(rig);
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"), rig.crm.set("2", "jobtitle", "VP"));
      rig.clock.advance(MINUTE);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_label")).isEqualTo("cold");
      assertThat(rig.crm.get("1", "lg_score")).isNotIn("0", "40");
      assertThat(rig.crm.get("2", "lg_score")).isEqualTo("40");
    }
  }

  @Test
  void score_leftToAnother_isPutRightOnceAnHourWasQuiet() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      fight(rig);
      rig.clock.advance(58 * MINUTE);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isNotEqualTo("40");
      rig.clock.advance(4 * MINUTE);
      rig.awaitCreeping("put right", () -> rig.crm.get("1", "lg_score").equals("40"));
      rig.settle();
      assertThat(contested(rig)).isEmpty();
    }
  }

  @Test
  void score_leftToAWriterWhoGoesOn_staysTheirs() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      fight(rig);
      for (int i = 0; i < 10; i++) {
        rig.clock.advance(30 * MINUTE);
        overwrite(rig, Integer.toString(60 + i));
        assertThat(rig.crm.get("1", "lg_score")).isEqualTo(Integer.toString(60 + i));
      }
    }
  }

  @Test
  void score_leftToAnother_isStillSoAfterARestart() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      fight(rig);
    }
    try (Rig rig = Rig.start(folder)) {
      assertThat(WritePlan.of(rig.scope, rig.state("1"), rig.clock.now() + 5 * MINUTE).lost())
          .extracting(Contest::by)
          .containsExactly(RIVAL);
    }
  }

  @Test
  void score_overwrittenNowAndThen_isAlwaysPutRight() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      for (int i = 0; i < 12; i++) {
        overwrite(rig, Integer.toString(90 + i % 2));
        assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
        rig.clock.advance(25 * MINUTE);
      }
    }
  }

  @Test
  void score_thatChangesOften_isNoContestWithItsOwnEcho() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      for (int i = 0; i < 12; i++) {
        boolean intern = i % 2 == 0;
        rig.crm.passTo(rig.clock.now());
        rig.keep(rig.crm.set("1", "jobtitle", intern ? "Intern" : "VP"));
        rig.clock.advance(MINUTE);
        rig.settle();
        String score = intern ? "0" : "40";
        assertThat(rig.crm.get("1", "lg_score")).isEqualTo(score);
        rig.keep(rig.crm.setBy("INTEGRATION 1", "1", "lg_score", score));
      }
      assertThat(contested(rig)).isEmpty();
    }
  }

  @Test
  void score_overwrittenInABurst_isPutRightOnce() {
    try (Rig rig = Rig.start(folder)) {
      qualify(rig);
      int writes = rig.crm.writes.size();
      for (int i = 0; i < 20; i++) {
        rig.keep(rig.crm.setBy(RIVAL, "1", "lg_score", Integer.toString(60 + i)));
      }
      rig.clock.advance(MINUTE);
      rig.settle();
      assertThat(rig.crm.writes).hasSize(writes + 1);
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      assertThat(rig.clock.now()).isLessThan(Rig.START + HOUR);
    }
  }
}
