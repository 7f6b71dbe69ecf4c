package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.done;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.failed;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.ok;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.row;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
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
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of each record of a write, whatever becomes of the others. */
class SalesforceWriteTest extends OrgTest {
  private static final String SCORE = "Lead_Score__c";
  private static final String LABEL = "Lead_Label__c";

  /** What each record holds, as text of JSON values. */
  private final Map<String, Map<String, String>> held = new HashMap<>();

  /** What the org says to a record of a call, by its id and the call's number; null to take it. */
  private BiFunction<JsonNode, Integer, String> refusals = (record, call) -> null;

  private int updates;

  /** An org that holds what it takes, and tells it. */
  @BeforeEach
  void hold() {
    org.answer(this::answer);
  }

  private ResponseDefinitionBuilder answer(SalesforceStandIn.Call call) {
    if (call.path().endsWith("/describe")) {
      return described(
          field(SCORE, "double"), field(LABEL, "picklist"), field("Status", "picklist"));
    }
    if (call.path().startsWith("/query")) {
      return query(call);
    }
    int number = updates++;
    List<String> results = new ArrayList<>();
    for (JsonNode record : call.records()) {
      String refused = refusals.apply(record, number);
      results.add(refused == null ? take(record) : refused);
    }
    return ok("[" + String.join(",", results) + "]");
  }

  private String take(JsonNode record) {
    String id = record.path("id").asText();
    Map<String, String> values = held.computeIfAbsent(id, one -> new TreeMap<>());
    record
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals("id") && !field.getKey().equals("attributes")) {
                values.put(field.getKey(), field.getValue().toString());
              }
            });
    return done(id);
  }

  private ResponseDefinitionBuilder query(SalesforceStandIn.Call call) {
    List<String> found = new ArrayList<>();
    held.forEach(
        (id, values) -> {
          boolean gone = values.containsKey("'IsDeleted'");
          if (call.query().contains(id) && (!gone || call.path().equals("/queryAll"))) {
            List<String> fields = new ArrayList<>();
            values.forEach(
                (name, value) ->
                    fields.add((name.startsWith("'") ? name : "'" + name + "'") + ":" + value));
            found.add(row(id, MODIFIED, String.join(",", fields)));
          }
        });
    return rows(found);
  }

  private List<SalesforceStandIn.Call> updates() {
    return org.calls().stream().filter(call -> call.method().equals("PATCH")).toList();
  }

  private static RecordOutcome outcome(WriteAnswer answer, String id) {
    return Objects.requireNonNull(answer.outcomes().get(ref(id)));
  }

  private static List<Fact> facts(WriteAnswer answer, String id) {
    return outcome(answer, id) instanceof Observed observed ? observed.facts() : List.of();
  }

  private static List<RecordWrite> scores(int leads, int contacts) {
    List<RecordWrite> writes = new ArrayList<>();
    IntStream.range(0, leads).forEach(i -> writes.add(write(lead(i), Map.of(SCORE, "" + i))));
    IntStream.range(0, contacts).forEach(i -> writes.add(write(contact(i), Map.of(SCORE, "" + i))));
    Collections.reverse(writes);
    return writes;
  }

  // ---- a write that is taken

  @Test
  void write_goesInOneCall_eachObjectInABlock_andIsReadBack() {
    WriteAnswer answer = client.write(scores(100, 100));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).isEmpty();
    assertThat(answer.outcomes()).hasSize(200);
    assertThat(facts(answer, lead(7))).contains(was(lead(7), SCORE, "7"));
    assertThat(facts(answer, contact(7))).contains(was(contact(7), SCORE, "7"));
    assertThat(updates()).hasSize(1);
    SalesforceStandIn.Call call = updates().getFirst();
    assertThat(call.path()).isEqualTo("/composite/sobjects");
    assertThat(call.body().path("allOrNone").asBoolean(true)).isFalse();
    assertThat(call.header("Sforce-Auto-Assign")).isEqualTo("FALSE");
    assertThat(call.records())
        .extracting(record -> record.path("attributes").path("type").asText())
        .isEqualTo(IntStream.range(0, 200).mapToObj(i -> i < 100 ? "Lead" : "Contact").toList());
    assertThat(call.records().subList(0, 100))
        .extracting(record -> record.path("id").asText())
        .isSorted();
    assertThat(org.calls().stream().filter(one -> one.path().equals("/query"))).hasSize(2);
  }

  @Test
  void values_areOfTheirFieldsType_andAnEmptyOneClears() {
    client.write(
        List.of(
            write(lead(1), Map.of(SCORE, "42", LABEL, "42")), write(lead(2), Map.of(SCORE, ""))));

    JsonNode first = updates().getFirst().records().getFirst();
    assertThat(first.path(SCORE).isNumber()).isTrue();
    assertThat(first.path(LABEL).isTextual()).isTrue();
    assertThat(updates().getFirst().records().get(1).path(SCORE).isNull()).isTrue();
  }

  @Test
  void fieldsThatNobodyDescribes_areSentAsText() {
    org.answer(
        call ->
            call.path().endsWith("/describe")
                ? refused(404, "NOT_FOUND", "The requested resource does not exist")
                : answer(call));

    WriteAnswer answer = client.write(List.of(write(lead(1), Map.of(SCORE, "42"))));

    assertThat(answer.trouble()).isNull();
    assertThat(updates().getFirst().records().getFirst().path(SCORE).isTextual()).isTrue();
  }

  @Test
  void contactsOfOneAccount_goTogether_onceTheirAccountsAreKnown() {
    for (int i = 0; i < 4; i++) {
      held.put(contact(i), new TreeMap<>(Map.of("AccountId", "'" + id("001", i % 2) + "'")));
    }
    client.write(scores(0, 4));
    client.write(scores(0, 4));

    assertThat(updates().getLast().records())
        .extracting(record -> record.path("id").asText())
        .containsExactly(contact(0), contact(2), contact(1), contact(3));
  }

  // ---- Shows 5

  @Test
  void groupOf200_withEachKindOfFailure_settlesEachRecordOnItsOwn() {
    String locked = lead(10);
    String ruled = lead(20);
    String deleted = lead(30);
    String converted = lead(40);
    String merged = contact(50);
    String alwaysLocked = contact(60);
    String purged = contact(70);
    held.put(deleted, new TreeMap<>(Map.of("'IsDeleted'", "true")));
    held.put(
        converted,
        new TreeMap<>(Map.of("IsConverted", "true", "ConvertedContactId", "'" + contact(1) + "'")));
    held.put(
        merged,
        new TreeMap<>(Map.of("'IsDeleted'", "true", "MasterRecordId", "'" + contact(2) + "'")));
    refusals =
        (record, call) -> {
          String id = record.path("id").asText();
          if (id.equals(alwaysLocked) || (id.equals(locked) && call == 0)) {
            return failed("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
          }
          if (id.equals(ruled)) {
            return failed(
                "FIELD_CUSTOM_VALIDATION_EXCEPTION", "A budget is needed first", "Budget__c");
          }
          if (id.equals(deleted) || id.equals(merged)) {
            return failed("ENTITY_IS_DELETED", "entity is deleted");
          }
          if (id.equals(purged)) {
            return failed("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
          }
          return id.equals(converted)
              ? failed("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead")
              : null;
        };

    WriteAnswer answer = client.write(scores(100, 100));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).isEmpty();
    assertThat(answer.outcomes()).hasSize(200);
    assertThat(facts(answer, locked)).contains(was(locked, SCORE, "10"));
    assertThat(outcome(answer, ruled))
        .isEqualTo(new Rejected("A budget is needed first (FIELD_CUSTOM_VALIDATION_EXCEPTION)"));
    assertThat(facts(answer, deleted))
        .contains(Fact.Assigned.presence(ref(deleted), SETTLED, SourceRank.READ, false));
    assertThat(facts(answer, converted))
        .contains(leads(converted, LinkKind.CONVERTED_TO, contact(1), SETTLED));
    assertThat(facts(answer, merged))
        .contains(leads(merged, LinkKind.MERGED_INTO, contact(2), SETTLED));
    assertThat(outcome(answer, alwaysLocked)).isInstanceOf(Rejected.class);
    assertThat(((Rejected) outcome(answer, alwaysLocked)).reason()).contains("locked");
    assertThat(facts(answer, purged))
        .anyMatch(
            fact ->
                fact instanceof Fact.Assigned assigned
                    && assigned.property().equals(Fact.Assigned.PRESENCE)
                    && assigned.stamp().value().equals("false"));
    List<String> special = List.of(locked, ruled, deleted, converted, merged, alwaysLocked, purged);
    answer.outcomes().keySet().stream()
        .map(RecordRef::id)
        .filter(id -> !special.contains(id))
        .forEach(id -> assertThat(facts(answer, id)).as(id).anyMatch(this::isScore));
    assertThat(updates())
        .extracting(call -> call.records().size())
        .as("those that are locked are sent again without the others, then alone")
        .containsExactly(200, 2, 1);
  }

  private boolean isScore(Fact fact) {
    return fact instanceof Fact.Assigned assigned && assigned.property().equals(SCORE);
  }

  @Test
  void lockedRecords_waitBeforeTheyAreSentAgain_andNotForEver() {
    refusals = (record, call) -> failed("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access");

    WriteAnswer answer = client.write(scores(3, 0));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.outcomes().values()).allMatch(Rejected.class::isInstance);
    assertThat(updates()).extracting(call -> call.records().size()).containsExactly(3, 3, 1, 1, 1);
    assertThat(clock.passed().toMillis()).isBetween(2_000L, 4_100L);
  }

  // ---- fields

  @Test
  void fieldThatNoObjectHas_isLeftOutForAll_andTold() {
    refusals =
        (record, call) ->
            record.has("Gone__c")
                ? failed("INVALID_FIELD", "No such column 'Gone__c' on sobject of type Lead")
                : null;

    WriteAnswer answer =
        client.write(
            List.of(
                write(lead(1), Map.of(SCORE, "1", "Gone__c", "x")),
                write(lead(2), Map.of("Gone__c", "x")),
                write(contact(1), Map.of(SCORE, "1", "Gone__c", "x"))));

    assertThat(answer.refused()).containsOnlyKeys("Gone__c");
    assertThat(answer.refused().get("Gone__c")).contains("No such column");
    assertThat(facts(answer, lead(1))).contains(was(lead(1), SCORE, "1"));
    assertThat(facts(answer, contact(1))).contains(was(contact(1), SCORE, "1"));
    assertThat(outcome(answer, lead(2))).isEqualTo(new Observed(List.of()));
    assertThat(updates()).hasSize(2);
  }

  @Test
  void fieldThatIsReadOnly_isLeftOutForAll() {
    refusals =
        (record, call) ->
            record.has("Fixed__c")
                ? failed(
                    "INVALID_FIELD_FOR_INSERT_UPDATE",
                    "Unable to create/update fields: Fixed__c. Please check the security settings",
                    "Fixed__c")
                : null;

    WriteAnswer answer = client.write(List.of(write(lead(1), Map.of(SCORE, "1", "Fixed__c", "x"))));

    assertThat(answer.refused()).containsOnlyKeys("Fixed__c");
    assertThat(facts(answer, lead(1))).contains(was(lead(1), SCORE, "1"));
  }

  /** Leads go on being written where contacts alone lack a field. */
  @Test
  void fieldThatOneObjectLacks_isEmptyThere_andWrittenElsewhere() {
    refusals =
        (record, call) ->
            record.path("id").asText().startsWith("003") && record.has(LABEL)
                ? failed(
                    "INVALID_FIELD", "No such column '" + LABEL + "' on sobject of type Contact")
                : null;

    WriteAnswer answer =
        client.write(
            List.of(
                write(lead(1), Map.of(SCORE, "1", LABEL, "hot")),
                write(contact(1), Map.of(SCORE, "1", LABEL, "hot"))));

    assertThat(answer.refused()).isEmpty();
    assertThat(facts(answer, lead(1))).contains(was(lead(1), LABEL, "hot"));
    assertThat(facts(answer, contact(1)))
        .contains(was(contact(1), SCORE, "1"), was(contact(1), LABEL, ""));
  }

  @Test
  void valueThatAPicklistDoesNotTake_costsNoOtherField() {
    held.put(lead(1), new TreeMap<>(Map.of(LABEL, "'cold'")));
    refusals =
        (record, call) ->
            record.path(LABEL).asText().equals("boiling")
                ? failed(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    "bad value for restricted picklist field: boiling",
                    LABEL)
                : null;

    WriteAnswer answer =
        client.write(
            List.of(
                write(lead(1), Map.of(SCORE, "1", LABEL, "boiling")),
                write(lead(2), Map.of(LABEL, "boiling")),
                write(lead(3), Map.of(LABEL, "hot"))));

    assertThat(answer.refused()).isEmpty();
    assertThat(facts(answer, lead(1)))
        .contains(was(lead(1), SCORE, "1"), was(lead(1), LABEL, "cold"));
    assertThat(outcome(answer, lead(2))).isInstanceOf(Rejected.class);
    assertThat(facts(answer, lead(3))).contains(was(lead(3), LABEL, "hot"));
  }

  // ---- what must still be held

  @Test
  void stageToTakeBack_isWrittenOnlyWhereItIsStillHeld() {
    held.put(lead(1), new TreeMap<>(Map.of("Status", "'Working'")));
    held.put(lead(2), new TreeMap<>(Map.of("Status", "'Qualified'")));
    held.put(lead(3), new TreeMap<>(Map.of("'IsDeleted'", "true")));
    List<RecordWrite> writes =
        IntStream.rangeClosed(1, 3)
            .mapToObj(
                i ->
                    new RecordWrite(
                        ref(lead(i)),
                        new TreeMap<>(Map.of("Status", "Open", SCORE, "1")),
                        new TreeMap<>(Map.of("Status", "Working"))))
            .toList();

    WriteAnswer answer = client.write(writes);

    assertThat(facts(answer, lead(1))).contains(was(lead(1), "Status", "Open"));
    assertThat(outcome(answer, lead(2)))
        .isEqualTo(new Untouched(List.of(was(lead(2), "Status", "Qualified"))));
    assertThat(outcome(answer, lead(3)))
        .isEqualTo(
            new Untouched(
                List.of(Fact.Assigned.presence(ref(lead(3)), SETTLED, SourceRank.READ, false))));
    assertThat(updates()).hasSize(1);
    assertThat(updates().getFirst().records()).hasSize(1);
  }

  @Test
  void stageThatCannotBeLookedAt_isNotTouched_norIsAnythingElse() {
    org.answer(aResponse().withStatus(503));
    RecordWrite back =
        new RecordWrite(
            ref(lead(1)),
            new TreeMap<>(Map.of("Status", "Open")),
            new TreeMap<>(Map.of("Status", "Working")));

    WriteAnswer answer = client.write(List.of(back, write(lead(2), Map.of(SCORE, "1"))));

    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(outcome(answer, lead(1))).isEqualTo(new Untouched(List.of()));
    assertThat(outcome(answer, lead(2))).isEqualTo(new Undecided());
    assertThat(updates()).isEmpty();
  }

  // ---- whole calls

  @Test
  void callThatIsRefusedForOneRecord_isHalved_untilThatOneStandsAlone() {
    org.answer(
        call ->
            call.method().equals("PATCH")
                    && call.records().stream()
                        .anyMatch(record -> record.path("id").asText().equals(lead(5)))
                ? refused(400, "JSON_PARSER_ERROR", "Cannot deserialize instance of double")
                : answer(call));

    WriteAnswer answer = client.write(scores(16, 0));

    assertThat(answer.trouble()).isNull();
    assertThat(outcome(answer, lead(5)))
        .isEqualTo(new Rejected("Cannot deserialize instance of double (JSON_PARSER_ERROR)"));
    assertThat(answer.outcomes().values().stream().filter(Observed.class::isInstance)).hasSize(15);
    assertThat(updates()).hasSize(1 + 2 * 4);
  }

  @Test
  void callThatIsRefusedForEverybody_endsSoon() {
    org.answer(
        call ->
            call.method().equals("PATCH") ? refused(400, "JSON_PARSER_ERROR", "no") : answer(call));

    WriteAnswer answer = client.write(scores(200, 0));

    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(updates()).hasSize(CollectionUpdate.MOST_CALLS);
  }

  @Test
  void outage_leavesAllUndecided() {
    org.answer(call -> call.method().equals("PATCH") ? aResponse().withStatus(502) : answer(call));

    WriteAnswer answer = client.write(scores(2, 2));

    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(answer.outcomes().values()).hasSize(4).allMatch(new Undecided()::equals);
  }

  @Test
  void answerForAnotherNumberOfRecords_isUnknown() {
    org.answer(
        call -> call.method().equals("PATCH") ? ok("[" + done(lead(0)) + "]") : answer(call));

    WriteAnswer answer = client.write(scores(2, 0));

    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Unknown.class);
    assertThat(answer.outcomes().values()).allMatch(new Undecided()::equals);
  }

  @Test
  void writeThatCannotBeReadBack_isUndecided() {
    org.answer(
        call -> call.path().startsWith("/query") ? aResponse().withStatus(500) : answer(call));

    WriteAnswer answer = client.write(scores(1, 0));

    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(answer.outcomes().values()).allMatch(new Undecided()::equals);
  }

  @Test
  void valueThatTheOrgHasChangedAtOnce_isToldAsItIs() {
    org.answer(
        call ->
            call.path().startsWith("/query")
                ? rows(row(lead(0), MODIFIED, "'" + SCORE + "':99.0"))
                : answer(call));

    assertThat(facts(client.write(scores(1, 0)), lead(0))).contains(was(lead(0), SCORE, "99.0"));
  }

  @Test
  void whatIsNoPerson_orTooMuch_isOurMistake() {
    assertThatThrownBy(() -> client.write(scores(201, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> client.write(List.of(write(id("001", 1), Map.of("a", "b")))))
        .isInstanceOf(IllegalArgumentException.class);
    RecordWrite odd = new RecordWrite(new RecordRef(ACME, RecordRef.LEAD, "'"), new TreeMap<>());
    assertThatThrownBy(() -> client.write(List.of(odd)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
