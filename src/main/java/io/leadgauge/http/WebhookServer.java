package io.leadgauge.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The public port, on one event loop: {@code POST /webhooks/{connection}[/{token}]}, the return of
 * a browser from an app's install, and nothing else. Deploy one for each event loop that should
 * serve, all with the same receiver.
 */
public final class WebhookServer extends VerticleBase {
  /** How much longer than the intake a stop may take, for answers on their way. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(2);

  private final WebhookReceiver receiver;
  private final @Nullable OAuthCallback callback;
  private @Nullable HttpServer server;

  /** Makes a server that passes everything to a receiver. */
  public WebhookServer(WebhookReceiver receiver) {
    this(receiver, null);
  }

  /** Makes a server that passes a browser's return to a callback, and all else to a receiver. */
  public WebhookServer(WebhookReceiver receiver, @Nullable OAuthCallback callback) {
    this.receiver = receiver;
    this.callback = callback;
  }

  @Override
  public Future<?> start() {
    WebhookSettings settings = receiver.settings();
    HttpServer created =
        vertx.createHttpServer(SafeHttp.options(settings.host(), settings.port(), settings.idle()));
    server = created;
    return receiver
        .sockets(vertx)
        .watch(created, this::receive)
        .invalidRequestHandler(request -> receiver.malformed(vertx, request))
        .listen();
  }

  private void receive(HttpServerRequest request) {
    OAuthCallback installing = callback;
    if (installing != null && OAuthCallback.isMeant(request)) {
      installing.receive(vertx, request);
    } else {
      receiver.receive(vertx, request);
    }
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
