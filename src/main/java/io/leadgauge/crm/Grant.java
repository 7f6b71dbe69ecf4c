package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.List;

/** What an app shows the CRM to be given tokens. */
public sealed interface Grant {
  /** Returns the secrets in it, which must not come back in an error's words. */
  List<Secret> secrets();

  /**
   * A person has agreed.
   *
   * @param code what the CRM gave to the person's browser; good once
   * @param verifier what the challenge in the link was made of (PKCE, RFC 7636)
   * @param redirect the address that the browser was sent back to, as it stood in the link
   */
  record Code(Secret code, Secret verifier, URI redirect) implements Grant {
    @Override
    public List<Secret> secrets() {
      return List.of(code, verifier);
    }
  }

  /** The app has had tokens before. */
  record Refresh(Secret token) implements Grant {
    @Override
    public List<Secret> secrets() {
      return List.of(token);
    }
  }
}
