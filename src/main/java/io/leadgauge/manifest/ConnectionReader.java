package io.leadgauge.manifest;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.WebhookAccess;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a manifest of kind {@code Connection}. */
final class ConnectionReader {
  static final String KIND = "Connection";

  private static final List<String> KEYS =
      Stream.concat(
              Stream.of("crm", "portal", "org", "publicUrl", "api", "credentials", "webhooks"),
              TermsReader.KEYS.stream())
          .toList();

  private static final Pattern PORTAL = Pattern.compile("[0-9]{1,20}");

  private static final Pattern ORG = Pattern.compile("00D[A-Za-z0-9]{15}");

  private final Values values;
  private final SecretReader secrets;
  private final AccessReader access;
  private final TermsReader terms;

  private ConnectionReader(Values values, SecretSource source) {
    this.values = values;
    this.secrets = new SecretReader(values, source);
    this.access = new AccessReader(values, secrets);
    this.terms = new TermsReader(values);
  }

  /**
   * Reads a connection.
   *
   * @param name the name of its file
   * @return null if not even its parts could be found, and a problem says why
   */
  static @Nullable ReadConnection read(
      Node root, String name, SecretSource source, Problems problems) {
    Values values = new Values(problems);
    int before = problems.errors();
    Header header = Header.read(root, KIND, name, values);
    Fields spec = header == null ? null : Fields.of(header.spec(), values, KEYS);
    return header == null || spec == null
        ? null
        : new ConnectionReader(values, source).read(header, spec, before);
  }

  private ReadConnection read(Header header, Fields spec, int errorsBefore) {
    Terms read = terms.read(header.spec(), spec);
    String portal = tenant(spec, read.kind());
    WebhookAccess webhooks =
        read.kind() == CrmKind.SALESFORCE ? access.orgWebhooks(spec) : access.webhooks(spec);
    ApiAccess api = access.api(spec, read.kind());
    boolean complete = values.problems().errors() == errorsBefore;
    Connection connection = read.connection(header.name(), portal, webhooks, api);
    boolean usable = complete && secrets.complete();
    return new ReadConnection(
        header, portal, read, secrets.references(), complete, usable ? connection : null);
  }

  /** Reads the platform's id of the portal or org, each platform by its own word. */
  private @Nullable String tenant(Fields spec, @Nullable CrmKind kind) {
    return switch (kind) {
      case null -> spec.optional("portal", node -> portal(node, values));
      case HUBSPOT -> {
        refuse(spec, "org", "a HubSpot connection names its portal");
        yield spec.required("portal", node -> portal(node, values));
      }
      case SALESFORCE -> {
        refuse(spec, "portal", "a Salesforce connection names its org");
        yield spec.required("org", this::org);
      }
    };
  }

  private void refuse(Fields spec, String key, String instead) {
    if (spec.has(key)) {
      values.problems().error(spec.at(key), "no " + key + " here, for " + instead);
    }
  }

  /** Reads the id of an org, in the form that tells upper case from lower without it. */
  private @Nullable String org(Node node) {
    String org = values.anyText(node);
    return org == null || ORG.matcher(org).matches()
        ? org
        : values.refuse(
            node, "the org's id of 18 characters such as 00Dxx0000001gPFEAY (Company Information)");
  }

  /** Reads the platform's id of a portal. */
  static @Nullable String portal(Node node, Values values) {
    String portal = values.anyText(node);
    return portal == null || PORTAL.matcher(portal).matches()
        ? portal
        : values.refuse(node, "the portal's id, which is digits only");
  }
}
