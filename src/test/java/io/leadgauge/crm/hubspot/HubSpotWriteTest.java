package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.notFound;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Rejected;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Undecided;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Untouched;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotWriteTest extends ClientTest {
  private static RecordWrite write(String id, Map<String, String> properties) {
    return new RecordWrite(ref(id), new TreeMap<>(properties));
  }

  private static List<RecordWrite> scores(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> write(Integer.toString(i), Map.of("score", Integer.toString(i))))
        .toList();
  }

  /** Returns HubSpot's answer when everything sent is valid: the values as they were sent. */
  private static ResponseDefinitionBuilder taken(HubSpotStandIn.Call call) {
    List<String> results = new ArrayList<>();
    for (JsonNode input : call.body().path("inputs")) {
      String properties = input.path("properties").toString();
      results.add(
          contact(input.path("id").asText(), properties.substring(1, properties.length() - 1)));
    }
    return ok(batch(results, List.of()));
  }

  private static ResponseDefinitionBuilder invalid() {
    return answered(400, error("VALIDATION_ERROR", "A required value is not there", ""));
  }

  /** Lets a batch through unless a contact in it is bad, and then says nothing of which. */
  private void refuseBatchesWith(Predicate<String> bad) {
    hubSpot.answer(call -> call.ids().stream().anyMatch(bad) ? invalid() : taken(call));
  }

  private static Set<String> idsOf(WriteAnswer answer, Class<? extends RecordOutcome> outcome) {
    return answer.outcomes().entrySet().stream()
        .filter(entry -> outcome.isInstance(entry.getValue()))
        .map(entry -> entry.getKey().id())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // ---- taken

  @ParameterizedTest
  @CsvSource({
    "v3, 200, /crm/v3/objects/contacts/batch/update",
    "2026-03, 201, /crm/objects/2026-03/contacts/batch/update"
  })
  void write_isSentByIdAndObserved(String version, int status, String path) {
    hubSpot.answer(
        answered(status, batch(List.of(contact("7", "'score':'87','label':'hot'")), List.of())));

    WriteAnswer answer;
    try (HubSpotClient versioned = client(version)) {
      answer = versioned.write(List.of(write("7", Map.of("score", "87"))));
    }

    assertThat(hubSpot.calls()).extracting(HubSpotStandIn.Call::path).containsExactly(path);
    assertThat(hubSpot.calls().getFirst().body())
        .isEqualTo(HubSpotStandIn.json("{'inputs':[{'id':'7','properties':{'score':'87'}}]}"));
    assertThat(answer)
        .isEqualTo(
            new WriteAnswer(
                Map.of(ref("7"), new Observed(List.of(seen("7", "score", "87")))), null));
  }

  @Test
  void write_ignoredByHubSpot_isObservedAsItStands() {
    hubSpot.answer(ok(batch(List.of(contact("7", "'lifecyclestage':'customer'")), List.of())));

    WriteAnswer answer = client.write(List.of(write("7", Map.of("lifecyclestage", "lead"))));

    assertThat(answer.outcomes())
        .containsEntry(ref("7"), new Observed(List.of(seen("7", "lifecyclestage", "customer"))));
  }

  @Test
  void write_clearing_isSentAsEmptyTextAndObservedEmpty() {
    hubSpot.answer(ok(batch(List.of(contact("7", "")), List.of())));

    WriteAnswer answer = client.write(List.of(write("7", Map.of("segment", ""))));

    assertThat(hubSpot.calls().getFirst().body().at("/inputs/0/properties/segment").isTextual())
        .isTrue();
    assertThat(answer.outcomes())
        .containsEntry(ref("7"), new Observed(List.of(seen("7", "segment", ""))));
  }

  // ---- cleared first

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
    answerHolding("mql", HubSpotWriteTest::taken);

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
    answerHolding(moved, HubSpotWriteTest::taken);

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

  @Test
  void write_valueMissingInTheAnswer_isNotConfirmed() {
    hubSpot.answer(ok(batch(List.of(contact("7", "")), List.of())));

    assertThat(client.write(List.of(write("7", Map.of("score", "87")))).outcomes())
        .containsEntry(ref("7"), new Observed(List.of()));
  }

  @Test
  void write_halfASurrogatePair_doesNotBreakTheBody() {
    hubSpot.answer(HubSpotWriteTest::taken);

    assertThat(client.write(List.of(write("7", Map.of("reasons", "a\ud83d")))).outcomes())
        .containsEntry(ref("7"), new Observed(List.of(seen("7", "reasons", "a?"))));
  }

  @Test
  void partial_missingContactsAreGone_othersObserved() {
    hubSpot.answer(
        answered(207, batch(List.of(contact("7", "'score':'1'")), List.of(notFound("8")))));

    WriteAnswer answer =
        client.write(List.of(write("7", Map.of("score", "1")), write("8", Map.of("score", "2"))));

    assertThat(answer.outcomes())
        .containsEntry(ref("7"), new Observed(List.of(seen("7", "score", "1"))))
        .containsEntry(ref("8"), new Observed(List.of(gone("8"))));
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void partial_errorsAreReadWithStatus200Too() {
    hubSpot.answer(ok(batch(List.of(), List.of(notFound("8")))));

    assertThat(client.write(List.of(write("8", Map.of("score", "2")))).outcomes())
        .containsEntry(ref("8"), new Observed(List.of(gone("8"))));
  }

  @Test
  void partial_otherErrorOfAContact_rejectsIt() {
    hubSpot.answer(
        answered(
            207,
            batch(
                List.of(),
                List.of(error("VALIDATION_ERROR", "no good", "'context':{'ids':['8']}")))));

    WriteAnswer answer = client.write(List.of(write("8", Map.of("score", "2"))));

    assertThat(answer.outcomes().get(ref("8")))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.reason()).startsWith("no good"));
  }

  @Test
  void contactThatTheAnswerPassesOver_isUndecided() {
    hubSpot.answer(ok(batch(List.of(contact("70", "'score':'2'")), List.of())));

    WriteAnswer answer = client.write(List.of(write("8", Map.of("score", "2"))));

    assertThat(answer.outcomes()).isEqualTo(Map.of(ref("8"), new Undecided()));
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void contactThatTheAnswerPassesOver_besideAnAnsweredOne_isRejectedForItself() {
    hubSpot.answer(ok(batch(List.of(contact("7", "'score':'2'")), List.of())));

    WriteAnswer answer =
        client.write(List.of(write("7", Map.of("score", "2")), write("8", Map.of("score", "2"))));

    assertThat(answer.outcomes().get(ref("8"))).isInstanceOf(Rejected.class);
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void nothingToWrite_makesNoCall() {
    assertThat(client.write(List.of())).isEqualTo(new WriteAnswer(Map.of(), null));
    assertThat(client.write(List.of(write("7", Map.of()))).outcomes())
        .containsEntry(ref("7"), new Observed(List.of()));
    assertThat(hubSpot.calls()).isEmpty();
  }

  @Test
  void mistakesOfTheCaller_areRefusedBeforeTheCall() {
    RecordWrite seven = write("7", Map.of("score", "1"));
    RecordRef company = new RecordRef(PORTAL, RecordRef.COMPANY, "7");
    RecordRef elsewhere = RecordRef.contact(new ConnectionId("other"), "7");

    assertThatThrownBy(() -> client.write(List.of(seven, seven)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.write(scores(101)))
        .isInstanceOf(IllegalArgumentException.class);
    for (RecordRef record : List.of(company, elsewhere)) {
      assertThatThrownBy(() -> client.write(List.of(new RecordWrite(record, new TreeMap<>()))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(record.toString());
    }
    assertThat(hubSpot.calls()).isEmpty();
  }

  // ---- a property is to blame

  /** Refuses batches that carry a property, in one of the shapes in which HubSpot names it. */
  private void refuseProperty(String name, String refusal) {
    hubSpot.answer(
        call ->
            StreamSupport.stream(call.body().path("inputs").spliterator(), false)
                    .anyMatch(input -> input.path("properties").has(name))
                ? answered(400, refusal)
                : taken(call));
  }

  private void assertLeftOut(String name, String message) {
    List<RecordWrite> writes = new ArrayList<>(scores(3));
    writes.set(1, write("2", Map.of("score", "2", name, "x")));
    writes.set(2, write("3", Map.of(name, "x")));

    WriteAnswer answer = client.write(writes);

    assertThat(hubSpot.calls()).hasSize(2);
    assertThat(answer.refused()).isEqualTo(Map.of(name, message));
    assertThat(answer.outcomes())
        .containsEntry(ref("1"), new Observed(List.of(seen("1", "score", "1"))))
        .containsEntry(ref("2"), new Observed(List.of(seen("2", "score", "2"))))
        .containsEntry(ref("3"), new Observed(List.of()));
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void namedProperty_inTheErrors_isLeftOutForAll() {
    refuseProperty(
        "tier",
        error(
            "VALIDATION_ERROR",
            "Property values were not valid",
            "'errors':[{'message':'tier is read only','code':'READ_ONLY_VALUE',"
                + "'context':{'propertyName':['tier']}}]"));

    assertLeftOut("tier", "tier is read only");
  }

  @Test
  void namedProperty_inTheMessageAlone_isLeftOutForAll() {
    refuseProperty(
        "tier",
        error(
            "VALIDATION_ERROR",
            "Property values were not valid: [{\\'isValid\\':false,\\'message\\':\\'gold was not"
                + " one of the allowed"
                + " options\\',\\'error\\':\\'INVALID_OPTION\\',\\'name\\':\\'tier\\'}]",
            ""));

    assertLeftOut("tier", "gold was not one of the allowed options");
  }

  @Test
  void namedProperties_oneAfterTheOther_areAllLeftOut() {
    hubSpot.answer(
        call -> {
          JsonNode properties = call.body().at("/inputs/0/properties");
          for (String bad : List.of("label", "tier")) {
            if (properties.has(bad)) {
              return answered(
                  400,
                  error(
                      "VALIDATION_ERROR",
                      "no",
                      "'errors':[{'message':'no %s','context':{'propertyName':['%s']}}]"
                          .formatted(bad, bad)));
            }
          }
          return taken(call);
        });

    WriteAnswer answer =
        client.write(List.of(write("7", Map.of("score", "1", "label", "hot", "tier", "gold"))));

    assertThat(answer.refused()).isEqualTo(Map.of("label", "no label", "tier", "no tier"));
    assertThat(answer.outcomes())
        .containsEntry(ref("7"), new Observed(List.of(seen("7", "score", "1"))));
    assertThat(hubSpot.calls()).hasSize(3);
  }

  @Test
  void namedProperty_thatWasNeverSent_isNoReasonToLeaveAnythingOut() {
    hubSpot.answer(
        answered(
            400,
            error(
                "VALIDATION_ERROR",
                "phone is required",
                "'errors':[{'message':'phone is"
                    + " required','context':{'propertyName':['phone']}}]")));

    WriteAnswer answer = client.write(List.of(write("7", Map.of("score", "1"))));

    assertThat(answer.refused()).isEmpty();
    assertThat(answer.outcomes().get(ref("7"))).isInstanceOf(Rejected.class);
  }

  // ---- a contact is to blame, and nobody says which

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 37, 50, 51, 99, 100})
  void oneBadContactOfAHundred_costsAtMostEightCallsMore(int bad) {
    refuseBatchesWith(Integer.toString(bad)::equals);

    WriteAnswer answer = client.write(scores(100));

    assertThat(idsOf(answer, Rejected.class)).containsExactly(Integer.toString(bad));
    assertThat(idsOf(answer, Observed.class)).hasSize(99);
    assertThat(answer.trouble()).isNull();
    assertThat(hubSpot.calls()).hasSizeLessThanOrEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void severalBadContacts_costAtMostEightCallsEach(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    Set<String> bad = new TreeSet<>();
    int count = 2 + random.nextInt(4);
    while (bad.size() < count) {
      bad.add(Integer.toString(1 + random.nextInt(100)));
    }
    refuseBatchesWith(bad::contains);

    WriteAnswer answer = client.write(scores(100));

    assertThat(idsOf(answer, Rejected.class)).as("seed %d", seed).isEqualTo(bad);
    assertThat(idsOf(answer, Observed.class)).hasSize(100 - count);
    assertThat(hubSpot.calls()).hasSizeLessThanOrEqualTo(1 + 8 * count);
  }

  @Test
  void noContactIsWrittenTwice() {
    refuseBatchesWith(id -> id.equals("13") || id.equals("77"));

    client.write(scores(100));

    List<String> written =
        hubSpot.calls().stream()
            .filter(call -> !call.ids().contains("13") && !call.ids().contains("77"))
            .flatMap(call -> call.ids().stream())
            .toList();
    assertThat(written).hasSize(98).doesNotHaveDuplicates();
  }

  @Test
  void onlyContact_bad_isRejectedAtOnce() {
    refuseBatchesWith("1"::equals);

    WriteAnswer answer = client.write(scores(1));

    assertThat(answer.outcomes())
        .isEqualTo(
            Map.of(
                ref("1"),
                new Rejected(
                    "A required value is not there (correlationId"
                        + " a996e7d6-de07-46ef-bddc-897126eb8859)")));
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @Test
  void conflict_isNarrowedDownLikeAnInvalidContact() {
    hubSpot.answer(
        call ->
            call.ids().contains("2")
                ? answered(409, error("CONFLICT", "value is taken", ""))
                : taken(call));

    assertThat(idsOf(client.write(scores(4)), Rejected.class)).containsExactly("2");
  }

  @Test
  void everyContactBad_endsWithinTheBound_andIsRefused() {
    hubSpot.answer(invalid());

    WriteAnswer answer = client.write(scores(100));

    assertThat(hubSpot.calls()).hasSize(1 + BatchUpdate.MOST_EXTRA_CALLS);
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Refused.class);
    assertThat(idsOf(answer, Rejected.class)).hasSizeBetween(5, 10);
    assertThat(idsOf(answer, Undecided.class)).hasSizeBetween(90, 95);
  }

  @Test
  void manyBadContacts_endWithinTheBound_andTheRestWaits() {
    refuseBatchesWith(id -> Integer.parseInt(id) % 7 == 0);

    WriteAnswer answer = client.write(scores(100));

    assertThat(hubSpot.calls()).hasSizeLessThanOrEqualTo(1 + BatchUpdate.MOST_EXTRA_CALLS);
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(idsOf(answer, Rejected.class)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(idsOf(answer, Observed.class)).isNotEmpty();
  }

  @Test
  void troubleWhileNarrowingDown_leavesTheRestUndecided() {
    hubSpot.answer(
        call -> {
          if (call.number() == 3) {
            return answered(503, "").withHeader("Retry-After", "7");
          }
          return call.ids().contains("90") ? invalid() : taken(call);
        });

    WriteAnswer answer = client.write(scores(100));

    assertThat(hubSpot.calls()).hasSize(4);
    assertThat(idsOf(answer, Observed.class)).hasSize(75);
    assertThat(idsOf(answer, Undecided.class)).hasSize(25);
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
  }
}
