package io.leadgauge.crm.salesforce;

import static io.leadgauge.crm.salesforce.OrgInTests.ACME;
import static io.leadgauge.crm.salesforce.OrgInTests.contact;
import static io.leadgauge.crm.salesforce.OrgInTests.events;
import static io.leadgauge.crm.salesforce.OrgInTests.lead;
import static io.leadgauge.crm.salesforce.OrgInTests.link;
import static io.leadgauge.crm.salesforce.OrgInTests.millis;
import static io.leadgauge.crm.salesforce.OrgInTests.read;
import static io.leadgauge.crm.salesforce.OrgInTests.record;
import static io.leadgauge.crm.salesforce.OrgInTests.set;
import static io.leadgauge.crm.salesforce.OrgInTests.there;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Shared;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.crm.OutboundBody;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.SourceRank;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Every message and change event that was captured or documented says what its page says. */
class RecordedMessagesTest {
  private static final String LEAD = "00Q5f000005bwLFEAY";
  private static final long CONVERTED = 1_714_153_780_000L;
  private static final long CREATED = 1_714_153_779_000L;

  private static Path path(String name) {
    return Shared.path("contracts/salesforce").resolve(name);
  }

  private static byte[] file(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }

  private static List<CrmEvent> messages(String org, String name) throws IOException {
    return events(org, file("outbound-messages/" + name));
  }

  private static List<CrmEvent> changes(String name) throws IOException {
    return events(file("change-events/" + name));
  }

  // Outbound messages

  @Test
  void threeNotificationsAfterAByteOrderMark_areThreeRecords() throws IOException {
    byte[] body = file("outbound-messages/om-lead-three-notifications.xml");
    assertThat(body[0]).isEqualTo((byte) 0xEF);
    List<CrmEvent> events = events("0123456789ABCDENNN", body);
    assertThat(events)
        .extracting(CrmEvent::record)
        .containsExactly(
            record("Lead1", "0123456789ABCDEEAE"),
            record("Lead2", "1123456789ABCDEEAE"),
            record("Lead3", "2123456789ABCDEEAE"));
    String at = "2015-08-14T18:27:02Z";
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
              assertThat(event.occurredAt()).isEqualTo(millis(at));
            });
    RecordRef first = record("Lead1", "0123456789ABCDEEAE");
    assertThat(events.getFirst().facts())
        .contains(
            there(first, millis(at), SourceRank.READ),
            read(first, "FirstName", at, "Henrik"),
            read(first, "Status", at, "Open - Not Contacted"),
            read(first, "IsConverted", at, "false"),
            read(first, "Title", at, "Architect"))
        .hasSize(26);
  }

  @Test
  void filledSession_isMaskedAndTheMessageReadsTheSame() throws IOException {
    byte[] body = file("outbound-messages/om-lead-three-notifications.xml");
    byte[] kept = OutboundBody.withoutSession(body);
    assertThat(new String(kept, StandardCharsets.UTF_8))
        .doesNotContain("BSGSRAzG9lPxyKRPjJ3")
        .contains("<SessionId>***");
    assertThat(kept).hasSameSizeAs(body);
    assertThat(events("0123456789ABCDENNN", kept)).isEqualTo(events("0123456789ABCDENNN", body));
  }

  @Test
  void messageWithoutNotifications_saysNothing() throws IOException {
    assertThat(messages(OrgInTests.ORG, "om-no-notifications.xml")).isEmpty();
  }

  @Test
  void accountWithoutSystemModstamp_isToBeRead() throws IOException {
    CrmEvent event = messages("00Dxx0000001gPFEAY", "om-account-created.xml").getFirst();
    assertThat(event.record()).isEqualTo(record("company", "001xx000003DGb2AAG"));
    assertThat(event.meaning()).isEqualTo(Meaning.READ);
    assertThat(event.facts()).isEmpty();
  }

  @Test
  void contactsOfOneSave_areThreeToBeRead() throws IOException {
    assertThat(messages("00Dxx0000001gPF", "om-contacts-batch-update.xml"))
        .extracting(CrmEvent::record)
        .containsExactly(
            contact("003xx000004TmiQAAS"),
            contact("003xx000004TmiRAAS"),
            contact("003xx000004TmiSAAS"));
  }

  @Test
  void customObject_keepsItsName() throws IOException {
    assertThat(messages("00DD0000000muCU", "om-custom-object.xml"))
        .containsExactly(
            new CrmEvent(
                "DiscountRule__c.outboundMessage",
                record("DiscountRule__c", "a025700000OPgOjAAL"),
                0,
                Meaning.READ,
                List.of()));
  }

  @Test
  void messageOfAnotherOrg_isForeign() throws IOException {
    assertThat(messages(OrgInTests.ORG, "om-custom-object.xml"))
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.FOREIGN);
  }

  // The acknowledgement

  private static Document xml(byte[] body) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(body));
  }

  private static Document withoutBlanks(Document document) {
    strip(document.getDocumentElement());
    document.getDocumentElement().removeAttribute("xmlns:xsd");
    document.getDocumentElement().removeAttribute("xmlns:xsi");
    return document;
  }

  private static void strip(Node node) {
    for (Node child = node.getFirstChild(); child != null; ) {
      Node next = child.getNextSibling();
      if (child.getNodeType() == Node.TEXT_NODE && child.getTextContent().isBlank()) {
        node.removeChild(child);
      } else {
        strip(child);
      }
      child = next;
    }
  }

  @Test
  void acknowledgement_isTheOneThatWasRecorded() throws Exception {
    Document ours = withoutBlanks(xml(OutboundBody.acknowledgement()));
    Document recorded = withoutBlanks(xml(file("outbound-messages/ack-true.xml")));
    assertThat(ours.getDocumentElement().isEqualNode(recorded.getDocumentElement())).isTrue();
  }

  @Test
  void acknowledgement_isOfTheTypeThatTheWsdlNames() throws Exception {
    Document wsdl = xml(file("outbound-messages/outbound-notification.wsdl"));
    NodeList schemas = wsdl.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema");
    Source[] sources = new Source[schemas.getLength()];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = new DOMSource(schemas.item(i));
    }
    Node answer =
        xml(OutboundBody.acknowledgement())
            .getElementsByTagNameNS(OutboundReader.OUTBOUND, "notificationsResponse")
            .item(0);
    SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
        .newSchema(sources)
        .newValidator()
        .validate(new DOMSource(answer));
  }

  @Test
  void soapFault_isNoMessage() throws IOException {
    assertThat(OrgInTests.problem(file("outbound-messages/soap-fault.xml")))
        .contains("something else than one notifications element at line 4");
  }

  // Change events

  @Test
  void leadAddressThatIsNamedAndNotTold_isToBeRead() throws IOException {
    RecordRef lead = lead("001bm000016htgPAAQ");
    assertThat(changes("cdc-lead-address-update.json"))
        .containsExactly(
            new CrmEvent(
                "Lead.UPDATE",
                lead,
                1_778_192_987_000L,
                Meaning.READ,
                List.of(
                    read(
                        lead,
                        "LastModifiedDate",
                        "2026-05-07T22:29:47Z",
                        "2026-05-07T22:29:47.000Z"))));
  }

  @Test
  void contactName_isToldByItsPart() throws IOException {
    RecordRef contact = contact("003ak00000IiFInAAN");
    long at = 1_745_500_706_000L;
    assertThat(changes("cdc-contact-name-update.json"))
        .containsExactly(
            new CrmEvent(
                "Contact.UPDATE",
                contact,
                at,
                Meaning.FACTS,
                List.of(
                    set(contact, "LastModifiedDate", at, "2025-04-24T13:18:26.000Z"),
                    set(contact, "LastName", at, "Youngest"))));
  }

  @Test
  void accountCreation_tellsWhatIsNotNull() throws IOException {
    CrmEvent event = changes("cdc-account-create-all-fields.json").getFirst();
    RecordRef account = record("company", "0015f00002J9YYEAA3");
    long at = 1_712_693_965_000L;
    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts())
        .containsExactlyInAnyOrder(
            there(account, at, SourceRank.EVENT),
            set(account, "Name", at, "Acme"),
            set(account, "Description", at, "Sample account record."),
            set(account, "OwnerId", at, "0055f000005mc66AAA"),
            set(account, "CreatedDate", at, "1712693965000"),
            set(account, "CreatedById", at, "0055f000005mc66AAA"),
            set(account, "LastModifiedDate", at, "1712693965000"),
            set(account, "LastModifiedById", at, "0055f000005mc66AAA"),
            set(account, "CleanStatus", at, "Pending"));
  }

  @Test
  void conversionOfALead_linksItToItsContactAndIsToBeRead() throws IOException {
    List<CrmEvent> events = changes("cdc-lead-conversion-sequence.json");
    RecordRef contact = contact("0035f00002EztxDAAR");
    RecordRef account = record("company", "0015f00002JUX1JAAX");
    RecordRef deal = record("deal", "0065f00000UloqVAAR");
    RecordRef lead = lead(LEAD);
    assertThat(events).extracting(CrmEvent::record).containsExactly(account, contact, deal, lead);
    assertThat(events)
        .extracting(CrmEvent::meaning)
        .containsExactly(Meaning.FACTS, Meaning.FACTS, Meaning.FACTS, Meaning.READ);
    assertThat(events.get(0).facts())
        .contains(set(account, "BillingState", CREATED, "IL"))
        .doesNotContain(set(account, "BillingCity", CREATED, ""));
    assertThat(events.get(1).facts())
        .contains(
            link(contact, LinkKind.WORKS_AT, account, CREATED, SourceRank.EVENT),
            Fact.Assigned.associated(contact, RecordRef.COMPANY, CREATED),
            set(contact, "LastName", CREATED, "Mcclure"),
            set(contact, "MailingState", CREATED, "IL"),
            set(contact, "Email", CREATED, "brenda@cardinal.net"));
    assertThat(events.get(2).facts())
        .contains(
            set(deal, "StageName", CREATED, "Prospecting"),
            set(deal, "IsClosed", CREATED, "false"),
            set(deal, "Probability", CREATED, "10"));
    assertThat(events.get(3).facts())
        .containsExactlyInAnyOrder(
            set(lead, "Status", CONVERTED, "Closed - Converted"),
            set(lead, "IsConverted", CONVERTED, "true"),
            set(lead, "ConvertedDate", CONVERTED, "1714089600000"),
            set(lead, "ConvertedAccountId", CONVERTED, "0015f00002JUX1JAAX"),
            set(lead, "ConvertedContactId", CONVERTED, "0035f00002EztxDAAR"),
            set(lead, "ConvertedOpportunityId", CONVERTED, "0065f00000UloqVAAR"),
            set(lead, "LastModifiedDate", CONVERTED, "1714153780000"),
            link(lead, LinkKind.CONVERTED_TO, contact, CONVERTED, SourceRank.EVENT),
            link(lead, LinkKind.ASSOCIATED_WITH, deal, CONVERTED, SourceRank.EVENT));
  }

  @Test
  void gap_saysThatItsRecordIsToBeRead() throws IOException {
    assertThat(changes("cdc-gap-create.json"))
        .containsExactly(
            new CrmEvent(
                "Account.GAP_CREATE",
                record("company", "001ZM000001n4n5YAA"),
                1_714_417_112_000L,
                Meaning.READ,
                List.of()));
  }

  @Test
  void streamedLead_isARecordAtItsModstamp() throws IOException {
    CrmEvent event = changes("pushtopic-lead-created.json").getFirst();
    RecordRef lead = lead("00Q2X00001OPBbQUAX");
    String at = "2020-07-24T08:08:58Z";
    assertThat(event.type()).isEqualTo("Lead.created");
    assertThat(event.record()).isEqualTo(lead);
    assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
    assertThat(event.facts())
        .contains(
            there(lead, millis(at), SourceRank.READ),
            read(lead, "Email", at, "csdcsd@titi.com"),
            read(lead, "Industry", at, ""),
            read(lead, "IsConverted", at, "false"),
            read(lead, "Street", at, ""),
            read(lead, "CleanStatus", at, "5"))
        .noneMatch(fact -> fact instanceof Fact.Linked)
        .allMatch(fact -> fact.of().connection().equals(ACME));
  }
}
