package io.leadgauge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.model.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A real server that webhooks are sent to, which answers as a test wants. */
final class WebhookReceiver implements AutoCloseable {
  static final Secret SECRET = Secret.of("client-secret");

  /** The answer that never comes. */
  static final int SILENCE = 0;

  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final List<Received> received = new ArrayList<>();
  private final HttpServer server;
  private volatile IntUnaryOperator statusOfNth = n -> 204;

  /** One request. */
  record Received(MultiMap headers, Buffer body) {
    List<JsonNode> events() {
      List<JsonNode> events = new ArrayList<>();
      SandboxClient.json(body.toString()).forEach(events::add);
      return events;
    }
  }

  WebhookReceiver() {
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::receive)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** Answers the n-th request, from 0, with a status. */
  void answer(IntUnaryOperator newStatusOfNth) {
    statusOfNth = newStatusOfNth;
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/webhooks/main?a=b%3Ac";
  }

  WebhookTarget target() {
    return WebhookTarget.of(url(), SECRET);
  }

  synchronized List<Received> requests() {
    return List.copyOf(received);
  }

  Stream<JsonNode> events() {
    return requests().stream().flatMap(request -> request.events().stream());
  }

  /** Waits until what came meets a condition, and returns it. */
  List<Received> await(Predicate<List<Received>> condition) {
    return Patience.until(this::requests, condition, PATIENCE_NANOS);
  }

  /** Waits for so many events, and returns all that came. */
  List<JsonNode> awaitEvents(int count) {
    return await(
            requests ->
                requests.stream().mapToInt(request -> request.events().size()).sum() >= count)
        .stream()
        .flatMap(request -> request.events().stream())
        .toList();
  }

  private void receive(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              int number = add(new Received(request.headers(), body));
              int status = statusOfNth.applyAsInt(number);
              if (status != SILENCE) {
                request.response().setStatusCode(status).end();
              }
            });
  }

  private synchronized int add(Received request) {
    received.add(request);
    return received.size() - 1;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
