package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.answered;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks, who can own them, and the fields of persons. */
class SalesforceTasksTest extends OrgTest {
  private static final String TASK = id("00T", 9);
  private static final String OWNER = id("005", 3);
  private static final long DUE_AT = Instant.parse("2026-11-23T16:30:00Z").toEpochMilli();
  private static final NewTask NEW =
      new NewTask(
          ref(lead(51)),
          "ab12cd",
          "Call Ann",
          "Score 72\nLeadgauge hand-off ab12cd",
          DUE_AT,
          OWNER);

  private static String made(boolean created) {
    return "{'id':'" + TASK + "','success':true,'errors':[],'created':" + created + "}";
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void task_isMadeByItsKey_soThatMakingItAgainMakesNoOther(int status) {
    org.answer(answered(status, made(status == 201)));

    assertThat(client.createTask(NEW)).isEqualTo(new TaskAnswer.Made(TASK));

    SalesforceStandIn.Call call = org.calls().getFirst();
    assertThat(call.method()).isEqualTo("PATCH");
    assertThat(call.path()).isEqualTo("/sobjects/Task/Leadgauge_Key__c/ab12cd");
    JsonNode body = call.body();
    assertThat(body.path("WhoId").asText()).isEqualTo(lead(51));
    assertThat(body.path("OwnerId").asText()).isEqualTo(OWNER);
    assertThat(body.path("Subject").asText()).isEqualTo("Call Ann");
    assertThat(body.path("Description").asText()).contains("hand-off ab12cd");
    assertThat(body.path("ActivityDate").asText()).isEqualTo("2026-11-23");
    assertThat(body.path("ReminderDateTime").asText()).isEqualTo("2026-11-23T16:30:00Z");
    assertThat(body.has("Leadgauge_Key__c")).isFalse();
  }

  @Test
  void taskOfNobody_hasNoOwner_andRemindsNobody() {
    org.answer(answered(201, made(true)));
    client.createTask(NEW.unowned());

    assertThat(org.calls().getFirst().body().has("OwnerId")).isFalse();
    assertThat(org.calls().getFirst().body().has("IsReminderSet")).isFalse();
  }

  @Test
  void answerWithoutABody_isCompletedByTheKey() {
    org.answer(
        call ->
            call.method().equals("PATCH")
                ? aResponse().withStatus(204)
                : rows("{'Id':'" + TASK + "'}"));

    assertThat(client.createTask(NEW)).isEqualTo(new TaskAnswer.Made(TASK));
    assertThat(org.calls().getLast().query()).endsWith("WHERE Leadgauge_Key__c = 'ab12cd'");
  }

  @Test
  void keyThatSeveralTasksHave_isTakenForMade() {
    org.answer(
        answered(
            300,
            "['/services/data/v67.0/sobjects/Task/"
                + TASK
                + "','/services/data/v67.0/sobjects/Task/x']"));

    assertThat(client.createTask(NEW)).isEqualTo(new TaskAnswer.Made(TASK));
  }

  @Test
  void unknownOutcome_madeAgain_isTheSameTask() {
    org.answer(
        call -> call.number() == 0 ? aResponse().withStatus(502) : answered(200, made(false)));

    assertThat(client.createTask(NEW)).isInstanceOf(TaskAnswer.Failed.class);
    assertThat(client.createTask(NEW)).isEqualTo(new TaskAnswer.Made(TASK));
    assertThat(org.calls())
        .extracting(SalesforceStandIn.Call::path)
        .containsOnly("/sobjects/Task/Leadgauge_Key__c/ab12cd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Provided external ID field does not exist or is not accessible: Leadgauge_Key__c",
        "No such column 'Leadgauge_Key__c' on sobject of type Task",
        "The requested resource does not exist"
      })
  void orgWithoutTheKey_getsTheTaskAllTheSame(String words) {
    String code = words.startsWith("The") ? "NOT_FOUND" : "INVALID_FIELD";
    int status = words.startsWith("No") ? 400 : 404;
    org.answer(
        call ->
            call.method().equals("PATCH")
                ? refused(status, code, words)
                : answered(201, made(true)));

    assertThat(client.createTask(NEW)).isEqualTo(new TaskAnswer.Made(TASK));
    assertThat(org.calls()).hasSize(2);
    assertThat(org.calls().getLast().path()).isEqualTo("/sobjects/Task");
    assertThat(org.calls().getLast().method()).isEqualTo("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INACTIVE_OWNER_OR_USER", "INVALID_CROSS_REFERENCE_KEY"})
  void ownerThatIsRefused_isToldApart(String code) {
    org.answer(
        answered(
            400, "[{'message':'no such owner','errorCode':'" + code + "','fields':['OwnerId']}]"));

    assertThat(client.createTask(NEW)).isInstanceOf(TaskAnswer.OwnerRefused.class);
    assertThat(org.calls()).hasSize(1);
  }

  @Test
  void taskThatIsRefused_isNotTriedWithoutItsKey() {
    org.answer(refused(400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "no calls on Sundays"));

    assertThat(client.createTask(NEW))
        .isEqualTo(
            new TaskAnswer.Refused("no calls on Sundays (FIELD_CUSTOM_VALIDATION_EXCEPTION)"));
    assertThat(org.calls()).hasSize(1);
  }

  @Test
  void longTexts_areCutToWhatFits_andNoPairIsTornApart() {
    org.answer(answered(201, made(true)));
    String subject = "x".repeat(254) + "\uD83D\uDE00";
    client.createTask(new NewTask(ref(lead(1)), "k", subject, "n".repeat(40_000), DUE_AT, null));

    JsonNode body = org.calls().getFirst().body();
    assertThat(body.path("Subject").asText()).isEqualTo("x".repeat(254));
    assertThat(body.path("Description").asText()).hasSize(32_000);
  }

  @Test
  void tasks_areFoundAgainByWhomTheyAreAbout() {
    org.answer(
        rows(
            "{'Id':'" + TASK + "','Description':'Leadgauge hand-off ab12cd'}",
            "{'Id':'" + id("00T", 8) + "','Description':null}"));

    TasksAnswer answer = client.tasksOf(ref(lead(51)));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.notes())
        .isEqualTo(Map.of(TASK, "Leadgauge hand-off ab12cd", id("00T", 8), ""));
    assertThat(org.calls().getFirst().query())
        .contains("WhoId IN ('" + lead(51) + "')", "ORDER BY CreatedDate DESC,Id DESC LIMIT 500");
  }

  @Test
  void tasksThatCannotBeRead_areNotMissing() {
    org.answer(refused(400, "INVALID_TYPE", "sObject type 'Task' is not supported."));

    assertThat(client.tasksOf(ref(lead(51))).trouble()).isInstanceOf(CallTrouble.Refused.class);
  }

  @Test
  void owners_areTheActiveUsers_ofAllPages() {
    org.answer(
        call ->
            call.path().equals("/query")
                ? answered(
                    200,
                    "{'totalSize':2,'done':false,'nextRecordsUrl':'/services/data/v67.0/query/01g-1',"
                        + "'records':[{'Id':'"
                        + OWNER.substring(0, 15)
                        + "'}]}")
                : rows("{'Id':'" + id("005", 4) + "'}"));

    assertThat(client.owners().ids()).containsExactlyInAnyOrder(OWNER, id("005", 4));
    assertThat(org.calls().getFirst().query())
        .isEqualTo("SELECT Id FROM User WHERE IsActive = true");
  }

  private static String picklist(String name, boolean restricted, String... values) {
    List<String> options =
        List.of(values).stream()
            .map(value -> "{'active':" + !value.equals("Old") + ",'value':'" + value + "'}")
            .toList();
    return "{'name':'%s','type':'picklist','updateable':%b,'restrictedPicklist':%b,"
            .formatted(name, !name.equals("Fixed"), restricted)
        + "'picklistValues':["
        + String.join(",", options)
        + "]}";
  }

  @Test
  void properties_areThoseOfBothObjects_andTakeWhatBothTake() {
    org.answer(
        call ->
            call.path().contains("/Lead/")
                ? described(
                    field("Title", "string"),
                    field("Status", "picklist"),
                    picklist("Label__c", true, "hot", "warm", "Old"),
                    picklist("Fixed", false, "a"))
                : described(
                    field("Title", "string"),
                    picklist("Label__c", true, "warm", "hot", "cold"),
                    picklist("Fixed", true, "b")));

    PropertiesAnswer answer = client.properties();

    assertThat(answer.trouble()).isNull();
    assertThat(answer.properties())
        .isEqualTo(
            Map.of(
                "Title", new CrmProperty("Title", List.of(), true),
                "Label__c", new CrmProperty("Label__c", List.of("warm", "hot"), true),
                "Fixed", new CrmProperty("Fixed", List.of("b"), false)));
  }

  @Test
  void propertiesThatOneObjectDoesNotTell_areNotKnown() {
    org.answer(
        call ->
            call.path().contains("/Lead/")
                ? refused(404, "NOT_FOUND", "The requested resource does not exist")
                : described(field("Title", "string")));

    assertThat(client.properties().trouble()).isInstanceOf(CallTrouble.Refused.class);
  }
}
