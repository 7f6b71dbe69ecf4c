package io.leadgauge.sandbox;

/**
 * What an access token allows.
 *
 * @param portal the account it is for
 * @param appId the app it belongs to
 * @param oauth whether an installation gave it; else it is the fixed token of a private app
 * @param expiresAt the first instant at which it is refused
 */
record Grant(Portal portal, long appId, boolean oauth, long expiresAt) {
  static final long NEVER = Long.MAX_VALUE;
}
