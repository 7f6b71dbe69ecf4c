package io.leadgauge.manifest;

import io.leadgauge.crm.ActivityMap;
import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.EventTerms;
import io.leadgauge.crm.ModelUse;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.Outcomes;
import io.leadgauge.crm.StageMap;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.scoring.Calendar;
import io.leadgauge.scoring.Condition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hash of what a connection, or what belongs to one, means: layout, comments and the order of
 * keys do not matter, nor what its secrets are, nor until when they are good; where they are found
 * does.
 */
final class ConnectionHash {
  private final StringBuilder text = new StringBuilder();

  private ConnectionHash() {}

  /** Returns 64 hex digits. */
  static String of(
      Connection connection, List<ReadModelUse> models, List<SecretReference> references) {
    ConnectionHash hash = new ConnectionHash();
    hash.add(connection);
    models.stream().sorted(Comparator.comparing(ReadModelUse::name)).forEach(hash::add);
    references.forEach(reference -> hash.line("secret", reference));
    return hash.digest();
  }

  /** Returns 64 hex digits of an app, over the hashes of what holds in which portal. */
  static String of(OAuthApp app, SortedMap<String, String> parts) {
    ConnectionHash hash = new ConnectionHash();
    hash.line("app", app.name(), app.clientId(), app.authorizeAt(), app.keepAfterUninstall());
    app.scopes().stream().sorted().forEach(scope -> hash.line("scope", scope));
    parts.forEach((portal, meaning) -> hash.line("portal", portal, meaning));
    return hash.digest();
  }

  /** Returns 64 hex digits of a calendar. */
  static String of(String name, Calendar calendar) {
    ConnectionHash hash = new ConnectionHash();
    hash.line("calendar", name, calendar.zone());
    calendar.hours().forEach((day, hours) -> hash.line("hours", day, hours));
    calendar.holidays().forEach(day -> hash.line("holiday", day));
    return hash.digest();
  }

  /** Returns 64 hex digits of an event source. */
  static String of(EventSource source, List<SecretReference> references) {
    ConnectionHash hash = new ConnectionHash();
    hash.line("source", source.name(), source.feeds(), source.webhooks().window());
    source.types().forEach((type, attributes) -> hash.line("type", type, attributes));
    references.forEach(reference -> hash.line("secret", reference));
    return hash.digest();
  }

  /** Returns 64 hex digits of a connection with the sources that feed it, in their order. */
  static String fed(String connection, List<SourceManifest> sources) {
    ConnectionHash hash = new ConnectionHash();
    hash.line("fed", connection);
    sources.forEach(source -> hash.line("by", source.hash()));
    return hash.digest();
  }

  private void add(Connection connection) {
    line("connection", connection.id(), Words.of(connection.kind()), connection.tenant());
    line("publicUrl", connection.webhooks().publicUrl());
    connection.webhooks().schemes().stream()
        .sorted()
        .map(SignatureScheme::word)
        .forEach(scheme -> line("scheme", scheme));
    add(connection.webhooks().org());
    line("api", connection.api().base(), connection.api().version());
    line("pace", connection.api().timeout(), connection.api().callsPerTenSeconds());
    if (connection.kind() == CrmKind.SALESFORCE) {
      line("share", connection.api().dailyShare());
    }
    line("mode", Words.of(connection.mode()), connection.poll().dates());
    line("looking", connection.poll().lookBack(), connection.poll().drift());
    connection
        .fields()
        .fields()
        .forEach((name, field) -> line("field", name, Words.of(field.type()), field.properties()));
    connection.lists().forEach((name, list) -> line("list", name, list.property(), list.item()));
    connection.activities().stream().sorted(BY_TYPE).forEach(this::add);
    add(connection.outcomes());
    connection.webhooks().workflows().stream()
        .sorted(Comparator.comparing(WorkflowHook::name))
        .forEach(this::add);
    line("minInterval", connection.writeBack().minInterval());
    line("guard", connection.guard().contacts(), connection.guard().percent());
    line("time", connection.writeBack().minChange(), connection.writeBack().atMost());
    line("corrections", connection.writeBack().corrections());
    add(connection.events());
  }

  /** What no connection said before there were event sources changes no hash. */
  private void add(EventTerms events) {
    if (!events.equals(EventTerms.DEFAULT)) {
      line("events", events.fed(), events.severalWithEmail().word());
      line("waiting", events.names(), events.events(), events.waitFor());
    }
  }

  private void add(ReadModelUse read) {
    ModelUse use = read.use();
    Condition when = read.when();
    line("model", use.name(), use.model(), when == null ? "" : when.meaning());
    use.fields().forEach((output, field) -> line("write", output.word(), field));
    add(use.stages());
  }

  private static final Comparator<ActivityMap> BY_TYPE = Comparator.comparing(ActivityMap::type);

  private void add(@Nullable StageMap stages) {
    if (stages != null) {
      line("stages", stages.property(), new TreeSet<>(stages.holders()));
      stages.order().forEach(value -> line("order", value));
      stages.values().forEach((stage, value) -> line("stage", stage, value));
      stages.neverFrom().forEach(value -> line("neverFrom", value));
    }
  }

  private void add(@Nullable OrgAccess org) {
    if (org != null) {
      org.messages().forEach((type, fields) -> line("message", type, fields));
      ClientCertificate certificate = org.certificate();
      if (certificate != null) {
        line("certificate", certificate.header(), certificate.subject());
      }
    }
  }

  private void add(WorkflowHook hook) {
    String at = hook.at();
    String contact = hook.contact();
    line("workflow", hook.name(), hook.activity(), at == null ? "" : at);
    line("workflow contact", contact == null ? "" : contact, hook.byEmail(), hook.isSigned());
    hook.attributes().forEach((name, key) -> line("attribute", name, key));
  }

  private void add(Outcomes outcomes) {
    outcomes.records().forEach((type, properties) -> line("outcomes", type, properties));
    outcomes.associated().forEach(type -> line("associated", type));
  }

  private void add(ActivityMap activity) {
    line("activity", activity.type(), activity.object(), activity.at());
    activity.attributes().forEach((name, property) -> line("attribute", name, property));
  }

  /** Appends words, each with its length before it, so that no two lists of words look alike. */
  private void line(Object... words) {
    for (Object word : words) {
      String shown = word.toString();
      text.append(shown.length()).append(':').append(shown).append(' ');
    }
    text.append('\n');
  }

  private String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(sha256.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
