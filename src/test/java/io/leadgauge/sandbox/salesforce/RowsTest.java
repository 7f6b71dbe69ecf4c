package io.leadgauge.sandbox.salesforce;

import static io.leadgauge.sandbox.salesforce.OrgClient.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final String LEADS = DATA + "/sobjects/Lead";
  private static final String TASKS = DATA + "/sobjects/Task";

  private final MovableClock clock = new MovableClock(OrgClient.NOW);
  private final OrgClient org = OrgClient.with(SalesforceOptions.defaults(), clock);

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void record_isCreatedReadChangedAndDeleted() {
    Answer created = org.post(LEADS, "{'LastName':'Doe','Company':'Acme'}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("success").asBoolean()).isTrue();
    String id = created.json().path("id").asText();
    Answer changed = org.patch(LEADS + "/" + id, "{'Title':'CEO'}");
    assertThat(changed.status()).isEqualTo(204);
    assertThat(changed.raw().body()).isEmpty();
    JsonNode read = org.get(LEADS + "/" + id + "?fields=Title,Status").json();
    assertThat(read.path("Title").asText()).isEqualTo("CEO");
    assertThat(read.path("Status").asText()).isEqualTo("Open - Not Contacted");
    assertThat(read.has("Company")).isFalse();
    assertThat(org.get(LEADS + "/" + id).json().path("Company").asText()).isEqualTo("Acme");
    assertThat(org.delete(LEADS + "/" + id).status()).isEqualTo(204);
    Answer gone = org.get(LEADS + "/" + id);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.code()).isEqualTo("ENTITY_IS_DELETED");
    assertThat(org.patch(LEADS + "/" + id, "{'Title':'CFO'}").status()).isEqualTo(404);
  }

  @Test
  void errorsOfSingleCalls_areArrays() {
    Answer missing = org.post(LEADS, "{'FirstName':'Jo'}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.code()).isEqualTo("REQUIRED_FIELD_MISSING");
    assertThat(missing.json().at("/0/fields").toString()).isEqualTo("[\"LastName\",\"Company\"]");
    Answer unknown = org.get(LEADS + "/" + org.lead("") + "?fields=AccountNumer");
    assertThat(unknown.message())
        .isEqualTo("No such column 'AccountNumer' on sobject of type Lead");
    assertThat(org.get(LEADS + "/00Q000000000001EAA").status()).isEqualTo(404);
    assertThat(org.post(LEADS, "[1]").code()).isEqualTo("JSON_PARSER_ERROR");
    assertThat(org.get(DATA + "/sobjects/Leed/describe").code()).isEqualTo("NOT_FOUND");
    assertThat(org.patch(LEADS + "/" + org.lead(""), "{'Id':'x'}").code())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void upsert_byExternalId_createsOnceAndThenChanges() {
    org.tell("/fields/Task/Key__c", "{'type':'string','length':40,'external':true}");
    String lead = org.lead("");
    String body = "{'Subject':'Call','WhoId':'" + lead + "'}";
    Answer created = org.patch(TASKS + "/Key__c/k%2F1", body);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json().path("created").asBoolean()).isTrue();
    String id = created.json().path("id").asText();
    assertThat(id).startsWith("00T");
    assertThat(org.fields("Task", id).path("Key__c").asText()).isEqualTo("k/1");
    Answer again = org.patch(TASKS + "/Key__c/k%2F1", body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json().path("id").asText()).isEqualTo(id);
    assertThat(again.json().path("created").asBoolean(true)).isFalse();
    Answer old = org.patch("/services/data/v45.0/sobjects/Task/Key__c/k%2F1", body);
    assertThat(old.status()).as("before version 46").isEqualTo(204);
    assertThat(org.get(TASKS + "/Key__c/k%2F1").json().path("Id").asText()).isEqualTo(id);
    assertThat(org.patch(TASKS + "/Key__c/k2", "{'Key__c':'k2'}").code())
        .isEqualTo("INVALID_FIELD");
    assertThat(org.patch(TASKS + "/Subject/k2", body).status()).isEqualTo(404);
  }

  @Test
  void upsert_ofAKeyThatSeveralHave_namesThem() {
    org.tell("/fields/Task/Key__c", "{'type':'string','length':40,'external':true}");
    org.tell("/Task", "{'records':[{'fields':{'Key__c':'k'}},{'fields':{'Key__c':'k'}}]}");
    Answer several = org.patch(TASKS + "/Key__c/k", "{'Subject':'Call'}");
    assertThat(several.status()).isEqualTo(300);
    assertThat(several.json()).hasSize(2);
    assertThat(several.json().path(0).asText())
        .startsWith("/services/data/v67.0/sobjects/Task/00T");
  }

  @Test
  void describe_showsWhatOurUserSees() {
    org.tell(
        "/fields/Lead/Label__c",
        "{'type':'picklist','label':'Label','values':['hot'],'restricted':true}");
    org.tell("/fields/Lead/Hidden__c", "{'type':'double','ours':'hidden'}");
    org.tell("/fields/Lead/Read__c", "{'type':'double','ours':'read'}");
    JsonNode describe = org.get(LEADS + "/describe").json();
    assertThat(describe.path("keyPrefix").asText()).isEqualTo("00Q");
    JsonNode label = field(describe, "Label__c");
    assertThat(label.path("type").asText()).isEqualTo("picklist");
    assertThat(label.path("restrictedPicklist").asBoolean()).isTrue();
    assertThat(label.at("/picklistValues/0/value").asText()).isEqualTo("hot");
    assertThat(label.path("updateable").asBoolean()).isTrue();
    assertThat(field(describe, "Read__c").path("updateable").asBoolean(true)).isFalse();
    assertThat(field(describe, "Hidden__c").isMissingNode()).isTrue();
    assertThat(field(describe, "OwnerId").path("relationshipName").asText()).isEqualTo("Owner");
    assertThat(field(describe, "City").path("compoundFieldName").asText()).isEqualTo("Address");
    assertThat(field(describe, "IsConverted").path("updateable").asBoolean(true)).isFalse();
    JsonNode all = org.get(DATA + "/sobjects").json();
    assertThat(all.path("sobjects").findValuesAsText("name"))
        .contains("Lead", "Contact", "Account", "Opportunity", "Task", "Event", "CampaignMember")
        .contains("EmailMessage", "EmailMessageRelation", "OpportunityContactRole", "User");
    JsonNode forOthers =
        org.send(
                "GET",
                LEADS + "/describe",
                "",
                Map.of("Authorization", "Bearer " + SalesforceOptions.OTHER_TOKEN))
            .json();
    assertThat(field(forOthers, "Hidden__c").path("type").asText()).isEqualTo("double");
  }

  private static JsonNode field(JsonNode describe, String name) {
    for (JsonNode field : describe.path("fields")) {
      if (field.path("name").asText().equals(name)) {
        return field;
      }
    }
    return describe.path("none");
  }

  @Test
  void versions_areServedRetiredOrUnknown() {
    JsonNode versions =
        org.send("GET", "/services/data", "", Map.of("Authorization", "none")).json();
    JsonNode latest = versions.path(versions.size() - 1);
    assertThat(latest.path("version").asText()).isEqualTo("67.0");
    assertThat(latest.path("label").asText()).isEqualTo("Summer '26");
    assertThat(versions.path(versions.size() - 3).path("label").asText()).isEqualTo("Winter '26");
    assertThat(org.get("/services/data/v66.0/limits").status()).isEqualTo(200);
    Answer retired = org.get("/services/data/v30.0/limits");
    assertThat(retired.status()).isEqualTo(410);
    assertThat(org.get("/services/data/v68.0/limits").status()).isEqualTo(404);
    assertThat(org.get(DATA + "/nonsense").code()).isEqualTo("NOT_FOUND");
  }

  @Test
  void organization_andLeadStatuses_canBeAskedFor() {
    JsonNode organization =
        org.query("SELECT Id, Name, OrganizationType, IsSandbox FROM Organization").json();
    assertThat(organization.at("/records/0/Id").asText()).isEqualTo(SalesforceOptions.ORG_ID);
    assertThat(organization.at("/records/0/OrganizationType").asText())
        .isEqualTo("Enterprise Edition");
    String soql = "SELECT ApiName, IsConverted FROM LeadStatus ORDER BY SortOrder";
    assertThat(org.query(soql).json().at("/records/2/IsConverted").asBoolean()).isTrue();
    org.tell("/statuses", "[{'label':'Abierto'},{'label':'Convertido','converted':true}]");
    assertThat(org.query(soql).json().path("records").findValuesAsText("ApiName"))
        .containsExactly("Abierto", "Convertido");
  }

  @Test
  void dailyLimit_isOfTheWholeOrgWithinAny24Hours() {
    org.tell("/limits", "{'daily':5,'byOthers':2}");
    Answer first = org.get(DATA + "/limits");
    assertThat(first.header("Sforce-Limit-Info")).isEqualTo("api-usage=3/5");
    assertThat(first.json().at("/DailyApiRequests/Max").asInt()).isEqualTo(5);
    assertThat(first.json().at("/DailyApiRequests/Remaining").asInt()).isEqualTo(2);
    clock.advance(Duration.ofHours(12));
    assertThat(org.get(LEADS + "/none").header("Sforce-Limit-Info"))
        .as("calls that fail count")
        .isEqualTo("api-usage=4/5");
    org.get(DATA + "/limits");
    Answer refused = org.get(DATA + "/limits");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
    assertThat(refused.header("Retry-After")).isEmpty();
    assertThat(refused.header("Sforce-Limit-Info")).isEqualTo("api-usage=5/5");
    clock.advance(Duration.ofHours(12));
    assertThat(org.get(DATA + "/limits").status()).isEqualTo(200);
    assertThat(org.get(DATA + "/limits").status()).isEqualTo(403);
  }

  @Test
  void orgWithoutApi_refusesEverything() {
    org.tell("/settings", "{'apiEnabled':false}");
    Answer refused = org.get(DATA + "/limits");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("API_DISABLED_FOR_ORG");
  }

  @Test
  void date_isThatOfTheOrgsClock() {
    clock.advance(Duration.ofSeconds(7));
    assertThat(org.get(DATA + "/limits").header("Date")).isEqualTo("Sat, 21 Nov 2026 10:00:07 GMT");
  }

  @Test
  void longAddress_isRefused() {
    assertThat(org.get(DATA + "/query?q=" + "x".repeat(17_000)).status()).isEqualTo(414);
  }
}
