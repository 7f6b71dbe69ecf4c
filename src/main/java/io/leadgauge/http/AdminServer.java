package io.leadgauge.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.leadgauge.http.AdminAccess.Verdict;
import io.leadgauge.http.JsonRequest.NoSuchThing;
import io.leadgauge.http.JsonRequest.WrongQuestion;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The admin port: health, metrics and questions in JSON, described by {@code openapi/admin.yaml},
 * which it serves at {@code /api/openapi.yaml}. What changes something is a POST; see {@link
 * AdminAccess} for who may.
 *
 * <p>{@code /health/live} is answered by the event loop itself, so it says as well that this loop
 * turns; all else is answered on worker threads, at most {@value #MOST_AT_ONCE} at a time and
 * within ten seconds, or with a 503.
 */
public final class AdminServer extends VerticleBase {
  private static final Logger LOG = System.getLogger(AdminServer.class.getName());
  private static final int MOST_AT_ONCE = 32;
  private static final Sockets.Limits SOCKETS =
      new Sockets.Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), 200, 0);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);
  private static final String OPENAPI = "/openapi/admin.yaml";

  private final AdminSettings settings;
  private final Supplier<Health> liveness;
  private final Supplier<Health> health;
  private final Metrics metrics;
  private final List<JsonRoute> routes;
  private final AdminAccess access;
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable HttpServer server;

  /**
   * Makes the server.
   *
   * @param settings where it listens and who may ask
   * @param liveness tells whether the process does anything; called on the event loop, must not
   *     wait
   * @param health tells whether deliveries should be sent here; called on worker threads
   * @param metrics what {@code /metrics} shows
   * @param routes the questions it answers besides
   */
  public AdminServer(
      AdminSettings settings,
      Supplier<Health> liveness,
      Supplier<Health> health,
      Metrics metrics,
      List<JsonRoute> routes) {
    this.settings = settings;
    this.liveness = liveness;
    this.health = health;
    this.metrics = metrics;
    this.routes = List.copyOf(routes);
    this.access = new AdminAccess(settings.token());
  }

  @Override
  public Future<?> start() {
    HttpServer created =
        vertx.createHttpServer(SafeHttp.options(settings.host(), settings.port(), SOCKETS.idle()));
    server = created;
    return new Sockets(
            vertx, SOCKETS, new AtomicInteger(), () -> {}, request -> request.connection().close())
        .watch(created, router())
        .listen();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.shutdown(LAST_ANSWERS);
  }

  /**
   * Returns the port that it listens on.
   *
   * @throws NullPointerException if it was not deployed
   */
  public int port() {
    return requireNonNull(server, "not deployed").actualPort();
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::admit);
    router
        .get("/health/live")
        .handler(question -> send(question, AdminAnswer.live(liveness.get())));
    router
        .get("/health/ready")
        .handler(question -> work(question, () -> AdminAnswer.ready(health.get())));
    router
        .get("/metrics")
        .handler(
            question ->
                work(question, () -> AdminAnswer.text(Metrics.contentType(), metrics.scrape())));
    String openapi = resource();
    router
        .get("/api/openapi.yaml")
        .handler(question -> send(question, AdminAnswer.text("application/yaml", openapi)));
    for (JsonRoute route : routes) {
      HttpMethod method = route.changes() ? HttpMethod.POST : HttpMethod.GET;
      router
          .route(method, route.path().replace("{", ":").replace("}", ""))
          .handler(question -> ask(question, route));
    }
    router.errorHandler(
        404, question -> send(question, AdminAnswer.missing(question.request().path())));
    router.errorHandler(
        405, question -> send(question, AdminAnswer.method(allowed(question.request().path()))));
    router.errorHandler(
        400, question -> send(question, AdminAnswer.wrong("expected a valid path and query")));
    router.errorHandler(500, question -> fault(question, question.failure()));
    return router;
  }

  private String allowed(String path) {
    boolean command = routes.stream().anyMatch(route -> route.changes() && route.matches(path));
    return command ? "POST" : "GET";
  }

  private static String resource() {
    try (InputStream in = AdminServer.class.getResourceAsStream(OPENAPI)) {
      return new String(requireNonNull(in, "not in the jar: " + OPENAPI).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void admit(RoutingContext question) {
    Verdict verdict = access.verdict(question.request());
    if (verdict == Verdict.LET_IN) {
      question.next();
    } else {
      send(question, AdminAnswer.denied(verdict));
    }
  }

  private void work(RoutingContext question, Callable<AdminAnswer> answerer) {
    if (asked.incrementAndGet() > MOST_AT_ONCE) {
      asked.decrementAndGet();
      send(question, AdminAnswer.busy());
      return;
    }
    vertx
        .executeBlocking(answerer, false)
        .onComplete(done -> asked.decrementAndGet())
        .timeout(ANSWER_WITHIN)
        .onSuccess(answer -> send(question, answer))
        .onFailure(failure -> failed(question, failure));
  }

  private void ask(RoutingContext question, JsonRoute route) {
    Map<String, String> query = new HashMap<>();
    // Throws a 400 of the router's own where the query cannot be decoded.
    for (Map.Entry<String, String> parameter : question.queryParams()) {
      if (!route.query().contains(parameter.getKey())) {
        send(
            question,
            AdminAnswer.wrong(
                "unknown parameter '" + parameter.getKey() + "': expected " + expected(route)));
        return;
      }
      query.put(parameter.getKey(), parameter.getValue());
    }
    String path = question.request().path();
    JsonRequest request = new JsonRequest(question.pathParams(), query);
    work(question, () -> answer(route, request, path));
  }

  private static AdminAnswer answer(JsonRoute route, JsonRequest request, String path) {
    try {
      return route
          .answerer()
          .answer(request)
          .map(AdminAnswer::found)
          .orElseGet(() -> AdminAnswer.missing(path));
    } catch (WrongQuestion e) {
      return AdminAnswer.wrong(String.valueOf(e.getMessage()));
    } catch (NoSuchThing e) {
      return AdminAnswer.missing(String.valueOf(e.getMessage()));
    }
  }

  private static String expected(JsonRoute route) {
    return route.query().isEmpty()
        ? "none"
        : String.join(", ", route.query().stream().sorted().toList());
  }

  private static void failed(RoutingContext question, Throwable failure) {
    if (failure instanceof TimeoutException) {
      send(question, AdminAnswer.busy());
    } else {
      fault(question, failure);
    }
  }

  private static void fault(RoutingContext question, @Nullable Throwable failure) {
    LOG.log(Level.ERROR, "the admin port failed at " + question.request().path(), failure);
    send(question, AdminAnswer.fault());
  }

  private static void send(RoutingContext question, AdminAnswer answer) {
    HttpServerResponse response = question.response();
    if (response.ended() || response.closed()) {
      return;
    }
    answer.headers().forEach(response::putHeader);
    response
        .setStatusCode(answer.status())
        .putHeader("Content-Type", answer.contentType())
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .end(answer.text());
  }
}
