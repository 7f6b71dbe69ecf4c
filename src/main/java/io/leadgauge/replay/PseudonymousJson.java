package io.leadgauge.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON body with its personal data replaced: same structure, same kinds of values. A value is
 * that of the key it stands under; of {@code propertyValue}, that of the property that {@code
 * propertyName} beside it names.
 */
final class PseudonymousJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Keys whose values are those of the field around them. */
  private static final Set<String> INNER = Set.of("value", "versions", "values");

  private static final String PROPERTY_NAME = "propertyName";
  private static final String PROPERTY_VALUE = "propertyValue";

  /** No value has more places; 1e999999999, which JSON can write, would be a billion digits. */
  private static final int MOST_PLACES = 1_000;

  private final Replacement replacement;

  PseudonymousJson(Replacement replacement) {
    this.replacement = replacement;
  }

  /** Returns a body with its personal data replaced; empty if it is no JSON. */
  Optional<byte[]> of(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(body);
      return tree.isMissingNode() || !tree.isContainerNode()
          ? Optional.empty()
          : Optional.of(MAPPER.writeValueAsString(node("", tree)).getBytes(StandardCharsets.UTF_8));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private JsonNode node(String field, JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(field, (ObjectNode) node);
      case ARRAY -> array(field, node);
      case STRING -> TextNode.valueOf(replacement.of(field, node.asText()));
      case NUMBER -> number(field, node);
      case BOOLEAN, NULL, MISSING, BINARY, POJO -> node;
    };
  }

  private ObjectNode object(String field, ObjectNode object) {
    ObjectNode replaced = NODES.objectNode();
    String property = object.path(PROPERTY_NAME).asText("");
    for (Map.Entry<String, JsonNode> one : object.properties()) {
      String key = one.getKey();
      boolean isProperty = key.equals(PROPERTY_VALUE) && !property.isEmpty();
      String inner = isProperty ? property : INNER.contains(key) && !field.isEmpty() ? field : key;
      replaced.set(key(key), node(inner, one.getValue()));
    }
    return replaced;
  }

  /** A key that holds an address was none of a field. */
  private String key(String key) {
    return key.indexOf('@') < 0 ? key : replacement.of("", key);
  }

  private ArrayNode array(String field, JsonNode array) {
    ArrayNode replaced = NODES.arrayNode();
    array.forEach(one -> replaced.add(node(field, one)));
    return replaced;
  }

  private JsonNode number(String field, JsonNode number) {
    if (number.isBigDecimal() && Math.abs((long) number.decimalValue().scale()) > MOST_PLACES) {
      return NODES.numberNode(0);
    }
    String text = number.isBigDecimal() ? number.decimalValue().toPlainString() : number.asText();
    String replaced = replacement.of(field, text);
    if (replaced.equals(text)) {
      return number;
    }
    return replaced.matches("-?[0-9]+")
        ? NODES.numberNode(new BigInteger(replaced))
        : replaced.matches("-?[0-9]+\\.[0-9]+")
            ? DecimalNode.valueOf(new BigDecimal(replaced))
            : NODES.numberNode(0);
  }
}
