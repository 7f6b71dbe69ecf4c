package io.leadgauge.sandbox.salesforce;

import static io.leadgauge.sandbox.salesforce.OrgClient.DATA;
import static io.leadgauge.sandbox.salesforce.OrgClient.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of the stand-in org beside recorded ones: the same fields with the same types. */
class RestShapesTest {
  private final OrgClient org = OrgClient.start();
  private final String one = org.create("Contact", "'LastName':'Dyer'");
  private final String two = org.create("Contact", "'LastName':'Blevins'");

  @AfterEach
  void close() {
    org.close();
  }

  private static JsonNode recorded(String name) throws IOException {
    return OrgClient.json(
        Files.readString(Shared.path("contracts/salesforce/rest/" + name + ".json")));
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

  @Test
  void recordedUpdate_isTakenAndAnsweredAsRecorded() throws IOException {
    ObjectNode request = recorded("collections-update-request").deepCopy();
    ArrayNode records = (ArrayNode) request.path("records");
    ((ObjectNode) records.path(0)).put("id", one);
    ((ObjectNode) records.path(1)).put("id", two);
    JsonNode answer = org.patch(OrgClient.COLLECTIONS, request.toString()).json();
    assertThat(shape(answer)).isEqualTo(shape(recorded("collections-update-success")));
    assertThat(org.fields("Contact", one).path("FirstName").asText()).isEqualTo("Siena");
  }

  @Test
  void rolledBackUpdate_isAnsweredToTheLetter() throws IOException {
    JsonNode answer =
        org.patch(
                OrgClient.COLLECTIONS,
                "{'allOrNone':true,'records':["
                    + record("Contact", one, "'FirstName':'Siena'")
                    + ","
                    + record("Contact", two, "'unknownField_LastName':'Blevins'")
                    + "]}")
            .json();
    assertThat(answer).isEqualTo(recorded("collections-update-all-or-none-failure"));
  }

  @Test
  void unknownField_isAnsweredToTheLetter() throws IOException {
    JsonNode answer =
        org.post(DATA + "/sobjects/Account", "{'Name':'Acme','AccountNumer':'1'}").json();
    assertThat(answer).isEqualTo(recorded("error-unknown-field"));
  }

  @Test
  void malformedId_isAnsweredAsRecorded() throws IOException {
    JsonNode recorded = recorded("save-result-success-false");
    JsonNode answer = org.update(record("Contact", "001RM000003oLrB000", "'Title':'X'")).json();
    assertThat(answer.at("/0/errors")).isEqualTo(recorded.path("errors"));
  }

  @Test
  void page_hasTheFieldsOfARecordedOne() throws IOException {
    org.lead("'City':'Tallahassee','State':'FL','Country':'USA','PostalCode':'1','Street':'W'");
    org.lead("'FirstName':'Bertha'");
    org.tell("/settings", "{'pageMost':1,'shortPages':false}");
    JsonNode answer =
        org.query("SELECT Address, City, CleanStatus, FirstName FROM Lead ORDER BY Id").json();
    ((ObjectNode) answer.at("/records/0")).put("FirstName", "set, as recorded");
    assertThat(shape(answer)).isEqualTo(shape(recorded("query-leads-page")));
    assertThat(answer.at("/records/0/Address").properties().stream().map(e -> e.getKey()))
        .containsExactlyElementsOf(
            recorded("query-leads-page").at("/records/0/Address").properties().stream()
                .map(e -> e.getKey())
                .toList());
  }

  @Test
  void limits_haveTheFormOfRecordedOnes() throws IOException {
    JsonNode answer = org.get(DATA + "/limits").json();
    assertThat(shape(answer.path("DailyApiRequests")))
        .isEqualTo(shape(recorded("limits").path("DailyApiRequests")));
  }
}
