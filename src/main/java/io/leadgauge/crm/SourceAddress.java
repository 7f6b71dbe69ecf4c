package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a kept delivery tells that an event source has sent it: it belongs to the connection that the
 * source feeds, and came to {@code /webhooks/{source}}.
 */
public final class SourceAddress {
  private static final Pattern SHAPE = Pattern.compile("/webhooks/([^/?]+)(?:\\?.*)?");

  private SourceAddress() {}

  /**
   * Returns the name of the source that sent a delivery; empty for the CRM's own, which came to the
   * connection's name, or to that of the app whose portal it is.
   */
  public static Optional<ConnectionId> source(Delivery delivery) {
    Matcher matcher = SHAPE.matcher(delivery.path());
    if (!matcher.matches() || !ConnectionId.isValid(matcher.group(1))) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    String connection = delivery.connection().name();
    return connection.equals(name) || isPortalOf(name, connection)
        ? Optional.empty()
        : Optional.of(new ConnectionId(name));
  }

  /** Tells whether a connection has the name of one that an app's install in a portal makes. */
  public static boolean isPortalOf(String app, String connection) {
    return connection.startsWith(app + "-")
        && connection.substring(app.length() + 1).matches("[0-9]{1,20}");
  }
}
