package io.leadgauge.crm.rest;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.model.Secret;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.client.impl.ClientPhase;
import io.vertx.ext.web.client.impl.HttpContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests over HTTP, each bounded in time and in the size of its answer. One blocks its thread
 * until the answer is there, and never an event loop. Redirects are not followed, since the token
 * would go along. Thread-safe.
 */
public final class RestTransport implements AutoCloseable {
  /** The largest answer that is taken, in bytes. */
  public static final int LARGEST_ANSWER = 32 << 20;

  /** The longest wait for a connection. */
  private static final int LONGEST_CONNECT_MILLIS = 10_000;

  private static final int MOST_WAITING_FOR_A_CONNECTION = 1_000;
  private static final int IDLE_CONNECTION_SECONDS = 30;

  private final WebClient web;
  private final BrokenCall broken;

  /**
   * Makes one whose requests {@code vertx} runs; it stays open when this is closed.
   *
   * @param platform the platform's name, for people
   * @param address what a manifest calls the address of the platform
   * @param connections the most requests at once to one host
   */
  public RestTransport(Vertx vertx, String platform, String address, int connections) {
    this.broken = new BrokenCall(platform, address);
    WebClientOptions options = new WebClientOptions();
    options.setUserAgent("Leadgauge").setFollowRedirects(false);
    options.setConnectTimeout(LONGEST_CONNECT_MILLIS);
    options.setKeepAliveTimeout(IDLE_CONNECTION_SECONDS);
    PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections);
    pool.setMaxWaitQueueSize(MOST_WAITING_FOR_A_CONNECTION);
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(pool)
            .withConnectHandler(connection -> connection.exceptionHandler(RestTransport::ignore))
            .build();
    this.web = WebClient.wrap(client, options).addInterceptor(RestTransport::tellItsRequest);
  }

  /** A connection that breaks is told by the call that it breaks; one between calls is no news. */
  private static void ignore(Throwable broken) {}

  private static void tellItsRequest(HttpContext<?> context) {
    if (context.phase() == ClientPhase.SEND_REQUEST
        && context.request().bodyCodec() instanceof BoundedBody body) {
      body.answers(context.clientRequest());
    }
    context.next();
  }

  /**
   * Sends a request and waits for the answer.
   *
   * @param token goes along as the bearer's; null for none
   * @param timeout how long it may take
   */
  public RestAnswer send(RestRequest request, @Nullable Secret token, Duration timeout) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("calls block and must not be made on an event loop");
    }
    try {
      AsyncResult<HttpResponse<Buffer>> outcome =
          await(sent(request, token, timeout).transform(Future::succeededFuture));
      return outcome.succeeded()
          ? answered(outcome.result())
          : new RestAnswer.Failed(broken.trouble(outcome.cause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new RestAnswer.Failed(broken.interrupted());
    }
  }

  private Future<HttpResponse<Buffer>> sent(
      RestRequest request, @Nullable Secret token, Duration timeout) {
    BoundedBody answer = new BoundedBody(LARGEST_ANSWER);
    HttpRequest<Buffer> begun =
        web.requestAbs(request.method(), request.address()).timeout(timeout.toMillis()).as(answer);
    request.headers().forEach(begun::putHeader);
    if (token != null) {
      begun.bearerTokenAuthentication(token.reveal());
    }
    Buffer body = request.body();
    return (body == null ? begun.send() : begun.sendBuffer(body))
        // The request's own time-out is one of silence; an answer that trickles in has a bound too.
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(failure -> answer.cutOff());
  }

  /**
   * Blocks until a future that cannot fail is there. Vert.x does not declare that a waiting thread
   * may be interrupted.
   */
  private static <T> T await(Future<T> future) throws InterruptedException {
    return future.await();
  }

  private static RestAnswer answered(HttpResponse<Buffer> response) {
    Buffer body = response.body() == null ? Buffer.buffer() : response.body();
    return new RestAnswer.Answered(response.statusCode(), response.headers(), body);
  }

  /** Returns what it means that nothing was sent because the calling thread was told to stop. */
  static RestAnswer.Failed neverSent() {
    return new RestAnswer.Failed(
        new CallTrouble.Wait(Duration.ZERO, "interrupted before the call was sent"));
  }

  @Override
  public void close() {
    web.close();
  }
}
