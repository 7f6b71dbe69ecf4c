package io.leadgauge.model;

/**
 * An app in a portal: somebody there has let it in.
 *
 * @param app the app's name
 * @param portal the platform's id of the portal; digits
 * @param installedAt when it was let in last, by our clock
 * @param uninstalledAt when it was found to be shut out, by our clock; {@link #NEVER} while it is
 *     not
 * @param token the newest refresh token
 */
public record AppInstall(
    String app, String portal, long installedAt, long uninstalledAt, SealedToken token) {
  /** It is installed. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Returns the name of the connection that an install of an app in a portal makes. */
  public static ConnectionId connection(String app, String portal) {
    return new ConnectionId(app + "-" + portal);
  }

  /** Returns the name of its connection. */
  public ConnectionId connection() {
    return connection(app, portal);
  }

  /** Tells whether the portal lets the app in, as far as we know. */
  public boolean isInstalled() {
    return uninstalledAt == NEVER;
  }

  /** Returns the same with another token. */
  public AppInstall with(SealedToken other) {
    return new AppInstall(app, portal, installedAt, uninstalledAt, other);
  }

  /** Returns the same, shut out at an instant. */
  public AppInstall uninstalled(long at) {
    return new AppInstall(app, portal, installedAt, at, token);
  }
}
