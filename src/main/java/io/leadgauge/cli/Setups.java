package io.leadgauge.cli;

import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.crm.hubspot.HubSpotProject;
import io.leadgauge.crm.salesforce.SalesforceAdapter;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.util.SortedSet;
import java.util.TreeSet;

/** What of setting up differs from platform to platform. */
final class Setups {
  private Setups() {}

  /**
   * Opens what looks at a connection's portal or org.
   *
   * @param addsOptions whether it may add options to properties that exist
   */
  static CrmSetup open(Vertx vertx, Clockwork clock, ConnectionAtHand at, boolean addsOptions) {
    return switch (at.connection().kind()) {
      case HUBSPOT ->
          new HubSpotAdapter(vertx, clock).setUp(at.connection(), at.needs(), addsOptions);
      case SALESFORCE -> new SalesforceAdapter(vertx, clock).setUp(at.connection(), at.needs());
    };
  }

  /** Returns what a platform calls the place where a customer's data are. */
  static String place(CrmKind kind) {
    return switch (kind) {
      case HUBSPOT -> "portal";
      case SALESFORCE -> "org";
    };
  }

  /**
   * Returns the properties of contacts whose changes the CRM is asked to tell one by one; none
   * where it tells what a record is, and not what has changed.
   */
  static SortedSet<String> subscribed(ConnectionAtHand at) {
    return switch (at.connection().kind()) {
      case HUBSPOT -> HubSpotProject.subscribed(at.needs());
      case SALESFORCE -> new TreeSet<>();
    };
  }
}
