package io.leadgauge.manifest;

import io.leadgauge.crm.ApiSettings;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.OAuthReader.OAuth;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a manifest of kind {@code App}: what a connection says, once for all portals, and what is
 * different in single ones. What a portal says stands in for the same key of the app as a whole.
 */
final class AppReader {
  static final String KIND = "App";

  /** The most characters of an app's name: its connections add a hyphen and 20 digits. */
  static final int LONGEST_NAME = 42;

  /** How long data are kept after an uninstall, unless the manifest says. */
  static final Duration DEFAULT_KEEP = Duration.ofDays(30);

  /** The burst limit of an OAuth app in each portal, as of 2026. */
  static final int DEFAULT_CALLS = 110;

  private static final String MODE = "mode";
  private static final long LONGEST_KEEP_DAYS = 3_650;

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  "crm", "publicUrl", "oauth", "api", "webhooks", "keepAfterUninstall", "portals"),
              TermsReader.KEYS.stream())
          .toList();

  private final Values values;
  private final SecretReader secrets;
  private final AccessReader access;
  private final TermsReader terms;

  private AppReader(Values values, SecretSource source) {
    this.values = values;
    this.secrets = new SecretReader(values, source);
    this.access = new AccessReader(values, secrets);
    this.terms = new TermsReader(values);
  }

  /**
   * Reads an app.
   *
   * @param name the name of its file
   * @return null if not even its parts could be found, and a problem says why
   */
  static @Nullable ReadApp read(Node root, String name, SecretSource source, Problems problems) {
    Values values = new Values(problems);
    int before = problems.errors();
    Header header = Header.read(root, KIND, name, values);
    Fields spec = header == null ? null : Fields.of(header.spec(), values, KEYS);
    return header == null || spec == null || !(header.spec() instanceof Mapping whole)
        ? null
        : new AppReader(values, source).read(header, whole, spec, before);
  }

  private ReadApp read(Header header, Mapping whole, Fields spec, int errorsBefore) {
    checkName(header);
    checkMode(whole);
    OAuth oauth = spec.required("oauth", new OAuthReader(values, secrets, access)::read);
    Secret clientSecret = oauth == null ? null : oauth.clientSecret();
    WebhookAccess webhooks = access.webhooks(spec, clientSecret);
    ApiSettings api = access.settings(spec, DEFAULT_CALLS);
    Long keep =
        spec.optional(
            "keepAfterUninstall",
            values.span(Spans.DAY, LONGEST_KEEP_DAYS * Spans.DAY),
            DEFAULT_KEEP.toMillis());
    Terms general = terms.read(whole, spec);
    if (general.kind() == CrmKind.SALESFORCE) {
      values.problems().error(spec.at("crm"), "apps are HubSpot's, expected crm: hubspot");
    }
    SortedMap<String, Variant> portals =
        spec.optional("portals", node -> portals(node, whole), new TreeMap<>());
    boolean complete = values.problems().errors() == errorsBefore;
    OAuthApp app =
        complete && secrets.complete()
            ? app(header, general, oauth, webhooks, api, Duration.ofMillis(keep))
            : null;
    return readApp(header, general, portals, complete, app);
  }

  private static @Nullable OAuthApp app(
      Header header,
      Terms general,
      @Nullable OAuth oauth,
      @Nullable WebhookAccess webhooks,
      ApiSettings api,
      Duration keep) {
    if (oauth == null
        || webhooks == null
        || general.kind() == null
        || oauth.clientId() == null
        || oauth.clientSecret() == null
        || oauth.keys() == null) {
      return null;
    }
    return new OAuthApp(
        new ConnectionId(header.name()),
        general.kind(),
        oauth.clientId(),
        oauth.clientSecret(),
        oauth.scopes(),
        oauth.page(),
        oauth.keys(),
        webhooks,
        api,
        keep,
        oauth.goodUntil());
  }

  private ReadApp readApp(
      Header header,
      Terms general,
      SortedMap<String, Variant> portals,
      boolean complete,
      @Nullable OAuthApp app) {
    List<SecretReference> references = secrets.references();
    SortedMap<String, ReadConnection> read = new TreeMap<>();
    portals.forEach(
        (portal, variant) ->
            read.put(
                portal,
                new ReadConnection(
                    new Header(header.name(), variant.spec()),
                    portal,
                    variant.terms(),
                    references,
                    complete,
                    null)));
    return new ReadApp(
        new ReadConnection(header, null, general, references, complete, null), read, app);
  }

  private void checkName(Header header) {
    if (header.name().length() > LONGEST_NAME) {
      values
          .problems()
          .error(
              header.spec().at(),
              "an app's name of "
                  + header.name().length()
                  + " characters, expected at most "
                  + LONGEST_NAME
                  + ", since its connections are called <app>-<portal>");
    }
  }

  private void checkMode(Mapping whole) {
    if (whole.value(MODE) != null) {
      values
          .problems()
          .error(
              whole.key(MODE),
              "a mode for all portals, expected it in portals: each begins in shadow");
    }
  }

  // Single portals

  /** What is different in a portal, merged with what is the same in all. */
  private record Variant(Mapping spec, Terms terms) {}

  private @Nullable SortedMap<String, Variant> portals(Node node, Mapping whole) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    SortedMap<String, Variant> portals = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      String portal = ConnectionReader.portal(entry.key(), values);
      boolean known = Fields.of(entry.value(), values, TermsReader.KEYS) != null;
      if (portal != null && known && entry.value() instanceof Mapping own) {
        Mapping merged = merged(whole, own);
        Fields fields = Fields.of(merged, values, KEYS);
        if (fields != null) {
          portals.put(portal, new Variant(merged, terms.read(merged, fields)));
        }
      }
    }
    return portals;
  }

  private static Mapping merged(Mapping whole, Mapping own) {
    List<Entry> entries = new ArrayList<>(own.entries());
    for (Entry entry : whole.entries()) {
      String key = entry.key().text();
      boolean isReplaced =
          own.value(key) != null
              || (key.equals("model") && own.value("models") != null)
              || (key.equals("models") && own.value("model") != null);
      if (!isReplaced && !key.equals(MODE)) {
        entries.add(entry);
      }
    }
    return new Mapping(whole.at(), entries);
  }
}
