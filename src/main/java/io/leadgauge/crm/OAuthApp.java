package io.leadgauge.crm;

import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * An app that many portals install by OAuth 2.0, each of which then is a connection.
 *
 * @param name its name, which its deliveries are addressed to
 * @param kind the platform
 * @param clientId what the platform calls it
 * @param clientSecret what it shows to be given tokens
 * @param scopes what it asks portals for, the same as the app's required scopes; copied
 * @param authorizeAt scheme and host of the page on which a person lets it in
 * @param keys what its tokens are encrypted with
 * @param webhooks who may deliver
 * @param api how portals are called
 * @param keepAfterUninstall how long a portal's data are kept once it has shut the app out
 * @param goodUntil until when the client secret is good, in milliseconds since 1970; {@link
 *     Long#MAX_VALUE} where nobody has said
 */
public record OAuthApp(
    ConnectionId name,
    CrmKind kind,
    String clientId,
    Secret clientSecret,
    List<String> scopes,
    URI authorizeAt,
    TokenKeys keys,
    WebhookAccess webhooks,
    ApiSettings api,
    Duration keepAfterUninstall,
    long goodUntil) {
  public OAuthApp {
    scopes = List.copyOf(scopes);
  }

  /** Returns the address that the browser of whoever has let the app in is sent back to. */
  public URI redirect() {
    String base = webhooks.publicUrl().toString();
    return URI.create(base + (base.endsWith("/") ? "" : "/") + "oauth/" + name + "/callback");
  }
}
