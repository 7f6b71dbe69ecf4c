package io.leadgauge.crm.hubspot;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.WorkflowAddress;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.RecordRef;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** HubSpot as a platform. All clients of one portal share one {@link RateBudget}. */
public final class HubSpotAdapter implements CrmAdapter {
  /**
   * The limit of searches: HubSpot takes five a second and tells nothing in its headers.
   *
   * @see <a href="https://developers.hubspot.com/docs/guides/api/crm/search">HubSpot: search the
   *     CRM, 30 March 2026</a>
   */
  static final Limit SEARCHES = new Limit(5, Duration.ofSeconds(1));

  private static final Pattern PERSON = Pattern.compile("[1-9][0-9]{0,19}");

  private static final Duration BURST_WINDOW = Duration.ofSeconds(10);

  /**
   * The limit of associations: 100 in ten seconds, 150 on the larger plans. Nothing tells which.
   *
   * @see <a href="https://developers.hubspot.com/docs/guides/api/crm/associations">HubSpot:
   *     associations, 30 March 2026</a>
   */
  static final Limit ASSOCIATIONS = new Limit(100, BURST_WINDOW);

  private final Vertx vertx;
  private final Clockwork clockwork;
  private final Map<Portal, RateBudget> budgets = new ConcurrentHashMap<>();

  /** A portal behind an address; a sandbox may use the id of a real one. */
  private record Portal(URI base, String tenant) {}

  /**
   * Makes the adapter.
   *
   * @param vertx runs the calls; stays open when a client is closed
   * @param clockwork times the budgets
   */
  public HubSpotAdapter(Vertx vertx, Clockwork clockwork) {
    this.vertx = vertx;
    this.clockwork = clockwork;
  }

  @Override
  public List<Expiry> expiries(Connection connection) {
    return HubSpotVersion.expiries(connection.api().version());
  }

  @Override
  public Decoded decode(Connection connection, Delivery delivery) {
    Optional<String> workflow = WorkflowAddress.workflow(delivery.path());
    if (workflow.isEmpty()) {
      return HubSpotEvents.decode(
          connection.id(), connection.tenant(), connection.writtenFields(), delivery.body());
    }
    return connection
        .webhooks()
        .workflow(workflow.get())
        .map(hook -> WorkflowBody.decode(hook, connection, delivery))
        .orElseGet(
            () ->
                new Decoded.Undecodable(
                    "the manifest knows no workflow "
                        + workflow.get()
                        + ", expected it in webhooks.workflows"));
  }

  @Override
  public Redacted without(Delivery delivery, Erased erased) {
    return ErasedEvents.without(delivery, erased);
  }

  @Override
  public Optional<RecordRef> person(ConnectionId connection, String id) {
    return PERSON.matcher(id).matches()
        ? Optional.of(RecordRef.contact(connection, id))
        : Optional.empty();
  }

  @Override
  public CrmClient connect(Connection connection) {
    return new HubSpotClient(
        vertx, connection.id(), connection.api(), budget(connection), connection.writtenFields());
  }

  /**
   * Opens what looks at a portal and sets it up.
   *
   * @param needs what the connection needs to find there
   * @param addsOptions whether it may add options to properties that exist
   * @throws IllegalArgumentException if the connection names no version or base that there can be
   */
  public HubSpotSetup setUp(Connection connection, PortalNeeds needs, boolean addsOptions) {
    HubSpotCalls calls = new HubSpotCalls(vertx, connection.api(), budget(connection));
    return new HubSpotSetup(calls, connection, needs, addsOptions, clockwork);
  }

  private RateBudget budget(Connection connection) {
    ApiAccess api = connection.api();
    Portal portal = new Portal(api.base(), connection.tenant());
    Limit burst = new Limit(api.callsPerTenSeconds(), BURST_WINDOW);
    return budgets.computeIfAbsent(
        portal, added -> new RateBudget(clockwork, burst, SEARCHES, ASSOCIATIONS));
  }
}
