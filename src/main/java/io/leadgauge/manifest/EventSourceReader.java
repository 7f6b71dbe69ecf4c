package io.leadgauge.manifest;

import io.leadgauge.crm.EventSource;
import io.leadgauge.crm.WebhookAccess;
import io.leadgauge.crm.signature.SignatureScheme;
import io.leadgauge.crm.signature.SignatureVerifier;
import io.leadgauge.manifest.Node.Sequence;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads a manifest of kind {@code EventSource}. */
final class EventSourceReader {
  static final String KIND = "EventSource";

  /** Signatures of Standard Webhooks do not cover the address. */
  private static final URI ANY_ADDRESS = URI.create("");

  private final Values values;
  private final SecretReader secrets;

  private EventSourceReader(Values values, SecretSource source) {
    this.values = values;
    this.secrets = new SecretReader(values, source);
  }

  /**
   * Reads an event source.
   *
   * @param name the name of its file
   * @return null if not even its parts could be found, and a problem says why
   */
  static @Nullable ReadSource read(Node root, String name, SecretSource source, Problems problems) {
    Values values = new Values(problems);
    int before = problems.errors();
    Header header = Header.read(root, KIND, name, values);
    Fields spec =
        header == null
            ? null
            : Fields.of(
                header.spec(),
                values,
                "connection",
                "secrets",
                AccessReader.EXPIRES,
                "tolerance",
                "types");
    return header == null || spec == null
        ? null
        : new EventSourceReader(values, source).read(header, spec, before);
  }

  private ReadSource read(Header header, Fields spec, int errorsBefore) {
    String connection = spec.required("connection", this::connection);
    List<Secret> signing = spec.required("secrets", this::secretList);
    long goodUntil = spec.optional(AccessReader.EXPIRES, values::instant, Long.MAX_VALUE);
    long tolerance =
        spec.optional("tolerance", values.span(Spans.SECOND, Spans.DAY), SignatureVerifier.WINDOW);
    SortedMap<String, SortedSet<String>> types =
        spec.optional("types", this::types, new TreeMap<>());
    boolean complete = values.problems().errors() == errorsBefore;
    EventSource source =
        complete && secrets.complete() && connection != null && signing != null
            ? new EventSource(
                new ConnectionId(header.name()),
                new ConnectionId(connection),
                new WebhookAccess(
                    ANY_ADDRESS,
                    Set.of(SignatureScheme.STANDARD),
                    signing,
                    null,
                    List.of(),
                    null,
                    tolerance,
                    goodUntil),
                types)
            : null;
    return new ReadSource(header, connection, types, secrets.references(), complete, source);
  }

  private @Nullable String connection(Node node) {
    String name = values.anyText(node);
    return name == null || ConnectionId.isValid(name)
        ? name
        : values.refuse(node, "the name of a connection");
  }

  private @Nullable List<Secret> secretList(Node node) {
    if (!(node instanceof Sequence)) {
      return values.fail(node, "no list in secrets, expected one of references");
    }
    return values.list(node, secrets.standard("secrets"));
  }

  private @Nullable SortedMap<String, SortedSet<String>> types(Node node) {
    SortedMap<String, SortedSet<String>> types = values.byName(node, this::attributes);
    return types != null && types.isEmpty()
        ? values.refuse(node, "at least one type, or no types at all where any may come")
        : types;
  }

  /** Reads the names of attributes; a type may have none. */
  private @Nullable SortedSet<String> attributes(Node node) {
    if (node instanceof Sequence sequence && sequence.items().isEmpty()) {
      return new TreeSet<>();
    }
    List<String> names = values.list(node, values::name);
    return names == null ? null : new TreeSet<>(names);
  }
}
