package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Shared;
import io.leadgauge.sandbox.salesforce.MessageReceiver.Received;
import io.leadgauge.sandbox.salesforce.MessageReceiver.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeEventsTest {
  private final MessageReceiver receiver = new MessageReceiver();
  private final OrgClient org = OrgClient.start();

  @AfterEach
  void close() {
    org.close();
    receiver.close();
  }

  private void subscribe(String object) {
    org.tell(
        "/subscriptions/changes",
        "{'kind':'event','object':'%s','url':'%s','headers':{'x-api-key':'secret'}}"
            .formatted(object, receiver.url()));
  }

  /** The payloads of so many events, in the order of their commits. */
  private List<JsonNode> payloads(int count) {
    return receiver.awaitRequests(count).stream()
        .map(Received::json)
        .map(event -> event.at("/detail/payload"))
        .sorted(
            Comparator.comparingLong(
                    (JsonNode payload) -> payload.at("/ChangeEventHeader/commitNumber").asLong())
                .thenComparingInt(
                    payload -> payload.at("/ChangeEventHeader/sequenceNumber").asInt()))
        .toList();
  }

  private static Set<String> names(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void event_comesInTheEnvelopeOfEventBridge() {
    subscribe("Lead");
    String lead = org.lead("'FirstName':'Jo','City':'Bonn'");
    Received request = receiver.awaitRequests(1).getFirst();
    assertThat(request.headers().get("x-api-key")).isEqualTo("secret");
    assertThat(request.json().path("detail-type").asText()).isEqualTo("LeadChangeEvent");
    assertThat(request.json().path("source").asText())
        .startsWith("aws.partner/salesforce.com/" + SalesforceOptions.ORG_ID + "/0YL");
    JsonNode payload = request.json().at("/detail/payload");
    JsonNode header = payload.path("ChangeEventHeader");
    assertThat(header.path("changeType").asText()).isEqualTo("CREATE");
    assertThat(header.at("/recordIds/0").asText()).isEqualTo(lead);
    assertThat(header.path("changedFields")).isEmpty();
    assertThat(header.path("commitNumber").asLong()).isGreaterThan(1L << 53);
    assertThat(payload.at("/Name/FirstName").asText()).isEqualTo("Jo");
    assertThat(payload.at("/Address/City").asText()).isEqualTo("Bonn");
    assertThat(payload.path("Company").asText()).isEqualTo("Acme");
    assertThat(names(payload)).doesNotContain("Id", "SystemModstamp", "IsDeleted", "FirstName");
  }

  @Test
  void update_showsWhatChangedByItsCompoundNames() throws IOException {
    String contact = org.create("Contact", "'LastName':'Old','MailingCity':'Bonn','Phone':'1'");
    subscribe("Contact");
    org.tell(
        "/Contact/" + contact,
        "{'fields':{'LastName':'Youngest','MailingCity':'Rome','Phone':null}}");
    JsonNode payload = payloads(1).getFirst();
    JsonNode header = payload.path("ChangeEventHeader");
    assertThat(header.path("changedFields").toString())
        .contains("\"Name.LastName\"", "\"MailingAddress.City\"", "\"Phone\"")
        .doesNotContain("FirstName");
    assertThat(payload.at("/Name/LastName").asText()).isEqualTo("Youngest");
    assertThat(payload.at("/MailingAddress/City").asText()).isEqualTo("Rome");
    assertThat(payload.path("Phone").isNull()).as("cleared").isTrue();
    assertThat(header.path("changeOrigin").asText())
        .isEqualTo("com/salesforce/api/soap/67.0;client=SfdcInternalAPI/");
    JsonNode recorded =
        OrgClient.json(
            Files.readString(
                Shared.path("contracts/salesforce/change-events/cdc-contact-name-update.json")));
    assertThat(names(header)).isEqualTo(names(recorded.path("ChangeEventHeader")));
    assertThat(payload.path("LastModifiedDate").getNodeType())
        .isEqualTo(recorded.path("LastModifiedDate").getNodeType());
  }

  @Test
  void sameChangeOfSeveralRecords_isOneEvent() {
    String one = org.lead("");
    String two = org.lead("");
    String other = org.lead("");
    subscribe("Lead");
    org.update(
        OrgClient.record("Lead", one, "'Title':'CEO'"),
        OrgClient.record("Lead", other, "'Title':'CFO'"),
        OrgClient.record("Lead", two, "'Title':'CEO'"));
    List<JsonNode> payloads = payloads(2);
    assertThat(payloads.get(0).at("/ChangeEventHeader/recordIds").toString())
        .isEqualTo("[\"" + one + "\",\"" + two + "\"]");
    assertThat(payloads.get(1).at("/ChangeEventHeader/sequenceNumber").asInt()).isEqualTo(2);
    assertThat(payloads.get(1).at("/ChangeEventHeader/transactionKey"))
        .isEqualTo(payloads.get(0).at("/ChangeEventHeader/transactionKey"));
  }

  @Test
  void conversion_isFourEventsOfOneTransaction() throws IOException {
    String lead = org.lead("'FirstName':'Jo'");
    org.tell("/subscriptions/changes", "{'kind':'event','url':'%s'}".formatted(receiver.url()));
    org.tell("/Lead/" + lead + "/convert", "{'opportunity':'Acme-'}");
    List<JsonNode> payloads = payloads(5).subList(0, 4);
    JsonNode recorded =
        OrgClient.json(
            Files.readString(
                Shared.path(
                    "contracts/salesforce/change-events/cdc-lead-conversion-sequence.json")));
    for (int i = 0; i < 4; i++) {
      JsonNode ours = payloads.get(i).path("ChangeEventHeader");
      JsonNode theirs = recorded.path(i).path("ChangeEventHeader");
      assertThat(ours.path("entityName")).isEqualTo(theirs.path("entityName"));
      assertThat(ours.path("changeType")).isEqualTo(theirs.path("changeType"));
      assertThat(ours.path("sequenceNumber")).isEqualTo(theirs.path("sequenceNumber"));
      assertThat(ours.path("transactionKey"))
          .isEqualTo(payloads.getFirst().at("/ChangeEventHeader/transactionKey"));
    }
    assertThat(names(payloads.get(3)))
        .contains("Status", "IsConverted", "ConvertedDate")
        .contains("ConvertedAccountId", "ConvertedContactId", "ConvertedOpportunityId");
  }

  @Test
  void deletionAndReturn_areEvents() {
    String lead = org.lead("'Title':'CEO'");
    subscribe("Lead");
    org.delete("/_sandbox/Lead/" + lead);
    org.tell("/Lead/" + lead + "/restore", "{}");
    List<JsonNode> payloads = payloads(2);
    assertThat(payloads.get(0).at("/ChangeEventHeader/changeType").asText()).isEqualTo("DELETE");
    assertThat(names(payloads.get(0))).containsExactly("ChangeEventHeader");
    assertThat(payloads.get(1).at("/ChangeEventHeader/changeType").asText()).isEqualTo("UNDELETE");
    assertThat(payloads.get(1).path("Title").asText()).isEqualTo("CEO");
  }

  @Test
  void gaps_haveNoData_andAnOverflowNoRecord() {
    subscribe("Lead");
    org.tell("/gaps", "{'object':'Lead','type':'GAP_UPDATE','ids':['00Q000000000001EAA']}");
    org.tell("/gaps", "{'object':'Lead','type':'GAP_OVERFLOW'}");
    List<JsonNode> payloads = payloads(2);
    assertThat(names(payloads.get(0))).containsExactly("ChangeEventHeader");
    assertThat(payloads.get(0).at("/ChangeEventHeader/changeType").asText())
        .isEqualTo("GAP_UPDATE");
    assertThat(payloads.get(1).at("/ChangeEventHeader/recordIds/0").asText())
        .isEqualTo("000000000000000AAA");
  }

  @Test
  void clientName_reachesTheOriginFromRows_butNotFromCollections() {
    String lead = org.lead("");
    subscribe("Lead");
    org.send(
        "PATCH",
        OrgClient.DATA + "/sobjects/Lead/" + lead,
        "{\"Title\":\"CEO\"}",
        Map.of("Sforce-Call-Options", "client=leadgauge; defaultNamespace=x"));
    org.send(
        "PATCH",
        OrgClient.COLLECTIONS,
        OrgClient.quoted("{'records':[" + OrgClient.record("Lead", lead, "'Title':'CFO'") + "]}"),
        Map.of("Sforce-Call-Options", "client=leadgauge"));
    List<JsonNode> payloads = payloads(2);
    assertThat(payloads.get(0).at("/ChangeEventHeader/changeOrigin").asText())
        .isEqualTo("com/salesforce/api/rest/67.0;client=leadgauge");
    assertThat(payloads.get(1).at("/ChangeEventHeader/changeOrigin").asText())
        .isEqualTo("com/salesforce/api/rest/67.0");
  }

  @Test
  void refusal_endsAnEvent_andTroubleDoesNot() {
    receiver.answer(n -> new Told(n == 0 ? 503 : n == 1 ? 401 : 400, ""));
    subscribe("Lead");
    org.lead("");
    receiver.awaitRequests(3);
    io.leadgauge.Await.until(
        "given up", () -> org.get("/_sandbox/webhooks").json().path("failed").asInt() == 1);
    assertThat(receiver.requests()).hasSize(3);
  }
}
