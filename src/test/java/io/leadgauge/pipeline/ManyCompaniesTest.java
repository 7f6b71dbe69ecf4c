package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More companies change than are looked at at once. */
class ManyCompaniesTest {
  private static final int COMPANIES = 130;

  @TempDir Path folder;

  @Test
  void companies_thatChangeTogether_eachReachTheirContact() {
    try (Rig rig = Rig.startOver(folder, LinksTest.connection(), LinksTest.model(), crm -> {})) {
      String[] told = new String[COMPANIES];
      for (int i = 0; i < COMPANIES; i++) {
        rig.crm.set("company/" + i, "size", "small");
        rig.crm.set("" + i, "~works-at", "company/" + i);
        told[i] = rig.crm.set("" + i, "jobtitle", "Clerk");
      }
      rig.keep(told);
      rig.settle();
      String[] changed = new String[COMPANIES];
      for (int i = 0; i < COMPANIES; i++) {
        changed[i] = rig.crm.set("company/" + i, "size", "big");
      }
      rig.keep(changed);
      rig.settle();
      assertThat(IntStream.range(0, COMPANIES).mapToObj(i -> rig.score("" + i)).distinct())
          .containsExactly("20");
      assertThat(rig.changesOnTheirWay()).isEmpty();
    }
  }
}
