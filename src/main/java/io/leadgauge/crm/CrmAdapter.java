package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Optional;

/** One platform: how its deliveries are read and how its API is called. Thread-safe. */
public interface CrmAdapter {
  /**
   * Reads the body of an authentic delivery. Pure: the same delivery and connection give the same
   * events.
   */
  Decoded decode(Connection connection, Delivery delivery);

  /**
   * Takes out of a delivery all that it says of erased persons, and leaves what it says of others
   * as it was. Pure.
   */
  Redacted without(Delivery delivery, Erased erased);

  /**
   * Returns the person whose id somebody else gives, in the form in which the platform writes it;
   * empty if no person there can have such an id. Pure.
   */
  default Optional<RecordRef> person(ConnectionId connection, String id) {
    return Optional.of(CrmKind.person(connection, id));
  }

  /** Returns what of a connection is good for a limited time, as far as it is known. Pure. */
  default List<Expiry> expiries(Connection connection) {
    return List.of();
  }

  /** Opens a client of the connection's API. */
  CrmClient connect(Connection connection);
}
