package io.leadgauge.sandbox;

import java.util.Set;

/**
 * What an access token allows.
 *
 * @param portal the account it is for
 * @param appId the app it belongs to
 * @param oauth whether an installation gave it; else it is the fixed token of a private app
 * @param scopes what it may do
 * @param expiresAt the first instant at which it is refused
 */
record Grant(Portal portal, long appId, boolean oauth, Set<String> scopes, long expiresAt) {
  static final long NEVER = Long.MAX_VALUE;

  Grant {
    scopes = Set.copyOf(scopes);
  }

  /** The fixed token of a private app, which may do everything. */
  static Grant fixed(Portal portal, long appId) {
    return new Grant(portal, appId, false, Scopes.all(), NEVER);
  }

  Grant withScopes(Set<String> others) {
    return new Grant(portal, appId, oauth, others, expiresAt);
  }

  Grant expired() {
    return new Grant(portal, appId, oauth, scopes, 0);
  }
}
