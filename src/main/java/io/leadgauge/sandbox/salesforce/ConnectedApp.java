package io.leadgauge.sandbox.salesforce;

import io.leadgauge.model.Secret;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The app through which an integration comes in, as an administrator set it up.
 *
 * @param clientId its consumer key
 * @param clientSecret its consumer secret
 * @param runAs the name of the user that client credentials stand for; without, they are refused
 * @param key what assertions are signed with; without, they are refused
 * @param preauthorised the names of the users that assertions may be about
 * @param audience whom assertions must address
 * @param scopes what sessions may be used for
 * @param lifetime of a session
 * @param instanceUrl where the API is, if elsewhere than the token endpoint
 */
public record ConnectedApp(
    String clientId,
    Secret clientSecret,
    Optional<String> runAs,
    Optional<PublicKey> key,
    Set<String> preauthorised,
    String audience,
    Set<String> scopes,
    Duration lifetime,
    Optional<String> instanceUrl) {

  /** The consumer key, unless told. */
  public static final String CLIENT_ID = "sandbox-client";

  /** The consumer secret, unless told. */
  public static final String CLIENT_SECRET = "sandbox-secret";

  /** The name of the user that the integration runs as. */
  public static final String USERNAME = "integration@acme.example";

  public ConnectedApp {
    preauthorised = Set.copyOf(preauthorised);
    scopes = Set.copyOf(scopes);
  }

  /** An app for client credentials, without a key: sessions live two hours. */
  public static ConnectedApp standard() {
    return new ConnectedApp(
        CLIENT_ID,
        Secret.of(CLIENT_SECRET),
        Optional.of(USERNAME),
        Optional.empty(),
        Set.of(USERNAME),
        "https://login.salesforce.com",
        Set.of("api"),
        Duration.ofHours(2),
        Optional.empty());
  }

  /** The same with a key that assertions are signed with. */
  public ConnectedApp withKey(PublicKey newKey) {
    return new ConnectedApp(
        clientId,
        clientSecret,
        runAs,
        Optional.of(newKey),
        preauthorised,
        audience,
        scopes,
        lifetime,
        instanceUrl);
  }
}
