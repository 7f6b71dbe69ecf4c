package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.notFound;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotReadTest extends ClientTest {
  private static List<String> ids(int count) {
    return IntStream.range(1, count + 1).mapToObj(Integer::toString).toList();
  }

  private static String withHistory(String contact, String histories) {
    return contact.replace(
        "'archived':", "'propertiesWithHistory':{" + histories + "},'archived':");
  }

  @ParameterizedTest
  @CsvSource({
    "v3, /crm/v3/objects/contacts/batch/read",
    "2026-03, /crm/objects/2026-03/contacts/batch/read"
  })
  void read_eitherVersion_asksAtItsPath(String version, String path) {
    hubSpot.answer(ok(batch(List.of(contact("7", "'city':'Bonn'")), List.of())));

    ReadAnswer answer;
    try (HubSpotClient versioned = client(version)) {
      answer = versioned.read(RecordRef.CONTACT, List.of("7"), Set.of("city"));
    }

    assertThat(hubSpot.calls()).extracting(HubSpotStandIn.Call::path).containsExactly(path);
    assertThat(answer.facts()).containsExactlyInAnyOrder(there("7"), seen("7", "city", "Bonn"));
    assertThat(answer.unanswered()).isEmpty();
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void read_asksForValuesAndHistories() {
    hubSpot.answer(ok(batch(List.of(contact("7", "")), List.of())));

    client.read(RecordRef.CONTACT, List.of("7"), Set.of("city", "email"));

    assertThat(hubSpot.calls().getFirst().body())
        .isEqualTo(
            HubSpotStandIn.json(
                "{'inputs':[{'id':'7'}],'properties':['city','email','hs_merged_object_ids'],"
                    + "'propertiesWithHistory':['city','email']}"));
  }

  @Test
  void history_givesEveryValueAtItsInstant() {
    String history =
        "'city':[{'value':'Bonn','timestamp':'2026-11-03T10:00:00.5Z','sourceType':'CRM_UI'},"
            + "{'value':'','timestamp':'2026-11-02T10:00:00Z','sourceType':'FORM'},"
            + "{'value':'Köln','timestamp':'2026-11-01T10:00:00Z','sourceType':'IMPORT'}]";
    hubSpot.answer(
        ok(batch(List.of(withHistory(contact("7", "'city':'Bonn'"), history)), List.of())));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of("city")).facts())
        .containsExactlyInAnyOrder(
            there("7"),
            set("7", "city", "2026-11-03T10:00:00.500Z", "Bonn"),
            set("7", "city", "2026-11-02T10:00:00Z", ""),
            set("7", "city", "2026-11-01T10:00:00Z", "Köln"));
  }

  @Test
  void history_behindTheValue_isPutRightByTheRecord() {
    String history =
        "'city':[{'value':'Köln','timestamp':'2026-11-01T10:00:00Z','sourceType':'IMPORT'}]";
    hubSpot.answer(
        ok(batch(List.of(withHistory(contact("7", "'city':'Bonn'"), history)), List.of())));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of("city")).facts())
        .containsExactlyInAnyOrder(
            there("7"),
            set("7", "city", "2026-11-01T10:00:00Z", "Köln"),
            seen("7", "city", "Bonn"));
  }

  @Test
  void property_nullOrAbsent_isKnownToBeEmpty() {
    hubSpot.answer(ok(batch(List.of(contact("7", "'city':null,'other':'x'")), List.of())));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of("city", "email")).facts())
        .containsExactlyInAnyOrder(there("7"), seen("7", "city", ""), seen("7", "email", ""));
  }

  @Test
  void missing_isGoneAtHubSpotsClock() {
    hubSpot.answer(answered(207, batch(List.of(contact("7", "")), List.of(notFound("8", "9")))));

    ReadAnswer answer = client.read(RecordRef.CONTACT, List.of("7", "8", "9"), Set.of());

    assertThat(answer.facts()).containsExactlyInAnyOrder(there("7"), gone("8"), gone("9"));
    assertThat(answer.unanswered()).isEmpty();
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void archived_isGoneWhenItWasArchived() {
    String archived =
        contact("7", "'city':'Bonn'")
            .replace("'archived':false", "'archived':true,'archivedAt':'2026-11-05T00:00:00Z'");
    hubSpot.answer(ok(batch(List.of(archived), List.of())));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of("city")).facts())
        .containsExactly(
            Fact.Assigned.presence(ref("7"), 1_793_836_800_000L, SourceRank.READ, false));
  }

  @Test
  void mergedContact_underAnotherId_leavesTheOldOneUnanswered() {
    hubSpot.answer(ok(batch(List.of(contact("70", "")), List.of())));

    ReadAnswer answer = client.read(RecordRef.CONTACT, List.of("7"), Set.of());

    assertThat(answer.facts()).containsExactly(there("70"));
    assertThat(answer.unanswered()).containsExactly(ref("7"));
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void contactWithoutAnyInstant_isUnanswered() {
    String timeless = "{'id':'7','properties':{'city':'Bonn'}}";
    hubSpot.answer(ok(batch(List.of(timeless), List.of())));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of("city")).unanswered())
        .containsExactly(ref("7"));
  }

  @Test
  void contactWithoutUpdatedAt_countsFromItsProperty() {
    String contact = contact("7", "").replaceFirst("'updatedAt':'[^']*',", "");
    hubSpot.answer(ok(batch(List.of(contact), List.of())));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of()).facts())
        .containsExactly(there("7"));
  }

  @Test
  void hundredContacts_withHistory_takeTwoCalls() {
    hubSpot.answer(
        call -> ok(batch(call.ids().stream().map(id -> contact(id, "")).toList(), List.of())));

    ReadAnswer answer = client.read(RecordRef.CONTACT, ids(100), Set.of("city"));

    assertThat(hubSpot.calls()).extracting(call -> call.ids().size()).containsExactly(50, 50);
    assertThat(answer.facts()).hasSize(200);
    assertThat(answer.unanswered()).isEmpty();
  }

  @Test
  void secondCallFails_keepsWhatTheFirstOneTold() {
    hubSpot.answer(
        call ->
            call.number() == 0
                ? ok(batch(call.ids().stream().map(id -> contact(id, "")).toList(), List.of()))
                : answered(500, error("", "oops", "")));

    ReadAnswer answer = client.read(RecordRef.CONTACT, ids(60), Set.of());

    assertThat(answer.facts()).hasSize(50);
    assertThat(answer.unanswered()).hasSize(10);
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
  }

  @Test
  void firstCallFails_noOtherIsMade() {
    hubSpot.answer(answered(401, error("INVALID_AUTHENTICATION", "expired", "")));

    assertThat(client.read(RecordRef.CONTACT, ids(100), Set.of()).unanswered()).hasSize(100);
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @Test
  void nothingAsked_makesNoCall() {
    assertThat(client.read(RecordRef.CONTACT, List.of(), Set.of("city")))
        .isEqualTo(new ReadAnswer(List.of(), Set.of(), null));
    assertThat(hubSpot.calls()).isEmpty();
  }

  @Test
  void invalidRead_isRefusedWithHubSpotsWords() {
    hubSpot.answer(answered(400, error("VALIDATION_ERROR", "too many inputs", "")));

    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of()).trouble())
        .isEqualTo(
            new CallTrouble.Refused(
                "HubSpot refuses a read: too many inputs (correlationId"
                    + " a996e7d6-de07-46ef-bddc-897126eb8859)"));
  }

  @Test
  void otherErrorInABatch_isTold() {
    hubSpot.answer(
        answered(207, batch(List.of(), List.of(error("INTERNAL", "shard is down", "")))));

    ReadAnswer answer = client.read(RecordRef.CONTACT, List.of("7"), Set.of());

    assertThat(answer.unanswered()).containsExactly(ref("7"));
    assertThat(answer.trouble())
        .isInstanceOfSatisfying(
            CallTrouble.Unknown.class,
            unknown -> assertThat(unknown.reason()).contains("shard is down"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'results':5,'errors':'x'}",
        "{'results':[null,5,{},{'id':null},{'id':{}}],'errors':[null,5,{}]}",
        "{'results':[{'id':'7','updatedAt':'soon','properties':7,'propertiesWithHistory':[]}]}"
      })
  void oddAnswer_leavesAllUnanswered(String body) {
    hubSpot.answer(ok(body));

    ReadAnswer answer = client.read(RecordRef.CONTACT, List.of("7"), Set.of("city"));

    assertThat(answer.unanswered()).containsExactly(ref("7"));
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void tooManyOrTwice_isAMistakeOfTheCaller() {
    assertThatThrownBy(() -> client.read(RecordRef.CONTACT, ids(101), Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 100 contacts");
    assertThatThrownBy(() -> client.read(RecordRef.CONTACT, List.of("7", "7"), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(hubSpot.calls()).isEmpty();
  }
}
