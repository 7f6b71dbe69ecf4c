package io.leadgauge.sandbox;

import java.time.Duration;
import java.util.Set;

/**
 * The OAuth app of the sandbox, as its developer set it up.
 *
 * @param clientId its public name
 * @param clientSecret its secret
 * @param redirectUrls where consent may lead; none means anywhere that HubSpot allows
 * @param scopes what an installation must ask for; none means anything
 * @param rotates whether a refresh gives another refresh token and takes the old one
 * @param denies whether whoever is asked for consent says no
 * @param lifetime how long an access token lives
 */
record OAuthApp(
    String clientId,
    String clientSecret,
    Set<String> redirectUrls,
    Set<String> scopes,
    boolean rotates,
    boolean denies,
    Duration lifetime) {

  OAuthApp {
    redirectUrls = Set.copyOf(redirectUrls);
    scopes = Set.copyOf(scopes);
  }

  static OAuthApp standard() {
    return new OAuthApp(
        "sandbox-client",
        "sandbox-secret",
        Set.of(),
        Set.of(),
        false,
        false,
        Duration.ofMinutes(30));
  }

  /** Whether consent may lead there: https, or plain http on this machine. */
  boolean mayLeadTo(String url) {
    boolean allowed =
        url.startsWith("https://") || url.matches("http://(localhost|127\\.0\\.0\\.1)[:/].*");
    return allowed && (redirectUrls.isEmpty() || redirectUrls.contains(url));
  }
}
