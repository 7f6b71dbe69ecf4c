package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.SalesforceStandIn.ok;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.row;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What persons are associated with stands in other objects. */
class AssociationsTest extends OrgTest {
  private static final long READ_AT = SalesforceStandIn.NOW.toEpochMilli();

  private ResponseDefinitionBuilder persons(SalesforceStandIn.Call call) {
    List<String> found = new ArrayList<>();
    IntStream.range(0, 200)
        .mapToObj(i -> call.asks("Lead") ? lead(i) : contact(i))
        .filter(call.query()::contains)
        .forEach(id -> found.add(row(id, MODIFIED, "")));
    return rows(found);
  }

  @ParameterizedTest
  @CsvSource({
    "003, task, Task, WhoId, Id, 00T",
    "00Q, task, Task, WhoId, Id, 00T",
    "003, meeting, Event, WhoId, Id, 00U",
    "003, campaign_member, CampaignMember, ContactId, Id, 00v",
    "00Q, campaign_member, CampaignMember, LeadId, Id, 00v",
    "003, email, EmailMessageRelation, RelationId, EmailMessageId, 02s",
    "003, deal, OpportunityContactRole, ContactId, OpportunityId, 006"
  })
  void associations_areReadWhereTheyStand(
      String person, String type, String object, String of, String other, String prefix) {
    String who = id(person, 1);
    org.answer(
        call ->
            call.asks(object)
                ? rows("{'%s':'%s','%s':'%s'}".formatted(of, who, other, id(prefix, 5)))
                : persons(call));

    ReadAnswer answer = client.read(ref(who).type(), List.of(who), Set.of("~associated:" + type));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).isEmpty();
    assertThat(answer.facts())
        .contains(
            leads(who, LinkKind.ASSOCIATED_WITH, id(prefix, 5), READ_AT),
            Fact.Assigned.associated(ref(who), type, READ_AT));
  }

  @ParameterizedTest
  @CsvSource({
    "00T, Task, WhoId, 00Q",
    "00T, Task, WhoId, 003",
    "00U, Event, WhoId, 003",
    "00v, CampaignMember, LeadId, 00Q",
    "00v, CampaignMember, ContactId, 003"
  })
  void record_thatNamesItsPerson_isLinkedFromThePerson(
      String prefix, String object, String field, String person) {
    String what = id(prefix, 5);
    String who = id(person, 1);
    org.answer(rows(row(what, MODIFIED, "'%s':'%s'".formatted(field, who))));

    ReadAnswer answer = client.read(ref(what).type(), List.of(what), Set.of("~associated:contact"));

    assertThat(answer.facts())
        .contains(
            leads(who, LinkKind.ASSOCIATED_WITH, what, SETTLED),
            Fact.Assigned.associated(ref(what), RecordRef.CONTACT, SETTLED));
    assertThat(org.calls()).hasSize(1).allMatch(call -> call.asks(object));
  }

  @Test
  void deal_tellsItsContacts() {
    String deal = id("006", 5);
    org.answer(
        call ->
            call.asks("OpportunityContactRole")
                ? rows("{'OpportunityId':'%s','ContactId':'%s'}".formatted(deal, contact(3)))
                : rows(row(deal, MODIFIED, "")));

    assertThat(client.read(RecordRef.DEAL, List.of(deal), Set.of("~associated:contact")).facts())
        .contains(leads(contact(3), LinkKind.ASSOCIATED_WITH, deal, READ_AT));
  }

  @Test
  void association_thatIsHidden_isRefusedAlone() {
    org.answer(
        call ->
            call.asks("CampaignMember")
                ? refused(400, "INVALID_TYPE", "sObject type 'CampaignMember' is not supported.")
                : call.asks("Task") ? rows() : persons(call));

    ReadAnswer answer =
        client.read(
            RecordRef.LEAD,
            List.of(lead(1)),
            Set.of("~associated:campaign_member", "~associated:task", "~associated:ticket"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused())
        .containsOnlyKeys("~associated:campaign_member", "~associated:ticket");
    assertThat(answer.facts())
        .contains(Fact.Assigned.associated(ref(lead(1)), RecordRef.TASK, READ_AT));
  }

  private static ResponseDefinitionBuilder tasks(List<String> rows, int total, boolean done) {
    return ok(
        "{'totalSize':%d,'done':%b,'nextRecordsUrl':'/services/data/v67.0/query/01gxx-%d',%s}"
            .formatted(total, done, rows.size(), "'records':[" + String.join(",", rows) + "]"));
  }

  private static List<String> tasksOf(String who, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "{'Id':'%s','WhoId':'%s'}".formatted(id("00T", i), who))
        .toList();
  }

  @Test
  void personWithMoreThanIsKept_isCutWhereTheJoinCountsIt() {
    org.answer(
        call -> {
          if (call.path().startsWith("/query/")) {
            return tasks(tasksOf(lead(1), 2_000, 4_000), 5_000, false);
          }
          return call.asks("Task")
              ? tasks(tasksOf(lead(1), 0, 2_000), 5_000, false)
              : persons(call);
        });

    List<Fact> facts =
        client.read(RecordRef.LEAD, List.of(lead(1)), Set.of("~associated:task")).facts();

    assertThat(facts.stream().filter(Fact.Linked.class::isInstance))
        .hasSize(RecordFacts.MOST_LINKS + 1);
    assertThat(RecordFacts.NONE.join(facts).cut()).isEqualTo(1);
    assertThat(org.calls()).hasSize(3);
  }

  @Test
  void personsWithVeryManyTogether_areAskedForInHalves() {
    org.answer(
        call -> {
          if (call.path().startsWith("/query/")) {
            return tasks(tasksOf(lead(1), 0, 10_000), 20_000, false);
          }
          if (!call.asks("Task")) {
            return persons(call);
          }
          boolean both = call.query().contains(lead(1)) && call.query().contains(lead(2));
          return both
              ? tasks(tasksOf(lead(1), 0, 10), 20_000, false)
              : tasks(tasksOf(call.query().contains(lead(1)) ? lead(1) : lead(2), 0, 3), 3, true);
        });

    ReadAnswer answer =
        client.read(RecordRef.LEAD, List.of(lead(1), lead(2)), Set.of("~associated:task"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.facts().stream().filter(Fact.Linked.class::isInstance)).hasSize(6);
    assertThat(answer.facts())
        .contains(
            Fact.Assigned.associated(ref(lead(1)), RecordRef.TASK, READ_AT),
            Fact.Assigned.associated(ref(lead(2)), RecordRef.TASK, READ_AT));
  }
}
