package io.leadgauge.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open sockets of one event loop: bounded in number, and each closed when the headers of its
 * next request do not arrive in time, however slowly they trickle in. (Vert.x has no time limit for
 * headers, and its idle timeout starts anew with every byte.) Confined to its event loop but for
 * the shared count.
 */
final class Sockets {
  private final Vertx vertx;
  private final Limits limits;
  private final AtomicInteger open;
  private final Runnable refused;
  private final Handler<HttpServerRequest> surplusHandler;
  private final Set<HttpConnection> surplus = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<HttpConnection, Long> waiting = new IdentityHashMap<>();
  private final Set<HttpConnection> ending = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<HttpConnection> fresh = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Watches the sockets of one event loop.
   *
   * @param open counts those of all event loops
   * @param refused runs for each socket that is one too many
   * @param surplusHandler answers the one request of a socket that is one too many, and closes it
   */
  Sockets(
      Vertx vertx,
      Limits limits,
      AtomicInteger open,
      Runnable refused,
      Handler<HttpServerRequest> surplusHandler) {
    this.vertx = vertx;
    this.limits = limits;
    this.open = open;
    this.refused = refused;
    this.surplusHandler = surplusHandler;
  }

  /**
   * The bounds of sockets.
   *
   * @param headWithin how long a new socket may take to send its first headers
   * @param idle how long an old one may take for its next
   * @param most how many may be open
   * @param surplus how many more are told so, by an answer to their first request; what comes
   *     beyond is closed at once
   */
  record Limits(Duration headWithin, Duration idle, int most, int surplus) {
    /** One that is told to come again keeps its socket for no longer than this. */
    private static final Duration SURPLUS_WITHIN = Duration.ofSeconds(2);

    private Duration firstWithin(boolean isSurplus) {
      return isSurplus && SURPLUS_WITHIN.compareTo(headWithin) < 0 ? SURPLUS_WITHIN : headWithin;
    }
  }

  /** Has a server tell this watch of its sockets, and answer their requests by {@code handler}. */
  HttpServer watch(HttpServer server, Handler<HttpServerRequest> handler) {
    return server
        .connectionHandler(this::opened)
        .requestHandler(
            request -> {
              headersArrived(request.connection());
              if (ending.contains(request.connection())) {
                // It was told that there is no more.
                request.connection().close();
                return;
              }
              request.response().endHandler(end -> answered(request));
              (surplus.contains(request.connection()) ? surplusHandler : handler).handle(request);
            });
  }

  private void opened(HttpConnection socket) {
    socket.closeHandler(
        closed -> {
          open.decrementAndGet();
          surplus.remove(socket);
          ending.remove(socket);
          headersArrived(socket);
        });
    int count = open.incrementAndGet();
    boolean isSurplus = count > limits.most();
    if (isSurplus) {
      refused.run();
      surplus.add(socket);
    }
    if (count > limits.most() + limits.surplus()) {
      socket.close();
      return;
    }
    fresh.add(socket);
    await(socket, limits.firstWithin(isSurplus));
  }

  /**
   * Tells whether no socket is so new that its first request may be on its way; a server that is
   * shut down closes such sockets without an answer.
   */
  boolean isQuiet() {
    return fresh.isEmpty();
  }

  private void headersArrived(HttpConnection socket) {
    fresh.remove(socket);
    Long timer = waiting.remove(socket);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void answered(HttpServerRequest request) {
    HttpConnection socket = request.connection();
    if (request.response().headers().contains("Connection", "close", true)) {
      ending.add(socket);
    }
    headersArrived(socket);
    await(socket, limits.idle());
  }

  private void await(HttpConnection socket, Duration within) {
    waiting.put(
        socket,
        vertx.setTimer(
            within.toMillis(),
            timer -> {
              waiting.remove(socket);
              cut(socket);
            }));
  }

  /** Closes a socket at once; Vert.x itself would wait for whoever reads no answers to do so. */
  private static void cut(HttpConnection socket) {
    if (socket instanceof HttpServerConnection connection) {
      var unused = connection.channelHandlerContext().close();
    } else {
      socket.close();
    }
  }
}
