package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What has come since it was last written down, in memory: all that an event costs. Thread-safe.
 *
 * <p>The measures of a connection are bounded, since each takes a row an hour.
 */
final class HourTally {
  static final String DELIVERIES = "deliveries";
  static final String QUARANTINED = "quarantined";
  static final String ACTIVITY = "activity:";
  static final String STAGE = "stage:";
  static final String SOURCE = "source:";

  /** More kinds than a model can ask of anybody to keep an eye on. */
  private static final int MOST_MEASURES = 100;

  private final Map<ConnectionId, Map<String, Long>> counts = new ConcurrentHashMap<>();

  /** Counts one more. */
  void count(ConnectionId connection, String measure) {
    counts.compute(
        connection,
        (id, before) -> {
          Map<String, Long> own = before == null ? new TreeMap<>() : before;
          if (own.containsKey(measure) || own.size() < MOST_MEASURES) {
            own.merge(measure, 1L, Long::sum);
          }
          return own;
        });
  }

  /** Returns what a connection has come to, and begins anew. */
  Map<String, Long> take(ConnectionId connection) {
    Map<String, Long> taken = counts.remove(connection);
    return taken == null ? Map.of() : taken;
  }

  /** Puts back what could not be written down. */
  void giveBack(ConnectionId connection, Map<String, Long> taken) {
    counts.merge(
        connection,
        new TreeMap<>(taken),
        (own, back) -> {
          back.forEach((measure, count) -> own.merge(measure, count, Long::sum));
          return own;
        });
  }
}
