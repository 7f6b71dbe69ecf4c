package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Single calls of HubSpot's API, each within the portal's budget. A call blocks its thread until
 * the answer is there, and never an event loop. Redirects are not followed, since the token would
 * go along. Thread-safe.
 */
final class HubSpotCalls implements AutoCloseable {
  /** The largest answer that is taken, in bytes. */
  static final int LARGEST_ANSWER = 32 << 20;

  /** The longest wait for a connection. */
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private static final int CONNECTIONS = 16;
  private static final int MOST_WAITING_FOR_A_CONNECTION = 1_000;
  private static final int IDLE_CONNECTION_SECONDS = 30;

  private final WebClient web;
  private final ApiAccess api;
  private final RateBudget budget;

  HubSpotCalls(Vertx vertx, ApiAccess api, RateBudget budget) {
    this.api = api;
    this.budget = budget;
    Duration connect =
        api.timeout().compareTo(LONGEST_CONNECT) < 0 ? api.timeout() : LONGEST_CONNECT;
    WebClientOptions options = new WebClientOptions();
    options.setUserAgent("Leadgauge").setFollowRedirects(false);
    options.setConnectTimeout(Math.toIntExact(connect.toMillis()));
    options.setKeepAliveTimeout(IDLE_CONNECTION_SECONDS);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS);
    pool.setMaxWaitQueueSize(MOST_WAITING_FOR_A_CONNECTION);
    this.web = WebClient.create(vertx, options, pool);
  }

  /** Sends a body when its turn has come, and waits for the answer. */
  Reply post(Lane lane, String address, ObjectNode body) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("calls block and must not be made on an event loop");
    }
    try {
      return switch (budget.acquire(lane)) {
        case RateBudget.Closed closed ->
            new Reply.Failed(new CallTrouble.Wait(closed.pause(), closed.reason()));
        case RateBudget.Permit permit -> {
          try {
            yield send(lane, address, body);
          } finally {
            permit.close();
          }
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Failed(
          new CallTrouble.Wait(Duration.ZERO, "interrupted before the call was sent"));
    }
  }

  private Reply send(Lane lane, String address, ObjectNode body) {
    try {
      HttpResponse<Buffer> response =
          request(address, body).toCompletionStage().toCompletableFuture().get();
      return answered(lane, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply.Failed(
          new CallTrouble.Unknown("interrupted while waiting for HubSpot's answer"));
    } catch (ExecutionException e) {
      return new Reply.Failed(Troubles.ofFailure(e.getCause() == null ? e : e.getCause()));
    }
  }

  private Future<HttpResponse<Buffer>> request(String address, ObjectNode body) {
    long timeout = api.timeout().toMillis();
    return web.postAbs(address)
        .timeout(timeout)
        .bearerTokenAuthentication(api.accessToken().reveal())
        .putHeader("Content-Type", "application/json")
        .putHeader("Accept", "application/json")
        .as(new BoundedBody(LARGEST_ANSWER))
        .sendBuffer(Buffer.buffer(Json.bytes(body)))
        // The request's own time-out is one of silence; an answer that trickles in has a bound too.
        .timeout(timeout, TimeUnit.MILLISECONDS);
  }

  private Reply answered(Lane lane, HttpResponse<Buffer> response) {
    RateHeaders.learn(budget, lane, response.headers());
    int status = response.statusCode();
    if (status == 200 || status == 201 || status == 207) {
      JsonNode body = Json.parse(bytes(response));
      return body == null ? notJson(status) : new Reply.Answered(body);
    }
    JsonNode body = Json.parse(withoutToken(bytes(response)));
    if (status == 400 || status == 409) {
      return body == null ? notJson(status) : new Reply.Invalid(HubSpotError.of(body));
    }
    HubSpotError error = body == null ? HubSpotError.NONE : HubSpotError.of(body);
    return new Reply.Failed(Troubles.ofStatus(status, response.headers(), error, lane, budget));
  }

  private static Reply notJson(int status) {
    return new Reply.Failed(
        new CallTrouble.Unknown("HubSpot answered " + status + " with a body that is not JSON"));
  }

  private static byte[] bytes(HttpResponse<Buffer> response) {
    Buffer body = response.body();
    return body == null ? new byte[0] : body.getBytes();
  }

  /** Returns an error body in which the token, should it be quoted there, is masked. */
  private byte[] withoutToken(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.replace(api.accessToken().reveal(), api.accessToken().toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    web.close();
  }
}
