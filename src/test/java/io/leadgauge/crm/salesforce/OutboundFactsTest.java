package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.Messages.ANN;
import static io.leadgauge.crm.salesforce.Messages.AT;
import static io.leadgauge.crm.salesforce.Messages.BOB;
import static io.leadgauge.crm.salesforce.Messages.field;
import static io.leadgauge.crm.salesforce.Messages.fields;
import static io.leadgauge.crm.salesforce.Messages.message;
import static io.leadgauge.crm.salesforce.OrgInTests.contact;
import static io.leadgauge.crm.salesforce.OrgInTests.event;
import static io.leadgauge.crm.salesforce.OrgInTests.events;
import static io.leadgauge.crm.salesforce.OrgInTests.lead;
import static io.leadgauge.crm.salesforce.OrgInTests.link;
import static io.leadgauge.crm.salesforce.OrgInTests.millis;
import static io.leadgauge.crm.salesforce.OrgInTests.problem;
import static io.leadgauge.crm.salesforce.OrgInTests.read;
import static io.leadgauge.crm.salesforce.OrgInTests.record;
import static io.leadgauge.crm.salesforce.OrgInTests.there;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordFacts;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundFactsTest {
  private static final RecordRef LEAD = lead(ANN);
  private static final RecordRef CONTACT = contact("0035f00002EztxDAAR");
  private static final RecordRef ACCOUNT = record("company", "0015f00002JUX1JAAX");
  private static final long WHEN = millis(AT);

  // What fields say

  @Test
  void listedFields_thatAreAbsentAreEmpty_andOthersSayNothing() {
    CrmEvent event = event(message().withLead(ANN, "Title", "CEO", "Rating", "Hot").toString());
    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts())
        .containsExactlyInAnyOrder(
            there(LEAD, WHEN, SourceRank.READ),
            read(LEAD, "Title", AT, "CEO"),
            read(LEAD, "Rating", AT, "Hot"),
            read(LEAD, "FirstName", AT, ""),
            read(LEAD, "Email", AT, ""));
  }

  @Test
  void fieldsToldToBeNull_areEmpty() {
    String nils =
        "<sf:fieldsToNull>Industry</sf:fieldsToNull><sf:Rating xsi:nil=\"true\"/>"
            + "<sf:Phone xsi:nil=\"1\"></sf:Phone><sf:Fax xsi:nil=\"false\">1</sf:Fax>";
    assertThat(
            event(message().with("Contact", CONTACT.id(), nils + field("SystemModstamp", AT)) + "")
                .facts())
        .containsExactlyInAnyOrder(
            there(CONTACT, WHEN, SourceRank.READ),
            read(CONTACT, "Industry", AT, ""),
            read(CONTACT, "Rating", AT, ""),
            read(CONTACT, "Phone", AT, ""),
            read(CONTACT, "Fax", AT, "1"));
  }

  @Test
  void valuesComeAsTheyStand_whateverXmlMakesOfThem() {
    String company = "<![CDATA[A & B]]> <!-- no --> <?no no?>&lt;GmbH&gt;&#x20AC;&quot;😀";
    CrmEvent event =
        event(
            message()
                .with("Lead", ANN, "<sf:Company>" + company + "</sf:Company>" + stamped())
                .toString());
    assertThat(event.facts()).contains(read(LEAD, "Company", AT, "A & B  <GmbH>€\"😀"));
  }

  private static String stamped() {
    return field("SystemModstamp", AT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-09-08T23:40:33.000Z",
        "2026-09-08T23:40:33Z",
        " 2026-09-09T01:40:33.000+02:00 ",
        "2026-09-08T23:40:33.000+0000",
        "1788910833000"
      })
  void systemModstamp_isReadInEveryWayThatItIsWritten(String at) {
    String body = message().with("Lead", ANN, field("SystemModstamp", at)).toString();
    assertThat(event(body).occurredAt()).isEqualTo(WHEN);
  }

  @Test
  void recordWithoutSystemModstamp_isToBeReadAndNothingElse() {
    CrmEvent event = event(message().with("Lead", ANN, field("Title", "CEO")).toString());
    assertThat(event)
        .isEqualTo(new CrmEvent("Lead.outboundMessage", LEAD, 0, Meaning.READ, List.<Fact>of()));
  }

  @Test
  void recordOfWhichOnlyTheIdIsLeft_isToBeRead() {
    assertThat(event(message().with("Lead", ANN, "").toString()).meaning()).isEqualTo(Meaning.READ);
    String untyped =
        "<sObject xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"><sf:Id>"
            + ANN
            + "</sf:Id></sObject>";
    assertThat(event(message().withNotification(untyped).toString()).record()).isEqualTo(LEAD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<sObject xsi:nil=\"true\"/>",
        "<sObject/>",
        "<sObject xsi:type=\"sf:Lead\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">"
            + "<sf:Id xsi:nil=\"true\"/></sObject>"
      })
  void notificationWithoutData_isNotedAndItsSiblingsStand(String sObject) {
    List<CrmEvent> events = events(message().withNotification(sObject).withLead(BOB).toString());
    assertThat(events)
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.UNKNOWN, Meaning.FACTS);
    assertThat(events.getFirst().note())
        .contains("notification 0 at line 10, column", "names no record", "deleted");
  }

  // Links

  @Test
  void convertedLead_leadsToItsContactAndItsOpportunity() {
    CrmEvent event =
        event(
            message()
                .withLead(
                    ANN,
                    "IsConverted",
                    "true",
                    "ConvertedContactId",
                    "0035f00002EztxD",
                    "ConvertedOpportunityId",
                    "0065f00000UloqVAAR")
                .toString());
    assertThat(event.facts())
        .contains(
            link(LEAD, LinkKind.CONVERTED_TO, CONTACT, WHEN, SourceRank.READ),
            link(
                LEAD,
                LinkKind.ASSOCIATED_WITH,
                record("deal", "0065f00000UloqVAAR"),
                WHEN,
                SourceRank.READ));
  }

  @Test
  void mergedRecord_leadsToTheOneThatLivesOn() {
    CrmEvent event =
        event(message().withLead(ANN, "IsDeleted", "true", "MasterRecordId", BOB).toString());
    assertThat(event.facts())
        .contains(
            link(LEAD, LinkKind.MERGED_INTO, lead(BOB), WHEN, SourceRank.READ),
            Fact.Assigned.presence(LEAD, WHEN, SourceRank.READ, false));
  }

  @Test
  void contact_worksAtItsAccountAlone() {
    String body =
        message().with("Contact", CONTACT.id(), fields("AccountId", ACCOUNT.id()) + stamped()) + "";
    assertThat(event(body).facts())
        .contains(
            link(CONTACT, LinkKind.WORKS_AT, ACCOUNT, WHEN, SourceRank.READ),
            Fact.Assigned.associated(CONTACT, RecordRef.COMPANY, WHEN));
    String none = message().with("Contact", CONTACT.id(), fields("AccountId", "") + stamped()) + "";
    assertThat(event(none).facts())
        .contains(Fact.Assigned.associated(CONTACT, RecordRef.COMPANY, WHEN))
        .noneMatch(fact -> fact instanceof Fact.Linked);
  }

  @Test
  void contactThatChangesItsAccount_worksAtTheNewOneInWhateverOrder() {
    List<Fact> facts = new ArrayList<>();
    for (String second : List.of("31", "32")) {
      String account = second.equals("31") ? ACCOUNT.id() : "001xx000003DGb2AAG";
      facts.addAll(
          event(
                  message()
                      .with(
                          "Contact",
                          CONTACT.id(),
                          fields(
                              "AccountId",
                              account,
                              "SystemModstamp",
                              "2026-09-08T23:40:" + second + ".000Z"))
                      .toString())
              .facts());
    }
    for (int turn = 0; turn < 2; turn++) {
      Collections.reverse(facts);
      assertThat(RecordFacts.NONE.join(facts).facts().associated(LinkKind.WORKS_AT, "company"))
          .containsExactly(record("company", "001xx000003DGb2AAG"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Task, task, 00T5f00000AbCdEFAV, WhoId",
    "Event, meeting, 00U5f00000AbCdEFAV, WhoId",
    "CampaignMember, campaign_member, 00v5f00000AbCdEFAV, LeadId",
    "CampaignMember, campaign_member, 00v5f00000AbCdEFAV, ContactId",
    "Opportunity, deal, 0065f00000UloqVAAR, ContactId"
  })
  void recordThatNamesAPerson_isLinkedFromThere(
      String object, String type, String id, String field) {
    for (RecordRef who : List.of(LEAD, CONTACT)) {
      String body = message().with(object, id, fields(field, who.id()) + stamped()).toString();
      assertThat(event(body).facts())
          .contains(
              link(who, LinkKind.ASSOCIATED_WITH, record(type, id), WHEN, SourceRank.READ),
              read(record(type, id), field, AT, who.id()));
    }
    String nobody = message().with(object, id, fields(field, ACCOUNT.id()) + stamped()).toString();
    assertThat(event(nobody).facts()).noneMatch(fact -> fact instanceof Fact.Linked);
  }

  // Whose message it is

  @Test
  void organization_isComparedInEitherForm() {
    assertThat(event(message("00Dxx0000001gPF").withLead(ANN).toString()).meaning())
        .isEqualTo(Meaning.FACTS);
    assertThat(event(message("00Dxx0000001gPf").withLead(ANN).toString()))
        .isEqualTo(new CrmEvent("Lead.outboundMessage", null, 0, Meaning.FOREIGN, List.of()));
  }

  @Test
  void organizationThatIsMissing_makesTheMessageUnreadable() {
    assertThat(problem(message("").withLead(ANN).toString())).contains("OrganizationId is missing");
    assertThat(problem(message("our org").withLead(ANN).toString())).contains("OrganizationId");
  }

  // Repetition

  @Test
  void knownNotificationWithAnotherBody_isFoldedLikeAnyOther() {
    String first = message().withLead(ANN, "Title", "CEO").toString();
    String second =
        message().withLead(ANN, "Title", "CFO").toString().replace(AT, "2026-09-08T23:40:34.000Z");
    assertThat(second).contains("04lxx000000CaSaAAK");
    List<Fact> facts = new ArrayList<>(event(second).facts());
    facts.addAll(event(first).facts());
    assertThat(RecordFacts.NONE.join(facts).facts().value("Title")).isEqualTo("CFO");
  }

  // Poison

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<sf:Id>1</sf:Id>|Id is no id of 15 or 18 characters",
        "<sf:Id>$</sf:Id><sf:SystemModstamp>today</sf:SystemModstamp>|SystemModstamp holds no"
            + " instant",
        "<sf:Id>$</sf:Id><sf:Title>a</sf:Title><sf:Title>b</sf:Title>|Title stands twice",
        "<sf:Id>$</sf:Id><sf:Title>#</sf:Title>|Title has more than 262144 characters"
      })
  void poison_doesNotTakeItsSiblingsAlong(String record, String note) {
    String poison =
        "<sObject xsi:type=\"sf:Lead\" xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\">"
            + record.replace("$", ANN).replace("#", "x".repeat(OutboundReader.LONGEST_TEXT + 1))
            + "</sObject>";
    List<CrmEvent> events =
        events(message().withLead(ANN).withNotification(poison).withLead(BOB).toString());
    assertThat(events)
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.FACTS, Meaning.UNKNOWN, Meaning.FACTS);
    assertThat(events.get(1).note()).contains("notification 1 at line 11", note);
  }

  @Test
  void typeOfAnotherNamespace_isPoison() {
    String other =
        "<sObject xsi:type=\"p:Lead\" xmlns:p=\"urn:other\""
            + " xmlns:sf=\"urn:sobject.enterprise.soap.sforce.com\"><sf:Id>"
            + ANN
            + "</sf:Id></sObject>";
    assertThat(event(message().withNotification(other).toString()).note())
        .contains("not of the namespace urn:sobject.enterprise.soap.sforce.com");
  }

  @Test
  void namesAreKnownByTheirNamespace_whateverThePrefix() {
    String body =
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'"
            + " xmlns:x='http://www.w3.org/2001/XMLSchema-instance'"
            + " xmlns='urn:sobject.enterprise.soap.sforce.com'>"
            + "<e:Header><e:any/></e:Header><e:Body>"
            + "<o:notifications xmlns:o='http://soap.sforce.com/2005/09/outbound'>"
            + "<o:OrganizationId>00Dxx0000001gPFEAY</o:OrganizationId>"
            + "<o:Notification><o:Id>04l</o:Id><o:sObject x:type='Lead'><Id>"
            + ANN
            + "</Id><Title>CEO</Title><o:Title>no</o:Title><SystemModstamp>"
            + AT
            + "</SystemModstamp></o:sObject></o:Notification></o:notifications></e:Body>"
            + "</e:Envelope>";
    assertThat(event(body).facts()).contains(read(LEAD, "Title", AT, "CEO"));
    assertThat(problem(body.replace("2005/09/outbound", "2005/09/other")))
        .contains("something else than one notifications element");
  }

  @Test
  void charactersThatXmlCannotHold_areReplaced() {
    for (String bad : List.of("\u000B", "&#11;", "&#xB;", "&#x0;", "&#xFFFF;", "\uFFFE")) {
      String body =
          message()
              .with("Lead", ANN, "<sf:Title>a" + bad + "b</sf:Title>" + stamped())
              .withLead(BOB)
              .toString();
      List<CrmEvent> events = events(body);
      assertThat(events.getFirst().facts()).as(bad).contains(read(LEAD, "Title", AT, "a\uFFFDb"));
      assertThat(events).hasSize(2);
    }
  }

  // Bodies

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<a/>|no SOAP envelope at line 1",
        "<a|not well-formed XML at line 1",
        "<|not well-formed XML",
        "<a></b>|no SOAP envelope at line 1",
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'/>|no notifications"
            + " element",
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'></e:Envelope><a/>|no"
            + " notifications element"
      })
  void bodyThatIsNoMessage_isUnreadable(String body, String problem) {
    assertThat(problem(body)).contains(problem, "expected an outbound message of 1 to 100");
  }

  @Test
  void bodyWithoutDeclaration_andWithAByteOrderMark_isRead() {
    String body = message().withLead(ANN).toString();
    String bare = body.substring(body.indexOf("<soapenv"));
    for (String one : List.of(bare, "\uFEFF" + bare, "\uFEFF" + body)) {
      assertThat(event(one).record()).isEqualTo(LEAD);
    }
  }

  @Test
  void bodyThatIsNotInUtf8_isUnreadable() {
    String body = message().withLead(ANN, "Title", "Geschäftsführer").toString();
    assertThat(problem(body.getBytes(StandardCharsets.ISO_8859_1)))
        .contains("the body is not text in UTF-8");
    assertThat(problem(body.getBytes(StandardCharsets.UTF_16))).contains("not text in UTF-8");
  }

  @Test
  void bodyThatEndsTooEarly_saysNothingOfWhatItHolds() {
    String body = message().withLead(ANN, "Email", "ann@person.example").toString();
    String problem = problem(body.substring(0, body.indexOf("</notifications>")));
    assertThat(problem).contains("not well-formed XML at line").doesNotContain("person");
  }

  // Any message

  @Test
  void whatIsWritten_isRead() {
    Seeds.forEach(200, OutboundFactsTest::whatIsWrittenIsRead);
  }

  private static void whatIsWrittenIsRead(SplittableRandom random) {
    Messages message = message();
    List<SortedMap<String, String>> written = new ArrayList<>();
    int count = random.nextInt(1, 101);
    for (int i = 0; i < count; i++) {
      SortedMap<String, String> fields = new TreeMap<>();
      int size = random.nextInt(0, 12);
      for (int f = 0; f < size; f++) {
        fields.put("Field" + random.nextInt(20) + "__c", text(random));
      }
      fields.put("SystemModstamp", AT);
      written.add(fields);
      StringBuilder xml = new StringBuilder();
      fields.forEach((name, value) -> xml.append(field(name, value)));
      message.with(
          "Thing__c",
          SalesforceId.of("a02" + (100_000_000_000L + i)).orElseThrow().text(),
          xml + "");
    }
    List<CrmEvent> events = events(message.toString());
    assertThat(events).hasSize(count);
    for (int i = 0; i < count; i++) {
      SortedMap<String, String> told = new TreeMap<>();
      for (Fact fact : events.get(i).facts()) {
        Fact.Assigned assigned = (Fact.Assigned) fact;
        told.put(assigned.property(), assigned.stamp().value());
      }
      told.remove(Fact.Assigned.PRESENCE);
      written.get(i).remove("SystemModstamp");
      assertThat(told).isEqualTo(written.get(i));
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(0, 30);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(5)) {
            case 0 -> random.nextInt(0x1F300, 0x1F600);
            case 1 -> "<>&'\"] \n\t!?-".charAt(random.nextInt(12));
            case 2 -> random.nextInt(0xA1, 0x2000);
            default -> random.nextInt('a', 'z' + 1);
          });
    }
    return text.toString();
  }

  @Test
  void brokenBody_isNeverAFault() {
    Seeds.forEach(300, OutboundFactsTest::brokenBodyIsNeverAFault);
  }

  private static void brokenBodyIsNeverAFault(SplittableRandom random) {
    byte[] body =
        message()
            .withLead(ANN, "Title", "Zoë")
            .withLead(BOB)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
    int changes = random.nextInt(1, 6);
    for (int i = 0; i < changes; i++) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    SalesforceDeliveries.decode(OrgInTests.connection(OrgInTests.ORG), OrgInTests.delivery(body));
  }

  @Test
  void orderOfMessages_leavesNoTrace() {
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String at = "2026-09-08T23:40:%02d.000Z".formatted(i / 2);
      facts.addAll(
          event(message().withLead(ANN, "Title", "T" + i % 3).toString().replace(AT, at)).facts());
    }
    String first = RecordFacts.NONE.join(facts).facts().canonical();
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(facts, new Random(seed));
      assertThat(RecordFacts.NONE.join(facts).facts().canonical()).isEqualTo(first);
    }
  }
}
