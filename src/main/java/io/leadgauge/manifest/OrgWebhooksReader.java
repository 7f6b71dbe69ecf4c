package io.leadgauge.manifest;

import io.leadgauge.crm.ClientCertificate;
import io.leadgauge.crm.OrgAccess;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.manifest.Node.Entry;
import io.leadgauge.manifest.Node.Mapping;
import io.leadgauge.manifest.Node.Scalar;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a Salesforce org reaches us. */
final class OrgWebhooksReader {
  /** The types of records that a flow can send messages of. */
  static final List<String> TYPES =
      List.of("campaign_member", "company", "contact", "deal", "email", "lead", "meeting", "task");

  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,79}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final int LONGEST_SUBJECT = 500;

  private final Values values;
  private final SecretReader secrets;

  OrgWebhooksReader(Values values, SecretReader secrets) {
    this.values = values;
    this.secrets = secrets;
  }

  /**
   * Reads who may deliver.
   *
   * @param publicUrl where we are reached; null if it could not be read
   */
  @Nullable WebhookAccess read(Node node, @Nullable URI publicUrl) {
    Fields fields =
        Fields.of(
            node,
            values,
            "token",
            "messages",
            "bearer",
            "secrets",
            AccessReader.EXPIRES,
            "clientCertificate");
    if (fields == null) {
      return null;
    }
    Secret token = fields.required("token", secrets.secret("token"));
    List<Secret> bearers =
        fields.optional("bearer", one -> list(one, "bearer", secrets.secret("bearer")), List.of());
    List<Secret> signing =
        fields.optional(
            "secrets", one -> list(one, "secrets", secrets.standard("secrets")), List.of());
    ClientCertificate certificate = fields.optional("clientCertificate", this::certificate);
    SortedMap<String, SortedSet<String>> messages =
        fields.optional("messages", this::messages, new TreeMap<>());
    long goodUntil = fields.optional(AccessReader.EXPIRES, values::instant, Long.MAX_VALUE);
    return publicUrl == null || token == null
        ? null
        : WebhookAccess.ofOrg(
                publicUrl, signing, token, new OrgAccess(bearers, certificate, messages))
            .goodUntil(goodUntil);
  }

  private @Nullable List<Secret> list(Node node, String key, Reader<Secret> reference) {
    return node instanceof Sequence
        ? values.list(node, reference)
        : values.fail(node, "no list in " + key + ", expected one of references");
  }

  private @Nullable ClientCertificate certificate(Node node) {
    Fields fields = Fields.of(node, values, "header", "subject");
    if (fields == null) {
      return null;
    }
    String header = fields.required("header", this::header);
    String subject = fields.required("subject", this::subject);
    return header == null || subject == null ? null : new ClientCertificate(header, subject);
  }

  private @Nullable String header(Node node) {
    return node instanceof Scalar scalar && HEADER.matcher(scalar.text()).matches()
        ? scalar.text()
        : values.refuse(node, "the name of a header such as X-Client-Subject");
  }

  private @Nullable String subject(Node node) {
    String subject = values.text(node);
    return subject == null || subject.length() <= LONGEST_SUBJECT
        ? subject
        : values.refuse(node, "a subject of at most " + LONGEST_SUBJECT + " characters");
  }

  private @Nullable SortedMap<String, SortedSet<String>> messages(Node node) {
    Mapping mapping = values.mapping(node);
    if (mapping == null) {
      return null;
    }
    SortedMap<String, SortedSet<String>> messages = new TreeMap<>();
    for (Entry entry : mapping.entries()) {
      String type = entry.key().text();
      if (!TYPES.contains(type)) {
        String hint = Spelling.hint(type, TYPES);
        values.problems().error(entry.key().at(), "no messages of \"" + type + "\"" + hint);
      }
      SortedSet<String> fields = fields(entry.value());
      if (fields != null) {
        messages.put(type, fields);
      }
    }
    return messages;
  }

  private @Nullable SortedSet<String> fields(Node node) {
    SortedSet<String> fields = new TreeSet<>();
    List<String> listed =
        values.list(
            node,
            item -> {
              String field = field(item);
              return field == null || fields.add(field)
                  ? field
                  : values.fail(item, "\"" + field + "\" stands here twice");
            });
    return listed == null ? null : fields;
  }

  private @Nullable String field(Node node) {
    return node instanceof Scalar scalar && FIELD.matcher(scalar.text()).matches()
        ? scalar.text()
        : values.refuse(node, "the API name of a field such as NumberOfEmployees");
  }
}
