package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the CRM says to a {@link Grant}. */
public sealed interface GrantAnswer {
  /**
   * Tokens.
   *
   * @param access for calls
   * @param refresh for the next tokens; may be another than before, which then is worth nothing
   * @param lasts how long the access token is good, from before it was asked for
   * @param portal whose they are; empty if a refresh does not tell
   * @param base scheme and host that calls with them go to; null for those of the settings
   */
  record Granted(Secret access, Secret refresh, Duration lasts, String portal, @Nullable URI base)
      implements GrantAnswer {
    /** Makes tokens for calls to where the settings say. */
    public Granted(Secret access, Secret refresh, Duration lasts, String portal) {
      this(access, refresh, lasts, portal, null);
    }
  }

  /**
   * Refused for good: the code or the refresh token is worth nothing, most often because somebody
   * has uninstalled the app.
   *
   * @param reason the CRM's words
   */
  record Gone(String reason) implements GrantAnswer {}

  /** Neither: the CRM cannot be reached, asks to wait, or refuses the app itself. */
  record Failed(CallTrouble trouble) implements GrantAnswer {}
}
