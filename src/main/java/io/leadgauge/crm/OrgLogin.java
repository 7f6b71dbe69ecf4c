package io.leadgauge.crm;

import io.leadgauge.model.Secret;
import java.net.URI;

/**
 * What an org is shown to be given tokens. It is no token itself: the platform's adapter makes a
 * {@link RefreshedToken} of it, which asks and asks again.
 *
 * @param address scheme and host that tokens are asked of
 * @param clientId the consumer key of the external client app
 * @param proof what proves that it is us
 */
public record OrgLogin(URI address, String clientId, Proof proof) implements TokenSource {
  /** What proves that it is us. */
  public sealed interface Proof {
    /** Returns what must be kept secret. */
    Secret secret();
  }

  /**
   * The consumer secret: the org's client credentials flow.
   *
   * @param secret the consumer secret
   */
  public record ClientSecret(Secret secret) implements Proof {}

  /**
   * A key whose certificate the app has: the JWT bearer flow, on behalf of a user.
   *
   * @param username the user
   * @param secret the private key, as {@link RsaKey} reads it
   */
  public record PrivateKey(String username, Secret secret) implements Proof {}

  @Override
  public Answer ask() {
    return new None(new CallTrouble.Refused("credentials are no token"));
  }

  @Override
  public boolean refused(Secret token) {
    return false;
  }

  @Override
  public boolean isSame(TokenSource other) {
    return other instanceof OrgLogin login
        && address.equals(login.address)
        && clientId.equals(login.clientId)
        && isSameProof(login.proof);
  }

  private boolean isSameProof(Proof other) {
    boolean isAlike =
        switch (proof) {
          case ClientSecret own -> other instanceof ClientSecret;
          case PrivateKey own ->
              other instanceof PrivateKey key && own.username().equals(key.username());
        };
    return isAlike && proof.secret().isSame(other.secret());
  }
}
