package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.model.Due;
import io.leadgauge.store.DueWork;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write whose answer is lost may have been carried out. */
class LostAnswerTest {
  @TempDir Path folder;

  @Test
  void contact_backToWhatItWasAfterALostWrite_isWrittenOnceMore() {
    try (Rig rig = Rig.start(folder)) {
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
      rig.crm.goAwayAfterNextWrite();
      rig.keep(rig.crm.set("1", "jobtitle", "Clerk"));
      Await.until(
          "it is written",
          () -> {
            rig.clock.advance(100);
            return "0".equals(rig.crm.get("1", "lg_score"));
          });
      Await.until(
          "it is to be read", () -> rig.reader.countDue(Rig.ACME, DueWork.FETCH, Due.NEVER) == 1);
      rig.keep(rig.crm.set("1", "jobtitle", "VP"));
      rig.crm.trouble(null);
      rig.settle();
      assertThat(rig.crm.get("1", "lg_score")).isEqualTo("40");
    }
  }
}
