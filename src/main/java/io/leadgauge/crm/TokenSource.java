package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where the bearer token of a call comes from; asked anew for each call. Thread-safe. */
public sealed interface TokenSource permits FixedToken, RefreshedToken, NoToken, OrgLogin {
  /**
   * Returns the token for one call. May block while another is asked for, so never call it on an
   * event loop.
   */
  Answer ask();

  /**
   * Tells that the CRM has refused a token.
   *
   * @return whether it is worth asking for another and calling again
   */
  boolean refused(Secret token);

  /** Tells whether another source gives the same tokens, so that a client serves both. */
  boolean isSame(TokenSource other);

  /** A token, or why there is none. */
  sealed interface Answer {}

  /**
   * A token that should be good now.
   *
   * @param base scheme and host that calls with it go to; null for those of the settings
   */
  record Live(Secret token, @Nullable URI base) implements Answer {
    /** Makes one for calls to where the settings say. */
    public Live(Secret token) {
      this(token, null);
    }
  }

  /** There is none at the moment. */
  record None(CallTrouble trouble) implements Answer {}
}
