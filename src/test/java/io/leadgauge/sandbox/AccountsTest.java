package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Found;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several accounts, their tokens, and the installation of the app by OAuth. */
class AccountsTest {
  private static final String CLIENT = "client_id=sandbox-client&client_secret=sandbox-secret";
  private static final String BACK = "http://127.0.0.1:1/callback";
  private static final String CONTACTS = "/crm/objects/2026-03/contacts";

  /** RFC 7636, appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final MovableClock clock = new MovableClock(SandboxClient.NOW);
  private final SandboxClient sandbox = SandboxClient.with(SandboxClient.options(), clock);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private Map<String, String> consent(String more) {
    Reply reply =
        sandbox.send(
            "GET",
            "/oauth/authorize?client_id=sandbox-client&scope=oauth%20crm.objects.contacts.read"
                + "&redirect_uri="
                + BACK
                + "&state=s%201"
                + more,
            "",
            "");
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(302);
    String query = URI.create(reply.header("Location")).getQuery();
    return Arrays.stream(query.split("&", -1))
        .collect(Collectors.toMap(p -> p.split("=", 2)[0], p -> p.split("=", 2)[1]));
  }

  private Reply exchange(String code, String more) {
    return sandbox.form(
        "/oauth/2026-03/token",
        CLIENT + "&grant_type=authorization_code&redirect_uri=" + BACK + "&code=" + code + more);
  }

  private Reply refresh(String token) {
    return sandbox.form(
        "/oauth/v1/token", CLIENT + "&grant_type=refresh_token&refresh_token=" + token);
  }

  private JsonNode installed(String more) {
    Reply reply = exchange(Found.in(consent(more), "code"), "");
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void consent_comesBackWithCodeAndState_andTheCodeGivesTokensOnce() {
    Map<String, String> back = consent("");
    assertThat(back).containsEntry("state", "s+1");
    Reply tokens = exchange(Found.in(back, "code"), "");
    assertThat(tokens.json().path("hub_id").asLong()).isEqualTo(SandboxOptions.PORTAL_ID);
    assertThat(tokens.json().path("expires_in").asInt()).isEqualTo(1800);
    String access = tokens.json().path("access_token").asText();
    Reply read = sandbox.send("GET", CONTACTS, "", access);
    assertThat(read.status()).isEqualTo(200);
    Reply again = exchange(Found.in(back, "code"), "");
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.json().path("status").asText()).isEqualTo("BAD_AUTH_CODE");
  }

  @Test
  void code_givenToAChallenge_wantsItsVerifier() {
    String challenge = "&code_challenge_method=S256&code_challenge=" + CHALLENGE;
    assertThat(exchange(Found.in(consent(challenge), "code"), "").status()).isEqualTo(400);
    assertThat(exchange(Found.in(consent(challenge), "code"), "&code_verifier=other").status())
        .isEqualTo(400);
    assertThat(
            exchange(Found.in(consent(challenge), "code"), "&code_verifier=" + VERIFIER).status())
        .isEqualTo(200);
    assertThat(exchange(Found.in(consent(""), "code"), "&code_verifier=" + VERIFIER).status())
        .as("a verifier that nobody asked for")
        .isEqualTo(400);
  }

  @Test
  void denied_comesBackAsAnError() {
    sandbox.post("/_sandbox/oauth", "{'denies':true}");
    assertThat(consent("")).containsEntry("error", "access_denied").doesNotContainKey("code");
  }

  @ParameterizedTest
  @CsvSource({
    "client_id=other&client_secret=sandbox-secret&grant_type=refresh_token, BAD_CLIENT_ID",
    "client_id=sandbox-client&client_secret=x&grant_type=refresh_token, BAD_CLIENT_SECRET",
    "client_id=sandbox-client&client_secret=sandbox-secret&grant_type=refresh_token,"
        + " BAD_REFRESH_TOKEN",
    "client_id=sandbox-client&client_secret=sandbox-secret&grant_type=magic, BAD_GRANT_TYPE"
  })
  void tokenRequest_thatIsWrong_isRefusedByName(String form, String status) {
    Reply reply = sandbox.form("/oauth/2026-03/token", form);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("status").asText()).isEqualTo(status);
  }

  @Test
  void accessToken_expires_andARefreshGivesAnother() {
    JsonNode tokens = installed("");
    String access = tokens.path("access_token").asText();
    clock.advance(Duration.ofMinutes(30));
    Reply expired = sandbox.send("GET", CONTACTS, "", access);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.json().path("category").asText()).isEqualTo("EXPIRED_AUTHENTICATION");
    Reply fresh = refresh(tokens.path("refresh_token").asText());
    assertThat(fresh.json().path("refresh_token").asText())
        .isEqualTo(tokens.path("refresh_token").asText());
    assertThat(
            sandbox.send("GET", CONTACTS, "", fresh.json().path("access_token").asText()).status())
        .isEqualTo(200);
  }

  @Test
  void refreshToken_thatRotates_isGoodOnce() {
    String first = installed("").path("refresh_token").asText();
    sandbox.post("/_sandbox/oauth", "{'rotates':true}");
    String second = refresh(first).json().path("refresh_token").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(refresh(first).json().path("status").asText()).isEqualTo("BAD_REFRESH_TOKEN");
    assertThat(refresh(second).status()).isEqualTo(200);
  }

  @Test
  void installation_hasTheScopesThatWereAskedFor() {
    String access = installed("").path("access_token").asText();
    Reply refused =
        sandbox.send("POST", CONTACTS, "{\"properties\":{\"email\":\"x@acme.example\"}}", access);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().path("category").asText()).isEqualTo("MISSING_SCOPES");
    assertThat(refused.json().at("/errors/0/context/requiredGranularScopes/0").asText())
        .isEqualTo("crm.objects.contacts.write");
    Reply read = sandbox.send("GET", "/crm/v3/owners/", "", access);
    assertThat(read.json().at("/context/requiredGranularScopes/0").asText())
        .isEqualTo("crm.objects.owners.read");
  }

  @Test
  void oauthToken_hasItsOwnLimit_andNoDay() {
    sandbox.post("/_sandbox/limits", "{'tenSecondly':1,'daily':1}");
    String access = installed("").path("access_token").asText();
    Reply reply = sandbox.send("GET", CONTACTS, "", access);
    assertThat(reply.header("X-HubSpot-RateLimit-Max")).isEqualTo("110");
    assertThat(reply.header("X-HubSpot-RateLimit-Daily")).isEmpty();
    assertThat(sandbox.send("GET", CONTACTS, "", access).status()).isEqualTo(200);
  }

  @Test
  void tokens_tellWhatTheyAre() {
    JsonNode tokens = installed("");
    String access = tokens.path("access_token").asText();
    Reply info = sandbox.send("GET", "/oauth/v1/access-tokens/" + access, "", "");
    assertThat(info.json().path("hub_id").asLong()).isEqualTo(SandboxOptions.PORTAL_ID);
    String refresh = tokens.path("refresh_token").asText();
    assertThat(sandbox.send("GET", "/oauth/v1/refresh-tokens/" + refresh, "", "").status())
        .isEqualTo(200);
    JsonNode introspected =
        sandbox.form("/oauth/2026-03/token/introspect", CLIENT + "&token=" + access).json();
    assertThat(introspected.path("active").asBoolean()).isTrue();
    JsonNode fixed =
        sandbox
            .send(
                "POST",
                "/oauth/v2/private-apps/get/access-token-info",
                "{\"tokenKey\":\"sandbox-token\"}",
                "")
            .json();
    assertThat(fixed.path("appId").asLong()).isEqualTo(SandboxOptions.APP_ID);
    sandbox.form("/oauth/2026-03/token/revoke", CLIENT + "&token=" + refresh);
    assertThat(refresh(refresh).status()).isEqualTo(400);
    assertThat(sandbox.send("GET", CONTACTS, "", access).status())
        .as("the access token lives on")
        .isEqualTo(200);
  }

  @Test
  void scopesOfAToken_canBeTakenAway_andTheTokenItself() {
    sandbox.post("/_sandbox/tokens", "{'token':'sandbox-token','scopes':['oauth']}");
    assertThat(sandbox.get(CONTACTS).status()).isEqualTo(403);
    sandbox.post("/_sandbox/tokens", "{'token':'sandbox-token','revoked':true}");
    assertThat(sandbox.get(CONTACTS).status()).isEqualTo(401);
  }

  @Test
  void portals_haveTheirOwnContactsAndTokens_andOneDeliveryTellsOfBoth() {
    try (WebhookReceiver receiver = new WebhookReceiver();
        SandboxClient both =
            SandboxClient.with(
                SandboxClient.options()
                    .withPace(WebhookPace.QUICK.withLinger(Duration.ofMillis(300)))
                    .withWebhooks(receiver.target()))) {
      both.post("/_sandbox/portals", "{'portalId':62515,'token':'second-token'}");
      String body = "{\"properties\":{\"email\":\"x@acme.example\"}}";
      assertThat(both.send("POST", CONTACTS, body, "second-token").status()).isEqualTo(201);
      assertThat(both.send("POST", CONTACTS, body, SandboxOptions.TOKEN).status()).isEqualTo(201);
      assertThat(both.get("/_sandbox/contacts?portal=62515").json().path("total").asInt())
          .isEqualTo(1);
      assertThat(
              both.send("GET", "/account-info/2026-03/details", "", "second-token")
                  .json()
                  .path("portalId")
                  .asLong())
          .isEqualTo(62_515);
      Set<Long> portals =
          receiver.awaitEvents(6).stream()
              .map(event -> event.path("portalId").asLong())
              .collect(Collectors.toSet());
      assertThat(portals).containsExactlyInAnyOrder(62_515L, SandboxOptions.PORTAL_ID);
      assertThat(receiver.requests())
          .as("mixed in one delivery")
          .anyMatch(
              request ->
                  request.events().stream().map(e -> e.path("portalId")).distinct().count() == 2);
    }
  }

  @Test
  void uninstalled_tokensOpenNothing_andARefreshIsRefusedForGood() {
    sandbox.post("/_sandbox/portals", "{'portalId':62515}");
    JsonNode tokens = installed("&portal=62515");
    assertThat(tokens.path("hub_id").asLong()).isEqualTo(62_515);
    assertThat(sandbox.post("/_sandbox/portals/62515/uninstall", "").status()).isEqualTo(204);
    assertThat(sandbox.send("GET", CONTACTS, "", tokens.path("access_token").asText()).status())
        .isEqualTo(401);
    assertThat(refresh(tokens.path("refresh_token").asText()).json().path("status").asText())
        .isEqualTo("BAD_REFRESH_TOKEN");
  }

  @Test
  void owner_thatIsAdded_canBeGivenRecords() {
    sandbox.post("/_sandbox/owners", "{'id':777}");
    String id = sandbox.create("'email':'x@acme.example','hubspot_owner_id':'777'");
    assertThat(sandbox.contact(id).at("/properties/hubspot_owner_id").asText()).isEqualTo("777");
  }
}
