package io.leadgauge.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The public port, on one event loop: {@code POST /webhooks/{connection}[/{token}]} and nothing
 * else. Deploy one for each event loop that should serve, all with the same receiver.
 */
public final class WebhookServer extends VerticleBase {
  /** How much longer than the intake a stop may take, for answers on their way. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private final WebhookReceiver receiver;
  private @Nullable HttpServer server;

  /** Makes a server that passes everything to a receiver. */
  public WebhookServer(WebhookReceiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public Future<?> start() {
    WebhookSettings settings = receiver.settings();
    HttpServer created =
        vertx.createHttpServer(SafeHttp.options(settings.host(), settings.port(), settings.idle()));
    server = created;
    return receiver
        .sockets(vertx)
        .watch(created, request -> receiver.receive(vertx, request))
        .invalidRequestHandler(request -> receiver.malformed(vertx, request))
        .listen();
  }

  /** Takes no new request and waits for those that are on their way, in bounds. */
  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(receiver.settings().keepWithin().plus(LAST_ANSWERS));
  }

  /**
   * Returns the port that it listens on.
   *
   * @throws NullPointerException if it was not deployed
   */
  public int port() {
    return requireNonNull(server, "not deployed").actualPort();
  }
}
