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
  /** How long what is under way at a stop may take to its own answer, before it is told to wait. */
  private static final Duration OWN_ANSWERS = Duration.ofMillis(2_500);

  /** How long a sender then has to take that answer. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);

  private static final int QUIET_LOOKS = 200;
  private static final long QUIET_LOOK_MILLIS = 2;

  private final WebhookReceiver receiver;
  private final @Nullable OAuthCallback callback;
  private @Nullable HttpServer server;
  private volatile @Nullable LoopPulse pulse;
  private @Nullable Sockets sockets;

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
    pulse = new LoopPulse(context, receiver.clock());
    Sockets watching = receiver.sockets(vertx);
    sockets = watching;
    return watching
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

  /**
   * Takes no new request and waits for those that are on their way; what has no answer in time is
   * told to be tried again.
   */
  @Override
  public Future<?> stop() {
    HttpServer running = server;
    Sockets watching = sockets;
    return running == null || watching == null
        ? Future.succeededFuture()
        : quiet(watching, QUIET_LOOKS).compose(now -> shutdown(running));
  }

  /** Waits, within a bound, for a moment at which no socket has just been opened. */
  private Future<?> quiet(Sockets watching, int looks) {
    return watching.isQuiet() || looks == 0
        ? Future.succeededFuture()
        : vertx.timer(QUIET_LOOK_MILLIS).compose(later -> quiet(watching, looks - 1));
  }

  private Future<?> shutdown(HttpServer running) {
    long timer = vertx.setTimer(OWN_ANSWERS.toMillis(), late -> receiver.lastCall());
    return running
        .shutdown(OWN_ANSWERS.plus(LAST_ANSWERS))
        .onComplete(done -> vertx.cancelTimer(timer));
  }

  /**
   * Returns for how long its event loop has owed the answer to the last question of this kind; zero
   * while it is not deployed.
   */
  public Duration silentFor() {
    LoopPulse beating = pulse;
    return beating == null ? Duration.ZERO : beating.silentFor();
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
