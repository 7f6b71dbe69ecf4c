package io.leadgauge.sandbox.salesforce;

import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.Dice;
import io.leadgauge.sandbox.Fate;
import io.leadgauge.sandbox.Script;
import io.leadgauge.sandbox.Timers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What stands before every endpoint of the API: the version, the session, the daily limit, the
 * faults and the count. Belongs to one event loop.
 */
final class Gate {
  private static final String NOBODY = "";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final Org org;
  private final Sessions sessions;
  private final DailyLimit daily;
  private final CallCounts counts;
  private final Script script;
  private final Timers timers;
  private final Clockwork clock;
  private final Dice dice;
  private OrgFaults faults;

  /** Serves calls; one is refused by throwing {@link Refused}. */
  interface Endpoint {
    Reply serve(Call call);
  }

  Gate(
      Org org,
      Sessions sessions,
      DailyLimit daily,
      CallCounts counts,
      Script script,
      Timers timers,
      Clockwork clock,
      long seed) {
    this.org = org;
    this.sessions = sessions;
    this.daily = daily;
    this.counts = counts;
    this.script = script;
    this.timers = timers;
    this.clock = clock;
    this.dice = Dice.of(seed, "faults");
    this.faults = OrgFaults.NONE;
  }

  void faults(OrgFaults newFaults) {
    faults = newFaults;
    org.locks().share(newFaults.rowLock());
  }

  OrgFaults faults() {
    return faults;
  }

  /** The way to an endpoint of a version. */
  Handler<RoutingContext> to(String route, Endpoint endpoint) {
    return routing -> {
      Optional<Version.Standing> standing = Version.of(routing.pathParam("version"));
      if (standing.isEmpty()) {
        send(routing, route, NOBODY, Reply.refused(Refused.notFound()));
      } else if (standing.get() == Version.Standing.RETIRED) {
        send(routing, route, NOBODY, Reply.refused(retired()));
      } else {
        enter(routing, route, endpoint);
      }
    };
  }

  /** The way to an endpoint that knows no versions. */
  Handler<RoutingContext> toUnversioned(String route, Endpoint endpoint) {
    return routing -> enter(routing, route, endpoint);
  }

  /** The way to an endpoint that asks for no session. */
  Handler<RoutingContext> toAnyone(String route, Endpoint endpoint) {
    Session nobody = new Session("", NOBODY, true, Set.of(), 0);
    return routing -> meet(routing, route, new Call(routing, org, nobody, clock.now()), endpoint);
  }

  private void enter(RoutingContext routing, String route, Endpoint endpoint) {
    long now = clock.now();
    Optional<Session> found = token(routing).flatMap(token -> sessions.find(token, now));
    if (found.isEmpty()) {
      send(routing, route, NOBODY, Reply.refused(invalidSession("Session expired or invalid")));
      return;
    }
    Session session = found.get();
    boolean counted = daily.takes(now);
    routing
        .response()
        .putHeader("Sforce-Limit-Info", "api-usage=" + daily.used(now) + "/" + daily.most());
    if (!counted) {
      send(routing, route, session.client(), Reply.refused(limitReached()));
    } else if (!org.settings().apiEnabled()) {
      send(routing, route, session.client(), Reply.refused(apiDisabled()));
    } else if (!session.scopes().contains("api")) {
      Refused refused = invalidSession("This session is not valid for use with the REST API");
      send(routing, route, session.client(), Reply.refused(refused));
    } else {
      meet(routing, route, new Call(routing, org, session, now), endpoint);
    }
  }

  private void meet(RoutingContext routing, String route, Call call, Endpoint endpoint) {
    String method = routing.request().method().name();
    String client = call.session().client();
    Optional<Fate> planned = script.fate(method, route);
    switch (planned.orElseGet(() -> Fate.draw(faults.faults(), dice))) {
      case Fate.Served() -> send(routing, route, client, serve(call, route, endpoint));
      case Fate.Failed(int status) -> send(routing, route, client, failed(status));
      case Fate.Unanswered(boolean applied, boolean reset) -> {
        if (applied) {
          serve(call, route, endpoint);
        }
        String name = (reset ? "reset" : "timeout") + (applied ? "-after-apply" : "");
        counts.called(method, route, client, name);
        if (reset) {
          routing.request().connection().close();
        }
      }
    }
  }

  private Reply serve(Call call, String route, Endpoint endpoint) {
    String method = call.routing().request().method().name();
    script.run(true, method, route, call.now());
    try {
      Reply reply = endpoint.serve(call);
      script.run(false, method, route, call.now());
      return reply;
    } catch (Refused refused) {
      return Reply.refused(refused);
    } catch (Unsaved unsaved) {
      return Reply.refused(Refused.of(unsaved.error()));
    }
  }

  private static Reply failed(int status) {
    return switch (status) {
      case 401 -> Reply.refused(invalidSession("Session expired or invalid"));
      case 500 ->
          Reply.refused(
              Refused.of(
                  500,
                  "UNKNOWN_EXCEPTION",
                  "An unexpected error occurred. Please include this ErrorId if you contact"
                      + " support: 1795255200-1 (1)"));
      case 503 ->
          Reply.refused(
              Refused.of(503, "SERVER_UNAVAILABLE", "The server is too busy, please try again."));
      default -> Reply.gateway(status);
    };
  }

  private void send(RoutingContext routing, String route, String client, Reply reply) {
    counts.called(
        routing.request().method().name(), route, client, Integer.toString(reply.status()));
    if (dice.happens(faults.faults().slow())) {
      timers.at(clock.now() + faults.faults().slowBy().toMillis(), () -> write(routing, reply));
    } else {
      write(routing, reply);
    }
  }

  /** The date is that of the answer's departure, which can be later than what it tells. */
  private void write(RoutingContext routing, Reply reply) {
    HttpServerResponse response = routing.response();
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(reply.status());
    response.putHeader("Date", DATE.format(Instant.ofEpochMilli(clock.now())));
    reply.headers().forEach(response::putHeader);
    if (reply.body().length() > 0) {
      response.putHeader("Content-Type", reply.contentType());
    }
    response.end(reply.body());
  }

  private static Optional<String> token(RoutingContext routing) {
    String header = routing.request().getHeader("Authorization");
    if (header == null) {
      return Optional.empty();
    }
    int space = header.indexOf(' ');
    boolean known = header.startsWith("Bearer ") || header.startsWith("OAuth ");
    return known ? Optional.of(header.substring(space + 1).strip()) : Optional.empty();
  }

  private static Refused invalidSession(String message) {
    return Refused.of(401, "INVALID_SESSION_ID", message);
  }

  private static Refused limitReached() {
    return Refused.of(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
  }

  private static Refused apiDisabled() {
    return Refused.of(
        403, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner");
  }

  private static Refused retired() {
    return Refused.of(
        410, "UNSUPPORTED_API_VERSION", "The requested API version has been retired.");
  }
}
