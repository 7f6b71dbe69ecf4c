package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import io.leadgauge.model.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a read tells of the records that others are associated with. */
class HubSpotAssociationsTest extends ClientTest {
  private static final String COMPANIES = Fact.Assigned.ASSOCIATED + "company";
  private static final long READ_AT = Instant.parse("2026-11-06T05:03:12.880Z").toEpochMilli();

  private static String from(String id, String to, String more) {
    return "{'from':{'id':'%s'},'to':[%s]%s}".formatted(id, to, more);
  }

  private static String to(String id, int... types) {
    StringBuilder specs = new StringBuilder();
    for (int type : types) {
      specs.append(specs.isEmpty() ? "" : ",");
      specs.append("{'category':'HUBSPOT_DEFINED','typeId':%d,'label':null}".formatted(type));
    }
    return "{'toObjectId':%s,'associationTypes':[%s]}".formatted(id, specs);
  }

  private static Fact link(String id, LinkKind kind, String type, String to) {
    return new Fact.Linked(
        ref(id),
        kind,
        new RecordRef(PORTAL, type, to),
        new Stamp(READ_AT, SourceRank.READ, "true"));
  }

  private ReadAnswer readCompanies(String... ids) {
    return client.read(RecordRef.CONTACT, List.of(ids), Set.of(COMPANIES));
  }

  @ParameterizedTest
  @CsvSource({
    "v3, /crm/v4/associations/contacts/companies/batch/read",
    "2026-03, /crm/associations/2026-03/contacts/companies/batch/read"
  })
  void read_eitherVersion_asksForAssociationsAtItsPath(String version, String path) {
    hubSpot.answerInTurn(
        ok(batch(List.of(contact("7", "")), List.of())),
        ok(batch(List.of(from("7", to("70", 279, 1), "")), List.of())));
    try (HubSpotClient versioned = client(version)) {
      versioned.read(RecordRef.CONTACT, List.of("7"), Set.of(COMPANIES));
    }
    assertThat(hubSpot.calls().get(1).path()).isEqualTo(path);
    assertThat(hubSpot.calls().get(1).body())
        .isEqualTo(HubSpotStandIn.json("{'inputs':[{'id':'7'}]}"));
  }

  @Test
  void primaryCompany_isWhereTheContactWorks_furtherOnesAreNot() {
    hubSpot.answerInTurn(
        ok(batch(List.of(contact("7", "")), List.of())),
        ok(batch(List.of(from("7", to("70", 279) + "," + to("71", 1, 279), "")), List.of())));
    assertThat(readCompanies("7").facts())
        .containsExactlyInAnyOrder(
            there("7"),
            link("7", LinkKind.ASSOCIATED_WITH, "company", "70"),
            link("7", LinkKind.ASSOCIATED_WITH, "company", "71"),
            link("7", LinkKind.WORKS_AT, "company", "71"),
            Fact.Assigned.associated(ref("7"), "company", READ_AT));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void contactWithoutCompany_isKnownToHaveNone(boolean named) {
    String none =
        "{'status':'error','category':'OBJECT_NOT_FOUND','subCategory':"
            + "'crm.associations.NO_ASSOCIATIONS_FOUND','message':'No company is associated with"
            + " contact 7.','context':{'fromObjectId':['7']}}";
    hubSpot.answerInTurn(
        ok(batch(List.of(contact("7", "")), List.of())),
        answered(207, batch(List.of(), named ? List.of(none) : List.of())));
    ReadAnswer answer = readCompanies("7");
    assertThat(answer.trouble()).isNull();
    assertThat(answer.facts())
        .containsExactlyInAnyOrder(
            there("7"), Fact.Assigned.associated(ref("7"), "company", READ_AT));
  }

  @Test
  void manyAssociations_comePageByPage() {
    String more = ",'paging':{'next':{'after':'MTAw','link':''}}";
    hubSpot.answerInTurn(
        ok(batch(List.of(contact("7", ""), contact("8", "")), List.of())),
        ok(batch(List.of(from("7", to("70", 279), more), from("8", to("80", 279), "")), List.of())),
        ok(batch(List.of(from("7", to("71", 279), "")), List.of())));
    ReadAnswer answer = readCompanies("7", "8");
    assertThat(hubSpot.calls().get(2).body())
        .isEqualTo(HubSpotStandIn.json("{'inputs':[{'id':'7','after':'MTAw'}]}"));
    assertThat(answer.facts())
        .contains(
            link("7", LinkKind.ASSOCIATED_WITH, "company", "70"),
            link("7", LinkKind.ASSOCIATED_WITH, "company", "71"),
            Fact.Assigned.associated(ref("7"), "company", READ_AT),
            Fact.Assigned.associated(ref("8"), "company", READ_AT));
  }

  @Test
  void missingScope_isRefusedAlone_theContactsAreRead() {
    hubSpot.answerInTurn(
        ok(batch(List.of(contact("7", "")), List.of())),
        answered(403, error("MISSING_SCOPES", "no", "")));
    ReadAnswer answer = readCompanies("7");
    assertThat(answer.facts()).containsExactly(there("7"));
    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).containsOnlyKeys(COMPANIES);
  }

  @Test
  void companies_withoutTheScope_areRefusedAlone_soThatContactsAreStillRead() {
    hubSpot.answer(answered(403, error("MISSING_SCOPES", "no", "")));
    ReadAnswer companies = client.read(RecordRef.COMPANY, List.of("70"), Set.of("domain"));
    assertThat(companies.trouble()).isNull();
    assertThat(companies.refused()).containsOnlyKeys(RecordRef.COMPANY);
    assertThat(companies.unanswered()).hasSize(1);
    hubSpot.answer(answered(401, error("INVALID_AUTHENTICATION", "no", "")));
    ReadAnswer token = client.read(RecordRef.COMPANY, List.of("70"), Set.of("domain"));
    assertThat(token.trouble()).as("concerns all").isInstanceOf(CallTrouble.Refused.class);
    hubSpot.answer(answered(403, error("MISSING_SCOPES", "no", "")));
    assertThat(readCompanies("7").trouble())
        .as("without contacts there is nothing to do")
        .isInstanceOf(CallTrouble.Refused.class);
  }

  @Test
  void outage_isTrouble_andWhatWasReadIsKept() {
    hubSpot.answerInTurn(ok(batch(List.of(contact("7", "")), List.of())), answered(503, "{}"));
    ReadAnswer answer = readCompanies("7");
    assertThat(answer.facts()).containsExactly(there("7"));
    assertThat(answer.unanswered()).as("to be read again").containsExactly(ref("7"));
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Wait.class);
  }

  @Test
  void contactThatIsGone_isNotAskedForAssociations() {
    hubSpot.answer(answered(207, batch(List.of(), List.of(HubSpotStandIn.notFound("7")))));
    assertThat(readCompanies("7").facts()).containsExactly(gone("7"));
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @Test
  void absorbedIds_areMergesWhoseEventsNeverCame() {
    hubSpot.answer(ok(batch(List.of(contact("7", "'hs_merged_object_ids':'5;6'")), List.of())));
    Stamp holds = new Stamp(UPDATED_AT, SourceRank.READ, "true");
    assertThat(client.read(RecordRef.CONTACT, List.of("7"), Set.of()).facts())
        .containsExactlyInAnyOrder(
            there("7"),
            new Fact.Linked(ref("5"), LinkKind.MERGED_INTO, ref("7"), holds),
            new Fact.Linked(ref("6"), LinkKind.MERGED_INTO, ref("7"), holds));
  }
}
