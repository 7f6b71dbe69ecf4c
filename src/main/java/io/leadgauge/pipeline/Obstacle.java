package io.leadgauge.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a version of a connection from coming into force. Immutable and thread-safe.
 *
 * @param missing what is to be set up in the portal first, a line each; copied
 * @param trouble why the portal could not be asked; null if it could
 */
record Obstacle(List<String> missing, @Nullable String trouble) {
  /** Nothing stands in the way. */
  static final Obstacle NONE = new Obstacle(List.of(), null);

  Obstacle {
    missing = List.copyOf(missing);
  }

  boolean isThere() {
    return !equals(NONE);
  }

  /** Returns the same for a reader, in a line. */
  String text() {
    return trouble == null
        ? "the portal must be set up first: " + String.join("; ", missing)
        : "the portal cannot be asked what it has: " + trouble;
  }
}
