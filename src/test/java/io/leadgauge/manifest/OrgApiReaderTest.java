package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a Salesforce org is called, as manifests say it. */
class OrgApiReaderTest {
  private static final String SECRET =
      "loginUrl: https://acme.my.salesforce.com, clientId: 3MVG9.app, clientSecret: \"${env:S}\"";
  private static final String KEY =
      "loginUrl: https://test.salesforce.com, clientId: \"${env:APP}\","
          + " username: leadgauge@acme.example, privateKey: \"${env:KEY}\"";
  private static final String PEM = pem(2048);

  @TempDir private Path dir = Path.of("");
  private Folder folder = new Folder(dir);

  @BeforeEach
  void writeModel() {
    folder =
        new Folder(dir)
            .model(
                """
                spec:
                  dimensions:
                    fit: { rules: [ { id: a, when: { property: title, present: true }, points: 1 } ] }
                """)
            .file(
                "models/m/cases.yaml",
                """
                apiVersion: leadgauge/v1
                kind: Cases
                metadata: { name: m }
                spec: { at: 2026-11-01, cases: [ { name: none, contact: {}, expect: { total: 0 } } ] }
                """);
  }

  static String pem(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----\n"
          + Base64.getMimeEncoder().encodeToString(key)
          + "\n-----END PRIVATE KEY-----\n";
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String manifest(String credentials, String api) {
    return """
    apiVersion: leadgauge/v1
    kind: Connection
    metadata: { name: c }
    spec:
      crm: salesforce
      org: 00Dxx0000001gPFEAY
      publicUrl: https://leads.example.com
      credentials: { %s }
      webhooks: { token: "${env:S}" }
      model: m
      mode: full
      fields: { title: Title }
      writeBack: { fields: { score: Lead_Score__c } }
    %s\
    """
        .formatted(credentials, api);
  }

  private Loaded load(String text, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(Map.of("S", "consumer secret", "APP", "app"));
    environment.putAll(more);
    return folder.file("connections/c.yaml", text).load(environment);
  }

  private Connection read(String text, Map<String, String> more) {
    Loaded loaded = load(text, more);
    assertThat(loaded.problems()).isEmpty();
    return Objects.requireNonNull(loaded.catalog().connections().get(new ConnectionId("c")))
        .connection();
  }

  private static ApiAccess api(Connection connection) {
    return connection.api();
  }

  @Test
  void clientSecret_isALogin_withTheUsualPace() {
    ApiAccess api = api(read(manifest(SECRET, ""), Map.of()));

    assertThat(api.base()).isEqualTo(URI.create("https://acme.my.salesforce.com"));
    assertThat(api.version()).isEqualTo("67.0");
    assertThat(api.timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(api.dailyShare()).isEqualTo(50);
    OrgLogin same =
        new OrgLogin(
            URI.create("https://acme.my.salesforce.com"),
            "3MVG9.app",
            new OrgLogin.ClientSecret(Secret.of("consumer secret")));
    assertThat(api.token().isSame(same)).isTrue();
    assertThat(api.token().toString()).doesNotContain("consumer secret");
  }

  @Test
  void privateKey_isALogin_evenWithItsLinesInOne() {
    for (String pem : List.of(PEM, PEM.replace("\r", "").replace("\n", "\\n"))) {
      ApiAccess api = api(read(manifest(KEY, ""), Map.of("KEY", pem)));

      assertThat(api.token()).isInstanceOf(OrgLogin.class);
      OrgLogin login = (OrgLogin) api.token();
      assertThat(login.clientId()).isEqualTo("app");
      assertThat(login.proof()).isInstanceOf(OrgLogin.PrivateKey.class);
    }
  }

  @Test
  void pace_isAsTheManifestSays_andPartOfWhatTellsVersionsApart() {
    Connection usual = read(manifest(SECRET, ""), Map.of());
    Connection other =
        read(
            manifest(SECRET, "  api: { version: \"66.0\", timeout: 30s, dailyShare: 20 }\n"),
            Map.of());

    assertThat(other.api().version()).isEqualTo("66.0");
    assertThat(other.api().timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(other.api().dailyShare()).isEqualTo(20);
    assertThat(other.isCalledLike(usual)).isFalse();
    assertThat(usual.isCalledLike(read(manifest(SECRET, ""), Map.of()))).isTrue();
  }

  @Test
  void login_thatDiffersInAnything_isCalledByAnotherClient() {
    Connection one = read(manifest(KEY, ""), Map.of("KEY", PEM));

    assertThat(one.isCalledLike(read(manifest(KEY, ""), Map.of("KEY", PEM)))).isTrue();
    assertThat(one.isCalledLike(read(manifest(KEY, ""), Map.of("KEY", pem(2048))))).isFalse();
    assertThat(
            one.isCalledLike(
                read(manifest(KEY.replace("leadgauge@", "other@"), ""), Map.of("KEY", PEM))))
        .isFalse();
    assertThat(one.isCalledLike(read(manifest(SECRET, ""), Map.of()))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          clientSecret: "${env:S}"      |                                    | 8:16 | nothing proves that it is us, expected clientSecret, or username and privateKey
          clientSecret: "${env:S}"      | clientSecret: s                    | 8:95 | no reference in clientSecret
          3MVG9.app                     | a b                                | 8:70 | expected the app's consumer key, or a reference to it
          clientId: 3MVG9.app,          |                                    | 8:16 | the key "clientId" is missing
          https://acme.my.salesforce.com| https://login.salesforce.com       | 8:28 | a client's secret is taken at the org's own address alone
          https://acme.my.salesforce.com| http://acme.my.salesforce.com      | 8:28 | expected https, or http on localhost
          clientSecret: "${env:S}"      | clientSecret: "${env:S}", username: u | 8:117 | no username beside clientSecret
          clientSecret: "${env:S}"      | username: u                        | 8:16 | the key "privateKey" is missing
          clientSecret: "${env:S}"      | username: u, privateKey: "${env:S}"| 8:106 | no RSA key of 2048 bits or more behind this reference
          clientSecret                  | clientsecret                       | 8:81 | did you mean "clientSecret"
          """)
  void mistakeInCredentials_isToldWhereItStands(
      String part, String instead, String place, String words) {
    String text =
        manifest(SECRET, "")
            .replace(part.strip(), instead == null ? "" : instead.strip())
            .replace(",  }", " }");

    assertThat(load(text, Map.of()).problems())
        .map(Problem::toString)
        .anyMatch(problem -> problem.contains("c.yaml:" + place + ": ") && problem.contains(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          version: 67              | 14:19 | expected a version of the API such as "67.0"
          version: v3              | 14:19 | expected a version of the API such as "67.0"
          version: "42.0"          | 14:19 | expected a version of the API such as "67.0"
          dailyShare: 0            | 14:22 | expected a whole number from 1 to 100
          dailyShare: 101          | 14:22 | expected a whole number from 1 to 100
          timeout: 5m              | 14:19 | expected a span of time from 1s to 1m
          callsPerTenSeconds: 10   | 14:10 | unknown key "callsPerTenSeconds"
          base: https://x.example  | 14:10 | unknown key "base"
          """)
  void mistakeInApi_isToldWhereItStands(String api, String place, String words) {
    Loaded loaded = load(manifest(SECRET, "  api: { " + api + " }\n"), Map.of());

    assertThat(loaded.problems())
        .map(Problem::toString)
        .anyMatch(problem -> problem.contains("c.yaml:" + place + ": ") && problem.contains(words));
  }

  @Test
  void weakKey_isRefused() {
    assertThat(load(manifest(KEY, ""), Map.of("KEY", pem(1024))).problems())
        .map(Problem::toString)
        .anyMatch(problem -> problem.contains("no RSA key of 2048 bits"));
  }
}
