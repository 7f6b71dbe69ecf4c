package io.leadgauge.manifest;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.crm.OrgLogin.Proof;
import io.leadgauge.crm.RsaKey;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a Salesforce org is called. */
final class OrgApiReader {
  /** Summer '26; a version is supported for three years at least. */
  static final String DEFAULT_VERSION = "67.0";

  /** Salesforce waits ten seconds for a lock alone, and two hundred records go in a call. */
  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  static final int DEFAULT_SHARE = 50;

  /** Salesforce limits calls by the day alone; this is a bound of ours. */
  private static final int CALLS = 100;

  private static final Pattern VERSION = Pattern.compile("[5-9][0-9]\\.0");
  private static final Pattern CLIENT = Pattern.compile("[A-Za-z0-9._-]{1,256}");

  /** The addresses that all orgs share; a client's secret is taken at the org's own one alone. */
  private static final Set<String> SHARED = Set.of("login.salesforce.com", "test.salesforce.com");

  private final Values values;
  private final SecretReader secrets;
  private final AccessReader access;

  OrgApiReader(Values values, SecretReader secrets, AccessReader access) {
    this.values = values;
    this.secrets = secrets;
    this.access = access;
  }

  /** What is said of the API, but for the login. */
  private record Pace(String version, Duration timeout, int share) {
    static final Pace USUAL = new Pace(DEFAULT_VERSION, DEFAULT_TIMEOUT, DEFAULT_SHARE);
  }

  @Nullable ApiAccess read(Fields spec) {
    Credentials credentials = spec.required("credentials", this::credentials);
    Pace pace = spec.optional("api", this::pace, Pace.USUAL);
    if (credentials == null) {
      return null;
    }
    OrgLogin login = credentials.login();
    return new ApiAccess(
        login.address(),
        pace.version(),
        login,
        pace.timeout(),
        CALLS,
        pace.share(),
        credentials.goodUntil());
  }

  private @Nullable Pace pace(Node node) {
    Fields fields = Fields.of(node, values, "version", "timeout", "dailyShare");
    if (fields == null) {
      return null;
    }
    long timeout =
        fields.optional(
            "timeout", values.span(Spans.SECOND, 60 * Spans.SECOND), DEFAULT_TIMEOUT.toMillis());
    return new Pace(
        fields.optional("version", this::version, DEFAULT_VERSION),
        Duration.ofMillis(timeout),
        fields.optional("dailyShare", values.count(1, 100), DEFAULT_SHARE));
  }

  private @Nullable String version(Node node) {
    String version = values.anyText(node);
    return version == null || VERSION.matcher(version).matches()
        ? version
        : values.refuse(node, "a version of the API such as \"67.0\", from 50.0 on");
  }

  private record Credentials(OrgLogin login, long goodUntil) {}

  private @Nullable Credentials credentials(Node node) {
    Fields fields =
        Fields.of(
            node,
            values,
            "loginUrl",
            "clientId",
            "clientSecret",
            "username",
            "privateKey",
            AccessReader.EXPIRES);
    if (fields == null) {
      return null;
    }
    URI address = fields.required("loginUrl", access::host);
    String client = fields.required("clientId", this::clientId);
    Proof proof = proof(node, fields, address);
    long goodUntil = fields.optional(AccessReader.EXPIRES, values::instant, Long.MAX_VALUE);
    return address == null || client == null || proof == null
        ? null
        : new Credentials(new OrgLogin(address, client, proof), goodUntil);
  }

  /** The consumer key is no secret, but may stand where secrets do. */
  private @Nullable String clientId(Node node) {
    String text = values.text(node);
    if (text == null) {
      return null;
    }
    if (SecretReference.parse(text).isPresent()) {
      Secret kept = secrets.secret("clientId").read(node);
      return kept == null ? null : kept.reveal();
    }
    return CLIENT.matcher(text).matches()
        ? text
        : values.refuse(node, "the app's consumer key, or a reference to it");
  }

  private @Nullable Proof proof(Node node, Fields fields, @Nullable URI address) {
    boolean byKey = fields.has("username") || fields.has("privateKey");
    if (fields.has("clientSecret") && byKey) {
      String key = fields.has("privateKey") ? "privateKey" : "username";
      values
          .problems()
          .error(fields.at(key), "no " + key + " beside clientSecret, expected one of the two");
      return null;
    }
    if (byKey) {
      String username = fields.required("username", values::text);
      Secret key = fields.required("privateKey", this::privateKey);
      return username == null || key == null ? null : new OrgLogin.PrivateKey(username, key);
    }
    if (!fields.has("clientSecret")) {
      return values.fail(
          node, "nothing proves that it is us, expected clientSecret, or username and privateKey");
    }
    if (address != null && SHARED.contains(address.getHost())) {
      values
          .problems()
          .error(
              fields.at("loginUrl"),
              "a client's secret is taken at the org's own address alone, expected such as"
                  + " https://acme.my.salesforce.com");
    }
    return Optional.ofNullable(fields.required("clientSecret", secrets.secret("clientSecret")))
        .map(OrgLogin.ClientSecret::new)
        .orElse(null);
  }

  private @Nullable Secret privateKey(Node node) {
    Secret key = secrets.secret("privateKey").read(node);
    return key == null || SecretReader.isStandIn(key) || RsaKey.of(key).isPresent()
        ? key
        : values.fail(
            node,
            "no RSA key of 2048 bits or more behind this reference, expected PKCS #8 in PEM, as"
                + " openssl genpkey -algorithm RSA writes it");
  }
}
