package io.leadgauge.crm.events;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.util.Optional;

/** A platform of which only the ids of its contacts are known: digits. */
final class Digits implements CrmAdapter {
  static final CrmAdapter PLATFORM = new Digits();

  private Digits() {}

  @Override
  public Optional<RecordRef> person(ConnectionId connection, String id) {
    return id.matches("[0-9]+") ? Optional.of(RecordRef.contact(connection, id)) : Optional.empty();
  }

  @Override
  public Decoded decode(Connection connection, Delivery delivery) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Redacted without(Delivery delivery, Erased erased) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CrmClient connect(Connection connection) {
    throw new UnsupportedOperationException();
  }
}
