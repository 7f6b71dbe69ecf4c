package io.leadgauge.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Activity;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.Observation;
import io.leadgauge.model.Observation.Cause;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Facts, and what else an observation learned, as JSON text. */
final class FactText {
  private FactText() {}

  static String observationHead(Observation observation) {
    return JsonText.object(
        json -> {
          json.writeStringField("cause", observation.cause().name());
          json.writeNumberField("askedAt", observation.askedAt());
        });
  }

  static Observation observation(
      ConnectionId connection, long receivedAt, String head, String observed) {
    JsonNode node = JsonText.read(head);
    JsonNode learned = JsonText.read(observed);
    return new Observation(
        connection,
        receivedAt,
        node.path("askedAt").asLong(),
        Cause.valueOf(node.path("cause").asText()),
        facts(connection, learned),
        refused(connection, learned));
  }

  static List<Fact> facts(ConnectionId connection, String text) {
    return facts(connection, JsonText.read(text));
  }

  private static List<Fact> facts(ConnectionId connection, JsonNode observed) {
    List<Fact> facts = new ArrayList<>();
    observed.path("facts").forEach(fact -> facts.add(fact(fact, connection)));
    return facts;
  }

  private static Fact fact(JsonNode node, ConnectionId connection) {
    RecordRef of = JsonText.ref(node, connection, "type", "id");
    if (node.has("activity")) {
      SortedMap<String, String> attributes = JsonText.attributes(node.path("attributes"));
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
    return new Fact.Linked(of, kind, JsonText.ref(node, connection, "toType", "toId"), stamp);
  }

  static String facts(List<Fact> facts) {
    return JsonText.object(json -> writeFacts(json, facts));
  }

  private static void writeFacts(JsonGenerator json, List<Fact> facts) throws IOException {
    json.writeArrayFieldStart("facts");
    for (Fact fact : facts) {
      json.writeStartObject();
      writeFact(json, fact);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Returns what an observation learned. */
  static String observed(Observation observation) {
    return JsonText.object(
        json -> {
          writeFacts(json, observation.facts());
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
      refused.put(JsonText.ref(one, connection, "type", "id"), one.path("reason").asText());
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
    ObjectNode tree = JsonText.tree(text);
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
    return erased.test(JsonText.ref(told, connection, "type", "id"))
        || (told.has("toId") && erased.test(JsonText.ref(told, connection, "toType", "toId")));
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
}
