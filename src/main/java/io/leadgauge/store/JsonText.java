package io.leadgauge.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Activation;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Decided;
import io.leadgauge.model.Decision;
import io.leadgauge.model.Decision.HandOff;
import io.leadgauge.model.Decision.Recycling;
import io.leadgauge.model.Decision.StageMark;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Erasure;
import io.leadgauge.model.GivenUp;
import io.leadgauge.model.Output;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Retried;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a row that are JSON text: small, nested, and read by people with {@code sqlite3}.
 */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private JsonText() {}

  /** Writes JSON without a tree between. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static String object(Body body) {
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

  static JsonNode read(String text) {
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

  static SortedMap<String, String> attributes(JsonNode node) {
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
        });
  }

  /** Returns headers as one line. */
  static String headers(List<Delivery.Header> headers) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartArray();
      for (Delivery.Header header : headers) {
        json.writeStartArray();
        json.writeString(header.name());
        json.writeString(header.value());
        json.writeEndArray();
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  static Delivery delivery(
      ConnectionId connection, long receivedAt, String head, String headers, byte[] body) {
    JsonNode node = read(head);
    List<Delivery.Header> all = new ArrayList<>();
    if (!headers.isEmpty()) {
      for (JsonNode header : read(headers)) {
        all.add(new Delivery.Header(header.path(0).asText(), header.path(1).asText()));
      }
    }
    return new Delivery(
        connection,
        receivedAt,
        node.path("method").asText(),
        node.path("path").asText(),
        all,
        body);
  }

  static String retriedHead(Retried retried) {
    return object(json -> json.writeNumberField("delivery", retried.number()));
  }

  /** Returns the number of the delivery that an entry has applied. */
  static long retriedDelivery(String head) {
    return read(head).path("delivery").asLong();
  }

  static RecordRef ref(JsonNode node, ConnectionId connection, String type, String id) {
    return new RecordRef(connection, node.path(type).asText(), node.path(id).asText());
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

  static String givenUpHead(GivenUp givenUp) {
    return object(
        json -> {
          json.writeArrayFieldStart("names");
          for (String name : givenUp.names()) {
            json.writeString(name);
          }
          json.writeEndArray();
        });
  }

  static GivenUp givenUp(ConnectionId connection, long receivedAt, String head) {
    List<String> names = new ArrayList<>();
    read(head).path("names").forEach(name -> names.add(name.asText()));
    return new GivenUp(receivedAt, connection, names);
  }

  static ObjectNode tree(String text) {
    return (ObjectNode) read(text);
  }
}
