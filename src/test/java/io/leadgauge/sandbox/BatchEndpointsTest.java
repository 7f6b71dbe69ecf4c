package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchEndpointsTest {
  private static final String BATCH = "/crm/v3/objects/contacts/batch";

  private final SandboxClient sandbox = SandboxClient.unlimited();
  private final String one = sandbox.create("'email':'one@acme.example'");
  private final String two = sandbox.create("'email':'two@acme.example'");

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static String update(String id, String properties) {
    return "{'id':'" + id + "','properties':{" + properties + "}}";
  }

  private static String inputs(String... inputs) {
    return "{'inputs':[" + String.join(",", inputs) + "]}";
  }

  private static List<String> ids(Reply reply) {
    List<String> ids = new ArrayList<>();
    reply.json().path("results").forEach(contact -> ids.add(contact.path("id").asText()));
    return ids;
  }

  @Test
  void update_writesAll() {
    Reply reply =
        sandbox.post(
            BATCH + "/update",
            inputs(update(one, "'jobtitle':'CTO'"), update(two, "'jobtitle':'CEO'")));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(ids(reply)).containsExactlyInAnyOrder(one, two);
    assertThat(sandbox.contact(two).at("/properties/jobtitle").asText()).isEqualTo("CEO");
  }

  @Test
  void update_withOneBadValue_writesNothingAndDoesNotSayWhichInput() {
    Reply reply =
        sandbox.post(
            BATCH + "/update",
            inputs(update(one, "'jobtitle':'CTO'"), update(two, "'first000name':'x'")));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asText())
        .isEqualTo(
            "Property values were not valid: [{\"isValid\":false,\"message\":\"Property"
                + " \\\"first000name\\\" does not exist\",\"error\":\"PROPERTY_DOESNT_EXIST\","
                + "\"name\":\"first000name\"}]");
    assertThat(reply.raw().body()).doesNotContain(two);
    assertThat(sandbox.contact(one).path("properties").has("jobtitle")).isFalse();
  }

  @Test
  void update_ofMissingIds_is207WithTheOthersWritten() {
    Reply reply =
        sandbox.post(
            BATCH + "/update",
            inputs(update("unknownIdentifier888", ""), update(one, "'jobtitle':'CTO'")));
    assertThat(reply.status()).isEqualTo(207);
    assertThat(ids(reply)).containsExactly(one);
    assertThat(reply.json().path("numErrors").asInt()).isEqualTo(1);
    JsonNode error = reply.json().at("/errors/0");
    assertThat(error.path("category").asText()).isEqualTo("OBJECT_NOT_FOUND");
    assertThat(error.at("/context/ids/0").asText()).isEqualTo("unknownIdentifier888");
  }

  @Test
  void update_ofOneIdTwice_is400() {
    Reply reply =
        sandbox.post(
            BATCH + "/update", inputs(update(one, "'city':'A'"), update(one, "'city':'B'")));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asText())
        .isEqualTo("Duplicate IDs found in batch input: [" + one + "]. IDs must be unique");
  }

  @Test
  void update_byEmail_is400() {
    Reply reply =
        sandbox.post(
            BATCH + "/update",
            inputs("{'id':'one@acme.example','idProperty':'email','properties':{'city':'A'}}"));
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void update_toATakenEmail_is409ForTheWholeBatch() {
    Reply reply =
        sandbox.post(
            BATCH + "/update",
            inputs(update(one, "'email':'two@acme.example'"), update(two, "'city':'B'")));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(sandbox.contact(two).path("properties").has("city")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "update", "create", "archive"})
  void batch_ofMoreThanAHundred_is400(String action) {
    String inputs =
        IntStream.range(0, 101)
            .mapToObj(i -> "{'id':'" + i + "','properties':{'city':'A'}}")
            .collect(Collectors.joining(","));
    assertThat(sandbox.post(BATCH + "/" + action, inputs(inputs)).status()).isEqualTo(400);
  }

  @Test
  void batch_withoutInputs_is200AndDoesNothing() {
    Reply reply = sandbox.post(BATCH + "/update", "{}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("results").isEmpty()).isTrue();
  }

  @Test
  void read_givesValuesAndHistory_andNamesWhatIsMissing() {
    sandbox.post(BATCH + "/update", inputs(update(one, "'jobtitle':'CTO'")));
    Reply reply =
        sandbox.post(
            BATCH + "/read",
            "{'properties':['jobtitle'],'propertiesWithHistory':['jobtitle'],'inputs':[{'id':'"
                + one
                + "'},{'id':'5'}]}");
    assertThat(reply.status()).isEqualTo(207);
    JsonNode contact = reply.json().at("/results/0");
    assertThat(contact.at("/properties/jobtitle").asText()).isEqualTo("CTO");
    assertThat(contact.at("/propertiesWithHistory/jobtitle/0/value").asText()).isEqualTo("CTO");
    assertThat(reply.json().at("/errors/0/context/ids/0").asText()).isEqualTo("5");
  }

  @Test
  void results_standInNoOrderOfTheInputs() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(sandbox.create("'email':'c" + i + "@acme.example'"));
    }
    String inputs = ids.stream().map(id -> "{'id':'" + id + "'}").collect(Collectors.joining(","));
    Reply reply = sandbox.post(BATCH + "/read", "{'properties':[],'inputs':[" + inputs + "]}");
    assertThat(ids(reply)).containsExactlyInAnyOrderElementsOf(ids).isNotEqualTo(ids);
  }

  @Test
  void read_byEmail_findsContacts() {
    Reply reply =
        sandbox.post(
            BATCH + "/read",
            "{'idProperty':'email','properties':[],'inputs':[{'id':'TWO@acme.example'}]}");
    assertThat(ids(reply)).containsExactly(two);
  }

  @Test
  void read_withHistory_takesFiftyAtMost() {
    String inputs =
        IntStream.range(0, 51).mapToObj(i -> "{'id':'" + i + "'}").collect(Collectors.joining(","));
    String body = "{'properties':[],'propertiesWithHistory':['email'],'inputs':[" + inputs + "]}";
    Reply reply = sandbox.post(BATCH + "/read", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asText())
        .contains("batch request for property histories is 50");
  }

  @Test
  void create_makesContacts() {
    Reply reply =
        sandbox.post(
            BATCH + "/create",
            inputs(
                "{'properties':{'email':'three@acme.example'}}",
                "{'properties':{'email':'four@acme.example'}}"));
    assertThat(reply.status()).isEqualTo(201);
    assertThat(ids(reply)).hasSize(2);
  }

  @Test
  void create_ofATakenEmail_is409AndMakesNone() {
    Reply reply =
        sandbox.post(
            BATCH + "/create",
            inputs(
                "{'properties':{'email':'three@acme.example'}}",
                "{'properties':{'email':'one@acme.example'}}"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("message").asText()).isEqualTo("Contact already exists");
    assertThat(sandbox.get("/_sandbox/contacts").json().path("total").asInt()).isEqualTo(2);
  }

  @Test
  void create_withTraceIds_is207WithEachForItself() {
    Reply reply =
        sandbox.post(
            BATCH + "/create",
            inputs(
                "{'objectWriteTraceId':'a','properties':{'email':'three@acme.example'}}",
                "{'objectWriteTraceId':'b','properties':{'email':'one@acme.example'}}",
                "{'objectWriteTraceId':'c','properties':{'nonsense':'1'}}"));
    assertThat(reply.status()).isEqualTo(207);
    assertThat(ids(reply)).hasSize(1);
    JsonNode errors = reply.json().path("errors");
    assertThat(errors.at("/0/context/existingId/0").asText()).isEqualTo(one);
    assertThat(errors.at("/0/context/objectWriteTraceId/0").asText()).isEqualTo("b");
    assertThat(errors.at("/1/category").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(errors.at("/1/context/objectWriteTraceId/0").asText()).isEqualTo("c");
  }

  @Test
  void archive_takesAllAway() {
    Reply reply =
        sandbox.post(
            BATCH + "/archive",
            inputs("{'id':'" + one + "'}", "{'id':'" + two + "'}", "{'id':'5'}"));
    assertThat(reply.status()).isEqualTo(204);
    assertThat(sandbox.get("/_sandbox/contacts").json().path("total").asInt()).isZero();
  }
}
