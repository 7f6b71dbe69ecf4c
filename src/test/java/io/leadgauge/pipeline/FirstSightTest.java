package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.KeptInTests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Since when a record is known is told by the journal alone. */
class FirstSightTest {
  @TempDir Path folder;

  @Test
  void firstSight_ofWhatWasNamedBefore_isThatOfTheFirstEntryThatToldSomething() {
    try (Rig rig = Rig.start(folder)) {
      RecordRef ref = RecordRef.contact(Rig.ACME, "1");
      rig.pipeline.intake().submit(new Work.Recheck(Rig.ACME, List.of(ref))).join();
      assertThat(rig.state("1").facts().size()).isZero();
      rig.clock.advance(Rig.DAY);
      long told = rig.keep("1 phone " + rig.clock.now() + " 1");
      long at = KeptInTests.at(rig.reader, told).delivery().receivedAt();
      assertThat(rig.state("1").firstSeenAt()).isEqualTo(at);

      rig.clock.advance(Rig.DAY);
      rig.keep("1 phone " + rig.clock.now() + " 2");
      assertThat(rig.state("1").firstSeenAt()).isEqualTo(at);
      Delivery early =
          new Delivery(
              Rig.ACME,
              at - 5,
              "POST",
              "/webhooks/acme",
              List.of(),
              ("1 fax " + at + " 3").getBytes(StandardCharsets.UTF_8));
      rig.pipeline.intake().receive(early).toCompletableFuture().join();
      assertThat(rig.state("1").firstSeenAt()).isEqualTo(at - 5);
      assertThat(rig.reader.load(ref).orElseThrow().firstSeenAt()).isEqualTo(at - 5);
    }
  }
}
