package io.leadgauge.pipeline;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Decoded;
import io.leadgauge.model.Delivery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;

/**
 * Reads kept deliveries as they were read when they were applied: by the version of their
 * connection that was in force at the number of the entry. As thread-safe as its parts.
 */
public final class KeptDecoder implements Retelling.Decoder {
  private static final Logger LOG = System.getLogger(KeptDecoder.class.getName());

  private final Versions versions;
  private final Function<CrmKind, CrmAdapter> platforms;

  /**
   * Makes one.
   *
   * @param platforms finds the adapter of a platform; throws where there is none
   */
  public KeptDecoder(Versions versions, Function<CrmKind, CrmAdapter> platforms) {
    this.versions = versions;
    this.platforms = platforms;
  }

  @Override
  public Decoded decode(Delivery delivery, long sequence) {
    return versions
        .at(delivery.connection(), sequence)
        .map(scope -> decode(platforms, scope.connection(), delivery))
        .orElseGet(
            () -> new Decoded.Undecodable(versions.trouble(delivery.connection(), sequence)));
  }

  /** Reads a delivery by one version; a fault of the decoder costs it its meaning, nothing else. */
  public static Decoded decode(
      Function<CrmKind, CrmAdapter> platforms, Connection connection, Delivery delivery) {
    try {
      return platforms.apply(connection.kind()).decode(connection, delivery);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, connection.id() + ": a kept delivery could not be decoded", e);
      return new Decoded.Undecodable("could not be decoded: " + Intake.FAULT);
    }
  }
}
