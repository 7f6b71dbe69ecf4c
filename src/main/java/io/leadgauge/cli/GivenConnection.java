package io.leadgauge.cli;

import io.leadgauge.model.ConnectionId;

/** Reads the name of a connection that an option or a parameter gives. */
final class GivenConnection {
  private GivenConnection() {}

  /** Returns the connection's name; refuses what cannot be one. */
  static ConnectionId of(String text) {
    if (!ConnectionId.isValid(text)) {
      throw new WrongUse("'" + text + "' is no name of a connection");
    }
    return new ConnectionId(text);
  }
}
