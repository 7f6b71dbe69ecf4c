package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Found;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.Due;
import io.leadgauge.model.RefusedField;
import io.leadgauge.pipeline.Configuration.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A property that the CRM refuses for everybody: it alone is left out, and comes back by itself.
 */
class RefusedFieldTest {
  private static final String LABEL = "lg_label";
  private static final int CONTACTS = 30;
  private static final long MINUTE = 60_000;

  @TempDir Path folder;

  private static void fill(Rig rig, int from) {
    for (int i = from; i < from + CONTACTS; i++) {
      rig.keep(rig.crm.set(Integer.toString(i), "jobtitle", "VP"));
    }
    rig.settle();
  }

  private static long holding(Rig rig, String property, String value) {
    long holding = 0;
    for (int i = 0; i < 2 * CONTACTS; i++) {
      holding += rig.crm.get(Integer.toString(i), property).equals(value) ? 1 : 0;
    }
    return holding;
  }

  private static long tries(Rig rig) {
    return rig.crm.writes.stream()
        .filter(write -> write.properties().keySet().equals(Set.of(LABEL)))
        .count();
  }

  private static boolean isRefused(Rig rig) {
    return rig.pipeline.scopes().require(Rig.ACME).isRefused(LABEL);
  }

  private static void refuse(Rig rig) {
    rig.crm.refuse(LABEL, "guarded by a rule");
    fill(rig, 0);
    rig.awaitCreeping("left out", () -> isRefused(rig));
    rig.settle();
  }

  @Test
  void property_refused_isLeftOutAloneAndKeepsNoContactFromBeingWritten() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig);
      assertThat(holding(rig, "lg_score", "40")).isEqualTo(CONTACTS);
      assertThat(holding(rig, "lifecyclestage", "mql")).isEqualTo(CONTACTS);
      for (int i = 0; i < CONTACTS; i++) {
        assertThat(rig.state(Integer.toString(i)).due().attempts()).isZero();
        assertThat(rig.state(Integer.toString(i)).due().writeAt()).isEqualTo(Due.NEVER);
      }
      assertThat(rig.concerns())
          .startsWith("field lg_label: refused since 2023-11-14T22:13:")
          .contains("guarded by a rule");
      assertThat(rig.writeBack("1").path("refused").path(0).path("reason").asText())
          .isEqualTo("guarded by a rule");
      int writes = rig.crm.writes.size();
      fill(rig, CONTACTS);
      assertThat(holding(rig, "lg_score", "40")).isEqualTo(2 * CONTACTS);
      assertThat(rig.crm.writes.subList(writes, rig.crm.writes.size()))
          .filteredOn(write -> write.properties().size() > 1)
          .noneMatch(write -> write.properties().containsKey(LABEL));
    }
  }

  @Test
  void property_refused_isTriedWithOneContactAtATimeLessAndLessOften() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig);
      for (int i = 0; i < 24 * 6; i++) {
        passing(rig);
      }
      rig.settle();
      assertThat(tries(rig)).isBetween(4L, 6L);
      assertThat(rig.reader.unwritten().refusedFields(Rig.ACME).get(LABEL))
          .satisfies(
              field -> {
                assertThat(field.message()).isEqualTo("guarded by a rule");
                assertThat(field.tries()).isGreaterThan(4);
              });
    }
  }

  /** Lets ten minutes pass, and the probe look. */
  private static void passing(Rig rig) {
    int looked = rig.crm.asked();
    rig.clock.advance(10 * MINUTE);
    // It notes when it has looked a little after it did, so that may be ten minutes later.
    rig.awaitPassing("looked", () -> rig.crm.asked() > looked);
  }

  @Test
  void property_takenAgain_reachesAllContactsThatWaited() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig);
      fill(rig, CONTACTS);
      rig.crm.refuse(LABEL, null);
      rig.awaitPassing("taken again", () -> holding(rig, LABEL, "warm") == 2 * CONTACTS);
      assertThat(isRefused(rig)).isFalse();
      rig.settle();
      assertThat(rig.reader.unwritten().refusedFields(Rig.ACME)).isEmpty();
      assertThat(rig.concerns()).isEmpty();
    }
  }

  @Test
  void property_deletedAndMadeAnew_isTriedAtOnceAndNeverBefore() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.undefine(LABEL);
      fill(rig, 0);
      rig.awaitCreeping("left out", () -> isRefused(rig));
      rig.settle();
      int writes = rig.crm.writes.size();
      while (field(rig).tries() < 5) {
        passing(rig);
      }
      rig.settle();
      assertThat(rig.crm.writes).as("a property that is not there needs no try").hasSize(writes);
      rig.crm.define(LABEL);
      rig.crm.refuse(LABEL, null);
      long made = rig.clock.now();
      rig.awaitPassing("taken again", () -> holding(rig, LABEL, "warm") == CONTACTS);
      assertThat(rig.clock.now() - made).isLessThan(5 * MINUTE);
    }
  }

  private static RefusedField field(Rig rig) {
    return Found.in(rig.reader.unwritten().refusedFields(Rig.ACME), LABEL);
  }

  @Test
  void property_refusedAndManifestApplied_isTriedAtOnce() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig);
      while (field(rig).tries() < 5) {
        passing(rig);
      }
      rig.crm.refuse(LABEL, null);
      Connection other = Rig.connection(Mode.FULL);
      rig.want(slower(other), Rig.model());
      rig.await(State.IN_FORCE);
      long applied = rig.clock.now();
      rig.awaitPassing("taken again", () -> holding(rig, LABEL, "warm") == CONTACTS);
      assertThat(rig.clock.now() - applied).isLessThan(5 * MINUTE);
    }
  }

  private static Connection slower(Connection plain) {
    return new Connection(
        plain.id(),
        plain.kind(),
        plain.tenant(),
        plain.webhooks(),
        plain.api(),
        plain.models(),
        plain.mode(),
        plain.fields(),
        plain.lists(),
        plain.activities(),
        plain.outcomes(),
        plain.poll(),
        new WriteBack(Duration.ofSeconds(31), 5, Duration.ofHours(24)),
        plain.guard());
  }

  @Test
  void property_takenAndSoonRefusedAgain_isTriedLessOftenThanBefore() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig);
      rig.crm.refuse(LABEL, null);
      rig.awaitPassing("taken again", () -> !isRefused(rig));
      rig.settle();
      rig.crm.refuse(LABEL, "not this one");
      rig.keep(rig.crm.set("77", "jobtitle", "VP"));
      rig.settle();
      rig.awaitCreeping("left out again", () -> isRefused(rig));
      assertThat(field(rig).tries()).isGreaterThan(1);
      assertThat(field(rig).nextTryAt()).isGreaterThan(rig.clock.now() + 4 * MINUTE);
    }
  }

  @Test
  void property_refused_isRememberedOverARestart() {
    try (Rig rig = Rig.start(folder)) {
      refuse(rig);
    }
    try (Rig rig =
        Rig.startAfter(
            folder,
            crm -> {
              crm.refuse(LABEL, "guarded by a rule");
              crm.set("0", "lg_score", "40");
            })) {
      assertThat(isRefused(rig)).isTrue();
      rig.keep(rig.crm.set("99", "jobtitle", "VP"));
      rig.settle();
      RecordWrite written =
          rig.crm.writes.stream()
              .filter(write -> write.record().id().equals("99"))
              .filter(write -> write.properties().size() > 1)
              .findFirst()
              .orElseThrow();
      assertThat(written.properties()).doesNotContainKey(LABEL);
    }
  }
}
