package io.leadgauge.bench;

import io.leadgauge.bench.Requests.Target;
import io.leadgauge.model.Clockwork;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Sends deliveries of the benchmark's portal over many connections.
 *
 * @param clock times the answers
 * @param vertx whose event loop sends
 */
record Sender(Clockwork clock, Vertx vertx) {
  /** How many deliveries are on their way at once. */
  static final int CONNECTIONS = 64;

  /**
   * Sends all. Garbage is collected first: our own pauses would count as the receiver's.
   *
   * @param events how many events each has
   * @param perSecond the rate; 0 for as fast as they are answered
   */
  Flood.Outcome send(List<byte[]> bodies, int events, Target target, double perSecond) {
    int connections = Math.min(CONNECTIONS, bodies.size());
    Requests requests = Requests.of(target, BenchPortal.SIGNER, bodies, events, clock.now());
    System.gc();
    return Flood.send(vertx, clock, requests, target.port(), connections, perSecond).join();
  }
}
