package io.leadgauge.http;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.ConnectionId;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver counts, and the registry in which the other rooms count too.
 *
 * <ul>
 *   <li>{@code webhook_requests_total{connection,outcome}}: requests, once each, when their outcome
 *       is known;
 *   <li>{@code webhook_refused_total{connection,reason}}: those among them that were the sender's
 *       fault, by reason;
 *   <li>{@code webhook_ack_seconds{connection}}: from the end of the headers to the answer, for
 *       those kept;
 *   <li>{@code webhook_signed_total{connection,secret}}: right signatures, by the place of the
 *       secret in the list, from 0: when the last one stands still, a rotation is over;
 *   <li>{@code webhook_kept_late_total}: deliveries kept after their senders had been told to try
 *       again, since the commit had taken too long;
 *   <li>{@code webhook_in_flight_bytes}, {@code webhook_sockets}: what is in use now;
 *   <li>{@code webhook_sockets_refused_total}: sockets that were one too many; the request of such
 *       a one, if it is read, has the outcome {@code busy} and no connection.
 * </ul>
 *
 * <p>How they relate, at rest and over the same time: the sum of {@code webhook_requests_total} is
 * the number of requests. Its {@code outcome="kept"} equals the count of {@code
 * webhook_ack_seconds}. Its outcomes other than {@code kept}, {@code busy}, {@code full}, {@code
 * early}, {@code down}, {@code stopping} and {@code broken_off} add up to {@code
 * webhook_refused_total}. {@code webhook_signed_total} is at least {@code kept}; the difference was
 * authentic and met a full or failing store. {@code kept} and {@code webhook_kept_late_total}
 * together are the deliveries that the journal has got, but for those to an app, which become one
 * for each portal. {@code docs/metrics.md} has them all.
 *
 * <p>Labels are bounded: a connection that is configured, or {@code -}; a constant of ours; a place
 * in a list of secrets. Thread-safe.
 */
public final class Metrics {
  private static final String NO_CONNECTION = "-";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final Duration[] ACK_BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5)
  };

  private final PrometheusMeterRegistry registry;
  private final Counter refusedSockets;
  private final Counter keptLate;
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<String, Timer> acknowledgements = new ConcurrentHashMap<>();

  /** Makes a registry on these clocks in which nothing is counted yet. */
  public Metrics(Clockwork clock) {
    registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), new ClockOfMeters(clock));
    refusedSockets =
        Counter.builder("webhook.sockets.refused")
            .description("Sockets that were one too many, told so or closed at once")
            .register(registry);
    keptLate =
        Counter.builder("webhook.kept.late")
            .description("Deliveries kept after their senders were told to try again")
            .register(registry);
  }

  private record ClockOfMeters(Clockwork clock) implements Clock {
    @Override
    public long wallTime() {
      return clock.now();
    }

    @Override
    public long monotonicTime() {
      return clock.nanos();
    }
  }

  /** Returns the registry, for the meters of other rooms. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Returns the content type of {@link #scrape()}. */
  static String contentType() {
    return OPEN_METRICS;
  }

  /** Returns all meters as OpenMetrics text. */
  public String scrape() {
    return registry.scrape(OPEN_METRICS);
  }

  /** Counts a request. */
  void outcome(@Nullable ConnectionId connection, Outcome outcome) {
    String label = label(connection);
    counter("webhook.requests", "Requests at the public port", label, "outcome", outcome.word())
        .increment();
    if (outcome instanceof Outcome.Refused refused) {
      counter(
              "webhook.refused",
              "Requests refused for what the sender did wrong",
              label,
              "reason",
              refused.reason())
          .increment();
    }
  }

  /** Counts a right signature. */
  void signed(ConnectionId connection, int secretIndex) {
    counter(
            "webhook.signed",
            "Right signatures, by the place of the secret in its list",
            label(connection),
            "secret",
            Integer.toString(secretIndex))
        .increment();
  }

  /** Measures an acknowledgement. */
  void acknowledged(ConnectionId connection, long nanos) {
    acknowledgements
        .computeIfAbsent(
            label(connection),
            label ->
                Timer.builder("webhook.ack")
                    .description("From the end of the headers to the answer, of deliveries kept")
                    .tag("connection", label)
                    .serviceLevelObjectives(ACK_BOUNDS)
                    .register(registry))
        .record(Duration.ofNanos(nanos));
  }

  /** Counts a delivery that was kept after its sender had been told to try again. */
  void keptLate() {
    keptLate.increment();
  }

  /** Counts a socket that was one too many. */
  void socketRefused() {
    refusedSockets.increment();
  }

  /** Shows a number as it stands now; the first one given under a name stays. */
  public void gauge(String name, String description, LongSupplier number) {
    Gauge.builder(name, number, LongSupplier::getAsLong)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private Counter counter(
      String name, String description, String connection, String tag, String value) {
    return requests.computeIfAbsent(
        String.join(" ", name, connection, value),
        key ->
            Counter.builder(name)
                .description(description)
                .tag("connection", connection)
                .tag(tag, value)
                .register(registry));
  }

  private static String label(@Nullable ConnectionId connection) {
    return connection == null ? NO_CONNECTION : connection.name();
  }
}
