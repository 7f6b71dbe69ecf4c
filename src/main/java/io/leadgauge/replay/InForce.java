package io.leadgauge.replay;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.pipeline.ConnectionScope;
import io.leadgauge.pipeline.Versions;
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

  /** Says why there is no version at an entry. */
  default String trouble(ConnectionId connection, long sequence) {
    return "the journal does not say which version was in force";
  }

  /** Returns what the journal says. */
  static InForce of(Versions versions) {
    return new InForce() {
      @Override
      public Optional<ConnectionScope> at(ConnectionId connection, long sequence) {
        return versions.at(connection, sequence);
      }

      @Override
      public String trouble(ConnectionId connection, long sequence) {
        return versions.trouble(connection, sequence);
      }
    };
  }
}
