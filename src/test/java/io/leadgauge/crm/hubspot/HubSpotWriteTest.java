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
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Rejected;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Undecided;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.RecordRef;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes that HubSpot takes, in whole or in part. */
class HubSpotWriteTest extends WriteTest {
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

  @Test
  void write_valueMissingInTheAnswer_isNotConfirmed() {
    hubSpot.answer(ok(batch(List.of(contact("7", "")), List.of())));

    assertThat(client.write(List.of(write("7", Map.of("score", "87")))).outcomes())
        .containsEntry(ref("7"), new Observed(List.of()));
  }

  @Test
  void write_halfASurrogatePair_doesNotBreakTheBody() {
    hubSpot.answer(WriteTest::taken);

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
}
