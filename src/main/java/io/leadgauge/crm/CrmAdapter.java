package io.leadgauge.crm;

import io.leadgauge.model.Delivery;

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

  /** Opens a client of the connection's API. */
  CrmClient connect(Connection connection);
}
