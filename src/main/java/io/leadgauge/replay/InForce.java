package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.ConnectionScope;
import java.util.Optional;

/** Which version of a connection was in force, and when. */
@FunctionalInterface
public interface InForce {
  /**
   * Returns the version that was in force at an entry; empty if none was, or if the journal does
   * not say which.
   *
   * @param sequence the number of the entry
   */
  Optional<ConnectionScope> at(ConnectionId connection, long sequence);
}
