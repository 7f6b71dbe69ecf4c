package io.leadgauge.crm.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.GrantAnswer.Granted;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.crm.RefreshedToken;
import io.leadgauge.crm.RsaKey;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.crm.rest.RestAnswer;
import io.leadgauge.crm.rest.RestRequest;
import io.leadgauge.crm.rest.RestTransport;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How an org gives tokens: for a client's secret, or for a statement that is signed with a key
 * whose certificate it has. Neither comes with a refresh token, so what proves that it is us is
 * shown again each time; how long a token is good the org decides and does not tell, so the next
 * one is asked for when a call is refused. Thread-safe.
 *
 * @see <a
 *     href="https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm">Salesforce:
 *     OAuth 2.0 JWT bearer flow, 2026</a>
 */
final class SalesforceLogin {
  /** No session lasts longer, whatever an org has set. */
  private static final Duration LONGEST_SESSION = Duration.ofHours(24);

  /** The latest that a statement may end is five minutes on; clocks differ. */
  private static final Duration STATEMENT = Duration.ofMinutes(3);

  private static final int LONGEST_TOKEN = 8_192;

  private static final String PRODUCTION = "https://login.salesforce.com";
  private static final String SANDBOX = "https://test.salesforce.com";

  private final RestTransport transport;
  private final OrgLogin login;
  private final Duration timeout;
  private final Clockwork clock;

  SalesforceLogin(RestTransport transport, OrgLogin login, Duration timeout, Clockwork clock) {
    this.transport = transport;
    this.login = login;
    this.timeout = timeout;
    this.clock = clock;
  }

  /** Returns a source of this login's tokens, with one request under way at a time. */
  RefreshedToken tokens() {
    return new RefreshedToken(login.proof().secret(), this::ask, kept -> {}, gone -> {}, clock);
  }

  private GrantAnswer ask(Secret secret) {
    Optional<Map<String, String>> form = form(secret);
    if (form.isEmpty()) {
      return refused("the private key is no RSA key in PKCS #8 and PEM of 2048 bits or more");
    }
    RestRequest request =
        RestRequest.form(login.address() + "/services/oauth2/token", form.orElseThrow());
    return switch (transport.send(request, null, timeout)) {
      case RestAnswer.Failed failed -> new GrantAnswer.Failed(failed.trouble());
      case RestAnswer.Answered answered -> read(answered, secret);
    };
  }

  private Optional<Map<String, String>> form(Secret secret) {
    return switch (login.proof()) {
      case OrgLogin.ClientSecret client ->
          Optional.of(
              Map.of(
                  "grant_type",
                  "client_credentials",
                  "client_id",
                  login.clientId(),
                  "client_secret",
                  secret.reveal()));
      case OrgLogin.PrivateKey user ->
          RsaKey.of(secret)
              .map(
                  key ->
                      Map.of(
                          "grant_type",
                          "urn:ietf:params:oauth:grant-type:jwt-bearer",
                          "assertion",
                          statement(user, key)));
    };
  }

  /** Returns the signed statement of who asks for whom; it ends in seconds, not milliseconds. */
  private String statement(OrgLogin.PrivateKey user, RsaKey key) {
    String claims =
        Json.object()
            .put("iss", login.clientId())
            .put("sub", user.username())
            .put("aud", audience(login.address()))
            .put("exp", clock.now() / 1000 + STATEMENT.toSeconds())
            .toString();
    String signed = encoded("{\"alg\":\"RS256\"}") + "." + encoded(claims);
    return signed + "." + key.sign(signed);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The statement is meant for one of two hosts, also where it is sent to the org's own. */
  static String audience(URI address) {
    String host = address.getHost().toLowerCase(Locale.ROOT);
    boolean sandbox = host.startsWith("test.") || host.contains(".sandbox.") || host.contains("--");
    return sandbox ? SANDBOX : PRODUCTION;
  }

  private GrantAnswer read(RestAnswer.Answered answer, Secret secret) {
    JsonNode body = answer.object();
    if (answer.status() != 200) {
      return refusal(answer, body == null ? Json.object() : body, secret);
    }
    String token = body == null ? null : Json.text(body, "access_token");
    if (body == null || token == null || token.isBlank() || token.length() > LONGEST_TOKEN) {
      return new GrantAnswer.Failed(
          new CallTrouble.Unknown("Salesforce answered a login without an access token"));
    }
    String told = Json.text(body, "instance_url");
    return Instance.of(told == null ? "" : told, login.address())
        .<GrantAnswer>map(base -> new Granted(Secret.of(token), secret, LONGEST_SESSION, "", base))
        .orElseGet(
            () ->
                refused(
                    "the org's address in the answer to the login is "
                        + PlainText.shown(told == null ? "missing" : told)
                        + ", which is no host of Salesforce, so the token is not sent there"));
  }

  private GrantAnswer refusal(RestAnswer.Answered answer, JsonNode body, Secret secret) {
    int status = answer.status();
    SalesforceError error = SalesforceError.of(body);
    String words = error.words().replace(secret.reveal(), secret.toString());
    String reason = "Salesforce answered a login with " + status + ": " + words;
    if (status >= 500 || status == 429 || status == 408) {
      return new GrantAnswer.Failed(new CallTrouble.Wait(SalesforceAnswers.UNTIL_SERVICE, reason));
    }
    return refused(reason + cure(status, words.toLowerCase(Locale.ROOT)));
  }

  private String cure(int status, String words) {
    if (status >= 300 && status < 400) {
      return "; redirects are not followed, so check credentials: loginUrl";
    }
    if (words.contains("approved this consumer")) {
      return "; let the user use the external client app: its policies, a permission set";
    }
    if (words.contains("audience")) {
      return "; a sandbox is asked at its own address, or at https://test.salesforce.com";
    }
    if (words.contains("expired") || words.contains("assertion")) {
      return "; check this machine's clock, and that the app has the certificate of this key";
    }
    if (words.contains("client credentials user")) {
      return "; name a user to run as in the app's client credentials flow";
    }
    if (words.contains("client identifier") || words.contains("client_id")) {
      return "; check credentials: clientId, which is the app's consumer key";
    }
    return "; check the credentials, and the policies of the external client app";
  }

  private static GrantAnswer refused(String reason) {
    return new GrantAnswer.Failed(new CallTrouble.Refused(reason));
  }
}
