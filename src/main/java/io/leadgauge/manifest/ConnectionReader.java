package io.leadgauge.manifest;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
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
              Stream.of("crm", "portal", "publicUrl", "api", "credentials", "webhooks"),
              TermsReader.KEYS.stream())
          .toList();

  private static final Pattern PORTAL = Pattern.compile("[0-9]{1,20}");

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
    String portal = spec.required("portal", node -> portal(node, values));
    WebhookAccess webhooks = access.webhooks(spec);
    ApiAccess api = access.api(spec);
    Terms read = terms.read(header.spec(), spec);
    boolean complete = values.problems().errors() == errorsBefore;
    Connection connection = read.connection(header.name(), portal, webhooks, api);
    boolean usable = complete && secrets.complete();
    return new ReadConnection(
        header, portal, read, secrets.references(), complete, usable ? connection : null);
  }

  /** Reads the platform's id of a portal. */
  static @Nullable String portal(Node node, Values values) {
    String portal = values.anyText(node);
    return portal == null || PORTAL.matcher(portal).matches()
        ? portal
        : values.refuse(node, "the portal's id, which is digits only");
  }
}
