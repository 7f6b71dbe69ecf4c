package io.leadgauge.crm.rest;

import io.leadgauge.crm.Allowance;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RateBudget.Priority;
import io.leadgauge.crm.TokenSource;
import java.time.Duration;

/**
 * Single calls of an API, each within the portal's budget and with a token that is good now; once
 * more with another where the platform does not accept it. A call blocks its thread until the
 * answer is there, and never an event loop. Thread-safe.
 *
 * @param <R> what the platform makes of an answer
 */
public final class RestCalls<R> implements AutoCloseable {
  private final RestTransport transport;
  private final TokenSource token;
  private final Duration timeout;
  private final RateBudget budget;
  private final AnswerReader<R> reader;
  private final Priority priority;

  /**
   * Makes calls of the first priority; the transport is closed with them.
   *
   * @param timeout how long one call may take
   */
  public RestCalls(
      RestTransport transport,
      TokenSource token,
      Duration timeout,
      RateBudget budget,
      AnswerReader<R> reader) {
    this(transport, token, timeout, budget, reader, Priority.LIVE);
  }

  private RestCalls(
      RestTransport transport,
      TokenSource token,
      Duration timeout,
      RateBudget budget,
      AnswerReader<R> reader,
      Priority priority) {
    this.transport = transport;
    this.token = token;
    this.timeout = timeout;
    this.budget = budget;
    this.reader = reader;
    this.priority = priority;
  }

  /** Returns the same calls, made only when live ones leave room; closed with these. */
  public RestCalls<R> inBackground() {
    return new RestCalls<>(transport, token, timeout, budget, reader, Priority.BACKGROUND);
  }

  /** Returns how much of the portal's budget is used. */
  public Allowance allowance() {
    return budget.look();
  }

  /** Sends a request when its turn has come, and waits for the answer. */
  public R call(Lane lane, RestRequest request) {
    try {
      return switch (budget.acquire(lane, priority)) {
        case RateBudget.Closed closed ->
            reader.failed(new CallTrouble.Wait(closed.pause(), closed.reason()));
        case RateBudget.Permit permit -> {
          try {
            yield authorized(lane, request);
          } finally {
            permit.close();
          }
        }
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reader.failed(RestTransport.neverSent().trouble());
    }
  }

  private R authorized(Lane lane, RestRequest request) {
    return switch (token.ask()) {
      case TokenSource.None none -> reader.failed(none.trouble());
      case TokenSource.Live live -> {
        RestAnswer first = send(request, live);
        R reply = read(lane, first);
        boolean again =
            first instanceof RestAnswer.Answered answered
                && reader.refusesToken(answered)
                && token.refused(live.token());
        yield again && token.ask() instanceof TokenSource.Live another
            ? read(lane, send(request, another))
            : reply;
      }
    };
  }

  private RestAnswer send(RestRequest request, TokenSource.Live live) {
    return switch (transport.send(request.at(live.base()), live.token(), timeout)) {
      case RestAnswer.Answered answered when answered.status() >= 300 ->
          answered.without(live.token());
      case RestAnswer.Answered answered -> answered;
      case RestAnswer.Failed failed -> failed;
    };
  }

  private R read(Lane lane, RestAnswer answer) {
    return switch (answer) {
      case RestAnswer.Answered answered -> reader.read(lane, answered);
      case RestAnswer.Failed failed -> reader.failed(failed.trouble());
    };
  }

  @Override
  public void close() {
    transport.close();
  }
}
