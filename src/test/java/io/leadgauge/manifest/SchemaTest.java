package io.leadgauge.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schemas say the same as the readers, as far as a schema can. */
class SchemaTest {
  private static final Path SHIPPED = Path.of("manifests");
  private static final Path BROKEN = Path.of("src/test/resources/manifests/broken");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  static List<Error> errors(String schema, JsonNode manifest) throws IOException {
    Schema read = REGISTRY.getSchema(schema(schema));
    return read.validate(manifest);
  }

  private static JsonNode schema(String name) throws IOException {
    return new ObjectMapper().readTree(SHIPPED.resolve("schema").resolve(name + ".json").toFile());
  }

  static JsonNode json(Path file) {
    Problems problems = new Problems();
    Source source = Objects.requireNonNull(Source.read(file, problems));
    return json(Objects.requireNonNull(YamlReader.read(source, problems)));
  }

  private static JsonNode json(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        mapping.entries().forEach(entry -> object.set(entry.key().text(), json(entry.value())));
        yield object;
      }
      case Node.Sequence sequence -> {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        sequence.items().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Node.Scalar scalar ->
          switch (scalar.kind()) {
            case NOTHING -> JsonNodeFactory.instance.nullNode();
            case TRUTH -> JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(scalar.text()));
            case NUMBER -> JsonNodeFactory.instance.numberNode(new BigDecimal(scalar.text()));
            case TEXT -> JsonNodeFactory.instance.textNode(scalar.text());
          };
    };
  }

  static Stream<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shippedManifest_fitsTheSchemaOfItsKind(Path file) throws IOException {
    JsonNode manifest = json(file);
    String kind = manifest.get("kind").asText();

    assertThat(errors(schemaName(kind), manifest)).isEmpty();
  }

  private static String schemaName(String kind) {
    return kind.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  @Test
  void modelOfEveryWord_fitsReaderAndSchema() throws IOException {
    Path whole = BROKEN.resolveSibling("whole");

    assertThat(Manifests.load(whole, SecretSource.none()).problems())
        .allMatch(problem -> problem.message().contains("no cases.yaml"));
    assertThat(errors("model", json(whole.resolve("models/whole/model.yaml")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "model,keys/models/m/model.yaml",
    "model,types/models/m/model.yaml",
    "model,rules/models/m/model.yaml",
    "model,conditions/models/m/model.yaml",
    "model,activities/models/m/model.yaml",
    "model,ranges/models/m/model.yaml",
    "model,stages/models/m/model.yaml",
    "model,language/models/m/model.yaml",
    "model,graded/models/m/model.yaml",
    "model,grade-without-steps/models/m/model.yaml",
    "model,hand-off/models/m/model.yaml",
    "calendar,calendar/calendars/office.yaml",
    "calendar,calendar/calendars/empty.yaml",
    "cases,cases/models/m/cases.yaml",
    "app,app/apps/a.yaml",
    "event-source,event-source/sources/keys.yaml",
    "event-source,event-source/sources/values.yaml",
    "connection,secrets/connections/a.yaml",
    "connection,connection-values/connections/a.yaml",
    "connection,org-webhooks/connections/a.yaml",
    "connection,org-webhooks/connections/b.yaml",
    "connection,several-models/connections/b.yaml",
    "connection,several-models/connections/c.yaml"
  })
  void brokenManifest_doesNotFitTheSchema(String schema, String file) throws IOException {
    assertThat(errors(schema, json(BROKEN.resolve(file)))).isNotEmpty();
  }

  /** What is wrong only between manifests, or by its numbers, no schema can tell. */
  @ParameterizedTest
  @CsvSource({
    "model,segments/models/m/model.yaml",
    "model,sides/models/m/model.yaml",
    "model,ungraded/models/m/model.yaml",
    "app,app/apps/taken.yaml",
    "event-source,event-source/sources/shop.yaml",
    "event-source,event-source/sources/many.yaml",
    "connection,connection-feeds/connections/a.yaml",
    "connection,write-back/connections/b.yaml",
    "connection,several-models/connections/a.yaml",
    "model,recycling/models/m/model.yaml",
    "connection,recycling/connections/a.yaml",
    "calendar,calendar/calendars/short.yaml"
  })
  void manifestWrongOnlyInMeaning_fitsTheSchema(String schema, String file) throws IOException {
    assertThat(errors(schema, json(BROKEN.resolve(file)))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /spec/portal                     | "eu1"
          /spec/publicUrl                  | "http://leads.example.com"
          /spec/publicUrl                  | "https://leads.example.com/hook"
          /spec/credentials/accessToken    | "pat-na1-written-out"
          /spec/webhooks/secrets           | []
          /spec/mode                       | "live"
          /spec/fields/title               | 5
          /spec/fields/emailOptOut/type    | "bool"
          /spec/activities/page_view/at    | null
          /spec/writeBack/fields/score     | "my field"
          /spec/writeBack/minInterval      | "30 s"
          /spec/stages/map                 | "mql"
          """)
  void exampleConnection_spoiled_doesNotFitTheSchema(String pointer, String value)
      throws IOException {
    JsonNode manifest = json(SHIPPED.resolve("examples/hubspot.yaml"));
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) manifest.at(pointer.substring(0, last));
    assertThat(parent.has(pointer.substring(last + 1))).isTrue();
    parent.set(pointer.substring(last + 1), new ObjectMapper().readTree(value));

    assertThat(errors("connection", manifest)).isNotEmpty();
  }

  @Test
  void everyKeyOfAConnection_isRefusedByTheSchemaWhenMisspelt() throws IOException {
    JsonNode manifest = json(SHIPPED.resolve("examples/hubspot.yaml"));
    ObjectNode spec = (ObjectNode) manifest.get("spec");
    List<String> keys = new ArrayList<>();
    spec.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      ObjectNode spoiled = manifest.deepCopy();
      ObjectNode inner = (ObjectNode) spoiled.get("spec");
      inner.set(key + "s", inner.remove(key));
      assertThat(errors("connection", spoiled)).as(key).isNotEmpty();
    }
  }

  /** An app says what a connection says. */
  @ParameterizedTest
  @CsvSource({
    "crm,/properties/spec/properties/crm",
    "api,/properties/spec/properties/api",
    "models,/$defs/models",
    "fields,/$defs/fields",
    "lists,/$defs/lists",
    "stages,/$defs/crmStages",
    "activities,/$defs/activities",
    "outcomes,/$defs/outcomes",
    "writeBack,/$defs/writeBack",
    "guard,/$defs/guard",
    "events,/$defs/events"
  })
  void partOfAnApp_inTheSchema_isThatOfAConnection(String key, String pointer) throws IOException {
    assertThat(schema("app").at(pointer))
        .isEqualTo(schema("connection").at("/properties/spec/properties/" + key));
  }

  @Test
  void definitionsOfAConnection_inTheSchema_areThoseOfAnApp() throws IOException {
    JsonNode apps = schema("app").path("$defs");
    schema("connection")
        .path("$defs")
        .properties()
        .forEach(one -> assertThat(apps.path(one.getKey())).isEqualTo(one.getValue()));
  }

  @Test
  void everyKeyOfAnApp_isRefusedByTheSchemaWhenMisspelt() throws IOException {
    JsonNode manifest = json(SHIPPED.resolve("examples/hubspot-app.yaml"));
    ObjectNode spec = (ObjectNode) manifest.get("spec");
    List<String> keys = new ArrayList<>();
    spec.fieldNames().forEachRemaining(keys::add);
    for (String key : keys) {
      ObjectNode spoiled = manifest.deepCopy();
      ObjectNode inner = (ObjectNode) spoiled.get("spec");
      inner.set(key + "s", inner.remove(key));
      assertThat(errors("app", spoiled)).as(key).isNotEmpty();
    }
  }

  /** What says whom a model scores is read by the same reader as a rule's condition. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "condition",
        "name",
        "country",
        "department",
        "seniority",
        "mailbox",
        "age",
        "range",
        "property"
      })
  void conditionOfAConnection_inTheSchema_isThatOfAModel(String part) throws IOException {
    assertThat(schema("connection").at("/$defs/" + part))
        .isEqualTo(schema("model").at("/$defs/" + part));
  }
}
