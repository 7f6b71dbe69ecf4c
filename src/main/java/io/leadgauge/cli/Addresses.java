package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The public addresses of a connection. */
final class Addresses {
  private Addresses() {}

  /**
   * Returns where the CRM sends a connection's webhooks.
   *
   * @param token the last part of the path; null for none
   */
  static URI webhooks(Connection connection, @Nullable String token) {
    String base = connection.webhooks().publicUrl().toString();
    String path = "/webhooks/" + connection.id();
    return URI.create(base + path + (token == null ? "" : "/" + token));
  }
}
