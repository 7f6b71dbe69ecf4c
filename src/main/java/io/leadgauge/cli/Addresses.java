package io.leadgauge.cli;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.model.ConnectionId;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The public addresses of a connection, or of an app. */
final class Addresses {
  private Addresses() {}

  /**
   * Returns where the CRM sends a connection's webhooks.
   *
   * @param token the last part of the path; null for none
   */
  static URI webhooks(Connection connection, @Nullable String token) {
    return webhooks(connection.webhooks(), connection.id(), token);
  }

  /** Returns where the CRM sends the webhooks of whoever has this name. */
  static URI webhooks(WebhookAccess access, ConnectionId name, @Nullable String token) {
    String path = "/webhooks/" + name;
    return URI.create(access.publicUrl() + path + (token == null ? "" : "/" + token));
  }
}
