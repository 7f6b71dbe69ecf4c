package io.leadgauge.sandbox;

import static java.util.Objects.requireNonNull;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the sandbox together on one event loop. */
final class SandboxVerticle extends VerticleBase {
  private static final long FIRST_ID = 541_000_000_000L;

  private final SandboxOptions options;
  private final Clockwork clock;
  private final long seed;
  private @Nullable HttpServer server;
  private @Nullable Parts parts;

  /** What the running sandbox consists of, as far as others need it. */
  record Parts(Seeds seeds, ChangeFeed feed, WebhookOutbox outbox, Timers timers, Clockwork clock) {

    /** Puts contacts in as an import would; webhooks tell of it or not. */
    List<Contact> plant(List<Seeds.Seed> planted, boolean told) {
      return feed.telling(told, () -> seeds.plant(planted, new ChangeSource("IMPORT", "")));
    }
  }

  SandboxVerticle(SandboxOptions options, Clockwork clock) {
    this.options = options;
    this.clock = clock;
    this.seed = options.seed().orElseGet(() -> clock.random().nextLong() >>> 1);
  }

  long seed() {
    return seed;
  }

  String host() {
    return options.host();
  }

  int port() {
    return requireNonNull(server, "not started").actualPort();
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
            .setHttp2ClearTextEnabled(false);
    return vertx
        .createHttpServer(serverOptions)
        .requestHandler(router)
        .listen()
        .onSuccess(listening -> server = listening);
  }

  @Override
  public Future<?> stop() {
    Parts running = requireNonNull(parts, "not started");
    running.outbox().close();
    running.timers().close();
    return Future.succeededFuture();
  }

  private void assemble(Router router) {
    Timers timers = new Timers(clock, context);
    ChangeFeed feed = new ChangeFeed();
    PropertySchema schema = PropertySchema.ofNewPortal();
    Portal portal =
        new Portal(schema, FIRST_ID, options.firstStage(), Dice.of(seed, "portal"), feed);
    WebhookOutbox outbox = outbox(timers);
    feed.listener(outbox::accept);
    CallLog calls = new CallLog();
    Door door = new Door(options, seed, calls, timers, clock);
    ContactJson json = new ContactJson(schema, options.portalId());
    WrittenValues values = new WrittenValues(schema);
    Behaviour behaviour = new Behaviour(portal);
    Seeds seeds = new Seeds(portal, behaviour, values);
    parts = new Parts(seeds, feed, outbox, timers, clock);
    Routes routes = new Routes(router, door, clock);
    routes.contacts(
        new ContactEndpoints(portal, json, values, calls),
        new BatchEndpoints(portal, json, values, calls, Dice.of(seed, "results")),
        new SearchEndpoint(portal, json, options.searchLag().toMillis()));
    routes.properties(new PropertyEndpoints(schema));
    routes.account(new AccountEndpoints(schema, options.portalId(), options.zone()));
    routes.control(
        new ControlContacts(portal, seeds, behaviour, values, json, feed),
        new ControlSettings(options, seed, calls, door, outbox));
    routes.rest();
  }

  private WebhookOutbox outbox(Timers timers) {
    WebhookPace pace = options.pace();
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(pace.inFlight()));
    WebhookPost post =
        new WebhookPost(client, clock, options.portalId(), options.appId(), pace.timeout());
    return new WebhookOutbox(pace, options.webhooks(), options.faults(), seed, post, timers, clock);
  }
}
