package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.TasksAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tasks and owners, from the wire's side. */
class HubSpotTasksTest extends ClientTest {
  private static final long DUE_AT = Instant.parse("2026-11-06T09:00:00Z").toEpochMilli();
  private static final NewTask CALL =
      new NewTask(
          ref("51"), "ab12", "Call Ann", "Score 72 <b>\nLeadgauge hand-off ab12", DUE_AT, "7");

  private static String task(String id, String note) {
    return ("{'id':'%s','properties':{'hs_task_body':'%s','hs_object_id':'%s'},"
            + "'createdAt':'2026-11-04T03:44:52.657Z','updatedAt':'2026-11-04T12:06:46.802Z',"
            + "'archived':false}")
        .formatted(id, note, id);
  }

  private static String associations(String after, String... tasks) {
    List<String> to = new ArrayList<>();
    for (String task : tasks) {
      to.add(
          "{'toObjectId':"
              + task
              + ",'associationTypes':[{'category':'HUBSPOT_DEFINED','typeId':203,'label':null}]}");
    }
    String paging = after.isEmpty() ? "" : "'paging':{'next':{'after':'" + after + "'}},";
    return "{'completedAt':'2026-11-06T05:03:12.978Z','status':'COMPLETE','results':[{"
        + paging
        + "'from':{'id':'51'},'to':["
        + String.join(",", to)
        + "]}]}";
  }

  @Test
  void task_isMadeWithItsAssociationInOneCall() {
    hubSpot.answer(answered(201, task("900", "x")));

    assertThat(client.createTask(CALL)).isEqualTo(new TaskAnswer.Made("900"));

    HubSpotStandIn.Call call = hubSpot.calls().getFirst();
    assertThat(hubSpot.calls()).hasSize(1);
    assertThat(call.path()).isEqualTo("/crm/v3/objects/tasks");
    JsonNode properties = call.body().path("properties");
    assertThat(properties.path("hs_timestamp").asText()).isEqualTo("2026-11-06T09:00:00Z");
    assertThat(properties.path("hs_task_subject").asText()).isEqualTo("Call Ann");
    assertThat(properties.path("hs_task_body").asText())
        .isEqualTo("Score 72 &lt;b&gt;<br>Leadgauge hand-off ab12");
    assertThat(properties.path("hubspot_owner_id").asText()).isEqualTo("7");
    JsonNode association = call.body().path("associations").path(0);
    assertThat(association.path("to").path("id").asText()).isEqualTo("51");
    assertThat(association.path("types").path(0).path("associationTypeId").asInt()).isEqualTo(204);
  }

  @Test
  void task_ofNobody_namesNoOwner() {
    hubSpot.answer(answered(201, task("900", "x")));
    client.createTask(CALL.unowned());
    JsonNode properties = hubSpot.calls().getFirst().body().path("properties");
    assertThat(properties.has("hubspot_owner_id")).isFalse();
  }

  @Test
  void task_ownerToBlame_isToldApartFromOtherRefusals() {
    hubSpot.answer(
        answered(
            400,
            error(
                "VALIDATION_ERROR",
                "Property values were not valid",
                "'errors':[{'message':'9 was not one of the allowed options',"
                    + "'code':'INVALID_OPTION','context':{'propertyName':['hubspot_owner_id']}}]")));
    assertThat(client.createTask(CALL)).isInstanceOf(TaskAnswer.OwnerRefused.class);

    hubSpot.answer(answered(400, error("VALIDATION_ERROR", "hs_timestamp is missing", "")));
    assertThat(client.createTask(CALL))
        .isInstanceOfSatisfying(
            TaskAnswer.Refused.class,
            refused -> assertThat(refused.reason()).contains("hs_timestamp is missing"));
  }

  @Test
  void task_withoutScope_isRefusedByName() {
    hubSpot.answer(
        answered(
            403,
            error(
                "MISSING_SCOPES",
                "This app lacks scopes.",
                "'errors':[{'message':'m',"
                    + "'context':{'requiredGranularScopes':['crm.objects.contacts.write']}}]")));
    assertThat(client.createTask(CALL))
        .isInstanceOfSatisfying(
            TaskAnswer.Failed.class,
            failed ->
                assertThat(failed.trouble())
                    .isInstanceOfSatisfying(
                        CallTrouble.Refused.class,
                        refused ->
                            assertThat(refused.reason()).contains("crm.objects.contacts.write")));
  }

  @Test
  void task_withoutAnId_isNotKnownToBeMade() {
    hubSpot.answer(answered(201, "{'properties':{}}"));
    assertThat(client.createTask(CALL)).isInstanceOf(TaskAnswer.Failed.class);
  }

  @Test
  void tasks_ofAContact_areReadByAssociationPageByPage() {
    hubSpot.answer(
        call ->
            call.path().contains("associations")
                ? ok(
                    call.body().path("inputs").path(0).has("after")
                        ? associations("", "12")
                        : associations("2", "9", "10"))
                : ok(
                    "{'completedAt':'2026-11-06T05:03:12.978Z','status':'COMPLETE','results':["
                        + task("9", "old")
                        + ","
                        + task("12", "<p>Leadgauge hand-off ab12</p>")
                        + "]}"));

    TasksAnswer answer = client.tasksOf(ref("51"));

    assertThat(answer)
        .isEqualTo(
            new TasksAnswer(Map.of("9", "old", "12", "<p>Leadgauge hand-off ab12</p>"), null));
    assertThat(hubSpot.calls().stream().map(HubSpotStandIn.Call::path))
        .containsExactly(
            "/crm/v4/associations/contacts/tasks/batch/read",
            "/crm/v4/associations/contacts/tasks/batch/read",
            "/crm/v3/objects/tasks/batch/read");
    assertThat(hubSpot.calls().getLast().ids()).containsExactly("9", "10", "12");
  }

  @Test
  void tasks_none_costsOneCall() {
    hubSpot.answer(
        ok("{'completedAt':'2026-11-06T05:03:12.978Z','status':'COMPLETE','results':[]}"));
    assertThat(client.tasksOf(ref("51"))).isEqualTo(new TasksAnswer(Map.of(), null));
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @Test
  void tasks_notReadable_areNotTakenForNone() {
    hubSpot.answer(
        call ->
            call.path().contains("associations") ? ok(associations("", "9")) : answered(502, "{}"));
    assertThat(client.tasksOf(ref("51")).trouble()).isInstanceOf(CallTrouble.Wait.class);
  }

  @Test
  void tasks_readInPart_areNotTakenForAll_unlessTheRestIsGone() {
    String parts = "{'status':'COMPLETE','results':[" + task("9", "old") + "],'errors':[%s]}";
    String fault = HubSpotStandIn.error("INTERNAL_ERROR", "no", "'context':{'ids':['10']}");
    hubSpot.answer(
        call ->
            call.path().contains("associations")
                ? ok(associations("", "9", "10"))
                : answered(207, parts.formatted(fault)));
    assertThat(client.tasksOf(ref("51")).trouble()).isInstanceOf(CallTrouble.Unknown.class);
    hubSpot.answer(
        call ->
            call.path().contains("associations")
                ? ok(associations("", "9", "10"))
                : answered(207, parts.formatted(HubSpotStandIn.notFound("10"))));
    assertThat(client.tasksOf(ref("51")).trouble()).isNull();
  }

  @Test
  void owners_areListedPageByPageWithoutThoseThatAreArchived() {
    hubSpot.answer(
        call ->
            ok(
                call.path().contains("after")
                    ? "{'results':[{'id':'8','userId':80,'archived':false}]}"
                    : "{'results':[{'id':'7','userId':70,'archived':false},"
                        + "{'id':'6','archived':true}],'paging':{'next':{'after':'p2'}}}"));
    assertThat(client.owners()).isEqualTo(new OwnersAnswer(Set.of("7", "8"), null));
    assertThat(hubSpot.calls().getFirst().path())
        .isEqualTo("/crm/v3/owners/?limit=500&archived=false");
  }

  @Test
  void datedVersion_asksItsOwnPaths() {
    hubSpot.answer(
        call -> {
          if (call.path().contains("associations")) {
            return ok(associations("", "9"));
          }
          return call.path().contains("owners")
              ? ok("{'results':[]}")
              : ok(call.path().endsWith("read") ? "{'results':[]}" : task("900", "x"));
        });
    try (HubSpotClient dated = client("2026-03")) {
      dated.createTask(CALL);
      dated.tasksOf(ref("51"));
      dated.owners();
    }
    assertThat(hubSpot.calls().stream().map(HubSpotStandIn.Call::path))
        .containsExactly(
            "/crm/objects/2026-03/tasks",
            "/crm/associations/2026-03/contacts/tasks/batch/read",
            "/crm/objects/2026-03/tasks/batch/read",
            "/crm/owners/2026-03?limit=500&archived=false");
  }
}
