package io.leadgauge.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Delivery.Header;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** One request at the public port until it is answered. Confined to its event loop. */
final class Exchange {
  private final Vertx vertx;
  private final Context loop;
  private final WebhookSettings settings;
  private final HttpServerRequest request;
  private final long beganNanos;
  private @Nullable BodyReader reader;
  private @Nullable Addressee addressee;
  private boolean isMessage;
  private boolean isOver;

  /** Takes a request whose headers have arrived, at this monotonic reading. */
  Exchange(Vertx vertx, WebhookSettings settings, HttpServerRequest request, long beganNanos) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.settings = settings;
    this.request = request;
    this.beganNanos = beganNanos;
  }

  /** Returns the request itself. */
  HttpServerRequest request() {
    return request;
  }

  /** Tells once, to whom asks first, that it is yet to be answered. */
  boolean isToBeAnswered() {
    boolean first = !isOver;
    isOver = true;
    return first;
  }

  /** Returns the event loop of the request. */
  Context loop() {
    return loop;
  }

  /** Runs something on the event loop of the request. */
  void onLoop(Runnable work) {
    loop.runOnContext(now -> work.run());
  }

  /** Returns when the headers were complete, as a monotonic reading in nanoseconds. */
  long beganNanos() {
    return beganNanos;
  }

  /** Returns the raw path and query, without a host that the request line may have named. */
  String target() {
    String uri = request.uri();
    if (uri.startsWith("/")) {
      return uri;
    }
    String query = request.query();
    return query == null ? request.path() : request.path() + "?" + query;
  }

  /** Notes what the last part of the path leads to. */
  void addressedTo(Addressee known) {
    addressee = known;
  }

  /** Notes that it brings an outbound message, whose sender wants an answer of its own. */
  void isOutboundMessage(boolean message) {
    isMessage = message;
  }

  /** Tells whether it brings an outbound message. */
  boolean isOutboundMessage() {
    return isMessage;
  }

  /** Returns the raw path and query without a token, as it may be kept and shown. */
  String shownTarget() {
    return addressee == null ? Masking.target(target()) : addressee.keptTarget(target());
  }

  /** Returns the headers in the order in which they came. */
  List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, String> header : request.headers()) {
      headers.add(new Header(header.getKey(), header.getValue()));
    }
    return headers;
  }

  /**
   * Begins to read the body; a sender that waits to be told so is told to send it.
   *
   * @param room tells whether there is room for so many bytes of it
   */
  BodyReader read(IntPredicate room) {
    BodyReader started =
        BodyReader.reading(vertx, request, settings.mostBodyBytes(), settings.bodyWithin(), room);
    reader = started;
    if (awaitsContinue()) {
      request.response().writeContinue();
    }
    return started;
  }

  /** Sends the answer; what is left of the body is swallowed. */
  void answer(Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    BodyReader rest = reader == null ? swallow() : reader;
    boolean closes = answer.closes() || (reader == null && awaitsContinue());
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    if (closes) {
      response.putHeader("Connection", "close");
    }
    send(response, answer)
        .onComplete(
            sent -> {
              if (closes) {
                rest.closeAfterRest();
              }
            });
  }

  private Future<Void> send(HttpServerResponse response, Answer answer) {
    if (answer.error().isEmpty()) {
      return answer.content().isEmpty()
          ? response.end()
          : response.end(Buffer.buffer(answer.content()));
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("error", answer.error());
    json.put("hint", answer.hint());
    return response
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(json.toString()));
  }

  private BodyReader swallow() {
    return BodyReader.swallowing(vertx, request, settings.mostBodyBytes(), settings.bodyWithin());
  }

  private boolean awaitsContinue() {
    return request.headers().contains("Expect", "100-continue", true);
  }
}
