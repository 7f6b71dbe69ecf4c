package io.leadgauge.replay;

import io.leadgauge.pipeline.ConnectionScope;
import java.util.Optional;

/** Which version of a connection was in force. */
@FunctionalInterface
public interface InForce {
  /**
   * Returns the version by which an entry was taken in; empty where none is known.
   *
   * @param sequence the number of the entry
   */
  Optional<ConnectionScope> at(long sequence);
}
