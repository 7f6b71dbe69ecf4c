package io.leadgauge.model;

/**
 * An entry of the journal. Everything from outside comes in by an entry, and nothing changes a
 * contact except by one.
 */
public sealed interface Entry permits Delivery, Retried, Observation, Activation, Decided, Erasure {
  /** Returns when it came or was made, by our clock. */
  long receivedAt();
}
