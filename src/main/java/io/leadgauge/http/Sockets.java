package io.leadgauge.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.IdentityHashMap;
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
  private final IdentityHashMap<HttpConnection, Long> waiting = new IdentityHashMap<>();

  /**
   * Watches the sockets of one event loop.
   *
   * @param open counts those of all event loops
   * @param refused runs when a socket is closed because too many are open
   */
  Sockets(Vertx vertx, Limits limits, AtomicInteger open, Runnable refused) {
    this.vertx = vertx;
    this.limits = limits;
    this.open = open;
    this.refused = refused;
  }

  /**
   * The bounds of sockets.
   *
   * @param headWithin how long a new socket may take to send its first headers
   * @param idle how long an old one may take for its next
   * @param most how many may be open
   */
  record Limits(Duration headWithin, Duration idle, int most) {}

  /** Has a server tell this watch of its sockets, and answer their requests by {@code handler}. */
  HttpServer watch(HttpServer server, Handler<HttpServerRequest> handler) {
    return server
        .connectionHandler(this::opened)
        .requestHandler(
            request -> {
              headersArrived(request.connection());
              request.response().endHandler(end -> answered(request.connection()));
              handler.handle(request);
            });
  }

  private void opened(HttpConnection socket) {
    socket.closeHandler(
        closed -> {
          open.decrementAndGet();
          headersArrived(socket);
        });
    if (open.incrementAndGet() > limits.most()) {
      refused.run();
      socket.close();
      return;
    }
    await(socket, limits.headWithin());
  }

  private void headersArrived(HttpConnection socket) {
    Long timer = waiting.remove(socket);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void answered(HttpConnection socket) {
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
              socket.close();
            }));
  }
}
