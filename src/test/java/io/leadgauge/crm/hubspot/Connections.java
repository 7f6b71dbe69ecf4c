package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FieldMap;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WriteBack;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Connections to a stand-in. */
final class Connections {
  private Connections() {}

  /** Returns a connection that reads and writes nothing of its own. */
  static Connection to(URI base, String version, String name, String tenant) {
    return to(base, version, name, tenant, HubSpotStandIn.TOKEN, 100);
  }

  /** The same with a token, and so many calls in ten seconds to begin with. */
  static Connection to(
      URI base, String version, String name, String tenant, String accessToken, int calls) {
    Secret token = Secret.of(accessToken);
    return new Connection(
        new ConnectionId(name),
        CrmKind.HUBSPOT,
        tenant,
        new WebhookAccess(URI.create("https://hooks.example"), Set.of(), List.of(token), null),
        new ApiAccess(base, version, token, Duration.ofSeconds(20), calls),
        List.of(new ModelUse("b2b", "b2b", Map.of(), null)),
        Mode.SHADOW,
        new FieldMap(new TreeMap<>()),
        new TreeMap<>(),
        List.of(),
        Outcomes.NONE,
        Poll.DEFAULT,
        new WriteBack(Duration.ZERO, 1, Duration.ZERO),
        Guard.DEFAULT);
  }
}
