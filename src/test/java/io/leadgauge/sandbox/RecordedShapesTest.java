package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Shared;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Answers and webhooks of the sandbox beside recorded ones: each recorded field must be there, with
 * the same type of value.
 */
class RecordedShapesTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";
  private static final String PROPERTIES = "/crm/v3/properties/contacts";

  private final SandboxClient sandbox = SandboxClient.unlimited();
  private final String one = sandbox.create("'email':'one@acme.example','firstname':'A'");
  private final String two = sandbox.create("'email':'two@acme.example','firstname':'B'");

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static JsonNode recorded(String name) throws IOException {
    return SandboxClient.json(
        Files.readString(Shared.path("contracts/hubspot/payloads/" + name + ".json")));
  }

  private static void assertShape(String name, Reply reply) throws IOException {
    JsonNode recording = recorded(name);
    if (recording.path("http_status").isInt()) {
      assertThat(reply.status()).isEqualTo(recording.path("http_status").asInt());
    }
    assertThat(shape(reply.json())).containsAll(shape(recording.path("body")));
  }

  private static SortedSet<String> shape(JsonNode node) {
    SortedSet<String> shape = new TreeSet<>();
    collect("", node, shape);
    return shape;
  }

  private static void collect(String path, JsonNode node, SortedSet<String> shape) {
    if (node.isObject()) {
      node.properties().forEach(e -> collect(path + "/" + e.getKey(), e.getValue(), shape));
    } else if (node.isArray()) {
      node.forEach(item -> collect(path + "[]", item, shape));
    } else if (!node.isNull()) {
      shape.add(path + ":" + node.getNodeType());
    }
  }

  private String input(String id, String properties) {
    return "{'id':'" + id + "','properties':{" + properties + "}}";
  }

  private Reply update(String... inputs) {
    return sandbox.post(
        CONTACTS + "/batch/update", "{'inputs':[" + String.join(",", inputs) + "]}");
  }

  @Test
  void batchUpdate_hasTheRecordedFieldsAndNoOther() throws IOException {
    String names = "'firstname':'A','lastname':'B'";
    Reply reply = update(input(one, names), input(two, names));
    assertShape("api-batch-update-ok", reply);
    assertThat(shape(reply.json())).isEqualTo(shape(recorded("api-batch-update-ok").path("body")));
  }

  @Test
  void batchUpdate_partial() throws IOException {
    assertShape(
        "api-batch-update-partial",
        update(input(one, "'firstname':'A','lastname':'B'"), input("unknownIdentifier888", "")));
  }

  @Test
  void batchUpdate_duplicateIds() throws IOException {
    assertShape("api-batch-update-duplicate-ids", update(input(one, ""), input(one, "")));
  }

  @Test
  void batchUpdate_unknownProperties() throws IOException {
    String unknown = "'first000name':'A','last000name':'B'";
    Reply reply = update(input(one, unknown), input(two, unknown));
    assertShape("api-batch-update-unknown-properties", reply);
    assertThat(reply.json().path("message").asText())
        .isEqualTo(recorded("api-batch-update-unknown-properties").at("/body/message").asText());
  }

  @Test
  void batchCreate_conflictPartialAndUnknownProperties() throws IOException {
    String taken = "'properties':{'email':'one@acme.example'}";
    String fresh = "'properties':{'email':'x@acme.example','firstname':'A','lastname':'B'}";
    assertShape(
        "api-batch-create-conflict",
        sandbox.post(CONTACTS + "/batch/create", "{'inputs':[{" + taken + "}]}"));
    assertShape(
        "api-batch-create-partial",
        sandbox.post(
            CONTACTS + "/batch/create",
            "{'inputs':[{'objectWriteTraceId':'0',%s},{'objectWriteTraceId':'1',%s}]}"
                .formatted(taken, fresh)));
    assertShape(
        "api-batch-create-unknown-properties",
        sandbox.post(
            CONTACTS + "/batch/create", "{'inputs':[{'properties':{'first000name':'A'}}]}"));
  }

  @Test
  void list_andSearch() throws IOException {
    assertShape("api-contacts-list-page", sandbox.get(CONTACTS + "?limit=1&properties=email"));
    sandbox.patch(
        CONTACTS + "/" + one,
        "{'properties':{'company':'A','phone':'1','website':'w','lastname':'L'}}");
    assertShape(
        "api-search-contacts-page1",
        sandbox.post(
            CONTACTS + "/search",
            "{'limit':1,'properties':['company','email','firstname','lastname','phone','website']}"));
    assertShape(
        "api-search-unknown-object", sandbox.post("/crm/v3/objects/butterflies/search", "{}"));
  }

  @Test
  void pipeline_isTheRecordedOneToTheLetter() throws IOException {
    assertThat(sandbox.get("/crm/v3/pipelines/contacts").json())
        .isEqualTo(recorded("api-contacts-lifecycle-pipeline").path("body"));
  }

  @Test
  void account_andDailyLimit() throws IOException {
    assertShape("api-account-info", sandbox.get("/account-info/2026-03/details"));
    try (SandboxClient limited =
        SandboxClient.with(SandboxClient.options().withLimits(new Limits(0, 1, 0)))) {
      limited.get(CONTACTS);
      assertShape("api-429-daily", limited.get(CONTACTS));
    }
  }

  @Test
  void properties_andGroups() throws IOException {
    Reply group =
        sandbox.post(
            PROPERTIES + "/groups",
            recorded("api-property-group-create-request").path("body").toString());
    assertShape("api-property-group-create-response", group);
    Reply created =
        sandbox.post(
            PROPERTIES + "/batch/create",
            recorded("api-properties-batch-create-request").path("body").toString());
    assertThat(created.status()).isEqualTo(201);
    assertShape("api-properties-batch-create-response", created);
  }

  @Test
  void defaultProperties_areThoseOfARecordedPortal() throws IOException {
    PropertySchema schema = PropertySchema.ofNewPortal(ObjectType.CONTACT);
    int compared = 0;
    for (JsonNode property : recorded("contact-properties-default-portal").path("body")) {
      Optional<PropertyDefinition> ours = schema.find(property.path("name").asText());
      if (ours.isPresent()) {
        PropertyDefinition definition = ours.get();
        assertThat(definition.type().word())
            .as(definition.name())
            .isEqualTo(property.path("type").asText());
        assertThat(definition.fieldType()).isEqualTo(property.path("fieldType").asText());
        assertThat(definition.readOnly()).isEqualTo(property.path("readOnlyValue").asBoolean());
        assertThat(definition.calculated()).isEqualTo(property.path("calculated").asBoolean());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(schema.all().size());
  }

  @Test
  void webhooks_haveTheFieldsOfCapturedOnesInTheirOrder() throws IOException {
    Map<String, String> byName =
        Map.of(
            "webhook-contact-creation-by-integration", "contact.creation",
            "webhook-contact-propertychange-by-integration", "contact.propertyChange");
    try (WebhookReceiver receiver = new WebhookReceiver();
        SandboxClient told =
            SandboxClient.with(SandboxClient.options().withWebhooks(receiver.target()))) {
      told.create("'email':'x@acme.example'");
      List<JsonNode> events = receiver.awaitEvents(3);
      for (Map.Entry<String, String> entry : byName.entrySet()) {
        JsonNode event =
            events.stream()
                .filter(e -> e.path("subscriptionType").asText().equals(entry.getValue()))
                .findFirst()
                .orElseThrow();
        assertThat(fields(event)).isEqualTo(fields(recorded(entry.getKey()).at("/body/0")));
      }
      assertThat(receiver.requests().getFirst().headers().names())
          .usingElementComparator(String.CASE_INSENSITIVE_ORDER)
          .containsAll(capturedHeaders());
    }
  }

  @Test
  void genericWebhook_hasTheFieldsOfACapturedOneInTheirOrder() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver();
        SandboxClient told = SandboxClient.unlimited()) {
      told.post(
          "/_sandbox/webhooks",
          "{'url':'%s','secret':'s','generic':true,'kinds':['propertyChange'],"
                  .formatted(receiver.url())
              + "'properties':['email']}");
      told.create("'email':'x@acme.example'");
      assertThat(fields(receiver.awaitEvents(1).getFirst()))
          .isEqualTo(fields(recorded("webhook-object-propertychange-generic").at("/body/0")));
    }
  }

  private static List<String> fields(JsonNode event) {
    return event.properties().stream()
        .map(field -> field.getKey() + ":" + field.getValue().getNodeType())
        .toList();
  }

  private static List<String> capturedHeaders() throws IOException {
    return recorded("webhook-deal-creation-with-headers").path("headers").properties().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !name.startsWith("x-forwarded"))
        .toList();
  }
}
