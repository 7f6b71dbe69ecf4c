package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Undecided;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Untouched;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes of what HubSpot takes only once it is empty: a stage on its way back. */
class HubSpotClearingTest extends WriteTest {
  private static RecordWrite back(String id) {
    return new RecordWrite(
        ref(id),
        new TreeMap<>(Map.of("lifecyclestage", "lead", "score", "7")),
        new TreeMap<>(Map.of("lifecyclestage", "mql")));
  }

  private static final String CLEARING = "[{'id':'7','properties':{'lifecyclestage':''}}]";

  /** Returns the bodies of the writes. */
  private List<String> bodies() {
    return hubSpot.calls().stream()
        .filter(call -> call.path().endsWith("update"))
        .map(call -> call.body().path("inputs").toString().replace('"', '\''))
        .toList();
  }

  private void answerHolding(
      String stage, Function<HubSpotStandIn.Call, ResponseDefinitionBuilder> writes) {
    hubSpot.answer(
        call ->
            call.path().endsWith("read")
                ? ok(batch(List.of(contact("7", "'lifecyclestage':'" + stage + "'")), List.of()))
                : writes.apply(call));
  }

  private static ResponseDefinitionBuilder noSuchStage() {
    return answered(
        400,
        error(
            "VALIDATION_ERROR",
            "no",
            "'errors':[{'message':'no such stage',"
                + "'context':{'propertyName':['lifecyclestage']}}]"));
  }

  private static boolean sets(HubSpotStandIn.Call call, String stage) {
    return call.body().toString().contains("\"lifecyclestage\":\"" + stage + "\"");
  }

  @Test
  void stage_takenBack_isClearedInARequestOfItsOwnAndThenSet() {
    answerHolding("mql", WriteTest::taken);

    WriteAnswer answer = client.write(List.of(back("7"), write("8", Map.of("score", "1"))));

    assertThat(bodies())
        .containsExactly(
            CLEARING,
            "[{'id':'7','properties':{'lifecyclestage':'lead','score':'7'}},"
                + "{'id':'8','properties':{'score':'1'}}]");
    assertThat(answer.trouble()).isNull();
    assertThat(answer.outcomes())
        .containsEntry(
            ref("7"),
            new Observed(List.of(seen("7", "lifecyclestage", "lead"), seen("7", "score", "7"))))
        .containsEntry(ref("8"), new Observed(List.of(seen("8", "score", "1"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer", ""})
  void stage_thatSomebodyMovedMeanwhile_isLeftUntouched(String moved) {
    answerHolding(moved, WriteTest::taken);

    WriteAnswer answer = client.write(List.of(back("7"), write("8", Map.of("score", "1"))));

    assertThat(bodies()).containsExactly("[{'id':'8','properties':{'score':'1'}}]");
    assertThat(answer.outcomes())
        .containsEntry(ref("7"), new Untouched(List.of(seen("7", "lifecyclestage", moved))))
        .containsEntry(ref("8"), new Observed(List.of(seen("8", "score", "1"))));
  }

  @Test
  void stage_thatCannotBeCleared_isNotSetButTheRestIs() {
    answerHolding(
        "mql",
        call ->
            call.body().toString().contains("score")
                ? taken(call)
                : ok(batch(List.of(contact("7", "'lifecyclestage':'mql'")), List.of())));

    WriteAnswer answer = client.write(List.of(back("7")));

    assertThat(bodies()).containsExactly(CLEARING, "[{'id':'7','properties':{'score':'7'}}]");
    assertThat(answer.outcomes())
        .containsEntry(
            ref("7"),
            new Observed(List.of(seen("7", "lifecyclestage", "mql"), seen("7", "score", "7"))));
  }

  @Test
  void stage_whoseClearingIsRefused_isNotSetButTheRestIs() {
    answerHolding("mql", call -> sets(call, "") ? noSuchStage() : taken(call));

    WriteAnswer answer = client.write(List.of(back("7")));

    assertThat(bodies()).containsExactly(CLEARING, "[{'id':'7','properties':{'score':'7'}}]");
    assertThat(answer.refused()).containsKey("lifecyclestage");
    assertThat(answer.outcomes())
        .containsEntry(
            ref("7"),
            new Observed(List.of(seen("7", "lifecyclestage", "mql"), seen("7", "score", "7"))));
  }

  @Test
  void stage_clearedAndThenRefused_isPutBack() {
    answerHolding("mql", call -> sets(call, "lead") ? noSuchStage() : taken(call));

    WriteAnswer answer = client.write(List.of(back("7")));

    assertThat(bodies()).last().isEqualTo("[{'id':'7','properties':{'lifecyclestage':'mql'}}]");
    assertThat(answer.refused()).containsEntry("lifecyclestage", "no such stage");
    assertThat(answer.outcomes())
        .containsEntry(
            ref("7"),
            new Observed(List.of(seen("7", "lifecyclestage", "mql"), seen("7", "score", "7"))));
  }

  @Test
  void stage_clearedThenRefusedForTheContact_isPutBack() {
    answerHolding("mql", call -> sets(call, "lead") ? invalid() : taken(call));

    WriteAnswer answer = client.write(List.of(back("7"), write("8", Map.of("score", "1"))));

    assertThat(answer.outcomes())
        .containsEntry(ref("7"), new Observed(List.of(seen("7", "lifecyclestage", "mql"))))
        .containsEntry(ref("8"), new Observed(List.of(seen("8", "score", "1"))));
  }

  @Test
  void stage_clearedAndNeitherSetNorPutBack_isAnsweredAsCleared() {
    answerHolding(
        "mql", call -> sets(call, "lead") || sets(call, "mql") ? noSuchStage() : taken(call));

    WriteAnswer answer = client.write(List.of(back("7")));

    assertThat(answer.refused()).containsKey("lifecyclestage");
    assertThat(answer.outcomes())
        .containsEntry(
            ref("7"),
            new Observed(List.of(seen("7", "lifecyclestage", ""), seen("7", "score", "7"))));
  }

  @Test
  void stage_thatCannotBeLookedAt_isUntouched() {
    hubSpot.answer(answered(500, "{}"));

    WriteAnswer answer = client.write(List.of(back("7"), write("8", Map.of("score", "1"))));

    assertThat(answer.trouble()).isNotNull();
    assertThat(idsOf(answer, Untouched.class)).containsExactly("7");
    assertThat(idsOf(answer, Undecided.class)).containsExactly("8");
  }

  @Test
  void stage_whoseClearingMeetsTrouble_leavesAllUndecided() {
    answerHolding("mql", call -> answered(500, "{}"));

    WriteAnswer answer = client.write(List.of(back("7"), write("8", Map.of("score", "1"))));

    assertThat(answer.trouble()).isNotNull();
    assertThat(idsOf(answer, Undecided.class)).containsExactly("7", "8");
  }
}
