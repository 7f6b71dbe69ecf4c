package io.leadgauge.sandbox;

import io.leadgauge.model.Clockwork;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;

/** Sends one webhook request, with the headers of captured ones. */
final class WebhookPost {
  private final HttpClient client;
  private final Clockwork clock;
  private final long appId;
  private final Duration timeout;

  WebhookPost(HttpClient client, Clockwork clock, long appId, Duration timeout) {
    this.client = client;
    this.clock = clock;
    this.appId = appId;
    this.timeout = timeout;
  }

  /** The status of the answer; fails where none came in time. */
  Future<Integer> send(WebhookTarget target, List<WebhookEvent> events) {
    Buffer body = body(events);
    // The socket is real, so its waiting is too, whatever the sandbox's clock shows.
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(target.url().toString())
            .setTimeout(timeout.toMillis());
    return client
        .request(options)
        .compose(request -> headers(request, target, body).send(body))
        .compose(response -> response.body().map(response.statusCode()));
  }

  private Buffer body(List<WebhookEvent> events) {
    return Json.bytes(
        json -> {
          json.writeStartArray();
          for (WebhookEvent event : events) {
            event.write(json, appId);
          }
          json.writeEndArray();
        });
  }

  private HttpClientRequest headers(HttpClientRequest request, WebhookTarget target, Buffer body) {
    String timestamp = Long.toString(clock.now());
    byte[] bytes = body.getBytes();
    return request
        .putHeader("Accept", "*/*")
        .putHeader("Content-Type", "application/json")
        .putHeader("X-HubSpot-Request-Timestamp", timestamp)
        .putHeader("X-HubSpot-Signature", WebhookSigner.v1(target.secret(), bytes))
        .putHeader("X-HubSpot-Signature-Version", "v1")
        .putHeader(
            "X-HubSpot-Signature-v3",
            WebhookSigner.v3(target.secret(), "POST", target.signed(), bytes, timestamp))
        .putHeader("X-HubSpot-Timeout-Millis", Long.toString(timeout.toMillis()))
        .putHeader(
            "User-Agent",
            "HubSpot Connect 2.0 (http://dev.hubspot.com/) (namespace: webhooks-nio-http-client) -"
                + " WebhooksExecutorDaemon-executor");
  }
}
