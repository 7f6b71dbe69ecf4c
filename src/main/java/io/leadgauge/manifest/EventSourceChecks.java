package io.leadgauge.manifest;

import io.leadgauge.crm.SourceAddress;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks that an event source feeds a connection that there is, and is told apart from all. */
final class EventSourceChecks {
  private final Set<String> connections;
  private final Set<String> apps;
  private final Problems problems;

  /**
   * Makes the checks.
   *
   * @param connections the names of all connections that have a manifest
   * @param apps the names of all apps
   */
  EventSourceChecks(Set<String> connections, Set<String> apps, Problems problems) {
    this.connections = connections;
    this.apps = apps;
    this.problems = problems;
  }

  /** Tells whether a connection has the name of one that an app's install in a portal makes. */
  static boolean isPortalOf(String app, String connection) {
    return SourceAddress.isPortalOf(app, connection);
  }

  /** Adds what is wrong with a source beside all else. */
  void check(String name, ReadSource source) {
    Position at = source.header().spec().at();
    if (connections.contains(name)) {
      taken(at, "a connection", name);
    }
    if (apps.contains(name)) {
      taken(at, "an app", name);
    }
    apps.stream()
        .filter(app -> isPortalOf(app, name))
        .forEach(app -> taken(at, "a portal of the app " + app, name));
    checkConnection(name, source.connection(), source);
  }

  private void taken(Position at, String by, String name) {
    problems.error(
        at,
        by
            + " is called "
            + name
            + " too, expected another name: both take webhooks at /webhooks/"
            + name);
  }

  private void checkConnection(String name, @Nullable String connection, ReadSource source) {
    if (connection == null) {
      return;
    }
    Position at = source.header().spec().nearest("connection").at();
    boolean ofApp = apps.stream().anyMatch(app -> isPortalOf(app, connection));
    if (!connections.contains(connection) && !ofApp) {
      Set<String> known = new TreeSet<>(connections);
      apps.forEach(app -> known.add(app + "-<portal>"));
      problems.error(
          at, "unknown connection \"" + connection + "\"" + Spelling.hint(connection, known));
    } else if (isPortalOf(name, connection)) {
      problems.error(
          at,
          "the connection is called as if "
              + name
              + " were an app and this one of its portals, expected another name for the source");
    }
  }
}
