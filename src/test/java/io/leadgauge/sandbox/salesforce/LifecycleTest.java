package io.leadgauge.sandbox.salesforce;

import static io.leadgauge.sandbox.salesforce.OrgClient.DATA;
import static io.leadgauge.sandbox.salesforce.OrgClient.record;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of people: converted, merged, deleted, brought back. */
class LifecycleTest {
  private final MovableClock clock = new MovableClock(OrgClient.NOW);
  private final OrgClient org = OrgClient.with(SalesforceOptions.defaults(), clock);

  @AfterEach
  void close() {
    org.close();
  }

  private String task(String who) {
    return org.create("Task", "'Subject':'Call','WhoId':'" + who + "'");
  }

  private JsonNode convert(String lead, String wish) {
    clock.advance(Duration.ofSeconds(10));
    return org.tell("/Lead/" + lead + "/convert", wish).path("fields");
  }

  @Test
  void conversion_makesAccountContactAndOpportunity_andClosesTheLead() {
    String lead =
        org.lead(
            "'FirstName':'Jo','Title':'CEO','Email':'jo@acme.example','City':'Bonn',"
                + "'NumberOfEmployees':250");
    JsonNode converted = convert(lead, "{'opportunity':'Acme-'}");
    assertThat(converted.path("IsConverted").asText()).isEqualTo("true");
    assertThat(converted.path("Status").asText()).isEqualTo("Closed - Converted");
    assertThat(converted.path("ConvertedDate").asText()).isEqualTo("2026-11-21");
    assertThat(converted.path("SystemModstamp").asText()).isEqualTo("2026-11-21T10:00:10.000Z");
    JsonNode contact = org.fields("Contact", converted.path("ConvertedContactId").asText());
    assertThat(contact.path("Name").asText()).isEqualTo("Jo Doe");
    assertThat(contact.path("Title").asText()).isEqualTo("CEO");
    assertThat(contact.path("MailingCity").asText()).isEqualTo("Bonn");
    String account = converted.path("ConvertedAccountId").asText();
    assertThat(contact.path("AccountId").asText()).isEqualTo(account);
    assertThat(org.fields("Account", account).path("NumberOfEmployees").asText()).isEqualTo("250");
    JsonNode opportunity =
        org.fields("Opportunity", converted.path("ConvertedOpportunityId").asText());
    assertThat(opportunity.path("Name").asText()).isEqualTo("Acme-");
    assertThat(opportunity.path("AccountId").asText()).isEqualTo(account);
    JsonNode roles = org.query("SELECT ContactId, IsPrimary FROM OpportunityContactRole").json();
    assertThat(roles.at("/records/0/ContactId").asText()).isEqualTo(contact.path("Id").asText());
  }

  @Test
  void conversion_withoutOpportunity_intoPeopleThatAreThere_fillsOnlyWhatIsEmpty() {
    String account = org.create("Account", "'Name':'Acme Ltd'");
    String contact = org.create("Contact", "'LastName':'Doe','Title':'Founder'");
    String lead = org.lead("'Title':'CEO','Email':'jo@acme.example'");
    JsonNode converted = convert(lead, "{'account':'" + account + "','contact':'" + contact + "'}");
    assertThat(converted.path("ConvertedContactId").asText()).isEqualTo(contact);
    assertThat(converted.has("ConvertedOpportunityId")).isFalse();
    assertThat(org.fields("Contact", contact).path("Title").asText()).isEqualTo("Founder");
    assertThat(org.fields("Contact", contact).path("Email").asText()).isEqualTo("jo@acme.example");
    assertThat(org.fields("Contact", contact).path("AccountId").asText()).isEqualTo(account);
    assertThat(org.fields("Account", account).path("Name").asText()).isEqualTo("Acme Ltd");
  }

  @Test
  void conversion_movesFieldsOfOnesOwnOnlyWhereTheyAreMapped() {
    org.tell(
        "/fields/Lead/Score__c",
        "{'type':'double','scale':0,'precision':3,'mappedTo':'Contact.Score__c'}");
    org.tell("/fields/Contact/Score__c", "{'type':'double','scale':0,'precision':3}");
    org.tell("/fields/Lead/Label__c", "{'type':'string'}");
    org.tell("/fields/Contact/Label__c", "{'type':'string'}");
    String lead = org.lead("'Score__c':57,'Label__c':'warm'");
    JsonNode contact =
        org.fields("Contact", convert(lead, "{}").path("ConvertedContactId").asText());
    assertThat(contact.path("Score__c").asText()).isEqualTo("57.0");
    assertThat(contact.has("Label__c")).as("not mapped, lost").isFalse();
  }

  @Test
  void convertedLead_isReadOnly_butForTheOneWithThePermission() {
    String lead = org.lead("");
    convert(lead, "{}");
    Answer refused = org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(refused.json().at("/0/errors/0/statusCode").asText())
        .isEqualTo("CANNOT_UPDATE_CONVERTED_LEAD");
    assertThat(refused.json().at("/0/errors/0/message").asText())
        .isEqualTo("cannot reference converted lead");
    Answer task = org.post(DATA + "/sobjects/Task", "{'WhoId':'" + lead + "'}");
    assertThat(task.code()).isEqualTo("CANNOT_UPDATE_CONVERTED_LEAD");
    org.tell("/settings", "{'editsConverted':true}");
    assertThat(
            org.update(record("Lead", lead, "'Title':'CEO'")).json().at("/0/success").asBoolean())
        .isTrue();
  }

  @Test
  void conversion_handsOverWhatHappenedWithTheLead() {
    String lead = org.lead("");
    String task = task(lead);
    String campaign = org.create("Campaign", "'Name':'Webinar'");
    String member =
        org.create("CampaignMember", "'CampaignId':'" + campaign + "','LeadId':'" + lead + "'");
    String mail = org.create("EmailMessage", "'Subject':'Hello'");
    String relation =
        org.create(
            "EmailMessageRelation",
            "'EmailMessageId':'%s','RelationId':'%s','RelationType':'ToAddress'"
                .formatted(mail, lead));
    String contact = convert(lead, "{}").path("ConvertedContactId").asText();
    assertThat(org.fields("Task", task).path("WhoId").asText()).isEqualTo(contact);
    assertThat(org.fields("Task", task).path("SystemModstamp").asText())
        .as("found by looking back")
        .isEqualTo("2026-11-21T10:00:10.000Z");
    assertThat(org.fields("CampaignMember", member).path("ContactId").asText()).isEqualTo(contact);
    assertThat(org.fields("CampaignMember", member).path("LeadId").asText()).isEqualTo(lead);
    assertThat(org.fields("EmailMessageRelation", relation).path("RelationId").asText())
        .isEqualTo(contact);
  }

  @Test
  void conversionTwice_isRefused() {
    String lead = org.lead("");
    convert(lead, "{}");
    assertThat(org.post("/_sandbox/Lead/" + lead + "/convert", "{}").status()).isEqualTo(400);
  }

  @Test
  void merge_deletesTheLosersAndNamesTheMaster() {
    String master = org.lead("'Title':'CEO'");
    String loser = org.lead("'Title':'CFO','Phone':'1'");
    String task = task(loser);
    clock.advance(Duration.ofSeconds(10));
    org.tell("/Lead/" + master + "/merge", "{'with':['" + loser + "'],'fields':{'Phone':'1'}}");
    JsonNode all =
        org.queryAll("SELECT Id, IsDeleted, MasterRecordId, Title, Phone FROM Lead ORDER BY Id")
            .json();
    assertThat(all.at("/records/0/Title").asText()).isEqualTo("CEO");
    assertThat(all.at("/records/0/Phone").asText()).isEqualTo("1");
    assertThat(all.at("/records/1/IsDeleted").asBoolean()).isTrue();
    assertThat(all.at("/records/1/MasterRecordId").asText()).isEqualTo(master);
    assertThat(org.fields("Task", task).path("WhoId").asText()).isEqualTo(master);
    Answer refused = org.update(record("Lead", loser, "'Title':'X'"));
    assertThat(refused.json().at("/0/errors/0/statusCode").asText()).isEqualTo("ENTITY_IS_DELETED");
    assertThat(org.post("/_sandbox/Lead/" + loser + "/restore", "{}").status()).isEqualTo(400);
  }

  @Test
  void mergedAccounts_handTheirContactsOver() {
    String master = org.create("Account", "'Name':'Acme'");
    String loser = org.create("Account", "'Name':'Acme 2'");
    String contact = org.create("Contact", "'LastName':'Doe','AccountId':'" + loser + "'");
    org.tell("/Account/" + master + "/merge", "{'with':['" + loser + "']}");
    assertThat(org.fields("Contact", contact).path("AccountId").asText()).isEqualTo(master);
  }

  @Test
  void deletedRecord_takesItsTasksAlong_andBringsThemBack() {
    String lead = org.lead("");
    String task = task(lead);
    clock.advance(Duration.ofSeconds(10));
    org.delete("/_sandbox/Lead/" + lead);
    assertThat(org.fields("Task", task).path("IsDeleted").asText()).isEqualTo("true");
    clock.advance(Duration.ofSeconds(10));
    org.tell("/Lead/" + lead + "/restore", "{}");
    assertThat(org.fields("Task", task).path("IsDeleted").asText()).isEqualTo("false");
    assertThat(org.fields("Lead", lead).path("SystemModstamp").asText())
        .isEqualTo("2026-11-21T10:00:20.000Z");
    org.delete("/_sandbox/Lead/" + lead);
    org.tell("/Lead/" + lead + "/purge", "{}");
    assertThat(OrgClient.ids(org.queryAll("SELECT Id FROM Lead").json())).isEmpty();
  }

  @Test
  void deletedAccount_takesItsContactsAlong() {
    String account = org.create("Account", "'Name':'Acme'");
    String contact = org.create("Contact", "'LastName':'Doe','AccountId':'" + account + "'");
    org.delete(DATA + "/sobjects/Account/" + account);
    assertThat(org.fields("Contact", contact).path("IsDeleted").asText()).isEqualTo("true");
  }

  @Test
  void response_followsFromTheStatusOfTheMember() {
    String lead = org.lead("");
    String campaign = org.create("Campaign", "'Name':'Webinar'");
    String member =
        org.create("CampaignMember", "'CampaignId':'" + campaign + "','LeadId':'" + lead + "'");
    assertThat(org.fields("CampaignMember", member).path("HasResponded").asText())
        .isEqualTo("false");
    assertThat(
            org.patch(DATA + "/sobjects/CampaignMember/" + member, "{'HasResponded':true}").code())
        .isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
    org.patch(DATA + "/sobjects/CampaignMember/" + member, "{'Status':'Responded'}");
    assertThat(org.fields("CampaignMember", member).path("HasResponded").asText())
        .isEqualTo("true");
    assertThat(org.fields("CampaignMember", member).path("FirstRespondedDate").asText())
        .isEqualTo("2026-11-21");
    org.tell("/settings", "{'respondedStatuses':['Attended']}");
    org.patch(DATA + "/sobjects/CampaignMember/" + member, "{'Status':'Attended'}");
    assertThat(org.fields("CampaignMember", member).path("HasResponded").asText())
        .isEqualTo("true");
  }

  @Test
  void stageAndTask_decideWhatIsClosed() {
    String opportunity =
        org.create(
            "Opportunity", "'Name':'Acme','StageName':'Prospecting','CloseDate':'2026-12-31'");
    assertThat(org.fields("Opportunity", opportunity).path("Probability").asText())
        .isEqualTo("10.0");
    org.patch(DATA + "/sobjects/Opportunity/" + opportunity, "{'StageName':'Closed Won'}");
    JsonNode won = org.fields("Opportunity", opportunity);
    assertThat(List.of(won.path("IsClosed").asText(), won.path("IsWon").asText()))
        .containsExactly("true", "true");
    String task = task(org.lead(""));
    org.patch(DATA + "/sobjects/Task/" + task, "{'Status':'Completed'}");
    assertThat(org.fields("Task", task).path("IsClosed").asText()).isEqualTo("true");
    assertThat(org.fields("Task", task).path("CompletedDateTime").asText())
        .isEqualTo("2026-11-21T10:00:00.000Z");
  }

  @Test
  void people_areListedWithAllTheyHave() {
    org.lead("");
    org.create("Contact", "'LastName':'Doe','Email':'jo@acme.example'");
    JsonNode people = org.get("/_sandbox/contacts").json();
    assertThat(people.path("total").asInt()).isEqualTo(2);
    assertThat(people.at("/contacts/0/type").asText()).isEqualTo("Lead");
    assertThat(people.at("/contacts/1/fields/Email").asText()).isEqualTo("jo@acme.example");
  }

  @Test
  void records_canBePutInWithTheirPast_inSilence() {
    JsonNode created =
        org.tell(
            "/Lead",
            "{'webhooks':false,'records':[{'fields':{'LastName':'A'},'createdAgo':'P2D'}]}");
    JsonNode lead = org.fields("Lead", created.at("/ids/0").asText());
    assertThat(lead.path("CreatedDate").asText()).isEqualTo("2026-11-19T10:00:00.000Z");
    assertThat(lead.path("SystemModstamp").asText()).isEqualTo("2026-11-19T10:00:00.000Z");
    assertThat(
            org.post("/_sandbox/Lead", "{'records':[{'fields':{'Foo__c':1}}]}")
                .json()
                .path("error")
                .asText())
        .contains("Foo__c");
  }
}
