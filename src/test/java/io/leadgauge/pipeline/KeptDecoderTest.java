package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Mode;
import io.leadgauge.model.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a kept delivery that cannot be read. */
class KeptDecoderTest {
  /** Reasons outlive an erasure, and what a fault says may quote anybody. */
  @Test
  void fault_isNamed_andQuotesNothing() {
    Delivery delivery = new Delivery(Rig.ACME, 1, "POST", "/webhooks/acme", List.of(), new byte[0]);
    Decoded decoded =
        KeptDecoder.decode(
            kind -> {
              throw new IllegalStateException("cannot read ada@example.com");
            },
            Rig.connection(Mode.FULL),
            delivery);
    assertThat(decoded)
        .isEqualTo(
            new Decoded.Undecodable("could not be decoded: a fault of ours; the log has it"));
  }
}
