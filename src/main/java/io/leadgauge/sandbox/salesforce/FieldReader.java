package io.leadgauge.sandbox.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads the definition of a field, from the bundled objects or from the control API. */
final class FieldReader {
  private static final int TEXT = 255;
  private static final int SCALE = 2;

  private FieldReader() {}

  /** The field; refuses what cannot be one. */
  static Field field(String name, JsonNode node) {
    String word = node.path("type").asText("string");
    FieldType type =
        FieldType.ofWord(word)
            .orElseThrow(() -> Refused.control("type: \"" + word + "\" is no type of field"));
    return new Field(
        name,
        node.path("label").asText(name),
        type,
        node.path("length").asInt(type.isText() ? TEXT : 0),
        node.path("precision").asInt(precision(type)),
        node.path("scale").asInt(type == FieldType.INT || !type.isNumber() ? 0 : SCALE),
        choice(Field.Access.class, node, "access", Field.Access.WRITE),
        choice(Field.Ours.class, node, "ours", Field.Ours.EDIT),
        node.path("required").asBoolean(),
        standard(node, type),
        Json.texts(node.path("values")),
        node.path("restricted").asBoolean(),
        node.path("external").asBoolean(),
        Json.texts(node.path("to")),
        Json.text(node, "relationship"),
        Json.text(node, "compound"));
  }

  private static int precision(FieldType type) {
    return type == FieldType.INT ? 8 : type.isNumber() ? 18 : 0;
  }

  private static Optional<String> standard(JsonNode node, FieldType type) {
    return Json.text(node, "default")
        .or(() -> type == FieldType.BOOLEAN ? Optional.of("false") : Optional.empty());
  }

  private static <E extends Enum<E>> E choice(
      Class<E> words, JsonNode node, String name, E otherwise) {
    Optional<String> text = Json.text(node, name);
    return text.map(
            word ->
                Arrays.stream(words.getEnumConstants())
                    .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst()
                    .orElseThrow(() -> Refused.control(name + ": \"" + word + "\" is unknown")))
        .orElse(otherwise);
  }
}
