package io.leadgauge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.bench.Requests.Target;
import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FloodTest {
  private static final int MANY = 300;
  private static final int CONNECTIONS = 8;

  private final Clockwork clock = new SystemClockwork();
  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private int serve(Handler<HttpServerRequest> answer) {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              received.add(body.toString());
                              ports.add(request.remoteAddress().port());
                              answer.handle(request);
                            }));
    return listening(server);
  }

  private static int listening(HttpServer server) {
    return server
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  private Flood.Outcome flood(int port, List<byte[]> bodies, double perSecond) {
    Target target = new Target(port, "/x", BenchPortal.SIGNED_URL);
    Requests requests = Requests.of(target, BenchPortal.SIGNER, bodies, 1, clock.now());
    return Flood.send(vertx, clock, requests, port, CONNECTIONS, perSecond).join();
  }

  private List<byte[]> bodies() {
    return new Deliveries(clock.now(), new SplittableRandom(2)).about(MANY, 1, () -> 7);
  }

  @Test
  void requests_eachOne_isSentOnce_overAsManyConnectionsAsAsked() {
    int port = serve(request -> request.response().setStatusCode(204).end());
    List<byte[]> bodies = bodies();
    Flood.Outcome outcome = flood(port, bodies, 0);
    assertThat(outcome.refused()).isZero();
    assertThat(outcome.nanos()).hasSize(MANY).isSorted();
    assertThat(received)
        .containsExactlyInAnyOrderElementsOf(
            bodies.stream().map(body -> new String(body, UTF_8)).toList());
    assertThat(ports).hasSize(CONNECTIONS);
  }

  @Test
  void whatIsToldToComeAgain_isSentAgain_andCounted() {
    AtomicInteger number = new AtomicInteger();
    int port =
        serve(
            request -> {
              boolean isKept = number.getAndIncrement() % 3 > 0;
              request.response().setStatusCode(isKept ? 200 : 503).end("x".repeat(20_000));
            });
    Flood.Outcome outcome = flood(port, bodies(), 0);
    assertThat(outcome.refused()).isEqualTo(MANY / 2);
    assertThat(received).hasSize(MANY + MANY / 2);
    assertThat(outcome.nanos()).hasSize(MANY).isSorted();
  }

  @Test
  void answerOfAnotherKind_endsIt() {
    int port = serve(request -> request.response().setStatusCode(401).end());
    assertThatThrownBy(() -> flood(port, bodies(), 0)).hasMessageContaining("answered 401");
  }

  @Test
  void rate_isNotExceeded() {
    int port = serve(request -> request.response().setStatusCode(204).end());
    double perSecond = 2_000;
    Flood.Outcome outcome = flood(port, bodies(), perSecond);
    assertThat(outcome.nanos()).hasSize(MANY);
    assertThat(outcome.perSecond()).isLessThanOrEqualTo(perSecond * MANY / (MANY - 1));
  }

  @Test
  void firstRequest_isDueAtOnce() {
    int port = serve(request -> request.response().setStatusCode(204).end());
    double onceInADay = 1.0 / 86_400;
    assertThat(flood(port, bodies().subList(0, 1), onceInADay).nanos()).hasSize(1);
  }

  @Test
  void idleConnection_thatReceiverCloses_isOpenedAnew() {
    ClosesIdle receiver = new ClosesIdle();
    HttpServer server =
        vertx
            // Else it hears of a connection with its first request.
            .createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
            .connectionHandler(receiver::opened)
            .requestHandler(receiver::asked);
    assertThat(flood(listening(server), bodies().subList(0, 1), 0).nanos()).hasSize(1);
    assertThat(receiver.opened).hasValue(CONNECTIONS + ClosesIdle.OTHERS);
  }

  /** Answers its one request when all connections without one were closed and opened anew. */
  private static final class ClosesIdle {
    static final int OTHERS = CONNECTIONS - 1;

    private final AtomicInteger opened = new AtomicInteger();
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private @Nullable HttpServerRequest request;
    private int closed;

    void opened(HttpConnection connection) {
      idle.add(connection);
      opened.incrementAndGet();
      goOn();
    }

    void asked(HttpServerRequest only) {
      idle.remove(only.connection());
      request = only;
      goOn();
    }

    private void goOn() {
      if (request == null) {
        return;
      }
      while (closed < OTHERS && !idle.isEmpty()) {
        closed++;
        idle.poll().close();
      }
      if (opened.get() == CONNECTIONS + OTHERS) {
        request.response().setStatusCode(204).end();
      }
    }
  }

  @Test
  void receiver_thatHangsUp_endsIt() {
    int port = serve(request -> request.connection().close());
    assertThatThrownBy(() -> flood(port, bodies(), 0)).hasMessageContaining("closed");
  }
}
