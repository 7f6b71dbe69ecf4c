package io.leadgauge.http;

import io.leadgauge.crm.OutboundBody;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.signature.SignatureVerifier;
import io.leadgauge.crm.signature.SignedRequest;
import io.leadgauge.crm.signature.Verification;
import io.leadgauge.http.BodyReader.Body;
import io.leadgauge.http.Gate.Entry;
import io.leadgauge.http.Outcome.BrokenOff;
import io.leadgauge.http.Outcome.Kept;
import io.leadgauge.http.Outcome.Lack;
import io.leadgauge.http.Outcome.Refusal;
import io.leadgauge.http.Outcome.Refused;
import io.leadgauge.http.Outcome.Unavailable;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.pipeline.Receipt;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes webhooks: looks at the headers, reads the body, verifies the signature over the raw bytes,
 * hands the delivery over, and answers when it is known to be durable or refused.
 *
 * <p>The signed address is the connection's configured public URL with path and query as they came,
 * never {@code Host} or {@code X-Forwarded-*}, which anyone can set. The token is masked in
 * everything that leaves this class except the address that is verified.
 *
 * <p>Thread-safe: all event loops share one receiver. Verifying stays on the event loop, tens of
 * microseconds for 40 kB.
 */
public final class WebhookReceiver {
  private static final Logger LOG = System.getLogger(WebhookReceiver.class.getName());
  private static final Duration WHEN_DOWN = Duration.ofSeconds(10);
  private static final byte[] UNREAD = {};

  private final WebhookSettings settings;
  private final Function<Delivery, CompletionStage<Receipt>> intake;
  private final Clockwork clock;
  private final RefusedRequests refusedRequests;
  private final Metrics metrics;
  private final Gate gate;
  private final AtomicInteger sockets = new AtomicInteger();
  private final AtomicBoolean isDown = new AtomicBoolean();

  /**
   * Makes a receiver.
   *
   * @param settings the bounds
   * @param connections finds who may deliver to a connection or an app at this moment; called on
   *     event loops, must not block
   * @param intake makes a delivery durable; called on event loops, must not block; the stage may
   *     complete on any thread, and should not fail
   * @param clock the clocks
   * @param refusedRequests where refused requests are kept
   * @param metrics where everything is counted
   */
  public WebhookReceiver(
      WebhookSettings settings,
      Function<ConnectionId, Optional<WebhookAccess>> connections,
      Function<Delivery, CompletionStage<Receipt>> intake,
      Clockwork clock,
      RefusedRequests refusedRequests,
      Metrics metrics) {
    this.settings = settings;
    this.intake = intake;
    this.clock = clock;
    this.refusedRequests = refusedRequests;
    this.metrics = metrics;
    Admission admission =
        new Admission(settings.mostBytesInFlight(), settings.mostBytesInFlightEach());
    this.gate = new Gate(settings, connections, admission);
    metrics.gauge("webhook.in.flight.bytes", admission::inFlight);
    metrics.gauge("webhook.sockets", sockets::get);
  }

  WebhookSettings settings() {
    return settings;
  }

  /** Returns the watch over the sockets of one event loop. */
  Sockets sockets(Vertx vertx) {
    Sockets.Limits limits =
        new Sockets.Limits(settings.headWithin(), settings.idle(), settings.mostSockets());
    return new Sockets(vertx, limits, sockets, metrics::socketRefused);
  }

  /** Takes a request whose headers have arrived. */
  void receive(Vertx vertx, HttpServerRequest request) {
    Exchange exchange = new Exchange(vertx, settings, request, clock.nanos());
    switch (look(request)) {
      case Entry.Shut shut -> finish(exchange, shut.connection(), shut.outcome(), UNREAD);
      case Entry.Open open ->
          exchange.read().body().onSuccess(body -> decide(exchange, open, body));
    }
  }

  /** Answers what could not be read as a request. */
  void malformed(Vertx vertx, HttpServerRequest request) {
    Refused refused =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException line ->
              Refused.of(Refusal.LONG_LINE, "expected at most " + SafeHttp.LINE_BYTES + " bytes");
          case TooLongHttpHeaderException header ->
              Refused.of(
                  Refusal.LONG_HEADERS, "expected at most " + SafeHttp.HEADER_BYTES + " bytes");
          case null, default -> Refused.of(Refusal.MALFORMED, "expected HTTP/1.1");
        };
    metrics.outcome(null, refused);
    new Exchange(vertx, settings, request, clock.nanos())
        .answer(Answer.to(refused, clock.random()));
  }

  private Entry look(HttpServerRequest request) {
    try {
      return gate.look(request);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a webhook could not be matched with a connection", e);
      return new Entry.Shut(null, new Unavailable(Lack.DOWN, WHEN_DOWN));
    }
  }

  private void decide(Exchange exchange, Entry.Open open, Body body) {
    switch (body) {
      case Body.Whole whole -> verify(exchange, open, whole.bytes());
      case Body.TooLarge tooLarge ->
          release(exchange, open, Refused.of(Refusal.TOO_LARGE, Gate.tooLarge(settings)), UNREAD);
      case Body.TooSlow tooSlow ->
          release(
              exchange,
              open,
              Refused.of(
                  Refusal.TOO_SLOW,
                  "expected the body within " + settings.bodyWithin().toMillis() + " ms"),
              UNREAD);
      case Body.BrokenOff brokenOff -> release(exchange, open, new BrokenOff(), UNREAD);
    }
  }

  private void verify(Exchange exchange, Entry.Open open, byte[] body) {
    WebhookAccess access = open.access();
    long now = clock.now();
    SignedRequest request =
        new SignedRequest(
            exchange.request().method().name(),
            signedAddress(access, exchange.target()),
            exchange.headers(),
            body);
    Addressee addressee = addressee(access, exchange.target());
    exchange.addressedTo(addressee);
    Delivery delivery = delivery(open, now, exchange, request);
    exchange.isOutboundMessage(access.org() != null && OutboundBody.isXml(body));
    if (addressee.isKnownByToken() || OrgCredentials.showsBearer(access, exchange.request())) {
      handOver(exchange, open, delivery);
      return;
    }
    Verification verification =
        new SignatureVerifier(addressee.schemes(access), access.secrets(), access.window())
            .verify(request, now);
    switch (verification) {
      case Verification.Verified verified -> {
        metrics.signed(open.connection(), verified.secretIndex());
        handOver(exchange, open, delivery);
      }
      case Verification.Rejected rejected ->
          release(
              exchange,
              open,
              Refused.signature(rejected.reason(), rejected.text()),
              delivery.body());
    }
  }

  /** The gate has let it in, so the path leads somewhere. */
  private static Addressee addressee(WebhookAccess access, String target) {
    int query = target.indexOf('?');
    return WebhookPath.parse(query < 0 ? target : target.substring(0, query))
        .flatMap(path -> Addressee.of(access, path.token()))
        .orElseGet(Addressee.Platform::new);
  }

  /** Returns the address that a sender signs who sends to this raw path and query. */
  static String signedAddress(WebhookAccess access, String target) {
    String base = access.publicUrl().toString();
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + target;
  }

  /** What was verified is kept, but for secrets that the sender has put into it. */
  private static Delivery delivery(
      Entry.Open open, long now, Exchange exchange, SignedRequest request) {
    byte[] body = request.body();
    return new Delivery(
        open.connection(),
        now,
        request.method(),
        exchange.shownTarget(),
        Masking.headers(request.headers(), exchange.target()),
        open.access().org() == null ? body : OutboundBody.withoutSession(body));
  }

  /**
   * Hands a delivery over. Its room is given back when the intake is done with it, which may be
   * after the sender was told to try again.
   */
  private void handOver(Exchange exchange, Entry.Open open, Delivery delivery) {
    open.room().shrinkTo(Gate.room(delivery.body().length));
    Future<Receipt> receipt = accepted(delivery).onComplete(done -> open.room().release());
    receipt
        .timeout(settings.keepWithin())
        .map(this::outcome)
        .otherwise(this::failed)
        .onSuccess(outcome -> finish(exchange, delivery.connection(), outcome, delivery.body()));
  }

  private Future<Receipt> accepted(Delivery delivery) {
    try {
      return Future.fromCompletionStage(intake.apply(delivery), Vertx.currentContext());
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private Outcome outcome(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Kept kept -> kept(kept.sequence());
      case Receipt.Full full -> new Unavailable(Lack.FULL, full.retryAfter());
      case Receipt.Early early -> new Unavailable(Lack.EARLY, early.retryAfter());
      case Receipt.Down down -> down(down.reason(), null);
    };
  }

  private Kept kept(long sequence) {
    if (isDown.get() && isDown.getAndSet(false)) {
      LOG.log(Level.INFO, "deliveries are kept again");
    }
    return new Kept(sequence);
  }

  private Unavailable failed(Throwable failure) {
    return failure instanceof TimeoutException
        ? down("no answer within " + settings.keepWithin().toMillis() + " ms", null)
        : down("a fault", failure);
  }

  /** Notes that a delivery could not be kept; logged when it begins, counted every time. */
  private Unavailable down(String reason, @Nullable Throwable cause) {
    if (!isDown.getAndSet(true)) {
      LOG.log(
          Level.ERROR,
          "deliveries cannot be kept, senders are told to try again: " + reason,
          cause);
    }
    return new Unavailable(Lack.DOWN, WHEN_DOWN);
  }

  private void release(Exchange exchange, Entry.Open open, Outcome outcome, byte[] body) {
    open.room().release();
    finish(exchange, open.connection(), outcome, body);
  }

  private void finish(
      Exchange exchange, @Nullable ConnectionId connection, Outcome outcome, byte[] body) {
    metrics.outcome(connection, outcome);
    if (outcome instanceof Kept && connection != null) {
      metrics.acknowledged(connection, clock.nanos() - exchange.beganNanos());
    }
    Answer answer = Answer.to(outcome, exchange.isOutboundMessage(), clock.random());
    if (outcome instanceof Refused refused) {
      refusedRequests.add(refused(exchange, connection, refused, answer.status(), body));
    }
    exchange.answer(answer);
  }

  private RefusedRequest refused(
      Exchange exchange,
      @Nullable ConnectionId connection,
      Refused refused,
      int status,
      byte[] body) {
    return new RefusedRequest(
        0,
        clock.now(),
        connection,
        status,
        refused.reason(),
        refused.hint(),
        exchange.request().method().name(),
        exchange.shownTarget(),
        Masking.headers(exchange.headers(), exchange.target()),
        body,
        refused.refusal() == Refusal.SIGNATURE ? body.length : -1);
  }
}
