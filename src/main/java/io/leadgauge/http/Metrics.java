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
 *   <li>{@code webhook_in_flight_bytes}, {@code webhook_sockets}: what is in use now;
 *   <li>{@code webhook_sockets_refused_total}: sockets closed at once because too many were open.
 * </ul>
 *
 * <p>How they relate, at rest and over the same time: the sum of {@code webhook_requests_total} is
 * the number of requests. Its {@code outcome="kept"} equals the count of {@code
 * webhook_ack_seconds}. Its outcomes other than {@code kept}, {@code busy}, {@code full}, {@code
 * down} and {@code broken_off} add up to {@code webhook_refused_total}. {@code
 * webhook_signed_total} is at least {@code kept}; the difference was authentic and met a full or
 * failing store.
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
  private final Map<String, Counter> requests = new ConcurrentHashMap<>();
  private final Map<String, Timer> acknowledgements = new ConcurrentHashMap<>();

  /** Makes an empty registry on these clocks. */
  public Metrics(Clockwork clock) {
    registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), new ClockOfMeters(clock));
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
    counter("webhook.requests", label, "outcome", outcome.word()).increment();
    if (outcome instanceof Outcome.Refused refused) {
      counter("webhook.refused", label, "reason", refused.reason()).increment();
    }
  }

  /** Counts a right signature. */
  void signed(ConnectionId connection, int secretIndex) {
    counter("webhook.signed", label(connection), "secret", Integer.toString(secretIndex))
        .increment();
  }

  /** Measures an acknowledgement. */
  void acknowledged(ConnectionId connection, long nanos) {
    acknowledgements
        .computeIfAbsent(
            label(connection),
            label ->
                Timer.builder("webhook.ack")
                    .tag("connection", label)
                    .serviceLevelObjectives(ACK_BOUNDS)
                    .register(registry))
        .record(Duration.ofNanos(nanos));
  }

  /** Counts a socket that was closed because too many were open. */
  void socketRefused() {
    Counter.builder("webhook.sockets.refused").register(registry).increment();
  }

  /** Shows a number as it stands now; the first one given under a name stays. */
  void gauge(String name, LongSupplier number) {
    Gauge.builder(name, number, LongSupplier::getAsLong).strongReference(true).register(registry);
  }

  private Counter counter(String name, String connection, String tag, String value) {
    return requests.computeIfAbsent(
        String.join(" ", name, connection, value),
        key ->
            Counter.builder(name).tag("connection", connection).tag(tag, value).register(registry));
  }

  private static String label(@Nullable ConnectionId connection) {
    return connection == null ? NO_CONNECTION : connection.name();
  }
}
