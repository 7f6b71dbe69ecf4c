package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.rest.RestCalls;
import io.leadgauge.crm.rest.RestRequest;
import io.leadgauge.crm.rest.RestTransport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/**
 * Single calls of HubSpot's API, each within the portal's budget. A call blocks its thread until
 * the answer is there, and never an event loop. Thread-safe.
 */
final class HubSpotCalls implements AutoCloseable {
  /** What HubSpot is called in our messages. */
  static final String NAME = "HubSpot";

  /** What a manifest calls HubSpot's address. */
  static final String ADDRESS = "api: base";

  private static final int CONNECTIONS = 16;

  private final RestCalls<Reply> calls;
  private final ApiAccess api;
  private final RateBudget budget;

  HubSpotCalls(Vertx vertx, ApiAccess api, RateBudget budget) {
    this(
        api,
        budget,
        new RestCalls<>(
            new RestTransport(vertx, NAME, ADDRESS, CONNECTIONS),
            api.token(),
            api.timeout(),
            budget,
            new HubSpotAnswers(budget)));
  }

  private HubSpotCalls(ApiAccess api, RateBudget budget, RestCalls<Reply> calls) {
    this.api = api;
    this.budget = budget;
    this.calls = calls;
  }

  /** Returns the same calls, made only when live ones leave room; closed with these. */
  HubSpotCalls inBackground() {
    return new HubSpotCalls(api, budget, calls.inBackground());
  }

  /** Returns how much of the portal's budget is used. */
  Allowance allowance() {
    return calls.allowance();
  }

  /** Sends a body when its turn has come, and waits for the answer. */
  Reply post(Lane lane, String address, ObjectNode body) {
    return call(lane, RestRequest.of(HttpMethod.POST, address, body));
  }

  /** Changes a definition when its turn has come, and waits for the answer. */
  Reply patch(Lane lane, String address, ObjectNode body) {
    return call(lane, RestRequest.of(HttpMethod.PATCH, address, body));
  }

  /** Asks when its turn has come, and waits for the answer. */
  Reply get(Lane lane, String address) {
    return call(lane, RestRequest.get(address));
  }

  private Reply call(Lane lane, RestRequest request) {
    Reply reply = calls.call(lane, request);
    if (budget.asksForZone()) {
      AccountZone.read(this, new ApiPaths(api.base(), api.version()).account())
          .ifPresent(budget::learnZone);
    }
    return reply;
  }

  @Override
  public void close() {
    calls.close();
  }
}
