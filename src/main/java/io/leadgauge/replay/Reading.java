package io.leadgauge.replay;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Delivery;
import io.leadgauge.pipeline.KeptDecoder;
import io.leadgauge.pipeline.Retelling;
import java.util.function.Function;

/**
 * Reads deliveries as the intake does, by the version of their connection that was in force, and
 * notes those of which it is not known. Not thread-safe.
 */
final class Reading implements Retelling.Decoder {
  private final InForce versions;
  private final Function<CrmKind, CrmAdapter> platforms;
  private final Findings findings;
  private long last;

  Reading(InForce versions, Function<CrmKind, CrmAdapter> platforms, Findings findings) {
    this.versions = versions;
    this.platforms = platforms;
    this.findings = findings;
  }

  InForce versions() {
    return versions;
  }

  @Override
  public Decoded decode(Delivery delivery, long sequence) {
    return versions
        .at(delivery.connection(), sequence)
        .map(scope -> KeptDecoder.decode(platforms, scope.connection(), delivery))
        .orElseGet(() -> unknown(delivery, sequence));
  }

  /** Noted once, however often it is asked for. */
  private Decoded unknown(Delivery delivery, long sequence) {
    String trouble = versions.trouble(delivery.connection(), sequence);
    if (sequence > last) {
      last = sequence;
      String name = delivery.connection().name();
      findings.note(new Difference(Difference.Kind.VERSION, null, name, null, trouble, sequence));
    }
    return new Decoded.Undecodable(trouble);
  }
}
