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
  private final SandboxOptions options;
  private final Clockwork clock;
  private final long seed;
  private @Nullable HttpServer server;
  private @Nullable Parts parts;

  /** What the running sandbox consists of, as far as others need it. */
  record Parts(
      Accounts accounts, ChangeFeed feed, WebhookOutbox outbox, Timers timers, Clockwork clock) {

    /** What puts contacts into the first account. */
    Seeds seeds() {
      return Seeds.of(accounts.first());
    }

    /** Puts contacts in as an import would; webhooks tell of it or not. */
    List<CrmRecord> plant(List<Seeds.Seed> planted, boolean told) {
      return feed.telling(told, () -> seeds().plant(planted, new ChangeSource("IMPORT", "")));
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
    WebhookOutbox outbox = outbox(timers);
    feed.listener(outbox::accept);
    Accounts accounts = new Accounts(options, seed, feed);
    CallLog calls = new CallLog();
    Script script = new Script();
    Door door = new Door(options, seed, accounts, script, calls, timers, clock);
    parts = new Parts(accounts, feed, outbox, timers, clock);
    Routes routes = new Routes(router, door, accounts, clock);
    routes.records(
        new RecordEndpoints(calls),
        new BatchEndpoints(calls, Dice.of(seed, "results")),
        new SearchEndpoint(options.searchLag().toMillis()));
    routes.associations(new AssociationEndpoints(), new AssociationBatches(calls));
    routes.properties(new PropertyEndpoints());
    routes.account(new AccountEndpoints(options.zone()), new OwnerEndpoints());
    WorkflowOutbox workflows =
        new WorkflowOutbox(
            client(), clock, timers, options.pace(), options.faults(), Dice.of(seed, "workflows"));
    OAuth oauth = new OAuth(accounts, options.appId(), Dice.of(seed, "tokens"));
    routes.oauth(new OAuthEndpoints(oauth, accounts));
    routes.control(
        new ControlRecords(feed),
        new ControlProperties(),
        new ControlScript(script),
        new ControlAccounts(accounts, oauth, options.appId()),
        new ControlWorkflows(workflows),
        new ControlSettings(options, seed, calls, door, outbox, workflows));
    routes.rest();
  }

  private HttpClient client() {
    return vertx.createHttpClient(
        new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(options.pace().inFlight()));
  }

  private WebhookOutbox outbox(Timers timers) {
    WebhookPace pace = options.pace();
    WebhookPost post = new WebhookPost(client(), clock, options.appId(), pace.timeout());
    return new WebhookOutbox(pace, options.webhooks(), options.faults(), seed, post, timers, clock);
  }
}
