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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
 * <p>Thread-safe: all event loops share one receiver. Verifying and reading a small body stays on
 * the event loop, where it is over in tens of microseconds; a large one has its turn elsewhere, so
 * that no other connection waits for it.
 */
public final class WebhookReceiver {
  private static final Logger LOG = System.getLogger(WebhookReceiver.class.getName());
  private static final Duration WHEN_DOWN = Duration.ofSeconds(10);
  private static final Duration WHEN_ROOM = Duration.ofSeconds(2);

  /** One in ten sockets more than may be open is told to come again. */
  private static final int SURPLUS_SHARE = 10;

  private static final Duration WHEN_STARTED = Duration.ofSeconds(5);

  /** A body of about fifty events: less than half a millisecond. */
  private static final int MOST_ON_THE_LOOP = 16 << 10;

  private static final byte[] UNREAD = {};

  private final WebhookSettings settings;
  private final Function<Delivery, CompletionStage<Receipt>> intake;
  private final Clockwork clock;
  private final RefusedRequests refusedRequests;
  private final Metrics metrics;
  private final Gate gate;
  private final AtomicInteger sockets = new AtomicInteger();
  private final AtomicBoolean isDown = new AtomicBoolean();
  private final Map<Exchange, Entry.Open> underWay = new ConcurrentHashMap<>();
  private final Turns turns = new Turns();
  private volatile boolean draining;

  /**
   * Makes a receiver.
   *
   * @param settings the bounds
   * @param connections finds who may deliver to a connection or an app at this moment; called on
   *     event loops, must not block
   * @param intake makes a delivery durable; called on event loops and others, must not block; the
   *     stage may complete on any thread, and should not fail
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
    metrics.gauge(
        "webhook.in.flight.bytes", "Memory that requests in flight take", admission::inFlight);
    metrics.gauge("webhook.sockets", "Sockets that are open", sockets::get);
  }

  WebhookSettings settings() {
    return settings;
  }

  Clockwork clock() {
    return clock;
  }

  /** Returns the watch over the sockets of one event loop. */
  Sockets sockets(Vertx vertx) {
    int most = OpenFiles.sockets(settings.mostSockets());
    Sockets.Limits limits =
        new Sockets.Limits(
            settings.headWithin(), settings.idle(), most, Math.ceilDiv(most, SURPLUS_SHARE));
    return new Sockets(
        vertx, limits, sockets, metrics::socketRefused, request -> tooMany(vertx, request));
  }

  /** Answers the request of a sender that found too many others here. */
  private void tooMany(Vertx vertx, HttpServerRequest request) {
    Unavailable busy = new Unavailable(Lack.BUSY, WHEN_ROOM);
    metrics.outcome(null, busy);
    new Exchange(vertx, settings, request, clock.nanos())
        .answer(Answer.to(busy, clock.random()).last());
  }

  /**
   * From now on each answer is the last one on its socket, so that senders open their next one
   * where deliveries are still taken.
   */
  public void drain() {
    draining = true;
  }

  /** Answers all that is still under way: it is to be tried again elsewhere, or later. */
  void lastCall() {
    underWay.forEach(
        (exchange, open) ->
            exchange.onLoop(
                () ->
                    finish(
                        exchange,
                        open.connection(),
                        new Unavailable(Lack.STOPPING, WHEN_STARTED),
                        UNREAD)));
  }

  /** Takes a request whose headers have arrived. */
  void receive(Vertx vertx, HttpServerRequest request) {
    Exchange exchange = new Exchange(vertx, settings, request, clock.nanos());
    switch (look(request)) {
      case Entry.Shut shut -> finish(exchange, shut.connection(), shut.outcome(), UNREAD);
      case Entry.Open open -> {
        underWay.put(exchange, open);
        exchange
            .read(held -> open.room().growTo(Gate.room(held)))
            .body()
            .onSuccess(body -> decide(exchange, open, body));
      }
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
      case Body.Whole whole -> take(exchange, open, whole.bytes());
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
      case Body.NoRoom noRoom ->
          release(exchange, open, new Unavailable(Lack.BUSY, Gate.WHEN_ROOM), UNREAD);
      case Body.BrokenOff brokenOff -> release(exchange, open, new BrokenOff(), UNREAD);
    }
  }

  /** What takes long is done in the connection's turn and not on the event loop of all. */
  private void take(Exchange exchange, Entry.Open open, byte[] body) {
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
    boolean isKnown =
        addressee.isKnownByToken() || OrgCredentials.showsBearer(access, exchange.request());
    Runnable rest =
        () -> {
          try {
            if (isKnown) {
              handOver(exchange, open, delivery);
            } else {
              verify(exchange, open, addressee, request, delivery);
            }
          } catch (RuntimeException e) {
            // Nobody else would answer, and its room would stay taken.
            Unavailable fault = failed(e);
            exchange.onLoop(() -> release(exchange, open, fault, UNREAD));
          }
        };
    if (body.length > MOST_ON_THE_LOOP) {
      turns.take(open.connection(), rest);
    } else {
      rest.run();
    }
  }

  private void verify(
      Exchange exchange,
      Entry.Open open,
      Addressee addressee,
      SignedRequest request,
      Delivery delivery) {
    WebhookAccess access = open.access();
    Verification verification =
        new SignatureVerifier(addressee.schemes(access), access.secrets(), access.window())
            .verify(request, delivery.receivedAt());
    switch (verification) {
      case Verification.Verified verified -> {
        metrics.signed(open.connection(), verified.secretIndex());
        handOver(exchange, open, delivery);
      }
      case Verification.Rejected rejected ->
          exchange.onLoop(
              () ->
                  release(
                      exchange,
                      open,
                      Refused.signature(rejected.reason(), rejected.text()),
                      delivery.body()));
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
    Future<Receipt> receipt =
        accepted(exchange, delivery).onComplete(done -> open.room().release());
    Future<Receipt> inTime = receipt.timeout(settings.keepWithin());
    inTime
        .map(this::outcome)
        .otherwise(this::failed)
        .onSuccess(
            outcome -> {
              boolean told = finish(exchange, delivery.connection(), outcome, delivery.body());
              if (!told && outcome instanceof Kept) {
                metrics.keptLate();
              }
            });
    receipt.onSuccess(
        told -> {
          if (told instanceof Receipt.Kept && inTime.failed()) {
            metrics.keptLate();
          }
        });
  }

  private Future<Receipt> accepted(Exchange exchange, Delivery delivery) {
    CompletionStage<Receipt> receipt;
    try {
      receipt = intake.apply(delivery);
    } catch (RuntimeException e) {
      receipt = CompletableFuture.failedStage(e);
    }
    return Future.fromCompletionStage(receipt, exchange.loop());
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

  /** Answers, unless that was done; tells whether it did. */
  private boolean finish(
      Exchange exchange, @Nullable ConnectionId connection, Outcome outcome, byte[] body) {
    if (!exchange.isToBeAnswered()) {
      return false;
    }
    underWay.remove(exchange);
    metrics.outcome(connection, outcome);
    if (outcome instanceof Kept && connection != null) {
      metrics.acknowledged(connection, clock.nanos() - exchange.beganNanos());
    }
    Answer answer = Answer.to(outcome, exchange.isOutboundMessage(), clock.random());
    if (outcome instanceof Refused refused) {
      refusedRequests.add(refused(exchange, connection, refused, answer.status(), body));
    }
    exchange.answer(draining ? answer.last() : answer);
    return true;
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
