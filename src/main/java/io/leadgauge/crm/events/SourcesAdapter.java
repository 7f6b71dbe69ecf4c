package io.leadgauge.crm.events;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.SourceAddress;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Optional;

/**
 * A platform whose connections are fed by event sources as well: what they deliver is read here,
 * everything else by the platform. Thread-safe.
 */
public final class SourcesAdapter implements CrmAdapter {
  private final CrmAdapter platform;

  /** Makes it. */
  public SourcesAdapter(CrmAdapter platform) {
    this.platform = platform;
  }

  @Override
  public Decoded decode(Connection connection, Delivery delivery) {
    ConnectionId source = SourceAddress.source(delivery).orElse(null);
    return source == null
        ? platform.decode(connection, delivery)
        : SourceEvents.decode(connection.events().sources().get(source), platform, delivery);
  }

  @Override
  public Redacted without(Delivery delivery, Erased erased) {
    return SourceAddress.source(delivery).isPresent()
        ? ErasedSourceEvents.without(delivery, platform, erased)
        : platform.without(delivery, erased);
  }

  @Override
  public Optional<RecordRef> person(ConnectionId connection, String id) {
    return platform.person(connection, id);
  }

  @Override
  public List<Expiry> expiries(Connection connection) {
    return platform.expiries(connection);
  }

  @Override
  public CrmClient connect(Connection connection) {
    return platform.connect(connection);
  }
}
