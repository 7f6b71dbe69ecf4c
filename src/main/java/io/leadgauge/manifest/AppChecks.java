package io.leadgauge.manifest;

import java.util.Set;
import java.util.regex.Pattern;

/** Checks that an app and the connections that it makes are told apart from all others. */
final class AppChecks {
  private AppChecks() {}

  /**
   * Adds what is wrong with an app's name beside those of connections.
   *
   * @param connections the names of all connections that have a manifest
   */
  static void checkNames(String app, ReadApp read, Set<String> connections, Problems problems) {
    Pattern itsOwn = Pattern.compile(Pattern.quote(app) + "-[0-9]{1,20}");
    Position at = read.general().header().spec().at();
    for (String connection : connections) {
      if (connection.equals(app)) {
        problems.error(
            at,
            "a connection is called "
                + app
                + " too, expected another name: both take webhooks at"
                + " /webhooks/"
                + app);
      } else if (itsOwn.matcher(connection).matches()) {
        problems.error(
            at,
            "a connection is called "
                + connection
                + ", as the one that an install of this app"
                + " makes; expected another name for either");
      }
    }
  }
}
