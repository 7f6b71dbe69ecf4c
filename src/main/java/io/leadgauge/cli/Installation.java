package io.leadgauge.cli;

import io.leadgauge.crm.CrmAdapter;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.Grant;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.hubspot.AppDelivery;
import io.leadgauge.crm.hubspot.HubSpotOAuth;
import io.leadgauge.http.AdminServer;
import io.leadgauge.http.AdminSettings;
import io.leadgauge.http.JsonRoute;
import io.leadgauge.http.Metrics;
import io.leadgauge.http.OAuthCallback;
import io.leadgauge.http.RefusedPersons;
import io.leadgauge.http.RefusedRequests;
import io.leadgauge.http.RefusedRoutes;
import io.leadgauge.http.WebhookReceiver;
import io.leadgauge.http.WebhookServer;
import io.leadgauge.http.WebhookSettings;
import io.leadgauge.manifest.Catalog;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Secret;
import io.leadgauge.pipeline.AppDeliveries;
import io.leadgauge.pipeline.AppKeeper;
import io.leadgauge.pipeline.BodyTerms;
import io.leadgauge.pipeline.Pipeline;
import io.leadgauge.pipeline.Receipt;
import io.leadgauge.pipeline.SourceDeliveries;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreReader;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A running installation: the store, the pipeline, the public and the admin port, put together and
 * taken apart in the order of the flow.
 */
final class Installation implements AutoCloseable {
  private static final long MOST_SECONDS = 20;

  private final Store store;
  private final StoreReader reader;
  private final Pipeline pipeline;
  private final Vertx vertx;
  private final WebhookReceiver receiver;
  private final WebhookServer webhooks;
  private final AdminServer admin;
  private final Readiness readiness;
  private final HubSpotOAuth oauth;
  private final AppKeeper apps;
  private final Served served;
  private final @Nullable ManifestWatch watch;
  private final List<String> publicPort = new ArrayList<>();
  private final String adminHost;
  private final Thread endOfCalls;

  /**
   * Where an installation keeps its data and listens.
   *
   * @param data the data folder
   * @param host the address of the public port
   * @param port the public port; 0 for a free one
   * @param adminHost the address of the admin port
   * @param adminPort the admin port; 0 for a free one
   * @param adminToken what others than this machine must bring to the admin port; null for nobody
   * @param cacheBytes about how much memory the contacts in use may take
   * @param bodies how long the bodies of what came are kept
   */
  record Settings(
      Path data,
      String host,
      int port,
      String adminHost,
      int adminPort,
      @Nullable Secret adminToken,
      long cacheBytes,
      BodyTerms bodies) {
    private static final long CACHE_BYTES = 128L << 20;

    /** Returns settings for this machine alone, on free ports. */
    static Settings local(Path data) {
      return new Settings(
          data, "127.0.0.1", 0, "127.0.0.1", 0, null, CACHE_BYTES, BodyTerms.DEFAULT);
    }
  }

  private Installation(
      Store store,
      Catalog catalog,
      Settings settings,
      @Nullable Watched watched,
      Clockwork clock,
      Vertx vertx) {
    this.store = store;
    this.vertx = vertx;
    this.reader = store.reader();
    Metrics metrics = new Metrics(clock);
    Map<CrmKind, CrmAdapter> platforms = Platforms.all(vertx, clock);
    this.pipeline =
        new Pipeline(
            store, platforms, metrics.registry(), clock, settings.cacheBytes(), settings.bodies());
    this.oauth = new HubSpotOAuth(vertx);
    this.apps =
        new AppKeeper(
            pipeline,
            reader,
            (app, grant) -> counted(metrics, app, grant, oauth.ask(app, grant)),
            clock,
            this::serve);
    this.served = new Served(catalog, pipeline, apps.installs(), clock);
    this.watch = watched == null ? null : watched.watch(served::take, clock);
    for (ConnectionId app : catalog.apps().keySet()) {
      grants(metrics, app, "refresh", "granted");
      grants(metrics, app, "refresh", "failed");
    }
    if (watch != null) {
      metrics.gauge(
          "manifests_generation",
          "How many readings of the manifests were taken over since the start",
          watch::generation);
      metrics.gauge(
          "manifests_refused",
          "1 while the manifests in the folder are refused and older ones in force",
          () -> watch.look().isRefused() ? 1 : 0);
    }
    this.readiness = new Readiness(pipeline, served, watch, clock);
    RefusedRequests refused = new RefusedRequests();
    AppDeliveries ofApps = new AppDeliveries(pipeline, AppDelivery::parts, served::whyNot);
    SourceDeliveries ofSources = new SourceDeliveries(pipeline);
    this.receiver =
        new WebhookReceiver(
            WebhookSettings.on(settings.host(), settings.port()),
            served::access,
            delivery -> receive(ofApps, ofSources, delivery),
            clock,
            refused,
            metrics);
    this.webhooks =
        new WebhookServer(receiver, new OAuthCallback(apps.installs(), metrics.registry()));
    List<JsonRoute> routes = new ArrayList<>(new RefusedRoutes(refused, served::access).routes());
    routes.addAll(new StoreViews(pipeline, reader, clock).reads().routes());
    routes.addAll(new ManifestRoutes(pipeline, watch).routes());
    routes.addAll(new CrmRoutes(pipeline, clock).routes());
    routes.addAll(new AppRoutes(apps.installs(), served).routes());
    routes.addAll(new ConnectionReport(pipeline, reader, refused, clock).routes());
    routes.addAll(new RetryRoutes(pipeline.retries()).routes());
    routes.addAll(new ErasureRoutes(pipeline, clock).routes());
    pipeline
        .erasures()
        .listen((connection, erased) -> RefusedPersons.forget(refused, connection, erased));
    this.admin =
        new AdminServer(
            new AdminSettings(settings.adminHost(), settings.adminPort(), settings.adminToken()),
            new Liveness(webhooks, pipeline.intake())::look,
            readiness::look,
            metrics,
            routes);
    this.adminHost = settings.adminHost();
    this.endOfCalls = Thread.ofVirtual().name("end-of-calls").unstarted(this::endCalls);
  }

  private Optional<EventSource> source(ConnectionId name) {
    return served.source(name);
  }

  private CompletionStage<Receipt> receive(
      AppDeliveries ofApps, SourceDeliveries ofSources, Delivery delivery) {
    Optional<EventSource> source = source(delivery.connection());
    if (source.isPresent()) {
      return ofSources.receive(source.get(), delivery);
    }
    return apps.installs().app(delivery.connection()).isPresent()
        ? ofApps.receive(delivery)
        : pipeline.intake().receive(delivery);
  }

  /**
   * The folder whose changes are taken over.
   *
   * @param folder the folder
   * @param first what was read there
   * @param every how often to look; zero for only when told
   */
  record Watched(ManifestFolder folder, ManifestFolder.Reading first, Duration every) {
    private ManifestWatch watch(Consumer<Catalog> taker, Clockwork clock) {
      return new ManifestWatch(folder, first, taker, clock, every);
    }
  }

  /**
   * Starts an installation over manifests that do not change.
   *
   * @throws WrongUse if a port is taken
   * @throws io.leadgauge.store.StoreException if the data folder cannot be used
   */
  static Installation start(Catalog catalog, Settings settings, Clockwork clock) {
    return start(catalog, settings, null, clock);
  }

  /**
   * Starts an installation that takes over changes of its manifests.
   *
   * @throws WrongUse if a port is taken
   * @throws io.leadgauge.store.StoreException if the data folder cannot be used
   */
  static Installation start(Watched watched, Settings settings, Clockwork clock) {
    return start(watched.first().loaded().catalog(), settings, watched, clock);
  }

  private static Installation start(
      Catalog catalog, Settings settings, @Nullable Watched watched, Clockwork clock) {
    Store store = Store.open(settings.data());
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    try {
      Installation installation = new Installation(store, catalog, settings, watched, clock, vertx);
      installation.beginOrStop(settings);
      return installation;
    } catch (RuntimeException e) {
      vertx.close();
      store.close();
      throw e;
    }
  }

  /** Nothing of an installation may run on that could not begin as a whole. */
  private void beginOrStop(Settings settings) {
    try {
      begin(settings);
    } catch (RuntimeException e) {
      apps.close();
      pipeline.close();
      throw e;
    }
  }

  private void begin(Settings settings) {
    served.start();
    apps.start();
    await(vertx.deployVerticle(admin), "the admin port " + settings.adminPort());
    DeploymentOptions onEventLoop =
        new DeploymentOptions().setThreadingModel(ThreadingModel.EVENT_LOOP);
    publicPort.add(
        await(vertx.deployVerticle(webhooks, onEventLoop), "the public port " + settings.port()));
    readiness.open();
    AdminAddress.write(settings.data(), adminUrl(), settings.adminToken());
    if (watch != null) {
      watch.start();
    }
  }

  /** Counts what came of asking for tokens: {@code oauth_grants_total}. */
  private static GrantAnswer counted(
      Metrics metrics, OAuthApp app, Grant grant, GrantAnswer answer) {
    String kind =
        switch (grant) {
          case Grant.Code code -> "code";
          case Grant.Refresh refresh -> "refresh";
        };
    String outcome =
        switch (answer) {
          case GrantAnswer.Granted granted -> "granted";
          case GrantAnswer.Gone gone -> "gone";
          case GrantAnswer.Failed failed -> "failed";
        };
    grants(metrics, app.name(), kind, outcome).increment();
    return answer;
  }

  private static Counter grants(Metrics metrics, ConnectionId app, String kind, String outcome) {
    return Counter.builder("oauth.grants")
        .description("Tokens asked for, of apps")
        .tag("app", app.name())
        .tag("grant", kind)
        .tag("outcome", outcome)
        .register(metrics.registry());
  }

  private void serve() {
    served.serve();
  }

  private static <T> T await(Future<T> future, String what) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new WrongUse("cannot open " + what + ": " + whyNotOpen(cause));
    } catch (TimeoutException e) {
      throw new WrongUse("cannot open " + what + " within " + MOST_SECONDS + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WrongUse("interrupted while opening " + what);
    }
  }

  /** Says why nobody can listen at an address, and what to do where somebody else does. */
  static String whyNotOpen(Throwable cause) {
    return cause instanceof BindException && "Address already in use".equals(cause.getMessage())
        ? "another program listens there; stop it, or choose another port"
        : String.valueOf(cause.getMessage());
  }

  /** Returns the public port. */
  int port() {
    return webhooks.port();
  }

  /** Returns the admin port. */
  int adminPort() {
    return admin.port();
  }

  /** Returns the address by which this machine reaches the admin port. */
  String adminUrl() {
    return AdminAddress.url(adminHost, adminPort());
  }

  /** Returns the running pipeline. */
  Pipeline pipeline() {
    return pipeline;
  }

  /** Returns what sees to the installs of apps. */
  AppKeeper apps() {
    return apps;
  }

  /** Returns a look at the store. */
  StoreReader reader() {
    return reader;
  }

  /**
   * Begins to stop: not ready from now on, so that deliveries are sent elsewhere, while those that
   * come are still taken. What calls CRMs ends at once, since its work is a level and waits for the
   * next start. A second time changes nothing.
   */
  void drain() {
    readiness.drain();
    receiver.drain();
    if (endOfCalls.getState() == Thread.State.NEW) {
      endOfCalls.start();
    }
  }

  private void endCalls() {
    if (watch != null) {
      watch.close();
    }
    apps.close();
    pipeline.rest();
  }

  /**
   * Stops: first no longer ready, then no new request, then what is under way, then the store.
   * Whatever was acknowledged is on the disk.
   */
  @Override
  public void close() {
    drain();
    try {
      publicPort.forEach(port -> await(vertx.undeploy(port), "the end of the public port"));
    } finally {
      join(endOfCalls);
      pipeline.close();
      oauth.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
      reader.close();
      store.close();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
