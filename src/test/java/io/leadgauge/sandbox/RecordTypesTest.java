package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTypesTest {
  private static final String TASKS = "/crm/objects/2026-03/tasks";

  private final SandboxClient sandbox = SandboxClient.unlimited();

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static String properties(ObjectType type) {
    return switch (type) {
      case CONTACT -> "{'email':'x@acme.example'}";
      case COMPANY -> "{'name':'Acme','domain':'acme.example','numberofemployees':'250'}";
      case DEAL -> "{'dealname':'Acme','dealstage':'qualifiedtobuy','amount':'100'}";
      case TASK -> "{'hs_timestamp':'2026-11-22T10:00:00Z','hs_task_subject':'Call'}";
      case CALL -> "{'hs_timestamp':'1795255200000','hs_call_direction':'OUTBOUND'}";
      case MEETING -> "{'hs_timestamp':'1795255200000','hs_meeting_outcome':'COMPLETED'}";
      case EMAIL -> "{'hs_timestamp':'1795255200000','hs_email_direction':'INCOMING_EMAIL'}";
      case NOTE -> "{'hs_timestamp':'1795255200000','hs_note_body':'n'}";
      case COMMUNICATION ->
          "{'hs_timestamp':'1795255200000','hs_communication_channel_type':'SMS'}";
    };
  }

  private String create(ObjectType type, String path) {
    Reply reply = sandbox.post(path, "{'properties':" + properties(type) + "}");
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(201);
    return reply.json().path("id").asText();
  }

  private String create(ObjectType type) {
    return create(type, "/crm/v3/objects/" + type.plural());
  }

  @ParameterizedTest
  @EnumSource(ObjectType.class)
  void record_ofAnyType_isServedInBothPathStyles(ObjectType type) {
    for (String path :
        new String[] {"/crm/v3/objects/" + type.plural(), "/crm/objects/2026-09/" + type.id()}) {
      if (type == ObjectType.CONTACT && path.contains("2026")) {
        continue; // Its e-mail address is taken by then.
      }
      String id = create(type, path);
      JsonNode read = sandbox.get(path + "/" + id).json();
      assertThat(read.at("/properties/hs_object_id").asText()).isEqualTo(id);
      assertThat(read.path("properties").has(type.modified())).isTrue();
      Reply batch =
          sandbox.post(
              path + "/batch/read",
              "{'inputs':[{'id':'%s'},{'id':'1'}],'properties':['hubspot_owner_id']}"
                  .formatted(id));
      assertThat(batch.status()).isEqualTo(207);
      assertThat(batch.json().at("/errors/0/message").asText()).contains(type.name());
      Reply update =
          sandbox.post(
              path + "/batch/update",
              "{'inputs':[{'id':'%s','properties':{'hubspot_owner_id':'60158084'}}]}"
                  .formatted(id));
      assertThat(update.json().at("/results/0/properties/hubspot_owner_id").asText())
          .isEqualTo("60158084");
      assertThat(sandbox.get(path + "?limit=1").json().path("results")).hasSize(1);
      Reply found =
          sandbox.post(
              path + "/search",
              "{'filterGroups':[{'filters':[{'propertyName':'%s','operator':'GT','value':'1'}]}]}"
                  .formatted(type.modified()));
      assertThat(found.json().path("total").asInt()).as(found.raw().body()).isPositive();
      assertThat(sandbox.delete(path + "/" + id).status()).isEqualTo(204);
      assertThat(sandbox.get(path + "/" + id).status()).isEqualTo(404);
      assertThat(sandbox.get(path + "/" + id + "?archived=true").status()).isEqualTo(200);
    }
  }

  @Test
  void batchRead_withHistoryOfMoreThanFifty_isRefused() {
    String inputs =
        IntStream.range(1, 52).mapToObj(i -> "{'id':'" + i + "'}").collect(Collectors.joining(","));
    Reply reply =
        sandbox.post(
            "/crm/objects/2026-03/meetings/batch/read",
            "{'inputs':[%s],'propertiesWithHistory':['hs_meeting_outcome']}".formatted(inputs));
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void task_withoutItsTime_isRefused() {
    Reply reply = sandbox.post(TASKS, "{'properties':{'hs_task_subject':'Call'}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/context/properties/0").asText()).isEqualTo("hs_timestamp");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4100001", "60158099", "nobody"})
  void task_forSomeoneWhoIsNoOwner_isRefused(String owner) {
    Reply reply =
        sandbox.post(
            TASKS,
            "{'properties':{'hs_timestamp':'1795255200000','hubspot_owner_id':'" + owner + "'}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/code").asText()).isEqualTo("INVALID_OWNER_ID");
  }

  @Test
  void task_createdWithAnAssociation_standsOnTheContact() {
    String contact = create(ObjectType.CONTACT);
    String link =
        "{'to':{'id':'%s'},'types':[{'associationCategory':'HUBSPOT_DEFINED','associationTypeId':%d}]}";
    Reply task =
        sandbox.post(
            TASKS,
            "{'properties':%s,'associations':[%s]}"
                .formatted(properties(ObjectType.TASK), link.formatted(contact, 204)));
    assertThat(task.status()).isEqualTo(201);
    JsonNode tasks =
        sandbox.get("/crm/objects/2026-03/contacts/" + contact + "/associations/tasks").json();
    assertThat(tasks.at("/results/0/toObjectId").asText())
        .isEqualTo(task.json().path("id").asText());
    assertThat(tasks.at("/results/0/associationTypes/0/typeId").asInt()).isEqualTo(203);
    for (String wrong : new String[] {link.formatted("1", 204), link.formatted(contact, 4711)}) {
      Reply refused =
          sandbox.post(
              TASKS,
              "{'properties':%s,'associations':[%s]}"
                  .formatted(properties(ObjectType.TASK), wrong));
      assertThat(refused.status()).isEqualTo(400);
    }
    assertThat(sandbox.get("/_sandbox/tasks").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void completedTask_tellsWhen() {
    String id = create(ObjectType.TASK);
    sandbox.patch(TASKS + "/" + id, "{'properties':{'hs_task_status':'COMPLETED'}}");
    JsonNode task = sandbox.get("/_sandbox/tasks/" + id).json();
    assertThat(task.at("/properties/hs_task_completion_date").asText()).isNotEmpty();
  }

  @Test
  void firstCompany_becomesThePrimaryOne_andAnotherTakesItsPlace() {
    String contact = create(ObjectType.CONTACT);
    String one = create(ObjectType.COMPANY);
    String two = create(ObjectType.COMPANY);
    String path = "/crm/v4/objects/contacts/" + contact + "/associations/";
    assertThat(
            sandbox
                .send("PUT", path + "default/companies/" + one, "", SandboxOptions.TOKEN)
                .status())
        .isEqualTo(200);
    assertThat(primary(contact)).isEqualTo(one);
    sandbox.send("PUT", path + "default/companies/" + two, "", SandboxOptions.TOKEN);
    assertThat(primary(contact)).isEqualTo(one);
    sandbox.post(
        "/_sandbox/associations",
        "{'from':'contacts/%s','to':'companies/%s','primary':true}".formatted(contact, two));
    assertThat(primary(contact)).isEqualTo(two);
    Reply read =
        sandbox.post(
            "/crm/associations/2026-03/contacts/companies/batch/read",
            "{'inputs':[{'id':'%s'},{'id':'77'}]}".formatted(contact));
    assertThat(read.status()).isEqualTo(207);
    assertThat(read.json().at("/results/0/to").findValuesAsText("typeId"))
        .containsExactlyInAnyOrder("279", "279", "1");
    assertThat(read.json().at("/errors/0/subCategory").asText())
        .isEqualTo("crm.associations.NO_ASSOCIATIONS_FOUND");
    sandbox.delete(path + "companies/" + two);
    assertThat(primary(contact)).isEmpty();
    sandbox.patch(
        "/crm/v3/objects/contacts/" + contact,
        "{'properties':{'associatedcompanyid':'" + one + "'}}");
    assertThat(primary(contact)).isEqualTo(one);
    JsonNode listed = sandbox.get("/crm/v3/objects/contacts?associations=companies").json();
    assertThat(listed.at("/results/0/associations/companies/results").findValuesAsText("type"))
        .containsExactlyInAnyOrder("contact_to_company", "contact_to_company_unlabeled");
  }

  private String primary(String contact) {
    return sandbox.contact(contact).at("/properties/associatedcompanyid").asText();
  }

  @Test
  void archivedCompany_isNoLongerThePrimaryOne_untilItIsRestored() {
    String contact = create(ObjectType.CONTACT);
    String company = create(ObjectType.COMPANY);
    sandbox.post(
        "/_sandbox/associations",
        "{'from':'contacts/%s','to':'companies/%s'}".formatted(contact, company));
    sandbox.delete("/crm/v3/objects/companies/" + company);
    assertThat(primary(contact)).isEmpty();
    sandbox.post("/_sandbox/companies/" + company + "/restore", "");
    assertThat(primary(contact)).isEqualTo(company);
  }

  @Test
  void associationRead_ofMoreThanAThousand_isRefused() {
    String inputs =
        IntStream.rangeClosed(1, 1001)
            .mapToObj(i -> "{'id':'" + i + "'}")
            .collect(Collectors.joining(","));
    Reply reply =
        sandbox.post(
            "/crm/v4/associations/contacts/companies/batch/read", "{'inputs':[" + inputs + "]}");
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void associations_ofMoreThanAPage_areReadPageByPage() {
    String company = create(ObjectType.COMPANY);
    String notes =
        IntStream.range(0, 501)
            .mapToObj(
                i ->
                    "{'properties':{'hs_timestamp':1795255200000},'associations':['companies/%s']}"
                        .formatted(company))
            .collect(Collectors.joining(","));
    sandbox.post("/_sandbox/notes", "{'notes':[" + notes + "]}");
    String path = "/crm/objects/2026-03/companies/" + company + "/associations/notes";
    JsonNode page = sandbox.get(path).json();
    assertThat(page.path("results")).hasSize(500);
    JsonNode rest = sandbox.get(path + "?after=" + page.at("/paging/next/after").asText()).json();
    assertThat(rest.path("results")).hasSize(1);
    assertThat(rest.has("paging")).isFalse();
  }

  @Test
  void deal_wonAndLost_isClosed() {
    String id = create(ObjectType.DEAL);
    sandbox.patch("/crm/v3/objects/deals/" + id, "{'properties':{'dealstage':'closedwon'}}");
    JsonNode deal = sandbox.get("/_sandbox/deals/" + id).json().path("properties");
    assertThat(deal.path("hs_is_closed_won").asText()).isEqualTo("true");
    assertThat(sandbox.get("/crm/v3/pipelines/deals").json().at("/results/0/stages")).hasSize(7);
  }

  @Test
  void owners_areListedByPages_andReadById() {
    JsonNode page = sandbox.get("/crm/v3/owners/?limit=1").json();
    String after = page.at("/paging/next/after").asText();
    JsonNode next = sandbox.get("/crm/owners/2026-03?limit=1&after=" + after).json();
    assertThat(next.at("/results/0/id").asText()).isEqualTo("60158085");
    assertThat(next.has("paging")).isFalse();
    assertThat(sandbox.get("/crm/v3/owners/60158084").json().path("userId").asInt())
        .isEqualTo(4_100_001);
    assertThat(sandbox.get("/crm/v3/owners?archived=true").json().path("results")).hasSize(1);
  }

  @Test
  void properties_areOfTheirType() {
    assertThat(sandbox.get("/crm/v3/properties/companies/domain").status()).isEqualTo(200);
    assertThat(sandbox.get("/crm/properties/2026-03/tasks/domain").status()).isEqualTo(404);
    sandbox.post(
        "/crm/v3/properties/companies",
        "{'name':'tier','label':'Tier','type':'string','fieldType':'text',"
            + "'groupName':'companyinformation'}");
    assertThat(sandbox.get("/crm/v3/properties/companies/tier").status()).isEqualTo(200);
    assertThat(sandbox.get("/crm/v3/properties/contacts/tier").status()).isEqualTo(404);
  }
}
