package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.OutboundBody;
import io.leadgauge.crm.Redacted;
import io.leadgauge.model.Delivery;

/**
 * Reads what Salesforce delivers: outbound messages in XML, callouts and change events in JSON. The
 * first character of a body tells which it is. Pure and thread-safe.
 */
public final class SalesforceDeliveries {
  private SalesforceDeliveries() {}

  /** Reads the body of a delivery. */
  public static Decoded decode(Connection connection, Delivery delivery) {
    return OutboundBody.isXml(delivery.body())
        ? new OutboundFacts(connection.id(), connection.webhooks().messages())
            .decode(connection.tenant(), delivery.body())
        : new JsonFacts(connection.id(), connection.writtenFields())
            .decode(connection.tenant(), delivery.body());
  }

  /** Takes out of a delivery all that it says of erased persons. */
  public static Redacted without(Delivery delivery, Erased erased) {
    return OutboundBody.isXml(delivery.body())
        ? ErasedNotifications.without(delivery, erased)
        : ErasedItems.without(delivery, erased);
  }
}
