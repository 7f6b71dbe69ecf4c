package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands before every endpoint of the CRM API: the token, the limits, the faults and the
 * count. Belongs to one event loop.
 */
final class Door {
  private static final String BEARER = "Bearer ";
  private static final long NOBODY = 0;

  private final Accounts accounts;
  private final SandboxOptions options;
  private final Map<Portal, RateMeter> meters = new HashMap<>();
  private final CallLog calls;
  private final Timers timers;
  private final Clockwork clock;
  private final Dice faultDice;
  private final Dice idDice;
  private final Script script;
  private Faults faults;
  private Limits limits;

  /** Serves requests; a request is refused by throwing a {@link Refusal}. */
  interface Endpoint {
    Answer serve(ApiRequest request);
  }

  Door(
      SandboxOptions options,
      long seed,
      Accounts accounts,
      Script script,
      CallLog calls,
      Timers timers,
      Clockwork clock) {
    this.options = options;
    this.accounts = accounts;
    this.script = script;
    this.limits = options.limits();
    this.faults = options.faults();
    this.faultDice = Dice.of(seed, "faults");
    this.idDice = Dice.of(seed, "ids");
    this.calls = calls;
    this.timers = timers;
    this.clock = clock;
  }

  void faults(Faults newFaults) {
    faults = newFaults;
  }

  /** Sets other limits; what was counted so far is forgotten. */
  void limits(Limits newLimits) {
    limits = newLimits;
    meters.clear();
  }

  Limits limits() {
    return limits;
  }

  /** The way to an endpoint. */
  Handler<RoutingContext> to(String route, Endpoint endpoint) {
    return routing -> enter(routing, route, false, endpoint);
  }

  /** The way to an endpoint that counts as search: a limit of its own, no limit headers. */
  Handler<RoutingContext> toSearch(String route, Endpoint endpoint) {
    return routing -> enter(routing, route, true, endpoint);
  }

  /** The way to an endpoint that asks for no token. */
  Handler<RoutingContext> toAnyone(String route, Endpoint endpoint) {
    return routing ->
        meet(
            routing,
            route,
            new ApiRequest(routing, accounts.first(), NOBODY, clock.now()),
            endpoint);
  }

  private void enter(RoutingContext routing, String template, boolean search, Endpoint endpoint) {
    long now = clock.now();
    String route = route(template, routing);
    Optional<String> token = token(routing);
    Grant grant = token.flatMap(accounts::grant).orElse(null);
    if (grant == null || grant.expiresAt() <= now) {
      Refusal refusal = token.isEmpty() ? noToken() : grant == null ? wrongToken() : expired(grant);
      send(routing, route, NOBODY, refused(refusal));
      return;
    }
    RateMeter meter = meter(grant.portal());
    long appId = grant.appId();
    Optional<RateMeter.Policy> reached = search ? meter.search(grant, now) : meter.call(grant, now);
    if (!search) {
      meter.describe(routing.response().headers(), grant, now);
    }
    if (reached.isPresent()) {
      send(routing, route, appId, refused(Refusal.limited(reached.get(), appId)));
      return;
    }
    Optional<String> scope = Scopes.required(routing.request().method().name(), route);
    if (scope.isPresent() && !grant.scopes().contains(scope.get())) {
      send(routing, route, appId, refused(Refusal.missingScope(scope.get())));
      return;
    }
    meet(routing, route, new ApiRequest(routing, grant.portal(), appId, now), endpoint);
  }

  private RateMeter meter(Portal portal) {
    return meters.computeIfAbsent(portal, counted -> new RateMeter(limits, options.zone()));
  }

  /** The name under which calls are counted: the type of record is its plural, ids are left out. */
  private static String route(String template, RoutingContext routing) {
    String route = template;
    for (String part : List.of("type", "from", "to")) {
      String word = routing.pathParam(part);
      if (word != null) {
        String named = ObjectType.ofWord(word).map(ObjectType::plural).orElse("{" + part + "}");
        route = route.replace("{" + part + "}", named);
      }
    }
    return route;
  }

  private void meet(RoutingContext routing, String route, ApiRequest request, Endpoint endpoint) {
    Optional<Fate> planned = script.fate(routing.request().method().name(), route);
    switch (planned.orElseGet(() -> Fate.draw(faults, faultDice))) {
      case Fate.Served() -> send(routing, route, request.appId(), serve(request, route, endpoint));
      case Fate.Failed(int status) -> {
        if (status == 477) {
          routing.response().putHeader("Retry-After", "3600");
        }
        send(routing, route, request.appId(), failed(status, route, request.appId()));
      }
      case Fate.Unanswered(boolean applied, boolean reset) -> {
        if (applied) {
          serve(request, route, endpoint);
        }
        String name = (reset ? "reset" : "timeout") + (applied ? "-after-apply" : "");
        calls.called(routing.request().method().name(), route, request.appId(), name);
        if (reset) {
          routing.request().connection().close();
        }
      }
    }
  }

  private Answer serve(ApiRequest request, String route, Endpoint endpoint) {
    String method = request.routing().request().method().name();
    script.run(true, method, route, request.now());
    try {
      Answer answer = endpoint.serve(request);
      script.run(false, method, route, request.now());
      return answer;
    } catch (Refusal refusal) {
      return refused(refusal);
    }
  }

  private Answer failed(int status, String route, long appId) {
    return switch (status) {
      case 401 -> refused(wrongToken());
      case 423 -> refused(Refusal.of(423, "LOCKED", "The resource is locked; try again later."));
      case 429 ->
          refused(
              Refusal.limited(
                  route.endsWith("/search")
                      ? RateMeter.Policy.SECONDLY
                      : RateMeter.Policy.TEN_SECONDLY_ROLLING,
                  appId));
      case 477 -> refused(Refusal.of(477, "MIGRATION_IN_PROGRESS", "The account is being moved."));
      case 500 -> refused(Refusal.of(500, "INTERNAL_ERROR", "internal error"));
      default -> Answer.gateway(status);
    };
  }

  private void send(RoutingContext routing, String route, long appId, Answer answer) {
    calls.called(
        routing.request().method().name(), route, appId, Integer.toString(answer.status()));
    if (faultDice.happens(faults.slow())) {
      timers.at(clock.now() + faults.slowBy().toMillis(), () -> write(routing, answer));
    } else {
      write(routing, answer);
    }
  }

  private static void write(RoutingContext routing, Answer answer) {
    HttpServerResponse response = routing.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(answer.status());
    if (answer.location().isPresent()) {
      response.putHeader("Location", answer.location().get()).end();
      return;
    }
    if (answer.body().length() > 0) {
      response.putHeader("Content-Type", answer.contentType());
    }
    response.end(answer.body());
  }

  private Answer refused(Refusal refusal) {
    ObjectNode body = refusal.body();
    body.put("correlationId", idDice.uuid());
    if (refusal.status() == 429) {
      body.put("requestId", idDice.uuid());
    }
    return Answer.of(refusal.status(), body);
  }

  private static Optional<String> token(RoutingContext routing) {
    String header = routing.request().getHeader("Authorization");
    return header != null && header.startsWith(BEARER)
        ? Optional.of(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static Refusal noToken() {
    return Refusal.unauthorized(
        "Authentication credentials not found. This API supports OAuth 2.0 authentication and you"
            + " can find more details at"
            + " https://developers.hubspot.com/docs/methods/auth/oauth-overview");
  }

  private static Refusal expired(Grant grant) {
    return Refusal.of(
        401,
        "EXPIRED_AUTHENTICATION",
        "The OAuth token used to make this call expired at "
            + RecordJson.instant(grant.expiresAt())
            + ".");
  }

  private static Refusal wrongToken() {
    return Refusal.unauthorized("The access token is not valid for this account.");
  }
}
