package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.crm.Poll;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no event has told, found by looking: back over changes, and at samples. */
class LookBackTest {
  private static final Duration NEVER = Duration.ofDays(1000);
  private static final Poll LOOKING = new Poll(NEVER, Duration.ofMinutes(10), NEVER);
  private static final Poll SAMPLING = new Poll(NEVER, NEVER, Duration.ofHours(1));

  @TempDir Path folder;

  private static ConnectionHealth health(Rig rig) {
    return rig.pipeline.health(Rig.ACME, rig.clock.now()).orElseThrow();
  }

  private static LookedBack looked(Rig rig) {
    return health(rig).lookedBack();
  }

  /** Lets time pass by the half minute until a condition holds. */
  private static void await(Rig rig, String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          rig.clock.advance(Duration.ofSeconds(30));
          return condition.getAsBoolean();
        });
  }

  @Test
  void change_thatNoEventTold_isReadAndCounted() {
    try (Rig rig = Rig.startLooking(folder, LOOKING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      rig.clock.advance(Duration.ofMinutes(15));

      rig.crm.set("1", "jobtitle", "VP");
      await(rig, "noticed", () -> rig.crm.get("1", "lg_score").equals("40"));
      await(rig, "counted", () -> looked(rig).missed() == 1);

      assertThat(looked(rig).unannounced()).isZero();
      assertThat(looked(rig).from()).isLessThan(looked(rig).until());
    }
  }

  private static String cursor(Rig rig) {
    return rig.reader.cursor(Rig.ACME, LookBack.CURSOR).orElse("");
  }

  @Test
  void overflow_isLookedBackOverAtOnce_notOnlyWhenItIsTime() {
    Poll rarely = new Poll(NEVER, Duration.ofHours(10), NEVER);
    try (Rig rig = Rig.startLooking(folder, rarely, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      Await.until("begun", () -> !cursor(rig).isEmpty());
      String begun = cursor(rig);
      long began = rig.clock.now();

      rig.keep("- ~resync " + rig.clock.now() + " -");
      Await.until(
          "woken",
          () -> {
            rig.clock.advance(Duration.ofMillis(20));
            return !cursor(rig).equals(begun);
          });
      assertThat(rig.clock.now() - began).isLessThan(LookBack.GRACE.toMillis());
      rig.crm.set("1", "jobtitle", "VP");
      await(rig, "noticed", () -> rig.crm.get("1", "lg_score").equals("40"));

      assertThat(rig.clock.now() - began).isLessThan(Duration.ofHours(5).toMillis());
    }
  }

  @Test
  void property_thatNeverSendsEvents_isCountedApart() {
    try (Rig rig = Rig.startLooking(folder, LOOKING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();

      rig.crm.set("1", "form_date", Long.toString(rig.clock.now()));
      await(rig, "counted", () -> looked(rig).unannounced() == 1);

      assertThat(looked(rig).missed()).isZero();
      assertThat(rig.score("1")).isEqualTo("20");
    }
  }

  @Test
  void ownWrites_areNoNews() {
    try (Rig rig = Rig.startLooking(folder, LOOKING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      int reads = rig.crm.reads.size();

      await(rig, "looked", () -> looked(rig).contacts() > 0);
      rig.settle();

      assertThat(rig.crm.reads).hasSize(reads);
      assertThat(looked(rig).missed()).isZero();
    }
  }

  @Test
  void field_thatSomebodyOverwrote_isPutRightAndNoMissedEvent() {
    try (Rig rig = Rig.startLooking(folder, LOOKING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      rig.clock.advance(Duration.ofMinutes(6));
      rig.crm.set("1", "lg_score", "999");

      await(rig, "put right", () -> rig.crm.get("1", "lg_score").equals("40"));

      assertThat(looked(rig).missed() + looked(rig).unannounced()).isZero();
    }
  }

  @Test
  void downtime_isLookedBackOverAtTheStart_andNewContactsAreFound() {
    long until;
    try (Rig rig = Rig.startLooking(folder, LOOKING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      await(rig, "looked", () -> looked(rig).at() > 0);
      until = looked(rig).until();
    }
    try (Rig rig =
        Rig.startLookingAfter(
            3,
            folder,
            LOOKING,
            crm -> {
              crm.set("1", "jobtitle", "Intern");
              crm.set("1", "jobtitle", "VP");
              crm.set("2", "jobtitle", "VP");
            })) {
      await(rig, "found", () -> looked(rig).missed() == 2);

      assertThat(looked(rig).from()).isLessThanOrEqualTo(until);
      assertThat(rig.score("1")).isEqualTo("40");
      assertThat(rig.score("2")).isEqualTo("40");
    }
  }

  @Test
  void firstStart_looksBackOverNothing() {
    try (Rig rig = Rig.startLooking(folder, LOOKING, crm -> crm.set("1", "jobtitle", "VP"))) {
      Await.until("begun", () -> rig.reader.cursor(Rig.ACME, LookBack.CURSOR).isPresent());

      assertThat(looked(rig)).isEqualTo(LookedBack.NEVER);
      assertThat(rig.crm.reads).isEmpty();
    }
  }

  @Test
  void sample_thatDiffersFromTheCrm_isCountedAndHealed() {
    try (Rig rig = Rig.startLooking(folder, SAMPLING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"), rig.crm.set("2", "jobtitle", "Intern"));
      rig.settle();
      await(rig, "first sample", () -> health(rig).drift().sampled() == 2);
      assertThat(health(rig).drift().differing()).isZero();

      rig.crm.set("2", "jobtitle", "VP");
      await(rig, "second sample", () -> health(rig).drift().sampled() == 4);

      assertThat(health(rig).drift().differing()).isEqualTo(1);
      assertThat(health(rig).drift().perTenThousand()).isEqualTo(2_500);
      await(rig, "healed", () -> rig.crm.get("2", "lg_score").equals("40"));
    }
  }

  @Test
  void sample_ofAContactThatIsGone_isNoticed() {
    try (Rig rig = Rig.startLooking(folder, SAMPLING, crm -> {})) {
      rig.keep(rig.crm.set("1", "jobtitle", "Intern"));
      rig.settle();
      rig.crm.remove("1");

      await(rig, "noticed", () -> rig.state("1").facts().isDeleted());
      await(rig, "counted", () -> health(rig).drift().differing() == 1);
    }
  }

  @Test
  void samples_areBounded() {
    try (Rig rig = Rig.startLooking(folder, SAMPLING, crm -> {})) {
      for (int i = 0; i < DriftCheck.SAMPLE + 10; i++) {
        rig.keep(rig.crm.set(Integer.toString(i), "jobtitle", "Intern"));
      }
      rig.settle();

      await(rig, "sampled", () -> health(rig).drift().at() > 0);
      assertThat(health(rig).drift().sampled()).isEqualTo(DriftCheck.SAMPLE);
      await(rig, "the rest", () -> health(rig).drift().sampled() > DriftCheck.SAMPLE);
      assertThat(health(rig).drift().sampled()).isEqualTo(DriftCheck.SAMPLE + 10);
    }
  }
}
