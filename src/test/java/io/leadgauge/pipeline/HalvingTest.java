package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.crm.CallTrouble;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One contact for which alone the CRM fails, among others that are due. */
class HalvingTest {
  @TempDir Path folder;

  @Test
  void contactThatTheCrmFailsFor_holdsUpNobodyElse() {
    try (Rig rig = Rig.start(folder)) {
      rig.crm.failFor("2", true);
      rig.keep(
          rig.crm.set("1", "jobtitle", "VP"),
          rig.crm.set("2", "jobtitle", "VP"),
          rig.crm.set("3", "jobtitle", "VP"));
      rig.awaitPassing("the others are written", () -> rig.crm.get("3", "lg_score").equals("40"));
      rig.awaitPassing("both", () -> rig.crm.get("1", "lg_score").equals("40"));
      assertThat(rig.crm.get("2", "lg_score")).isEmpty();
      assertThat(rig.state("2").due().problem()).contains("the CRM answers for others");

      rig.crm.failFor("2", false);
      Await.until(
          "it is written as well",
          () -> {
            rig.clock.advance(Duration.ofHours(1));
            return rig.crm.get("2", "lg_score").equals("40");
          });
    }
  }

  @Test
  void crmThatIsAway_isNoFaultOfAContact() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.keep(rig.crm.set("2", "jobtitle", "VP"));
      rig.settle();
      rig.crm.trouble(new CallTrouble.Wait(Duration.ZERO, "down"));
      rig.keep(rig.crm.set("3", "jobtitle", "VP"));
      int reads = rig.crm.reads.size();
      rig.awaitPassing("tried often", () -> rig.crm.reads.size() > reads + 2 * Halving.MOST_TRIES);
      assertThat(rig.state("3").due().attempts()).isZero();

      rig.crm.trouble(null);
      rig.awaitPassing("written", () -> rig.crm.get("3", "lg_score").equals("40"));
    }
  }
}
