package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Rejected;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Undecided;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that HubSpot refuses: for a property that it names, or for a contact that it does not. */
class HubSpotRefusedWriteTest extends WriteTest {
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
  void half_fromWhichAPropertyWasLeftOut_provesNothingOfTheOther() {
    List<RecordWrite> writes = new ArrayList<>(scores(8));
    writes.set(1, write("2", Map.of("score", "2", "tier", "x")));
    String named =
        error(
            "VALIDATION_ERROR",
            "no",
            "'errors':[%s]".formatted("{'message':'no tier','context':{'propertyName':['tier']}}"));
    hubSpot.answer(
        call ->
            !call.body().toString().contains("tier")
                ? taken(call)
                : call.ids().size() == 8 ? invalid() : answered(400, named));

    WriteAnswer answer = client.write(writes);

    assertThat(answer.refused()).containsOnlyKeys("tier");
    assertThat(idsOf(answer, Observed.class)).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 7", "100, 24"})
  void propertyThatIsToBlameForAll_andNotNamed_isFoundAndLeftOut(int contacts, int mostCalls) {
    refuseProperty("label", error("VALIDATION_ERROR", "A required value is not there", ""));
    List<RecordWrite> writes = new ArrayList<>();
    for (int i = 1; i <= contacts; i++) {
      writes.add(write(Integer.toString(i), Map.of("score", "40", "label", "warm")));
    }

    WriteAnswer answer = client.write(writes);

    assertThat(answer.refused()).containsOnlyKeys("label");
    assertThat(answer.refused().get("label")).contains("A required value is not there");
    assertThat(idsOf(answer, Observed.class))
        .hasSizeGreaterThanOrEqualTo(Math.max(1, contacts - 1));
    assertThat(answer.trouble()).isNull();
    assertThat(hubSpot.calls()).hasSizeLessThanOrEqualTo(mostCalls);
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
