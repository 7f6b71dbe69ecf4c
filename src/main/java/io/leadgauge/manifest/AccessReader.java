package io.leadgauge.manifest;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.ApiSettings;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.FixedToken;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a connection and its CRM reach each other. */
final class AccessReader {
  /** HubSpot's API host. */
  static final URI DEFAULT_BASE = URI.create("https://api.hubapi.com");

  /** HubSpot's dated API paths as of 2026; supported for 18 months from March 2026. */
  static final String DEFAULT_VERSION = "2026-03";

  static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /** Says until when credentials, or the secrets of webhooks, are good. */
  static final String EXPIRES = "expires";

  /** The burst limit of a private app in HubSpot's smallest plans, as of 2026. */
  static final int DEFAULT_CALLS = 100;

  private static final Pattern VERSION =
      Pattern.compile("20[0-9]{2}-(0[1-9]|1[0-2])(-beta)?|v[0-9]");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private static final List<String> KEYS =
      List.of("schemes", "secrets", "token", EXPIRES, "workflows");

  /** A workflow belongs to one portal, and says nothing of which. */
  private static final List<String> KEYS_OF_APPS = List.of("schemes", "secrets", "token", EXPIRES);

  private final Values values;
  private final SecretReader secrets;

  AccessReader(Values values, SecretReader secrets) {
    this.values = values;
    this.secrets = secrets;
  }

  // How the CRM reaches us

  @Nullable WebhookAccess webhooks(Fields spec) {
    URI publicUrl = spec.required("publicUrl", this::host);
    return spec.required("webhooks", node -> webhooks(node, publicUrl, null));
  }

  /** Reads who may deliver to a connection to a Salesforce org. */
  @Nullable WebhookAccess orgWebhooks(Fields spec) {
    URI publicUrl = spec.required("publicUrl", this::host);
    OrgWebhooksReader reader = new OrgWebhooksReader(values, secrets);
    return spec.required("webhooks", node -> reader.read(node, publicUrl));
  }

  /**
   * Reads who may deliver to an app.
   *
   * @param clientSecret signs unless secrets are listed; null if it could not be read
   */
  @Nullable WebhookAccess webhooks(Fields spec, @Nullable Secret clientSecret) {
    URI publicUrl = spec.required("publicUrl", this::host);
    List<Secret> signing = clientSecret == null ? List.of() : List.of(clientSecret);
    if (spec.has("webhooks")) {
      return spec.optional("webhooks", node -> webhooks(node, publicUrl, signing));
    }
    return publicUrl == null
        ? null
        : new WebhookAccess(
            publicUrl, Set.of(SignatureScheme.HUBSPOT_V3), signing, null, List.of());
  }

  private @Nullable WebhookAccess webhooks(
      Node node, @Nullable URI publicUrl, @Nullable List<Secret> unlessListed) {
    Fields fields = Fields.of(node, values, unlessListed == null ? KEYS : KEYS_OF_APPS);
    if (fields == null) {
      return null;
    }
    Set<SignatureScheme> schemes =
        fields.optional("schemes", this::schemes, Set.of(SignatureScheme.HUBSPOT_V3));
    List<Secret> signing =
        unlessListed == null
            ? fields.required("secrets", this::secretList)
            : fields.optional("secrets", this::secretList, unlessListed);
    Secret token = fields.optional("token", secrets.secret("token"));
    List<WorkflowHook> workflows =
        fields.optional("workflows", new WorkflowsReader(values, secrets)::read, List.of());
    long goodUntil = fields.optional(EXPIRES, values::instant, Long.MAX_VALUE);
    return publicUrl == null || signing == null
        ? null
        : new WebhookAccess(publicUrl, schemes, signing, token, workflows).goodUntil(goodUntil);
  }

  private @Nullable Set<SignatureScheme> schemes(Node node) {
    List<SignatureScheme> schemes = values.list(node, this::scheme);
    return schemes == null || schemes.isEmpty() ? null : new TreeSet<>(schemes);
  }

  private @Nullable SignatureScheme scheme(Node node) {
    SignatureScheme scheme = values.word(Words::scheme, Words.SCHEMES).read(node);
    if (scheme == SignatureScheme.HUBSPOT_V1 || scheme == SignatureScheme.HUBSPOT_V2) {
      String message = scheme.word() + " signs no time, so a captured request can be repeated";
      values.problems().warning(node.at(), message + "; hubspot-v3 alone is safer");
    }
    return scheme;
  }

  private @Nullable List<Secret> secretList(Node node) {
    return secretList(node, "secrets", secrets.secret("secrets"));
  }

  /** Reads a list of references, which a key calls so. */
  @Nullable List<Secret> secretList(Node node, String key, Reader<Secret> reference) {
    if (!(node instanceof Sequence)) {
      return values.fail(node, "no list in " + key + ", expected one of references");
    }
    return values.list(node, reference);
  }

  // How we reach the CRM

  /** Reads how a platform is called; null for a platform that could not be read. */
  @Nullable ApiAccess api(Fields spec, @Nullable CrmKind kind) {
    return switch (kind) {
      case SALESFORCE -> new OrgApiReader(values, secrets, this).read(spec);
      case HUBSPOT -> api(spec);
      case null -> api(spec);
    };
  }

  private @Nullable ApiAccess api(Fields spec) {
    Credentials credentials = spec.required("credentials", this::credentials);
    ApiSettings api = settings(spec, DEFAULT_CALLS);
    return credentials == null
        ? null
        : api.with(new FixedToken(credentials.token())).goodUntil(credentials.goodUntil());
  }

  /**
   * Reads how the CRM is called.
   *
   * @param calls the burst budget of a portal unless the manifest says
   */
  ApiSettings settings(Fields spec, int calls) {
    ApiSettings usual = new ApiSettings(DEFAULT_BASE, DEFAULT_VERSION, DEFAULT_TIMEOUT, calls);
    return spec.optional("api", node -> settings(node, calls), usual);
  }

  private record Credentials(Secret token, long goodUntil) {}

  private @Nullable Credentials credentials(Node node) {
    Fields fields = Fields.of(node, values, "accessToken", EXPIRES);
    if (fields == null) {
      return null;
    }
    Secret token = fields.required("accessToken", secrets.secret("accessToken"));
    long goodUntil = fields.optional(EXPIRES, values::instant, Long.MAX_VALUE);
    return token == null ? null : new Credentials(token, goodUntil);
  }

  private @Nullable ApiSettings settings(Node node, int calls) {
    Fields fields = Fields.of(node, values, "base", "version", "timeout", "callsPerTenSeconds");
    if (fields == null) {
      return null;
    }
    long timeout =
        fields.optional(
            "timeout", values.span(Spans.SECOND, 60 * Spans.SECOND), DEFAULT_TIMEOUT.toMillis());
    return new ApiSettings(
        fields.optional("base", this::host, DEFAULT_BASE),
        fields.optional("version", this::version, DEFAULT_VERSION),
        Duration.ofMillis(timeout),
        fields.optional("callsPerTenSeconds", values.count(1, 10_000), calls));
  }

  private @Nullable String version(Node node) {
    String version = values.anyText(node);
    return version == null || VERSION.matcher(version).matches()
        ? version
        : values.refuse(node, "a version of the API such as 2026-03 or v3");
  }

  // Addresses

  /** Reads an address of a host: {@code https}, or {@code http} on this machine, without a path. */
  @Nullable URI host(Node node) {
    String text = values.text(node);
    if (text == null) {
      return null;
    }
    List<String> faults = new ArrayList<>();
    URI uri = parsed(text);
    if (uri == null || uri.getHost() == null) {
      faults.add("an address such as https://leads.example.com");
    } else {
      if (!isSafe(uri)) {
        faults.add("https, or http on localhost");
      }
      if (!isBare(uri)) {
        faults.add("nothing but scheme, host and port");
      }
    }
    return uri == null || !faults.isEmpty()
        ? values.refuse(node, String.join(" and ", faults))
        : URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }

  private static @Nullable URI parsed(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static boolean isSafe(URI uri) {
    return "https".equals(uri.getScheme())
        || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
  }

  private static boolean isBare(URI uri) {
    boolean noPath = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
    return noPath
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getRawUserInfo() == null;
  }
}
