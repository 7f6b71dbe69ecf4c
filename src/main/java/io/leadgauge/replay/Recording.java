package io.leadgauge.replay;

import java.util.Optional;

/** Deliveries that can be sent again, by their places from 0 on. Thread-safe. */
public interface Recording extends AutoCloseable {
  /** Returns how many there are. */
  int size();

  /** Returns when a delivery came; 0 if that is not known. */
  long receivedAt(int place);

  /** Returns a delivery; empty if its body is not kept any more. */
  Optional<CapturedDelivery> read(int place);

  @Override
  void close();
}
