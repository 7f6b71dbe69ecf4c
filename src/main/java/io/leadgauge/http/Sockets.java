package io.leadgauge.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
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
  private final WebhookSettings settings;
  private final AtomicInteger open;
  private final Metrics metrics;
  private final IdentityHashMap<HttpConnection, Long> waiting = new IdentityHashMap<>();

  /** Watches the sockets of one event loop; {@code open} counts those of all. */
  Sockets(Vertx vertx, WebhookSettings settings, AtomicInteger open, Metrics metrics) {
    this.vertx = vertx;
    this.settings = settings;
    this.open = open;
    this.metrics = metrics;
  }

  /** Takes a new socket, or closes it where there are too many. */
  void opened(HttpConnection socket) {
    socket.closeHandler(
        closed -> {
          open.decrementAndGet();
          headersArrived(socket);
        });
    if (open.incrementAndGet() > settings.mostSockets()) {
      metrics.socketRefused();
      socket.close();
      return;
    }
    await(socket, settings.headWithin());
  }

  /** Notes that the headers of a request are complete. */
  void headersArrived(HttpConnection socket) {
    Long timer = waiting.remove(socket);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  /** Notes that a request was answered and the next one may come. */
  void answered(HttpConnection socket) {
    headersArrived(socket);
    await(socket, settings.idle());
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
