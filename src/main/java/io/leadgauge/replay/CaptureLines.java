package io.leadgauge.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries as lines of JSON:
 *
 * <pre>{@code
 * {"connection": …, "receivedAt": "2026-11-01T10:00:00.000Z", "method": "POST", "path": …,
 *  "headers": {"Content-Type": "application/json", …}, "body": "[{…}]"}
 * }</pre>
 *
 * <p>A body that is not text in UTF-8 stands in {@code bodyBase64}. When they are read, all keys
 * but the body may be missing, and the body may be JSON itself instead of text.
 */
public final class CaptureLines {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final String CONNECTION = "connection";
  private static final String RECEIVED_AT = "receivedAt";
  private static final String METHOD = "method";
  private static final String PATH = "path";
  private static final String HEADERS = "headers";
  private static final String BODY = "body";
  private static final String BASE64 = "bodyBase64";
  private static final Set<String> KEYS =
      Set.of(CONNECTION, RECEIVED_AT, METHOD, PATH, HEADERS, BODY, BASE64);

  private CaptureLines() {}

  /** A line is no delivery; the message says what is wrong and what was expected. */
  public static final class UnreadableLineException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableLineException(String message) {
      super(message, null, false, false);
    }
  }

  /** Returns a delivery as a line, without its end. */
  public static String write(CapturedDelivery delivery) {
    ObjectNode json = NODES.objectNode();
    if (delivery.connection() != null) {
      json.put(CONNECTION, delivery.connection().name());
    }
    if (delivery.receivedAt() != 0) {
      json.put(RECEIVED_AT, Instant.ofEpochMilli(delivery.receivedAt()).toString());
    }
    json.put(METHOD, delivery.method());
    json.put(PATH, delivery.path());
    json.set(HEADERS, headers(delivery.headers()));
    String text = text(delivery.body());
    if (text == null) {
      json.put(BASE64, Base64.getEncoder().encodeToString(delivery.body()));
    } else {
      json.put(BODY, text);
    }
    return json.toString();
  }

  /** Headers of one name stand in a list, in their order. */
  private static ObjectNode headers(List<Header> headers) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    headers.forEach(
        header ->
            byName.computeIfAbsent(header.name(), name -> new ArrayList<>()).add(header.value()));
    ObjectNode json = NODES.objectNode();
    byName.forEach(
        (name, values) -> {
          if (values.size() == 1) {
            json.put(name, values.getFirst());
          } else {
            ArrayNode list = json.putArray(name);
            values.forEach(list::add);
          }
        });
    return json;
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Returns the delivery that a line is. */
  public static CapturedDelivery read(byte[] line) throws UnreadableLineException {
    JsonNode json = json(line);
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!KEYS.contains(field.getKey())) {
        throw new UnreadableLineException(
            "unknown key "
                + field.getKey()
                + ", expected connection, receivedAt, method, path, headers, body or bodyBase64");
      }
    }
    return new CapturedDelivery(
        connection(json),
        receivedAt(json),
        json.path(METHOD).asText("POST"),
        json.path(PATH).asText(""),
        headers(json.path(HEADERS)),
        body(json));
  }

  private static JsonNode json(byte[] line) throws UnreadableLineException {
    try {
      JsonNode json = MAPPER.readTree(line);
      if (!json.isObject()) {
        throw new UnreadableLineException(
            "it is no JSON object, expected such as {\"headers\": {}, \"body\": \"…\"}");
      }
      return json;
    } catch (JsonProcessingException e) {
      int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
      throw new UnreadableLineException(
          "it is not JSON at column " + column + ", expected an object on one line");
    } catch (NumberFormatException e) {
      throw new UnreadableLineException("a number in it is out of all bounds");
    } catch (IOException e) {
      throw new UnreadableLineException("it is no text in UTF-8");
    }
  }

  private static @Nullable ConnectionId connection(JsonNode json) throws UnreadableLineException {
    String name = json.path(CONNECTION).asText("");
    if (name.isEmpty()) {
      return null;
    }
    if (!ConnectionId.isValid(name)) {
      throw new UnreadableLineException("connection '" + name + "' is no name of a connection");
    }
    return new ConnectionId(name);
  }

  private static long receivedAt(JsonNode json) throws UnreadableLineException {
    String text = json.path(RECEIVED_AT).asText("");
    try {
      return text.isEmpty() ? 0 : Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new UnreadableLineException(
          "receivedAt '" + text + "' is no instant, expected such as 2026-11-01T10:00:00Z");
    }
  }

  private static List<Header> headers(JsonNode json) throws UnreadableLineException {
    if (!json.isMissingNode() && !json.isNull() && !json.isObject()) {
      throw new UnreadableLineException("headers is no object, expected {\"name\": \"value\"}");
    }
    List<Header> headers = new ArrayList<>();
    for (Map.Entry<String, JsonNode> header : json.properties()) {
      if (header.getValue().isArray()) {
        header.getValue().forEach(one -> headers.add(new Header(header.getKey(), one.asText())));
      } else {
        headers.add(new Header(header.getKey(), header.getValue().asText()));
      }
    }
    return headers;
  }

  private static byte[] body(JsonNode json) throws UnreadableLineException {
    JsonNode body = json.path(BODY);
    if (body.isTextual()) {
      return body.asText().getBytes(StandardCharsets.UTF_8);
    }
    if (body.isContainerNode()) {
      return body.toString().getBytes(StandardCharsets.UTF_8);
    }
    if (json.path(BASE64).isTextual()) {
      try {
        return Base64.getDecoder().decode(json.path(BASE64).asText());
      } catch (IllegalArgumentException e) {
        throw new UnreadableLineException("bodyBase64 is no base64");
      }
    }
    throw new UnreadableLineException("it has no body, expected text or JSON in body");
  }
}
