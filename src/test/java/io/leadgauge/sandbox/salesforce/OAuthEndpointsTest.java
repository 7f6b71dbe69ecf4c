package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OAuthEndpointsTest {
  private static final String TOKEN = "/services/oauth2/token";
  private static final String BEARER =
      "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=";
  private static final long SECONDS = OrgClient.NOW / 1000;
  private static final KeyPair KEYS = keys();

  private final MovableClock clock = new MovableClock(OrgClient.NOW);
  private final OrgClient org =
      OrgClient.with(
          SalesforceOptions.defaults().withApp(ConnectedApp.standard().withKey(KEYS.getPublic())),
          clock);

  @AfterEach
  void close() {
    org.close();
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String assertion(String header, String claims, PrivateKey key) {
    try {
      String signed = part(header) + "." + part(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(OrgClient.quoted(json).getBytes(StandardCharsets.UTF_8));
  }

  private static String claims(String issuer, String user, String audience, long end) {
    return "{'iss':'%s','sub':'%s','aud':'%s','exp':%d}".formatted(issuer, user, audience, end);
  }

  private static String goodClaims() {
    return claims(
        ConnectedApp.CLIENT_ID,
        ConnectedApp.USERNAME,
        "https://login.salesforce.com",
        SECONDS + 180);
  }

  private Answer bearer(String claims) {
    return org.form(TOKEN, BEARER + assertion("{'alg':'RS256'}", claims, KEYS.getPrivate()));
  }

  private static void assertRefused(Answer answer, String error, String description) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").asText()).isEqualTo(error);
    assertThat(answer.json().path("error_description").asText()).isEqualTo(description);
  }

  private Answer credentials(String id, String secret) {
    return org.form(
        TOKEN, "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret);
  }

  private int callWith(String token) {
    return org.send(
            "GET", OrgClient.DATA + "/limits", "", Map.of("Authorization", "Bearer " + token))
        .status();
  }

  @Test
  void clientCredentials_giveASessionThatOpensTheApi() {
    Answer answer = credentials("sandbox-client", "sandbox-secret");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("token_type").asText()).isEqualTo("Bearer");
    assertThat(answer.json().path("instance_url").asText())
        .isEqualTo(org.sandbox().address().toString());
    assertThat(answer.json().path("id").asText())
        .startsWith("https://login.salesforce.com/id/" + SalesforceOptions.ORG_ID + "/005");
    assertThat(answer.json().has("expires_in")).isFalse();
    assertThat(answer.json().has("refresh_token")).isFalse();
    assertThat(callWith(answer.json().path("access_token").asText())).isEqualTo(200);
  }

  @Test
  void clientCredentials_inTheHeader_areTakenToo() {
    String basic =
        Base64.getEncoder()
            .encodeToString("sandbox-client:sandbox-secret".getBytes(StandardCharsets.UTF_8));
    assertThat(basicLogin("Basic " + basic).json().has("access_token")).isTrue();
    assertRefused(basicLogin("Basic %"), "invalid_client", "invalid client credentials");
  }

  private Answer basicLogin(String header) {
    return org.send(
        "POST",
        TOKEN,
        "grant_type=client_credentials",
        Map.of("Content-Type", "application/x-www-form-urlencoded", "Authorization", header));
  }

  @Test
  void clientCredentials_wrongOrWithoutUser_areRefusedInTheWordsOfOAuth() {
    assertRefused(credentials("nobody", "x"), "invalid_client_id", "client identifier invalid");
    assertRefused(
        credentials("sandbox-client", "x"), "invalid_client", "invalid client credentials");
    org.tell("/app", "{'runAs':null}");
    assertRefused(
        credentials("sandbox-client", "sandbox-secret"),
        "invalid_grant",
        "no client credentials user enabled");
    assertRefused(
        org.form(TOKEN, "grant_type=password"),
        "unsupported_grant_type",
        "grant type not supported");
  }

  @Test
  void jwtBearer_signedAndInTime_givesASession() {
    Answer answer = bearer(goodClaims());
    assertThat(answer.raw().body()).contains("access_token");
    assertThat(callWith(answer.json().path("access_token").asText())).isEqualTo(200);
  }

  @Test
  void jwtBearer_whateverIsWrong_saysSo() {
    String login = "https://login.salesforce.com";
    String client = ConnectedApp.CLIENT_ID;
    String user = ConnectedApp.USERNAME;
    assertRefused(
        bearer(claims("other", user, login, SECONDS + 180)),
        "invalid_client_id",
        "client identifier invalid");
    assertRefused(
        bearer(claims(client, user, "https://test.salesforce.com", SECONDS + 180)),
        "invalid_grant",
        "audience is invalid");
    assertRefused(
        bearer(claims(client, "sales@acme.example", login, SECONDS + 180)),
        "invalid_grant",
        "user hasn't approved this consumer");
    assertRefused(
        bearer(claims(client, user, login, SECONDS - 3600)),
        "invalid_grant",
        "expired authorization code");
    assertRefused(
        bearer(claims(client, user, login, OrgClient.NOW + 180_000)),
        "invalid_grant",
        "expired authorization code");
  }

  @Test
  void jwtBearer_otherKeyAlgorithmOrShape_isNoAssertion() {
    assertRefused(
        org.form(TOKEN, BEARER + assertion("{'alg':'RS256'}", goodClaims(), keys().getPrivate())),
        "invalid_grant",
        "invalid assertion");
    assertRefused(
        org.form(TOKEN, BEARER + assertion("{'alg':'ES256'}", goodClaims(), KEYS.getPrivate())),
        "invalid_grant",
        "invalid assertion");
    assertRefused(
        org.form(TOKEN, BEARER + part("{'alg':'none'}") + "." + part(goodClaims()) + "."),
        "invalid_grant",
        "invalid assertion");
    assertRefused(org.form(TOKEN, BEARER + "nonsense"), "invalid_grant", "invalid assertion");
  }

  @Test
  void session_pastItsLifetimeOrEnded_isInvalid() {
    String token =
        credentials("sandbox-client", "sandbox-secret").json().path("access_token").asText();
    clock.advance(Duration.ofMinutes(119));
    assertThat(callWith(token)).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(callWith(token)).isEqualTo(401);
    String next =
        credentials("sandbox-client", "sandbox-secret").json().path("access_token").asText();
    org.tell("/sessions", "{'expired':true}");
    Answer refused =
        org.send("GET", OrgClient.DATA + "/limits", "", Map.of("Authorization", "Bearer " + next));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.code()).isEqualTo("INVALID_SESSION_ID");
    assertThat(refused.message()).isEqualTo("Session expired or invalid");
  }

  @Test
  void session_withoutTheScopeApi_opensNothing() {
    org.tell("/app", "{'scopes':['id']}");
    String token =
        credentials("sandbox-client", "sandbox-secret").json().path("access_token").asText();
    Answer refused =
        org.send("GET", OrgClient.DATA + "/limits", "", Map.of("Authorization", "Bearer " + token));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.message()).isEqualTo("This session is not valid for use with the REST API");
  }

  @Test
  void instanceUrl_canBeElsewhere() {
    org.tell("/app", "{'instanceUrl':'http://localhost:1'}");
    assertThat(credentials("sandbox-client", "sandbox-secret").json().path("instance_url").asText())
        .isEqualTo("http://localhost:1");
  }

  @Test
  void userInfo_saysWhoIntegrates() {
    Answer answer = org.get("/services/oauth2/userinfo");
    assertThat(answer.json().path("organization_id").asText()).isEqualTo(SalesforceOptions.ORG_ID);
    assertThat(answer.json().path("preferred_username").asText()).isEqualTo(ConnectedApp.USERNAME);
  }
}
