package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.row;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a read of records tells: values, what became of them, and what is not known. */
class SalesforceReadTest extends OrgTest {
  /** The whole second in which the answers of the stand-in are sent. */
  private static final long SENT = SalesforceStandIn.NOW.toEpochMilli();

  private ReadAnswer read(String id, String... properties) {
    return client.read(ref(id).type(), List.of(id), Set.of(properties));
  }

  private static String column(String name) {
    return "\nLeadSource,Nonsense__c FROM Lead\n^\nERROR at Row:1:Column:20\nNo such column '"
            .replace("\n", " ")
        + name
        + "' on entity 'Lead'. If you are attempting to use a custom field, be sure to append the"
        + " '__c' after the custom field name.";
  }

  // ---- values

  @Test
  void record_isReadWithItsValues_asMessagesWriteThem() {
    String fields =
        "'Title':'VP Sales','NumberOfEmployees':250,'AnnualRevenue':120000.0,'Score__c':null,"
            + "'HasOptedOutOfEmail':false,'LastActivityDate':'2026-09-01',"
            + "'LastTransferDate':'2026-09-02T10:00:00.000+0000'";
    org.answer(rows(row(lead(1), MODIFIED, fields)));

    ReadAnswer answer =
        read(
            lead(1),
            "Title",
            "NumberOfEmployees",
            "AnnualRevenue",
            "Score__c",
            "HasOptedOutOfEmail",
            "LastActivityDate",
            "LastTransferDate");

    assertThat(answer.trouble()).isNull();
    assertThat(answer.unanswered()).isEmpty();
    assertThat(answer.facts())
        .containsExactlyInAnyOrder(
            there(lead(1)),
            was(lead(1), "Title", "VP Sales"),
            was(lead(1), "NumberOfEmployees", "250"),
            was(lead(1), "AnnualRevenue", "120000.0"),
            was(lead(1), "Score__c", ""),
            was(lead(1), "HasOptedOutOfEmail", "false"),
            was(lead(1), "LastActivityDate", "2026-09-01"),
            was(lead(1), "LastTransferDate", "2026-09-02T10:00:00.000Z"));
    assertThat(org.calls()).hasSize(1);
    assertThat(org.calls().getFirst().path()).isEqualTo("/query");
    assertThat(org.calls().getFirst().query())
        .contains("IsConverted", "ConvertedContactId", "MasterRecordId", "SystemModstamp")
        .endsWith(" FROM Lead WHERE Id IN ('" + lead(1) + "')");
  }

  @Test
  void ids_thatDoNotFitIntoOneAddress_areAskedForInGroups() {
    List<String> ids = IntStream.rangeClosed(1, 200).mapToObj(OrgTest::lead).toList();
    Set<String> many = new TreeSet<>();
    IntStream.range(0, 120).forEach(i -> many.add("A_rather_long_name_of_a_field_" + i + "__c"));
    org.answer(
        call -> {
          List<String> asked = new ArrayList<>();
          ids.stream()
              .filter(call.query()::contains)
              .forEach(id -> asked.add(row(id, MODIFIED, "")));
          return rows(asked);
        });

    ReadAnswer answer = client.read(RecordRef.LEAD, ids, many);

    assertThat(answer.unanswered()).isEmpty();
    assertThat(answer.facts()).hasSize(200 * (1 + 120));
    assertThat(org.calls()).hasSizeGreaterThan(1);
    assertThat(org.calls()).allMatch(call -> call.query().length() < 8_000);
  }

  // ---- the second of the modification

  @Test
  void recordModifiedJustNow_isReadAgainWhenTheSecondHasPassed() {
    String now = SalesforceStandIn.NOW.toString().replace("Z", ".000+0000");
    org.answer(
        call -> {
          org.at(SalesforceStandIn.NOW.plusSeconds(call.number()));
          return rows(row(lead(1), now, "'Title':'" + (call.number() == 0 ? "Old" : "New") + "'"));
        });

    ReadAnswer answer = read(lead(1), "Title");

    assertThat(answer.facts())
        .contains(was(lead(1), "Title", SENT + 999, "New"))
        .doesNotContain(was(lead(1), "Title", SENT, "Old"));
    assertThat(org.calls()).hasSize(2);
    assertThat(clock.waits()).isPositive();
  }

  @Test
  void recordThatKeepsChanging_isToldAsOfItsSecond_andNotWaitedForTwice() {
    org.answer(
        call -> {
          Instant second = SalesforceStandIn.NOW.plusSeconds(call.number());
          org.at(second);
          String modified = second.toString().replace("Z", ".000+0000");
          return rows(row(lead(1), modified, "'Title':'T" + call.number() + "'"));
        });

    ReadAnswer answer = read(lead(1), "Title");

    assertThat(answer.facts()).contains(was(lead(1), "Title", SENT + 1_000, "T1"));
    assertThat(org.calls()).hasSize(2);
  }

  // ---- what became of it

  @Test
  void convertedLead_leadsToItsContact() {
    org.answer(
        rows(
            row(
                lead(1),
                MODIFIED,
                "'IsConverted':true,'ConvertedContactId':'"
                    + contact(7)
                    + "','ConvertedOpportunityId':'"
                    + id("006", 3)
                    + "'")));

    assertThat(read(lead(1)).facts())
        .contains(
            there(lead(1)),
            leads(lead(1), LinkKind.CONVERTED_TO, contact(7), SETTLED),
            leads(lead(1), LinkKind.ASSOCIATED_WITH, id("006", 3), SETTLED));
  }

  @Test
  void record_thatIsNotFound_isLookedForAmongTheDeleted() {
    org.answer(
        call ->
            call.path().equals("/query")
                ? rows()
                : rows(
                    row(
                        contact(1),
                        MODIFIED,
                        "'IsDeleted':true,'MasterRecordId':'" + contact(2) + "','Title':'x'"),
                    row(contact(3), MODIFIED, "'IsDeleted':true,'MasterRecordId':null"),
                    row(contact(4), MODIFIED, "'IsDeleted':false,'Title':'archived'")));

    ReadAnswer answer =
        client.read(
            RecordRef.CONTACT,
            List.of(contact(1), contact(3), contact(4), contact(5)),
            Set.of("Title"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.unanswered()).isEmpty();
    assertThat(answer.facts())
        .contains(
            Fact.Assigned.presence(ref(contact(1)), SETTLED, SourceRank.READ, false),
            leads(contact(1), LinkKind.MERGED_INTO, contact(2), SETTLED),
            Fact.Assigned.presence(ref(contact(3)), SETTLED, SourceRank.READ, false),
            there(contact(4)),
            was(contact(4), "Title", "archived"),
            Fact.Assigned.presence(ref(contact(5)), SENT, SourceRank.READ, false))
        .noneMatch(fact -> fact instanceof Fact.Assigned one && one.stamp().value().equals("x"));
    assertThat(org.calls()).extracting(SalesforceStandIn.Call::path).contains("/queryAll");
  }

  @Test
  void contact_worksAtItsAccount_andAtNoOther() {
    org.answer(rows(row(contact(1), MODIFIED, "'AccountId':'" + id("001", 9) + "'")));

    ReadAnswer answer = read(contact(1), "~associated:company");

    assertThat(answer.facts())
        .contains(
            leads(contact(1), LinkKind.WORKS_AT, id("001", 9), SETTLED),
            Fact.Assigned.associated(ref(contact(1)), RecordRef.COMPANY, SETTLED));
    assertThat(org.calls()).hasSize(1);
  }

  @Test
  void lead_worksAtNoAccount() {
    org.answer(rows(row(lead(1), MODIFIED, "")));

    assertThat(read(lead(1), "~associated:company", "~associated:deal").facts())
        .containsExactlyInAnyOrder(
            there(lead(1)),
            Fact.Assigned.associated(ref(lead(1)), RecordRef.COMPANY, SETTLED),
            Fact.Assigned.associated(ref(lead(1)), RecordRef.DEAL, SETTLED));
  }

  // ---- what cannot be asked for

  @Test
  void field_thatSalesforceDoesNotFind_isRefusedAlone() {
    org.answer(
        call ->
            call.query().contains("Nonsense__c")
                ? refused(400, "INVALID_FIELD", column("Nonsense__c"))
                : rows(row(lead(1), MODIFIED, "'Title':'CEO'")));

    ReadAnswer answer = read(lead(1), "Title", "Nonsense__c", "no name'; DROP");

    assertThat(answer.trouble()).isNull();
    assertThat(answer.facts()).contains(was(lead(1), "Title", "CEO"));
    assertThat(answer.refused()).containsOnlyKeys("Nonsense__c", "no name'; DROP");
    assertThat(answer.refused().get("Nonsense__c")).contains("No such column 'Nonsense__c'");
    assertThat(org.calls()).allMatch(call -> !call.query().contains("DROP"));
  }

  @Test
  void fieldOfOurs_thatIsHidden_isDoneWithout() {
    org.answer(
        call ->
            call.query().contains("ConvertedOpportunityId")
                ? refused(400, "INVALID_FIELD", column("ConvertedOpportunityId"))
                : rows(row(lead(1), MODIFIED, "'Title':'CEO'")));

    ReadAnswer answer = read(lead(1), "Title");

    assertThat(answer.facts()).contains(was(lead(1), "Title", "CEO"));
    assertThat(answer.refused()).isEmpty();
  }

  @Test
  void accountThatIsHidden_isARefusedAssociation() {
    org.answer(
        call ->
            call.query().contains("AccountId")
                ? refused(400, "INVALID_FIELD", column("AccountId"))
                : rows(row(contact(1), MODIFIED, "'Title':'CEO'")));

    ReadAnswer answer = read(contact(1), "Title", "~associated:company");

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).containsOnlyKeys("~associated:company");
    assertThat(answer.facts()).contains(was(contact(1), "Title", "CEO"));
  }

  @Test
  void object_thatIsHidden_isRefusedAlone_butForPersons() {
    org.answer(refused(400, "INVALID_TYPE", "sObject type 'Event' is not supported."));

    ReadAnswer meeting = client.read("meeting", List.of(id("00U", 1)), Set.of("Subject"));
    assertThat(meeting.trouble()).isNull();
    assertThat(meeting.refused().get("meeting")).contains("is not supported");
    assertThat(meeting.unanswered()).containsExactly(ref(id("00U", 1)));

    ReadAnswer person = read(lead(1), "Title");
    assertThat(person.trouble()).isInstanceOf(CallTrouble.Refused.class);
    assertThat(person.unanswered()).containsExactly(ref(lead(1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "' OR Id != '", "00Qxx0000000001AA", "00Qxx0000000001AAA'"})
  void id_thatIsNone_isNeverAskedFor(String id) {
    if (!id.isEmpty()) {
      ReadAnswer answer = client.read(RecordRef.LEAD, List.of(id), Set.of("Title"));

      assertThat(answer.unanswered()).containsExactly(new RecordRef(ACME, RecordRef.LEAD, id));
      assertThat(answer.trouble()).isNull();
    }
    assertThat(org.calls()).isEmpty();
  }

  @Test
  void type_thatIsNoObjectsName_isRefused() {
    ReadAnswer answer =
        client.read("Lead WHERE Id != null--", List.of(id("00U", 1)), Set.of("Subject"));

    assertThat(answer.refused()).containsOnlyKeys("Lead WHERE Id != null--");
    assertThat(org.calls()).isEmpty();
  }

  @Test
  void trouble_leavesEverythingUnanswered() {
    ResponseDefinitionBuilder down = refused(503, "SERVER_UNAVAILABLE", "down");
    org.answer(call -> call.number() == 0 ? rows(row(lead(1), MODIFIED, "")) : down);

    ReadAnswer answer = read(lead(1), "~associated:task");

    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(answer.unanswered()).containsExactly(ref(lead(1)));
    assertThat(answer.facts()).contains(there(lead(1)));
  }
}
