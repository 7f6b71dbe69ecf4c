package io.leadgauge.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.crm.rest.Json;
import io.leadgauge.crm.rest.PlainText;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a workflow's "send a webhook" action delivers: one contact, as a whole record ({@code
 * vid}, or {@code hs_object_id} among the properties; each property a text, or an object with its
 * value and versions), or as a body that whoever made the workflow put together.
 *
 * <p>What is tried again comes again with the same correlation id and the same body. Where the body
 * tells when it happened, both are one activity of themselves. Where only our clock tells, each
 * arrival is kept with its instant and with what makes it recognisable, and the first one counts:
 * which that is does not depend on the order in which they are folded.
 *
 * @see <a href="https://developers.hubspot.com/docs/api-reference/error-handling">retries of
 *     workflow webhooks, read 30 March 2026</a>
 */
final class WorkflowBody {
  private static final String CORRELATION_HEADER = "x-hubspot-correlation-id";
  private static final int LONGEST_CORRELATION = 200;
  private static final int LONGEST_ATTRIBUTE = 1_000;
  private static final List<String> IDS = List.of("vid", "hs_object_id", "objectId");
  private static final List<String> PORTALS = List.of("portal-id", "portalId");
  private static final Pattern ID = Pattern.compile("[0-9]{1,20}");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
  private static final Pattern MILLIS = Pattern.compile("[0-9]{1,15}");

  private final WorkflowHook hook;
  private final Connection connection;
  private final Delivery delivery;
  private final JsonNode body;

  private WorkflowBody(WorkflowHook hook, Connection connection, Delivery delivery, JsonNode body) {
    this.hook = hook;
    this.connection = connection;
    this.delivery = delivery;
    this.body = body;
  }

  /** Reads a delivery of a workflow. */
  static Decoded decode(WorkflowHook hook, Connection connection, Delivery delivery) {
    JsonNode body = Json.delivered(delivery.body());
    if (body == null) {
      return new Decoded.Undecodable(
          "the body is no JSON object, expected what the workflow " + hook.name() + " sends");
    }
    return new WorkflowBody(hook, connection, delivery, body).decode();
  }

  private Decoded decode() {
    Optional<String> portal =
        PORTALS.stream().map(this::value).flatMap(Optional::stream).findFirst();
    if (portal.isPresent() && !portal.get().equals(connection.tenant())) {
      return one(null, 0, Meaning.FOREIGN, List.of(), null);
    }
    RecordRef who = who();
    if (who == null) {
      return new Decoded.Undecodable("the body does not say who it is about, expected " + wanted());
    }
    Optional<String> told = Optional.ofNullable(hook.at()).flatMap(this::value);
    Long at = told.isEmpty() ? Long.valueOf(delivery.receivedAt()) : instant(told.get());
    if (at == null) {
      String note = "the key " + hook.at() + " holds no instant, expected milliseconds or ISO 8601";
      return one(who, 0, Meaning.UNKNOWN, List.of(), note);
    }
    SortedMap<String, String> attributes = attributes();
    if (told.isEmpty()) {
      recognise(attributes);
    }
    Fact fact = new Fact.Happened(who, new Activity(hook.factType(), at, attributes));
    return one(who, at, Meaning.FACTS, List.of(fact), null);
  }

  private Decoded one(
      @Nullable RecordRef who, long at, Meaning meaning, List<Fact> facts, @Nullable String note) {
    return new Decoded.Events(
        List.of(new CrmEvent(hook.factType(), who, at, meaning, facts, note)));
  }

  private @Nullable RecordRef who() {
    String key = hook.contact();
    Optional<String> named =
        key == null
            ? IDS.stream().map(this::value).flatMap(Optional::stream).findFirst()
            : value(key);
    if (hook.byEmail()) {
      return named
          .map(String::strip)
          .filter(address -> ADDRESS.matcher(address).matches())
          .map(address -> RecordRef.emailAddress(connection.id(), address))
          .orElse(null);
    }
    return named
        .filter(id -> ID.matcher(id).matches())
        .map(id -> RecordRef.contact(connection.id(), id))
        .orElse(null);
  }

  private String wanted() {
    if (hook.contact() == null) {
      return "the contact's id in vid or hs_object_id";
    }
    return (hook.byEmail() ? "an e-mail address in " : "the contact's id in ") + hook.contact();
  }

  private SortedMap<String, String> attributes() {
    SortedMap<String, String> attributes = new TreeMap<>();
    hook.attributes()
        .forEach(
            (attribute, key) ->
                value(key)
                    .filter(text -> text.length() <= LONGEST_ATTRIBUTE)
                    .ifPresent(text -> attributes.put(attribute, text)));
    return attributes;
  }

  private void recognise(SortedMap<String, String> attributes) {
    Optional<String> correlation =
        delivery.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase(CORRELATION_HEADER))
            .map(header -> header.value().strip())
            .filter(id -> !id.isEmpty() && id.length() <= LONGEST_CORRELATION)
            .findFirst();
    if (correlation.isPresent()) {
      attributes.put(WorkflowHook.CORRELATION, correlation.get());
    } else {
      attributes.put(WorkflowHook.BODY, digest(delivery.body()));
    }
  }

  /** The text of a key: at the top, or among the properties, alone or with its versions. */
  private Optional<String> value(String key) {
    return plain(body.path(key)).or(() -> plain(body.path("properties").path(key)));
  }

  private static Optional<String> plain(JsonNode node) {
    JsonNode value = node.isObject() ? node.path("value") : node;
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? Optional.of(PlainText.storable(value.asText()))
        : Optional.empty();
  }

  private static @Nullable Long instant(String text) {
    String stripped = text.strip();
    if (MILLIS.matcher(stripped).matches()) {
      return Long.valueOf(stripped);
    }
    try {
      Instant instant =
          stripped.indexOf('T') < 0
              ? LocalDate.parse(stripped).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(stripped).toInstant();
      return instant.toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
