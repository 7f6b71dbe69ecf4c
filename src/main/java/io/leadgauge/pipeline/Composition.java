package io.leadgauge.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * What a version of a connection is made of. Journalled when the version comes into force, so that
 * it can be told of every entry by which version it was applied.
 *
 * @param portal the platform's id of the portal or org
 * @param parts the manifests; copied
 */
record Composition(String portal, List<Part> parts) {
  /** The kind of the activation that keeps it. */
  static final String KIND = "Configuration";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  Composition {
    parts = List.copyOf(parts);
  }

  /**
   * A manifest, whose text is kept by an activation of its own.
   *
   * @param hash of its meaning
   */
  record Part(String kind, String name, String hash) {}

  /** Returns what is kept of a version: its manifests, and last that these make it up. */
  static List<Activation> journalled(ConnectionScope scope, List<Activation> manifests) {
    List<Part> parts = new ArrayList<>();
    long at = 0;
    for (Activation manifest : manifests) {
      parts.add(new Part(manifest.kind(), manifest.name(), manifest.hash()));
      at = Math.max(at, manifest.receivedAt());
    }
    String text = new Composition(scope.connection().tenant(), parts).text();
    List<Activation> all = new ArrayList<>(manifests);
    all.add(new Activation(at, KIND, scope.id().name(), scope.configuration(), text));
    return all;
  }

  private String text() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("portal", portal);
    ArrayNode manifests = json.putArray("manifests");
    for (Part part : parts) {
      manifests
          .addObject()
          .put("kind", part.kind())
          .put("name", part.name())
          .put("hash", part.hash());
    }
    return json.toString();
  }

  /** Reads what was journalled. */
  static Composition of(Activation kept) {
    try {
      JsonNode json = MAPPER.readTree(kept.text());
      List<Part> parts = new ArrayList<>();
      for (JsonNode part : json.path("manifests")) {
        parts.add(
            new Part(
                part.path("kind").asText(),
                part.path("name").asText(),
                part.path("hash").asText()));
      }
      return new Composition(json.path("portal").asText(), parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the journal holds an unreadable configuration", e);
    }
  }
}
