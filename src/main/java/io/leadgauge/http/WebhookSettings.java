package io.leadgauge.http;

import java.time.Duration;

/**
 * Where the public port listens, and its bounds.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param mostBodyBytes the largest body, in bytes
 * @param headWithin how long a new socket may take to send its first request up to the end of the
 *     headers
 * @param bodyWithin how long the body may take from the end of the headers
 * @param keepWithin how long the intake may take before the sender is told to try again
 * @param idle how long a socket may be silent between requests, headers of the next one included
 * @param mostBytesInFlight bytes that have come of all requests between their headers and the
 *     moment at which the intake is done with them
 * @param mostBytesInFlightEach the same for one connection, so that a busy one leaves room
 * @param mostSockets open sockets; one in ten more are told to come again
 */
public record WebhookSettings(
    String host,
    int port,
    int mostBodyBytes,
    Duration headWithin,
    Duration bodyWithin,
    Duration keepWithin,
    Duration idle,
    long mostBytesInFlight,
    long mostBytesInFlightEach,
    int mostSockets) {
  private static final int MEBI = 1 << 20;
  private static final int MOST_SOCKETS = 4_000;

  /**
   * Returns the shipped bounds. A HubSpot batch of 100 events is about 40 kB, so 4 MiB is far from
   * any honest body, and 64 MiB are sixteen of the largest at once where HubSpot sends ten. As many
   * sockets as may be open can all be slow, each with the first bytes of a body for one connection,
   * and there is room left for others.
   */
  public static WebhookSettings on(String host, int port) {
    return new WebhookSettings(
        host,
        port,
        4 * MEBI,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        128L * MEBI,
        64L * MEBI,
        MOST_SOCKETS);
  }

  public WebhookSettings {
    if (mostBodyBytes < 1 || mostBytesInFlightEach < mostBodyBytes) {
      throw new IllegalArgumentException(
          "a connection must have room for one body: mostBodyBytes="
              + mostBodyBytes
              + ", mostBytesInFlightEach="
              + mostBytesInFlightEach);
    }
  }
}
