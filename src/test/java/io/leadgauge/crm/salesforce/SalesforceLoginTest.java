package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.answered;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.json;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.ok;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.quoted;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.token;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How tokens are asked for, where they are sent, and what becomes of one that is refused. */
class SalesforceLoginTest extends OrgTest {
  private static final String COUNT = "{'totalSize':7,'done':true,'records':[]}";
  private static final String EXPIRED = "Session expired or invalid";

  private static CallTrouble trouble(CrmClient client) {
    CallTrouble trouble = client.owners().trouble();
    assertThat(trouble).isNotNull();
    return trouble == null ? new CallTrouble.Unknown("") : trouble;
  }

  // ---- what is shown

  @Test
  void clientSecret_isShownInAForm_andTheTokenGoesToTheInstance() {
    try (SalesforceStandIn instance = new SalesforceStandIn()) {
      org.login(call -> token("abc", instance.base()));
      instance.answer(ok(COUNT));

      assertThat(client.count().contacts()).isEqualTo(14);
      assertThat(org.calls()).isEmpty();
      assertThat(instance.calls())
          .allMatch(call -> call.header("Authorization").equals("Bearer abc"));
    }
    SalesforceStandIn.Call login = org.logins().getFirst();
    assertThat(login.form("grant_type")).isEqualTo("client_credentials");
    assertThat(login.form("client_id")).isEqualTo("app");
    assertThat(login.form("client_secret")).isEqualTo(SECRET);
    assertThat(org.logins()).hasSize(1);
  }

  @Test
  void privateKey_signsAStatement_thatEndsInSeconds() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    OrgLogin login =
        new OrgLogin(org.base(), "3MVG9", new OrgLogin.PrivateKey("a@b.example", Secret.of(pem)));
    org.answer(ok(COUNT));
    try (CrmClient signed = adapter.connect(connection(login, 100))) {
      assertThat(signed.count().trouble()).isNull();
    }

    SalesforceStandIn.Call sent = org.logins().getFirst();
    assertThat(sent.form("grant_type")).isEqualTo("urn:ietf:params:oauth:grant-type:jwt-bearer");
    String[] parts = sent.form("assertion").split("\\.", -1);
    JsonNode head = json(new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8));
    JsonNode claims = json(new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8));
    assertThat(head.path("alg").asText()).isEqualTo("RS256");
    assertThat(claims.path("iss").asText()).isEqualTo("3MVG9");
    assertThat(claims.path("sub").asText()).isEqualTo("a@b.example");
    assertThat(claims.path("aud").asText()).isEqualTo("https://login.salesforce.com");
    assertThat(claims.path("exp").asLong()).isEqualTo(clock.now() / 1000 + 180);
    Signature check = Signature.getInstance("SHA256withRSA");
    check.initVerify(pair.getPublic());
    check.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.salesforce.com, https://login.salesforce.com",
    "https://acme.my.salesforce.com, https://login.salesforce.com",
    "https://test.salesforce.com, https://test.salesforce.com",
    "https://acme--uat.sandbox.my.salesforce.com, https://test.salesforce.com",
    "https://acme--uat.my.salesforce.com, https://test.salesforce.com"
  })
  void statement_isMeantForOneOfTwoHosts(URI address, String audience) {
    assertThat(SalesforceLogin.audience(address)).isEqualTo(audience);
  }

  // ---- where a token goes

  @ParameterizedTest
  @CsvSource({
    "https://acme.my.salesforce.com, https://acme.my.salesforce.com",
    "https://acme.my.salesforce.com/, https://acme.my.salesforce.com",
    "https://na139.salesforce.com, https://na139.salesforce.com",
    "https://acme--uat.sandbox.my.salesforce.com:443,"
        + " https://acme--uat.sandbox.my.salesforce.com:443"
  })
  void instance_ofSalesforce_isCalled(String told, String origin) {
    assertThat(Instance.of(told, URI.create("https://login.salesforce.com")))
        .contains(URI.create(origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://salesforce.com.evil.example",
        "https://evilsalesforce.com",
        "http://acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
        "https://user@acme.my.salesforce.com",
        "https://acme.my.salesforce.com@evil.example",
        "http://127.0.0.1:9090",
        "https://169.254.169.254",
        "not an address",
        "file:///etc/passwd"
      })
  void instance_ofAnybodyElse_isNotCalled(String told) {
    assertThat(Instance.of(told, URI.create("https://acme.my.salesforce.com"))).isEmpty();
  }

  @Test
  void login_onThisMachine_leadsNowhereElse() {
    URI here = URI.create("http://127.0.0.1:9090");

    assertThat(Instance.of("http://127.0.0.1:9191", here)).isPresent();
    assertThat(Instance.of("https://acme.my.salesforce.com", here)).isEmpty();
  }

  @Test
  void foreignInstance_isRefused_andNeverSeesTheToken() {
    try (SalesforceStandIn other = new SalesforceStandIn()) {
      URI foreign = URI.create("http://127.0.0.2:" + other.base().getPort());
      org.login(call -> token("abc", foreign));

      assertThat(trouble(client)).isInstanceOf(CallTrouble.Refused.class);
      assertThat(trouble(client).reason()).contains("no host of Salesforce", "127.0.0.2");
      assertThat(other.calls()).isEmpty();
    }
  }

  @Test
  void instance_thatMoves_isFollowedWithTheNextToken() {
    try (SalesforceStandIn next = new SalesforceStandIn()) {
      org.login(call -> call.number() == 0 ? token("old", org.base()) : token("new", next.base()));
      org.answer(refused(401, "INVALID_SESSION_ID", EXPIRED));
      next.answer(ok(COUNT));

      assertThat(client.count().contacts()).isEqualTo(14);
      assertThat(org.calls()).hasSize(1);
      assertThat(next.calls())
          .isNotEmpty()
          .allMatch(call -> call.header("Authorization").equals("Bearer new"));
    }
  }

  // ---- a token that is refused

  @Test
  void refusedToken_isAskedForAgainOnce_andTheCallRepeated() {
    org.answer(
        call ->
            call.header("Authorization").equals("Bearer token-1")
                ? ok(COUNT)
                : refused(401, "INVALID_SESSION_ID", EXPIRED));

    assertThat(client.count().contacts()).isEqualTo(14);
    assertThat(org.logins()).hasSize(2);
  }

  @Test
  void tokenThatIsRefusedAgain_isNotAskedForInALoop() {
    org.answer(refused(401, "INVALID_SESSION_ID", EXPIRED));

    assertThat(trouble(client).reason()).contains("401", EXPIRED);
    assertThat(trouble(client)).isInstanceOf(CallTrouble.Refused.class);
    assertThat(org.logins()).hasSize(2);
    assertThat(org.calls()).hasSize(3);
  }

  @Test
  void tokenWithoutTheScopeApi_isNotAskedForAgain() {
    org.answer(
        refused(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"));

    assertThat(trouble(client).reason()).contains("not valid for use", "OAuth scope api");
    assertThat(org.logins()).hasSize(1);
    assertThat(org.calls()).hasSize(1);
  }

  // ---- a login that is refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "invalid_grant | user hasn't approved this consumer | permission set",
        "invalid_grant | audience is invalid | test.salesforce.com",
        "invalid_grant | expired authorization code | this machine's clock",
        "invalid_client_id | client identifier invalid | consumer key",
        "invalid_grant | no client credentials user enabled | run as",
        "invalid_client | invalid client credentials | check the credentials"
      })
  void refusedLogin_isRefused_withWhatToDo(String error, String words, String cure) {
    org.login(
        call ->
            answered(400, "{'error':'" + error + "','error_description':'" + quoted(words) + "'}"));

    CallTrouble trouble = trouble(client);

    assertThat(trouble).isInstanceOf(CallTrouble.Refused.class);
    assertThat(trouble.reason()).contains("400", error, words, cure);
    assertThat(trouble(client)).isEqualTo(trouble);
    assertThat(org.logins()).as("not asked again for a minute").hasSize(1);

    clock.move(Duration.ofMinutes(2));
    assertThat(trouble(client)).isInstanceOf(CallTrouble.Refused.class);
    assertThat(org.logins()).hasSize(2);
  }

  @Test
  void refusedLogin_neverRepeatsTheSecret() {
    org.login(
        call -> answered(400, "{'error':'invalid_grant','error_description':'" + SECRET + "'}"));

    assertThat(trouble(client).reason()).doesNotContain(SECRET).contains("***");
  }

  @Test
  void loginInAnOutage_isTriedAgain() {
    org.login(call -> call.number() == 0 ? aResponse().withStatus(503) : token("t", org.base()));
    org.answer(ok(COUNT));

    assertThat(trouble(client)).isInstanceOf(CallTrouble.Wait.class);
    clock.move(Duration.ofSeconds(6));
    assertThat(client.count().contacts()).isEqualTo(14);
  }

  @Test
  void loginThatRedirects_isNotFollowed() {
    try (SalesforceStandIn elsewhere = new SalesforceStandIn()) {
      org.login(
          call -> aResponse().withStatus(307).withHeader("Location", elsewhere.base() + "/x"));

      assertThat(trouble(client).reason()).contains("307", "loginUrl");
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  @Test
  void loginWithoutAToken_isUnknown() {
    org.login(call -> ok("{'instance_url':'" + org.base() + "'}"));

    assertThat(trouble(client)).isInstanceOf(CallTrouble.Unknown.class);
  }
}
