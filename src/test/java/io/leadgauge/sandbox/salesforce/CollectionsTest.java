package io.leadgauge.sandbox.salesforce;

import static io.leadgauge.sandbox.salesforce.OrgClient.COLLECTIONS;
import static io.leadgauge.sandbox.salesforce.OrgClient.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectionsTest {
  private static final String NOWHERE = "00Q000000000001EAA";

  private final MovableClock clock = new MovableClock(OrgClient.NOW);
  private final OrgClient org = OrgClient.with(SalesforceOptions.defaults(), clock);

  @AfterEach
  void close() {
    org.close();
  }

  private static String code(Answer answer, int position) {
    JsonNode result = answer.json().path(position);
    assertThat(result.path("success").asBoolean()).isFalse();
    assertThat(result.has("id")).as("a failed result names no record").isFalse();
    return result.at("/errors/0/statusCode").asText();
  }

  private String refusal(String type, String id, String fields) {
    Answer answer = org.update(record(type, id, fields));
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return code(answer, 0);
  }

  @Test
  void update_tellsResultsInTheOrderOfTheRequest() {
    String lead = org.lead("");
    String contact = org.create("Contact", "'LastName':'Doe'");
    clock.advance(Duration.ofSeconds(3));
    Answer answer =
        org.update(
            record("Contact", contact, "'Title':'CEO'"),
            record("Lead", NOWHERE, "'Title':'CEO'"),
            record("Lead", lead.substring(0, 15), "'Title':'CFO','Email':null"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/0/id").asText()).isEqualTo(contact);
    assertThat(answer.json().at("/0/success").asBoolean()).isTrue();
    assertThat(answer.json().at("/0/errors")).isEmpty();
    assertThat(code(answer, 1)).isEqualTo("INVALID_CROSS_REFERENCE_KEY");
    assertThat(answer.json().at("/2/id").asText()).as("18 characters").isEqualTo(lead);
    JsonNode fields = org.fields("Lead", lead);
    assertThat(fields.path("Title").asText()).isEqualTo("CFO");
    assertThat(fields.path("SystemModstamp").asText()).isEqualTo("2026-11-21T10:00:03.000Z");
    assertThat(fields.path("CreatedDate").asText()).isEqualTo("2026-11-21T10:00:00.000Z");
  }

  @Test
  void update_oneBadRecord_leavesTheOthersAlone_unlessAllOrNone() {
    String good = org.lead("");
    String records =
        "'records':["
            + record("Lead", good, "'Title':'CEO'")
            + ","
            + record("Lead", good.replace("00Q", "003"), "'Title':'CEO'")
            + "]";
    Answer undone = org.patch(COLLECTIONS, "{'allOrNone':true," + records + "}");
    assertThat(undone.status()).isEqualTo(200);
    assertThat(code(undone, 0)).isEqualTo("ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assertThat(code(undone, 1)).isEqualTo("MALFORMED_ID");
    assertThat(org.fields("Lead", good).has("Title")).isFalse();
    org.patch(COLLECTIONS, "{" + records + "}");
    assertThat(org.fields("Lead", good).path("Title").asText()).isEqualTo("CEO");
  }

  @Test
  void update_thatIsNoListOfRecords_isRefused() {
    Answer empty = org.patch(COLLECTIONS, "{'records':[]}");
    assertThat(empty.status()).isEqualTo(400);
    assertThat(empty.code()).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(empty.message()).isEqualTo("At least 1 record is required");
    assertThat(org.patch(COLLECTIONS, "nonsense").code()).isEqualTo("JSON_PARSER_ERROR");
    assertThat(org.update("{'id':'" + NOWHERE + "'}").status()).isEqualTo(400);
  }

  @Test
  void update_ofMoreThan200_isRefused() {
    List<String> records = new ArrayList<>();
    String lead = org.lead("");
    for (int i = 0; i < 201; i++) {
      records.add(record("Lead", lead, "'Title':'CEO'"));
    }
    assertThat(org.update(records.toArray(new String[0])).status()).isEqualTo(400);
    assertThat(org.update(records.subList(0, 200).toArray(new String[0])).status()).isEqualTo(200);
  }

  @Test
  void update_ofMoreThanTenChunks_isRefusedAsAWhole() {
    String lead = org.lead("");
    List<String> mixed = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      String other = org.create("Contact", "'LastName':'C" + i + "'");
      mixed.add(i % 2 == 0 ? record("Contact", other, "'Title':'CEO'") : record("Lead", lead, ""));
    }
    String[] all = mixed.stream().map(text -> text.replace("',}", "'}")).toArray(String[]::new);
    Answer refused = org.update(all);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("10 chunks");
    assertThat(org.update(List.of(all).subList(0, 10).toArray(new String[0])).status())
        .isEqualTo(200);
  }

  @Test
  void update_idTwice_isRefusedTheSecondTime() {
    String lead = org.lead("");
    Answer answer =
        org.update(
            record("Lead", lead, "'Title':'CEO'"),
            record("Lead", lead.substring(0, 15), "'Title':'CFO'"));
    assertThat(answer.json().at("/0/success").asBoolean()).isTrue();
    assertThat(code(answer, 1)).isEqualTo("DUPLICATE_VALUE");
  }

  @Test
  void fields_thatAreNotThereOrClosedToUs_areRefused() {
    String lead = org.lead("");
    Answer unknown = org.update(record("Lead", lead, "'Lead_Score__c':1"));
    assertThat(code(unknown, 0)).isEqualTo("INVALID_FIELD");
    assertThat(unknown.json().at("/0/errors/0/message").asText())
        .isEqualTo("No such column 'Lead_Score__c' on sobject of type Lead");
    org.tell("/fields/Lead/Lead_Score__c", "{'type':'double','precision':3,'scale':0}");
    assertThat(
            org.update(record("Lead", lead, "'lead_score__c':57"))
                .json()
                .at("/0/success")
                .asBoolean())
        .as("names are the same in any case")
        .isTrue();
    assertThat(org.fields("Lead", lead).path("Lead_Score__c").asText()).isEqualTo("57.0");
    org.tell("/fields/Lead/Lead_Score__c", "{'ours':'read'}");
    assertThat(refusal("Lead", lead, "'Lead_Score__c':58"))
        .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
    org.tell("/fields/Lead/Lead_Score__c", "{'ours':'hidden'}");
    assertThat(refusal("Lead", lead, "'Lead_Score__c':58")).isEqualTo("INVALID_FIELD");
    assertThat(refusal("Lead", lead, "'Name':'X'")).isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
    assertThat(refusal("Lead", lead, "'SystemModstamp':'2026-11-21T10:00:00Z'"))
        .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
  }

  @Test
  void values_thatDoNotFit_areRefused() {
    String lead = org.lead("");
    org.tell("/fields/Lead/Score__c", "{'type':'double','precision':3,'scale':0}");
    org.tell(
        "/fields/Lead/Label__c", "{'type':'picklist','values':['hot','cold'],'restricted':true}");
    org.tell("/fields/Lead/Note__c", "{'type':'string','length':5}");
    assertThat(refusal("Lead", lead, "'Score__c':1000")).isEqualTo("NUMBER_OUTSIDE_VALID_RANGE");
    assertThat(refusal("Lead", lead, "'Label__c':'warm'"))
        .isEqualTo("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assertThat(refusal("Lead", lead, "'Note__c':'123456'")).isEqualTo("STRING_TOO_LONG");
    assertThat(refusal("Lead", lead, "'Email':'nobody'")).isEqualTo("INVALID_EMAIL_ADDRESS");
    assertThat(refusal("Lead", lead, "'LastName':null")).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(refusal("Lead", lead, "'OwnerId':'nobody'")).isEqualTo("MALFORMED_ID");
    assertThat(refusal("Lead", lead, "'OwnerId':'" + lead + "'"))
        .isEqualTo("INVALID_CROSS_REFERENCE_KEY");
    assertThat(refusal("Lead", lead, "'Status':'Closed - Converted'")).isEqualTo("INVALID_STATUS");
    org.update(record("Lead", lead, "'Rating':'Lukewarm','Score__c':57.6,'Note__c':'  '"));
    assertThat(org.fields("Lead", lead).path("Rating").asText())
        .as("a picklist that is not restricted takes anything")
        .isEqualTo("Lukewarm");
    assertThat(org.fields("Lead", lead).path("Score__c").asText()).isEqualTo("58.0");
    assertThat(org.fields("Lead", lead).has("Note__c")).isFalse();
  }

  @Test
  void value_thatIsNothingOfItsType_makesTheWholeCallUnreadable() {
    String one = org.lead("");
    String two = org.lead("");
    Answer refused =
        org.update(
            record("Lead", one, "'Title':'CEO'"),
            record("Lead", two, "'NumberOfEmployees':'many'"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.code()).isEqualTo("JSON_PARSER_ERROR");
    assertThat(org.fields("Lead", one).has("Title")).isFalse();
  }

  @Test
  void inactiveOwner_isRefused() {
    String lead = org.lead("");
    String sales = org.get("/_sandbox").json().at("/users/sales@acme.example").asText();
    assertThat(
            org.update(record("Lead", lead, "'OwnerId':'" + sales + "'"))
                .json()
                .at("/0/success")
                .asBoolean())
        .isTrue();
    org.tell("/User/" + sales, "{'fields':{'IsActive':false}}");
    assertThat(refusal("Lead", lead, "'OwnerId':'" + sales + "'"))
        .isEqualTo("INACTIVE_OWNER_OR_USER");
  }

  @Test
  void validationRule_refusesWithItsMessage() {
    String lead = org.lead("'Phone':'123'");
    org.tell(
        "/rules/Lead", "{'field':'Phone','pattern':'\\\\+.*','message':'Phones begin with +.'}");
    Answer refused = org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(code(refused, 0)).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
    assertThat(refused.json().at("/0/errors/0/message").asText()).isEqualTo("Phones begin with +.");
    assertThat(refused.json().at("/0/errors/0/fields/0").asText()).isEqualTo("Phone");
    org.delete("/_sandbox/rules");
    assertThat(
            org.update(record("Lead", lead, "'Title':'CEO'")).json().at("/0/success").asBoolean())
        .isTrue();
  }

  @Test
  void lockedRecord_orParent_isRefusedAsLongAsItIsLocked() {
    String account = org.create("Account", "'Name':'Acme'");
    String contact = org.create("Contact", "'LastName':'Doe','AccountId':'" + account + "'");
    org.tell("/locks", "{'record':'" + account + "','times':2}");
    assertThat(refusal("Contact", contact, "'Title':'CEO'")).isEqualTo("UNABLE_TO_LOCK_ROW");
    Answer refused = org.update(record("Contact", contact, "'Title':'CEO'"));
    assertThat(refused.json().at("/0/errors/0/message").asText())
        .isEqualTo("unable to obtain exclusive access to this record or 1 records: " + account);
    assertThat(
            org.update(record("Contact", contact, "'Title':'CEO'"))
                .json()
                .at("/0/success")
                .asBoolean())
        .isTrue();
    org.tell("/locks", "{'record':'" + contact + "','millis':10000}");
    assertThat(refusal("Contact", contact, "'Title':'CEO'")).isEqualTo("UNABLE_TO_LOCK_ROW");
    clock.advance(Duration.ofSeconds(10));
    assertThat(
            org.update(record("Contact", contact, "'Title':'CFO'"))
                .json()
                .at("/0/success")
                .asBoolean())
        .isTrue();
  }

  @Test
  void recordThatWeMayOnlyLookAt_isRefused() {
    String lead = org.lead("");
    org.tell("/sharing", "{'record':'" + lead + "','access':'read'}");
    assertThat(refusal("Lead", lead, "'Title':'CEO'")).isEqualTo("INSUFFICIENT_ACCESS_OR_READONLY");
    org.tell("/sharing", "{'record':'" + lead + "','access':'edit'}");
    assertThat(
            org.update(record("Lead", lead, "'Title':'CEO'")).json().at("/0/success").asBoolean())
        .isTrue();
  }

  @Test
  void deletedRecord_isRefused() {
    String lead = org.lead("");
    org.delete(OrgClient.DATA + "/sobjects/Lead/" + lead);
    Answer refused = org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(code(refused, 0)).isEqualTo("ENTITY_IS_DELETED");
    assertThat(refused.json().at("/0/errors/0/message").asText()).isEqualTo("entity is deleted");
  }

  @Test
  void assignmentRule_givesLeadsToAnotherOwner_unlessSwitchedOff() {
    String lead = org.lead("");
    String before = org.fields("Lead", lead).path("OwnerId").asText();
    String sales = org.get("/_sandbox").json().at("/users/sales@acme.example").asText();
    org.tell("/assignment/Lead", "{'owner':'" + sales + "'}");
    org.send(
        "PATCH",
        COLLECTIONS,
        OrgClient.quoted("{'records':[" + record("Lead", lead, "'Title':'CEO'") + "]}"),
        Map.of("Sforce-Auto-Assign", "FALSE"));
    assertThat(org.fields("Lead", lead).path("OwnerId").asText()).isEqualTo(before);
    org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(org.fields("Lead", lead).path("OwnerId").asText()).isEqualTo(sales);
  }

  @Test
  void equalWrite_makesTheRecordModifiedAllTheSame_unlessTheOrgIsToldOtherwise() {
    String lead = org.lead("'Title':'CEO'");
    clock.advance(Duration.ofSeconds(5));
    org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(org.fields("Lead", lead).path("SystemModstamp").asText())
        .isEqualTo("2026-11-21T10:00:05.000Z");
    org.tell("/settings", "{'equalWritesTouch':false}");
    clock.advance(Duration.ofSeconds(5));
    org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(org.fields("Lead", lead).path("SystemModstamp").asText())
        .isEqualTo("2026-11-21T10:00:05.000Z");
  }

  @Test
  void create_tellsIds() {
    Answer answer =
        org.post(
            COLLECTIONS,
            "{'records':[{'attributes':{'type':'Lead'},'LastName':'A','Company':'X'},"
                + "{'attributes':{'type':'Lead'},'LastName':'B'}]}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/0/id").asText()).startsWith("00Q");
    assertThat(code(answer, 1)).isEqualTo("REQUIRED_FIELD_MISSING");
  }

  @Test
  void upsert_byExternalId_saysWhatWasCreated() {
    org.tell("/fields/Lead/Ext__c", "{'type':'string','length':20,'external':true}");
    String lead = org.lead("'Ext__c':'one'");
    Answer answer =
        org.patch(
            COLLECTIONS + "/Lead/Ext__c",
            "{'records':[{'attributes':{'type':'Lead'},'Ext__c':'ONE','Title':'CEO'},"
                + "{'attributes':{'type':'Lead'},'Ext__c':'two','LastName':'B','Company':'X'}]}");
    assertThat(answer.json().at("/0/id").asText()).isEqualTo(lead);
    assertThat(answer.json().at("/0/created").asBoolean(true)).isFalse();
    assertThat(answer.json().at("/1/created").asBoolean()).isTrue();
    assertThat(refusal("Lead", lead, "'Ext__c':'two'")).isEqualTo("DUPLICATE_VALUE");
  }

  @Test
  void read_ofSomeIds_hasNullForThoseThatAreNotThere() {
    String lead = org.lead("'Title':'CEO'");
    Answer answer =
        org.post(
            COLLECTIONS + "/Lead", "{'ids':['" + NOWHERE + "','" + lead + "'],'fields':['Title']}");
    assertThat(answer.json().path(0).isNull()).isTrue();
    assertThat(answer.json().at("/1/Title").asText()).isEqualTo("CEO");
  }

  @Test
  void calls_areCountedWithWhatTheyWrote() {
    String lead = org.lead("'Title':'CEO'");
    org.update(
        record("Lead", lead, "'Title':'CEO','Phone':'1'"), record("Lead", NOWHERE, "'Phone':'1'"));
    JsonNode calls = org.get("/_sandbox/calls").json();
    assertThat(calls.path("total").asInt()).isEqualTo(2);
    assertThat(calls.at("/batches/0/route").asText()).isEqualTo("/composite/sobjects");
    assertThat(calls.at("/batches/0/largest").asInt()).isEqualTo(2);
    JsonNode writes = calls.at("/writes/0");
    assertThat(writes.path("type").asText()).isEqualTo("Lead");
    assertThat(writes.path("client").asText()).isEqualTo("sandbox-client");
    assertThat(writes.path("created").asInt()).isEqualTo(1);
    assertThat(writes.path("updated").asInt()).isEqualTo(1);
    assertThat(writes.path("failed").asInt()).isEqualTo(1);
    assertThat(writes.path("changedValues").asInt()).isEqualTo(4);
    assertThat(writes.path("equalValues").asInt()).isEqualTo(1);
  }
}
