package io.leadgauge.crm.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON of an API: bodies written, answers read leniently, since every field is optional. */
public final class Json {
  private static final int DEEPEST = 32;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int LONGEST_NUMBER = 64;

  /** The most names, values and brackets of what a sender delivers, which becomes a tree. */
  private static final int MOST_DELIVERED = 100_000;

  private static final JsonMapper MAPPER = mapper(Long.MAX_VALUE);
  private static final JsonMapper DELIVERED = mapper(MOST_DELIVERED);

  private Json() {}

  private static JsonMapper mapper(long mostTokens) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(DEEPEST)
            .maxStringLength(LONGEST_TEXT)
            .maxNumberLength(LONGEST_NUMBER)
            .maxTokenCount(mostTokens)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** Returns an object without fields. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Returns an object as it is sent. */
  public static byte[] bytes(ObjectNode body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a body that JSON cannot hold", e);
    }
  }

  /**
   * Returns the JSON object that somebody delivers in these bytes; null if they are anything else,
   * or hold more than any delivery does.
   */
  public static @Nullable JsonNode delivered(byte[] bytes) {
    try {
      JsonNode node = DELIVERED.readTree(bytes);
      return node != null && node.isObject() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the JSON object in these bytes; null if they are anything else. */
  public static @Nullable JsonNode parse(byte[] bytes) {
    JsonNode node = parseAny(bytes);
    return node != null && node.isObject() ? node : null;
  }

  /** Returns the JSON object or array in these bytes; null if they are anything else. */
  public static @Nullable JsonNode parseAny(byte[] bytes) {
    try {
      JsonNode node = MAPPER.readTree(bytes);
      return node != null && node.isContainerNode() ? node : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Returns the JSON array in this text; null if it is anything else. */
  public static @Nullable JsonNode parseArray(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node != null && node.isArray() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Returns a field as text; null if it is missing, null or no plain value. */
  public static @Nullable String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() ? PlainText.storable(value.asText()) : null;
  }

  /** Returns a field that holds one text or an array of them; empty if it is missing. */
  public static List<String> texts(JsonNode node, String field) {
    JsonNode value = node.path(field);
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(PlainText.storable(value.asText()));
    }
    for (JsonNode item : value.isArray() ? value : MAPPER.createArrayNode()) {
      if (item.isValueNode() && !item.isNull()) {
        texts.add(PlainText.storable(item.asText()));
      }
    }
    return texts;
  }

  /** Returns the items of a field that is an array; none if it is not. */
  public static Iterable<JsonNode> items(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isArray() ? value : List.of();
  }

  /** Returns an instant that stands as ISO 8601 text or milliseconds; null if it is neither. */
  public static @Nullable Long instant(JsonNode node, String field) {
    String text = text(node, field);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return text.indexOf('-') > 0 ? Instant.parse(text).toEpochMilli() : Long.valueOf(text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
