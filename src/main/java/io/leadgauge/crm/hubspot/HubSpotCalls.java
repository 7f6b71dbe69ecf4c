package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RateBudget.Priority;
import io.leadgauge.crm.TokenSource;
import io.leadgauge.model.Secret;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
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
  private final Priority priority;

  HubSpotCalls(Vertx vertx, ApiAccess api, RateBudget budget) {
    this.api = api;
    this.budget = budget;
    this.priority = Priority.LIVE;
    Duration connect =
        api.timeout().compareTo(LONGEST_CONNECT) < 0 ? api.timeout() : LONGEST_CONNECT;
    WebClientOptions options = new WebClientOptions();
    options.setUserAgent("Leadgauge").setFollowRedirects(false);
    options.setConnectTimeout(Math.toIntExact(connect.toMillis()));
    options.setKeepAliveTimeout(IDLE_CONNECTION_SECONDS);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS);
    pool.setMaxWaitQueueSize(MOST_WAITING_FOR_A_CONNECTION);
    this.web = WebClient.create(vertx, options, pool).addInterceptor(HubSpotCalls::tellItsRequest);
  }

  private HubSpotCalls(HubSpotCalls same, Priority priority) {
    this.api = same.api;
    this.budget = same.budget;
    this.web = same.web;
    this.priority = priority;
  }

  /** Returns the same calls, made only when live ones leave room; closed with these. */
  HubSpotCalls inBackground() {
    return new HubSpotCalls(this, Priority.BACKGROUND);
  }

  /** Returns how much of the portal's budget is used. */
  Allowance allowance() {
    return budget.look();
  }

  private static void tellItsRequest(HttpContext<?> context) {
    if (context.phase() == ClientPhase.SEND_REQUEST
        && context.request().bodyCodec() instanceof BoundedBody body) {
      body.answers(context.clientRequest());
    }
    context.next();
  }

  /** Sends a body when its turn has come, and waits for the answer. */
  Reply post(Lane lane, String address, ObjectNode body) {
    return call(lane, (token, answer) -> sent(token, web.postAbs(address), body, answer));
  }

  /** Changes a definition when its turn has come, and waits for the answer. */
  Reply patch(Lane lane, String address, ObjectNode body) {
    return call(lane, (token, answer) -> sent(token, web.patchAbs(address), body, answer));
  }

  /** Asks when its turn has come, and waits for the answer. */
  Reply get(Lane lane, String address) {
    return call(lane, (token, answer) -> request(token, web.getAbs(address), answer).send());
  }

  /** Sends a request with this token, whose answer is collected in the bounded body. */
  @FunctionalInterface
  private interface Sender {
    Future<HttpResponse<Buffer>> send(Secret token, BoundedBody answer);
  }

  private Reply call(Lane lane, Sender sender) {
    Reply reply = callInTurn(lane, sender);
    if (budget.asksForZone()) {
      AccountZone.read(this, new ApiPaths(api.base(), api.version()).account())
          .ifPresent(budget::learnZone);
    }
    return reply;
  }

  private Reply callInTurn(Lane lane, Sender sender) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("calls block and must not be made on an event loop");
    }
    try {
      return switch (budget.acquire(lane, priority)) {
        case RateBudget.Closed closed ->
            new Reply.Failed(new CallTrouble.Wait(closed.pause(), closed.reason()));
        case RateBudget.Permit permit -> {
          try {
            yield authorized(lane, sender);
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

  /** Sends with a token that is good now; once more with another where the CRM refuses it. */
  private Reply authorized(Lane lane, Sender sender) {
    return switch (api.token().ask()) {
      case TokenSource.None none -> new Reply.Failed(none.trouble());
      case TokenSource.Live live -> {
        Sent sent = send(lane, sender, live.token());
        boolean again = sent.unauthorized() && api.token().refused(live.token());
        yield again && api.token().ask() instanceof TokenSource.Live another
            ? send(lane, sender, another.token()).reply()
            : sent.reply();
      }
    };
  }

  /** What came of one request, and whether its token was refused. */
  private record Sent(Reply reply, boolean unauthorized) {
    static Sent failed(CallTrouble trouble) {
      return new Sent(new Reply.Failed(trouble), false);
    }
  }

  private Sent send(Lane lane, Sender sender, Secret token) {
    try {
      AsyncResult<HttpResponse<Buffer>> outcome =
          await(sent(sender, token).transform(Future::succeededFuture));
      return outcome.succeeded()
          ? new Sent(answered(lane, outcome.result(), token), outcome.result().statusCode() == 401)
          : Sent.failed(Troubles.ofFailure(outcome.cause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Sent.failed(new CallTrouble.Unknown("interrupted while waiting for HubSpot's answer"));
    }
  }

  /**
   * Blocks until a future that cannot fail is there. Vert.x does not declare that a waiting thread
   * may be interrupted.
   */
  private static <T> T await(Future<T> future) throws InterruptedException {
    return future.await();
  }

  private Future<HttpResponse<Buffer>> sent(Sender sender, Secret token) {
    BoundedBody answer = new BoundedBody(LARGEST_ANSWER);
    return sender
        .send(token, answer)
        // The request's own time-out is one of silence; an answer that trickles in has a bound too.
        .timeout(api.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> answer.cutOff());
  }

  private Future<HttpResponse<Buffer>> sent(
      Secret token, HttpRequest<Buffer> begun, ObjectNode body, BoundedBody answer) {
    return request(token, begun, answer)
        .putHeader("Content-Type", "application/json")
        .sendBuffer(Buffer.buffer(Json.bytes(body)));
  }

  private HttpRequest<Buffer> request(Secret token, HttpRequest<Buffer> begun, BoundedBody answer) {
    return begun
        .timeout(api.timeout().toMillis())
        .bearerTokenAuthentication(token.reveal())
        .putHeader("Accept", "application/json")
        .as(answer);
  }

  private Reply answered(Lane lane, HttpResponse<Buffer> response, Secret token) {
    RateHeaders.learn(budget, lane, response.headers());
    int status = response.statusCode();
    if (status == 200 || status == 201 || status == 207) {
      JsonNode body = Json.parse(bytes(response));
      return body == null ? notJson(status) : new Reply.Answered(body, sentAt(response));
    }
    JsonNode body = Json.parse(without(token, bytes(response)));
    if (status == 400 || status == 409) {
      return body == null ? notJson(status) : new Reply.Invalid(HubSpotError.of(body));
    }
    HubSpotError error = body == null ? HubSpotError.NONE : HubSpotError.of(body);
    return new Reply.Failed(
        Troubles.ofStatus(status, response.headers(), error, lane, budget), status);
  }

  private static long sentAt(HttpResponse<Buffer> response) {
    String date = response.getHeader("Date");
    try {
      return date == null
          ? 0
          : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)).toEpochMilli();
    } catch (DateTimeException e) {
      return 0;
    }
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
  private static byte[] without(Secret token, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    return text.replace(token.reveal(), token.toString()).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    web.close();
  }
}
