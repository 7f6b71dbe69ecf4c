package io.leadgauge.crm.salesforce;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.CrmSetup;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.Erased;
import io.leadgauge.crm.Expiry;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.crm.Redacted;
import io.leadgauge.crm.TokenSource;
import io.leadgauge.crm.rest.RestCalls;
import io.leadgauge.crm.rest.RestTransport;
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

/**
 * Salesforce as a platform. All clients of one org share one {@link RateBudget} and its share of
 * the day; all with one login share its tokens.
 */
public final class SalesforceAdapter implements CrmAdapter {
  /**
   * So many calls at once: of those that last 20 seconds or more, a developer org takes five and a
   * production org 25, and others need some.
   *
   * @see <a
   *     href="https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm">Salesforce:
   *     API request limits, 2026</a>
   */
  private static final int CONNECTIONS = 5;

  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** Salesforce limits calls by the day alone; looking for changes must not take others' turns. */
  private static final Limit SEARCHES = new Limit(50, WINDOW);

  private final Vertx vertx;
  private final Clockwork clockwork;
  private final RestTransport logins;
  private final Map<Org, OrgBudget> budgets = new ConcurrentHashMap<>();
  private final Map<Org, Tokens> tokens = new ConcurrentHashMap<>();

  /** An org behind an address; a sandbox may use the id of a real one. */
  private record Org(URI base, String tenant) {}

  private record OrgBudget(RateBudget calls, DailyShare day, int percent) {}

  private record Tokens(OrgLogin login, TokenSource source) {}

  /**
   * Makes the adapter.
   *
   * @param vertx runs the calls; stays open when a client is closed
   * @param clockwork times the budgets and tokens
   */
  public SalesforceAdapter(Vertx vertx, Clockwork clockwork) {
    this.vertx = vertx;
    this.clockwork = clockwork;
    this.logins = transport();
  }

  @Override
  public List<Expiry> expiries(Connection connection) {
    return SalesforceVersion.expiries(connection.api().version());
  }

  @Override
  public Decoded decode(Connection connection, Delivery delivery) {
    return SalesforceDeliveries.decode(connection, delivery);
  }

  @Override
  public Redacted without(Delivery delivery, Erased erased) {
    return SalesforceDeliveries.without(delivery, erased);
  }

  @Override
  public Optional<RecordRef> person(ConnectionId connection, String id) {
    return SalesforceId.of(id)
        .flatMap(
            known ->
                ObjectTypes.of(known)
                    .filter(ObjectTypes::isPerson)
                    .map(type -> new RecordRef(connection, type, known.text())));
  }

  @Override
  public CrmClient connect(Connection connection) {
    return new SalesforceClient(calls(connection), connection.id());
  }

  /**
   * Opens what looks at an org.
   *
   * @param needs what the connection needs to find there
   * @throws IllegalArgumentException if the connection names no version that there can be
   */
  public CrmSetup setUp(Connection connection, PortalNeeds needs) {
    return new SalesforceSetup(calls(connection), connection, needs);
  }

  /**
   * Opens calls of a connection's org, to be closed.
   *
   * @throws IllegalArgumentException if the connection names no version that there can be
   */
  SalesforceCalls calls(Connection connection) {
    ApiAccess api = connection.api();
    Org org = new Org(api.base(), connection.tenant());
    OrgBudget budget =
        budgets.compute(
            org,
            (key, known) ->
                known != null && known.percent() == api.dailyShare() ? known : budget(api));
    RestCalls<Reply> calls =
        new RestCalls<>(
            transport(),
            tokens(org, api),
            api.timeout(),
            budget.calls(),
            new SalesforceAnswers(budget.calls(), budget.day()));
    return new SalesforceCalls(calls, api.version(), clockwork);
  }

  private RestTransport transport() {
    return new RestTransport(vertx, SalesforceCalls.NAME, SalesforceCalls.ADDRESS, CONNECTIONS);
  }

  private OrgBudget budget(ApiAccess api) {
    Limit records = new Limit(api.callsPerTenSeconds(), WINDOW);
    RateBudget calls = new RateBudget(clockwork, records, SEARCHES, records);
    return new OrgBudget(
        calls, new DailyShare(calls, api.dailyShare(), clockwork), api.dailyShare());
  }

  private TokenSource tokens(Org org, ApiAccess api) {
    return switch (api.token()) {
      case OrgLogin login ->
          tokens
              .compute(
                  org,
                  (key, known) ->
                      known != null && known.login().isSame(login)
                          ? known
                          : new Tokens(login, loggedIn(login, api.timeout())))
              .source();
      case TokenSource given -> given;
    };
  }

  private TokenSource loggedIn(OrgLogin login, Duration timeout) {
    return new SalesforceLogin(logins, login, timeout, clockwork).tokens();
  }
}
