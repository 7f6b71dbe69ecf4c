package io.leadgauge.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Activation;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Retried;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a row that are JSON text: small, nested, and read by people with {@code sqlite3}.
 */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private JsonText() {}

  /** Writes JSON without a tree between. */
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw new StoreException("the store holds unreadable JSON", e);
    }
  }

  static String attributes(SortedMap<String, String> attributes) {
    return object(
        json -> {
          for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
          }
        });
  }

  static SortedMap<String, String> attributes(String text) {
    return attributes(read(text));
  }

  private static SortedMap<String, String> attributes(JsonNode node) {
    SortedMap<String, String> attributes = new TreeMap<>();
    node.properties().forEach(field -> attributes.put(field.getKey(), field.getValue().asText()));
    return attributes;
  }

  static String outputs(Map<Output, String> outputs) {
    return object(
        json -> {
          for (Map.Entry<Output, String> output : outputs.entrySet()) {
            json.writeStringField(output.getKey().word(), output.getValue());
          }
        });
  }

  static Map<Output, String> outputs(String text) {
    EnumMap<Output, String> outputs = new EnumMap<>(Output.class);
    read(text)
        .properties()
        .forEach(
            field ->
                Output.ofWord(field.getKey())
                    .ifPresent(output -> outputs.put(output, field.getValue().asText())));
    return outputs;
  }

  static String decision(Decision decision) {
    return object(json -> writeDecision(json, decision));
  }

  private static void writeDecision(JsonGenerator json, Decision decision) throws IOException {
    json.writeStringField("label", decision.label());
    json.writeNumberField("labelSince", decision.labelSince());
    json.writeArrayFieldStart("stages");
    for (StageMark mark : decision.stages()) {
      json.writeStartObject();
      json.writeStringField("stage", mark.stage());
      json.writeBooleanField("entered", mark.entered());
      json.writeNumberField("since", mark.since());
      json.writeBooleanField("reached", mark.reached());
      json.writeNumberField("vetoedAt", mark.vetoedAt());
      json.writeBooleanField("blocked", mark.blocked());
      writeWaits(json, mark);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Most stages wait for nothing, and most stores hold many of them. */
  private static void writeWaits(JsonGenerator json, StageMark mark) throws IOException {
    if (mark.holdsSince() != 0) {
      json.writeNumberField("holdsSince", mark.holdsSince());
    }
    if (mark.beganLive()) {
      json.writeBooleanField("beganLive", true);
    }
    Recycling recycling = mark.recycling();
    if (recycling != null) {
      json.writeObjectFieldStart("recycling");
      json.writeStringField("to", recycling.to());
      json.writeNumberField("since", recycling.since());
      json.writeBooleanField("proposed", recycling.proposed());
      json.writeEndObject();
    }
    HandOff handOff = mark.handOff();
    if (handOff != null) {
      json.writeObjectFieldStart("handOff");
      json.writeBooleanField("owed", handOff.owed());
      json.writeNumberField("at", handOff.at());
      json.writeNumberField("dueAt", handOff.dueAt());
      json.writeEndObject();
    }
  }

  static Decision decision(String text) {
    JsonNode node = read(text);
    List<StageMark> stages = new ArrayList<>();
    for (JsonNode mark : node.path("stages")) {
      stages.add(
          new StageMark(
              mark.path("stage").asText(),
              mark.path("entered").asBoolean(),
              mark.path("since").asLong(),
              mark.path("reached").asBoolean(),
              mark.path("vetoedAt").asLong(),
              mark.path("blocked").asBoolean(),
              mark.path("holdsSince").asLong(),
              mark.path("beganLive").asBoolean(),
              recycling(mark.path("recycling")),
              handOff(mark.path("handOff"))));
    }
    return new Decision(node.path("label").textValue(), node.path("labelSince").asLong(), stages);
  }

  private static @Nullable Recycling recycling(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new Recycling(
            node.path("to").asText(),
            node.path("since").asLong(),
            node.path("proposed").asBoolean());
  }

  private static @Nullable HandOff handOff(JsonNode node) {
    return node.isMissingNode()
        ? null
        : new HandOff(
            node.path("owed").asBoolean(), node.path("at").asLong(), node.path("dueAt").asLong());
  }

  static String deliveryHead(Delivery delivery) {
    return object(
        json -> {
          json.writeStringField("method", delivery.method());
          json.writeStringField("path", delivery.path());
          json.writeArrayFieldStart("headers");
          for (Delivery.Header header : delivery.headers()) {
            json.writeStartArray();
            json.writeString(header.name());
            json.writeString(header.value());
            json.writeEndArray();
          }
          json.writeEndArray();
        });
  }

  static Delivery delivery(ConnectionId connection, long receivedAt, String head, byte[] body) {
    JsonNode node = read(head);
    List<Delivery.Header> headers = new ArrayList<>();
    for (JsonNode header : node.path("headers")) {
      headers.add(new Delivery.Header(header.path(0).asText(), header.path(1).asText()));
    }
    return new Delivery(
        connection,
        receivedAt,
        node.path("method").asText(),
        node.path("path").asText(),
        headers,
        body);
  }

  static String retriedHead(Retried retried) {
    return object(json -> json.writeNumberField("delivery", retried.number()));
  }

  /** Returns the number of the delivery that an entry has applied. */
  static long retriedDelivery(String head) {
    return read(head).path("delivery").asLong();
  }

  static String observationHead(Observation observation) {
    return object(
        json -> {
          json.writeStringField("cause", observation.cause().name());
          json.writeNumberField("askedAt", observation.askedAt());
        });
  }

  static Observation observation(
      ConnectionId connection, long receivedAt, String head, String observed) {
    JsonNode node = read(head);
    JsonNode learned = read(observed);
    return new Observation(
        connection,
        receivedAt,
        node.path("askedAt").asLong(),
        Cause.valueOf(node.path("cause").asText()),
        facts(connection, learned),
        refused(connection, learned));
  }

  private static List<Fact> facts(ConnectionId connection, JsonNode observed) {
    List<Fact> facts = new ArrayList<>();
    observed.path("facts").forEach(fact -> facts.add(fact(fact, connection)));
    return facts;
  }

  private static Fact fact(JsonNode node, ConnectionId connection) {
    RecordRef of = ref(node, connection, "type", "id");
    if (node.has("activity")) {
      SortedMap<String, String> attributes = attributes(node.path("attributes"));
      long at = node.path("at").asLong();
      return new Fact.Happened(of, new Activity(node.path("activity").asText(), at, attributes));
    }
    Stamp stamp =
        new Stamp(
            node.path("at").asLong(),
            SourceRank.valueOf(node.path("rank").asText()),
            node.path("value").asText());
    if (node.has("property")) {
      return new Fact.Assigned(of, node.path("property").asText(), stamp);
    }
    LinkKind kind = LinkKind.valueOf(node.path("link").asText());
    return new Fact.Linked(of, kind, ref(node, connection, "toType", "toId"), stamp);
  }

  /** Returns what an observation learned. */
  static String observed(Observation observation) {
    return object(
        json -> {
          json.writeArrayFieldStart("facts");
          for (Fact fact : observation.facts()) {
            json.writeStartObject();
            writeFact(json, fact);
            json.writeEndObject();
          }
          json.writeEndArray();
          if (!observation.refused().isEmpty()) {
            writeRefused(json, observation.refused());
          }
        });
  }

  private static void writeRefused(JsonGenerator json, SortedMap<RecordRef, String> refused)
      throws IOException {
    json.writeArrayFieldStart("refused");
    for (Map.Entry<RecordRef, String> one : refused.entrySet()) {
      json.writeStartObject();
      json.writeStringField("type", one.getKey().type());
      json.writeStringField("id", one.getKey().id());
      json.writeStringField("reason", one.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static SortedMap<RecordRef, String> refused(ConnectionId connection, JsonNode observed) {
    SortedMap<RecordRef, String> refused = new TreeMap<>();
    for (JsonNode one : observed.path("refused")) {
      refused.put(ref(one, connection, "type", "id"), one.path("reason").asText());
    }
    return refused;
  }

  /**
   * Returns what an observation learned without what is about erased records; empty if nothing is.
   *
   * @param named tells whether a text names one of them
   */
  static Optional<String> observedWithout(
      String text,
      ConnectionId connection,
      Predicate<RecordRef> erased,
      BiPredicate<ConnectionId, String> named) {
    ObjectNode tree = tree(text);
    boolean found = isLess(tree, "facts", fact -> isAbout(fact, connection, erased));
    found |= isLess(tree, "refused", refusal -> isAbout(refusal, connection, erased));
    for (JsonNode one : tree.path("refused")) {
      if (named.test(connection, one.path("reason").asText())) {
        ((ObjectNode) one).put("reason", StoredEntry.NAMES_ERASED);
        found = true;
      }
    }
    return found ? Optional.of(tree.toString()) : Optional.empty();
  }

  /** Takes elements out of an array; tells whether there were any. */
  private static boolean isLess(ObjectNode tree, String array, Predicate<JsonNode> gone) {
    int before = tree.path(array).size();
    return before > 0 && tree.withArray(array).removeIf(gone).size() < before;
  }

  private static boolean isAbout(
      JsonNode told, ConnectionId connection, Predicate<RecordRef> erased) {
    return erased.test(ref(told, connection, "type", "id"))
        || (told.has("toId") && erased.test(ref(told, connection, "toType", "toId")));
  }

  private static RecordRef ref(JsonNode node, ConnectionId connection, String type, String id) {
    return new RecordRef(connection, node.path(type).asText(), node.path(id).asText());
  }

  private static void writeFact(JsonGenerator json, Fact fact) throws IOException {
    json.writeStringField("type", fact.of().type());
    json.writeStringField("id", fact.of().id());
    switch (fact) {
      case Fact.Assigned assigned -> {
        json.writeStringField("property", assigned.property());
        writeStamp(json, assigned.stamp());
      }
      case Fact.Happened happened -> {
        json.writeStringField("activity", happened.activity().type());
        json.writeNumberField("at", happened.activity().at());
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, String> attribute : happened.activity().attributes().entrySet()) {
          json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
      }
      case Fact.Linked linked -> {
        json.writeStringField("link", linked.kind().name());
        json.writeStringField("toType", linked.to().type());
        json.writeStringField("toId", linked.to().id());
        writeStamp(json, linked.stamp());
      }
    }
  }

  private static void writeStamp(JsonGenerator json, Stamp stamp) throws IOException {
    json.writeNumberField("at", stamp.at());
    json.writeStringField("rank", stamp.rank().name());
    json.writeStringField("value", stamp.value());
  }

  static String activationHead(Activation activation) {
    return object(
        json -> {
          json.writeStringField("kind", activation.kind());
          json.writeStringField("name", activation.name());
          json.writeStringField("hash", activation.hash());
        });
  }

  static Activation activation(long receivedAt, String head, String text) {
    JsonNode node = read(head);
    return new Activation(
        receivedAt,
        node.path("kind").asText(),
        node.path("name").asText(),
        node.path("hash").asText(),
        text);
  }

  static String decidedHead(Decided decided, RecordRef contact) {
    return object(
        json -> {
          json.writeStringField("type", contact.type());
          json.writeStringField("id", contact.id());
          json.writeStringField("model", decided.model());
          json.writeStringField("modelHash", decided.modelHash());
          json.writeNumberField("cause", decided.cause());
          json.writeStringField("basis", decided.basis().name());
          json.writeNumberField("seen", decided.seen());
        });
  }

  static Decided decided(ConnectionId connection, long receivedAt, String head, String decision) {
    JsonNode node = read(head);
    return new Decided(
        receivedAt,
        ref(node, connection, "type", "id"),
        node.path("model").asText(),
        node.path("modelHash").asText(),
        node.path("cause").asLong(),
        Decided.Basis.valueOf(node.path("basis").asText()),
        node.path("seen").asLong(),
        decision(decision));
  }

  /** Returns whom a decision was taken on. */
  static RecordRef decidedOn(String head, ConnectionId connection) {
    return ref(read(head), connection, "type", "id");
  }

  static String erasureHead(Erasure erasure) {
    return object(json -> json.writeNumberField("records", erasure.records()));
  }

  static int erasedRecords(String head) {
    return read(head).path("records").asInt();
  }

  static ObjectNode tree(String text) {
    return (ObjectNode) read(text);
  }
}
