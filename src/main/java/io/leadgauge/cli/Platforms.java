package io.leadgauge.cli;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.events.SourcesAdapter;
import io.leadgauge.crm.hubspot.HubSpotAdapter;
import io.leadgauge.crm.salesforce.SalesforceAdapter;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;

/** The platforms that are served. */
final class Platforms {
  private Platforms() {}

  /** Returns the adapter of each, which reads what event sources deliver as well. */
  static Map<CrmKind, CrmAdapter> all(Vertx vertx, Clockwork clock) {
    Map<CrmKind, CrmAdapter> all = new EnumMap<>(CrmKind.class);
    for (CrmKind kind : CrmKind.values()) {
      all.put(kind, new SourcesAdapter(adapter(kind, vertx, clock)));
    }
    return all;
  }

  private static CrmAdapter adapter(CrmKind kind, Vertx vertx, Clockwork clock) {
    return switch (kind) {
      case HUBSPOT -> new HubSpotAdapter(vertx, clock);
      case SALESFORCE -> new SalesforceAdapter(vertx, clock);
    };
  }
}
