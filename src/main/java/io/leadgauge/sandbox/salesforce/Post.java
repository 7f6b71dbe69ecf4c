package io.leadgauge.sandbox.salesforce;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Set;

/** Sends one message or event, and says what became of it. */
final class Post {
  /** What EventBridge tries again of 4xx, which otherwise end an event. */
  private static final Set<Integer> TRIED_AGAIN = Set.of(401, 407, 409, 429);

  private final HttpClient client;
  private final Duration timeout;

  /**
   * What became of a request.
   *
   * @param outcome the status, or what was missing
   * @param acknowledged whether it need not be sent again
   * @param hopeless whether it is not to be sent again
   */
  record Outcome(String outcome, boolean acknowledged, boolean hopeless) {}

  Post(HttpClient client, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
  }

  Future<Outcome> send(Subscription subscription, Buffer body) {
    // The socket is real, so its waiting is too, whatever the sandbox's clock shows.
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(subscription.url().toString())
            .setTimeout(timeout.toMillis());
    return client
        .request(options)
        .compose(request -> headers(request, subscription).send(body))
        .compose(
            response ->
                response.body().map(answer -> judged(subscription, response.statusCode(), answer)))
        .otherwise(new Outcome("no answer", false, false));
  }

  private static HttpClientRequest headers(HttpClientRequest request, Subscription subscription) {
    switch (subscription.kind()) {
      case MESSAGE ->
          request
              .putHeader("Content-Type", "text/xml; charset=utf-8")
              .putHeader("Accept", "text/xml")
              .putHeader("SOAPAction", "\"\"");
      case EVENT ->
          request
              .putHeader("Content-Type", "application/json; charset=utf-8")
              .putHeader("User-Agent", "Amazon/EventBridge/ApiDestinations");
    }
    subscription.headers().forEach(request::putHeader);
    return request;
  }

  private static Outcome judged(Subscription subscription, int status, Buffer answer) {
    String shown = Integer.toString(status);
    return switch (subscription.kind()) {
      case MESSAGE ->
          status == 200 && !Acknowledgement.isIn(answer)
              ? new Outcome("200 without acknowledgement", false, false)
              : new Outcome(shown, status == 200, false);
      case EVENT ->
          new Outcome(
              shown,
              status >= 200 && status < 300,
              status >= 300 && status < 500 && !TRIED_AGAIN.contains(status));
    };
  }
}
