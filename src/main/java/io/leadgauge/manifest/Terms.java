package io.leadgauge.manifest;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.manifest.CrmNamesReader.CrmNames;
import io.leadgauge.model.ConnectionId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a connection says besides whose it is and how it is reached, as far as it could be read: an
 * app says it for many portals.
 *
 * @param kind the platform; null if it could not be read
 * @param models by which models contacts are scored; copied
 * @param mode how much is written
 * @param names what names mean in the CRM
 * @param outcomes what tells how a hand-off went
 * @param poll how often changed contacts are looked for
 * @param guard how many contacts a change may move
 * @param events how what is told by other names than the CRM's counts
 */
record Terms(
    @Nullable CrmKind kind,
    List<ReadModelUse> models,
    Mode mode,
    CrmNames names,
    Outcomes outcomes,
    Poll poll,
    Guard guard,
    EventTerms events) {
  Terms {
    models = List.copyOf(models);
  }

  /** Returns the connection of a portal; null if not enough could be read. */
  @Nullable Connection connection(
      String name,
      @Nullable String portal,
      @Nullable WebhookAccess webhooks,
      @Nullable ApiAccess api) {
    if (kind == null || portal == null || webhooks == null || api == null || models.isEmpty()) {
      return null;
    }
    return new Connection(
        new ConnectionId(name),
        kind,
        portal,
        webhooks,
        api,
        models.stream().map(ReadModelUse::use).toList(),
        mode,
        names.fields(),
        names.lists(),
        names.activities(),
        outcomes,
        poll,
        names.writeBack(),
        guard,
        events);
  }
}
