package io.leadgauge.manifest;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Guard;
import io.leadgauge.crm.Mode;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.Poll;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.manifest.CrmNamesReader.CrmNames;
import io.leadgauge.model.ConnectionId;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a manifest of kind {@code Connection}. */
final class ConnectionReader {
  static final String KIND = "Connection";

  private static final List<String> KEYS =
      List.of(
          "crm",
          "portal",
          "publicUrl",
          "api",
          "credentials",
          "webhooks",
          "model",
          "models",
          "mode",
          "fields",
          "lists",
          "stages",
          "activities",
          "outcomes",
          "poll",
          "writeBack",
          "guard");

  private static final int MOST_GUARDED = 100_000_000;
  private static final Pattern PORTAL = Pattern.compile("[0-9]{1,20}");

  private final Values values;
  private final SecretReader secrets;
  private final AccessReader access;
  private final CrmNamesReader names;
  private final ModelUseReader models;
  private final OutcomesReader outcomes;

  private ConnectionReader(Values values, SecretSource source) {
    this.values = values;
    this.secrets = new SecretReader(values, source);
    this.access = new AccessReader(values, secrets);
    this.names = new CrmNamesReader(values);
    this.models = new ModelUseReader(values, names);
    this.outcomes = new OutcomesReader(values, names);
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
    CrmKind kind = spec.required("crm", values.word(Words::crm, Words.CRMS));
    String portal = spec.required("portal", this::portal);
    WebhookAccess webhooks = access.webhooks(spec);
    ApiAccess api = access.api(spec);
    Mode mode = spec.optional("mode", values.word(Words::mode, Words.MODES), Mode.SHADOW);
    CrmNames in = names.read(spec);
    List<ReadModelUse> uses = models.read(header.spec(), spec, in.stages());
    Outcomes outcomes = spec.optional("outcomes", this.outcomes::read, OutcomesReader.DEFAULT);
    Poll poll = spec.optional("poll", this::poll, Poll.DEFAULT);
    Guard guard = spec.optional("guard", this::guard, Guard.DEFAULT);
    boolean complete = values.problems().errors() == errorsBefore;
    Connection connection = null;
    if (kind != null && portal != null && webhooks != null && api != null && !uses.isEmpty()) {
      ConnectionId id = new ConnectionId(header.name());
      connection =
          new Connection(
              id,
              kind,
              portal,
              webhooks,
              api,
              uses.stream().map(ReadModelUse::use).toList(),
              mode,
              in.fields(),
              in.lists(),
              in.activities(),
              outcomes,
              poll,
              in.writeBack(),
              guard);
    }
    boolean usable = complete && secrets.complete();
    return new ReadConnection(
        header, portal, uses, mode, in, secrets.references(), complete, usable ? connection : null);
  }

  private @Nullable String portal(Node node) {
    String portal = values.anyText(node);
    return portal == null || PORTAL.matcher(portal).matches()
        ? portal
        : values.refuse(node, "the portal's id, which is digits only");
  }

  private @Nullable Guard guard(Node node) {
    Fields fields = Fields.of(node, values, "contacts", "percent");
    if (fields == null) {
      return null;
    }
    Integer contacts =
        fields.optional("contacts", values.count(0, MOST_GUARDED), (int) Guard.DEFAULT.contacts());
    Integer percent = fields.optional("percent", values.count(0, 100), Guard.DEFAULT.percent());
    return contacts == null || percent == null ? null : new Guard(contacts, percent);
  }

  /** A span alone is that of dates. */
  private @Nullable Poll poll(Node node) {
    if (!(node instanceof Node.Mapping)) {
      Duration dates = often(node);
      return dates == null ? null : Poll.DEFAULT.withDates(dates);
    }
    Fields fields = Fields.of(node, values, "dates", "lookBack", "drift");
    if (fields == null) {
      return null;
    }
    Duration dates = fields.optional("dates", this::often, Poll.DEFAULT.dates());
    Duration lookBack = fields.optional("lookBack", this::often, Poll.DEFAULT.lookBack());
    Duration drift = fields.optional("drift", this::often, Poll.DEFAULT.drift());
    return new Poll(dates, lookBack, drift);
  }

  private @Nullable Duration often(Node node) {
    Long span = values.span(Spans.SECOND, Spans.DAY).read(node);
    return span == null ? null : Duration.ofMillis(span);
  }
}
