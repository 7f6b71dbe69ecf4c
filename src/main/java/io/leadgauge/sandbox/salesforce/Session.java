package io.leadgauge.sandbox.salesforce;

import java.util.Set;

/**
 * What an access token stands for.
 *
 * @param userId whose it is
 * @param client the app that got it
 * @param restricted whether field-level security holds for the user
 * @param scopes what it may be used for
 * @param expiresAt the first instant at which it is refused
 */
record Session(
    String userId, String client, boolean restricted, Set<String> scopes, long expiresAt) {
  static final long NEVER = Long.MAX_VALUE;

  Session {
    scopes = Set.copyOf(scopes);
  }

  Session expired() {
    return new Session(userId, client, restricted, scopes, 0);
  }
}
