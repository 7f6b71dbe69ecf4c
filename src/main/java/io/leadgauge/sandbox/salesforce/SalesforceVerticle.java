package io.leadgauge.sandbox.salesforce;

import static java.util.Objects.requireNonNull;

import io.leadgauge.model.Clockwork;
import io.leadgauge.sandbox.Dice;
import io.leadgauge.sandbox.Script;
import io.leadgauge.sandbox.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.Router;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the stand-in org together on one event loop. */
final class SalesforceVerticle extends VerticleBase {
  /** Salesforce refuses longer addresses with 414. */
  private static final int LONGEST_LINE = 16_384;

  private final SalesforceOptions options;
  private final Clockwork clock;
  private final long seed;
  private @Nullable HttpServer server;
  private @Nullable Timers timers;
  private @Nullable Parts parts;

  /** What the running org consists of, as far as others need it. */
  record Parts(Org org, Users users, Outbox outbox) {}

  SalesforceVerticle(SalesforceOptions options, Clockwork clock) {
    this.options = options;
    this.clock = clock;
    this.seed = options.seed().orElseGet(() -> clock.random().nextLong() >>> 1);
  }

  long seed() {
    return seed;
  }

  int port() {
    return requireNonNull(server, "not started").actualPort();
  }

  String address() {
    return "http://" + options.host() + ":" + port();
  }

  /** Does something on the event loop that everything belongs to. */
  <T> Future<T> onLoop(Function<Parts, T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        ignored -> {
          try {
            done.complete(action.apply(requireNonNull(parts, "not started")));
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    assemble(router);
    HttpServerOptions serverOptions =
        new HttpServerOptions()
            .setHost(options.host())
            .setPort(options.port())
            .setMaxInitialLineLength(LONGEST_LINE)
            .setHttp2ClearTextEnabled(false);
    return vertx
        .createHttpServer(serverOptions)
        .requestHandler(router)
        .listen()
        .onSuccess(listening -> server = listening);
  }

  @Override
  public Future<?> stop() {
    requireNonNull(parts, "not started").outbox().close();
    requireNonNull(timers, "not started").close();
    return Future.succeededFuture();
  }

  private void assemble(Router router) {
    Timers running = new Timers(clock, context);
    Org org = new Org(options.orgId(), new Locks(Dice.of(seed, "locks")), clock);
    Users users = new Users(org);
    org.leadStatuses(Org.LeadStatusValue.ofNewOrg());
    Outbox sending = outbox(org, running);
    org.listener(sending::accept);
    timers = running;
    parts = new Parts(org, users, sending);

    Sessions sessions = sessions(users);
    DailyLimit daily = new DailyLimit(options.dailyCalls());
    CallCounts counts = new CallCounts();
    Script script = new Script();
    Gate gate = new Gate(org, sessions, daily, counts, script, running, clock, seed);
    gate.faults(options.faults());
    sending.faults(options.faults().faults());
    Cursors cursors = new Cursors(org);
    OAuthEndpoints oauth = new OAuthEndpoints(org, sessions, options.app(), this::address);

    SalesforceRoutes routes = new SalesforceRoutes(router, gate, org);
    routes.oauth(oauth);
    routes.describe(new DescribeEndpoints(daily));
    routes.queries(new QueryEndpoints(cursors, Dice.of(seed, "queries")));
    routes.bulk(new BulkEndpoints(running, Dice.of(seed, "bulk")));
    routes.collections(new CollectionEndpoints(counts));
    routes.rows(new RowEndpoints(counts));
    routes.control(
        new ControlRecords(users),
        new ControlSchema(),
        new ControlTelling(sending, users),
        new ControlScript(script, users),
        new ControlSettings(seed, gate, daily, counts, sending, sessions, oauth, cursors));
    routes.rest();
  }

  private Sessions sessions(Users users) {
    Sessions sessions = new Sessions(options.orgId(), Dice.of(seed, "sessions"));
    Set<String> api = Set.of("api");
    String us = options.app().clientId();
    sessions.put(
        SalesforceOptions.TOKEN,
        new Session(users.integration().id(), us, true, api, Session.NEVER));
    sessions.put(
        SalesforceOptions.OTHER_TOKEN,
        new Session(users.other().id(), "other-client", false, api, Session.NEVER));
    return sessions;
  }

  private Outbox outbox(Org org, Timers running) {
    MessagePace pace = options.pace();
    Post post =
        new Post(
            vertx.createHttpClient(
                new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(pace.inFlight())),
            pace.timeout());
    return new Outbox(org, pace, post, running, clock, seed);
  }
}
