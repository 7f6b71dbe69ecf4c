package io.leadgauge.model;

/**
 * A delivery that could not be applied when it came, or of which some events were only noted, taken
 * up later: from here on it has told what its events say.
 *
 * @param receivedAt when that was done, by our clock
 * @param number the number of the delivery in the journal
 * @param delivery the delivery itself, with the instant at which it came
 */
public record Retried(long receivedAt, long number, Delivery delivery) implements Entry {
  /** Returns whose delivery it is. */
  public ConnectionId connection() {
    return delivery.connection();
  }
}
