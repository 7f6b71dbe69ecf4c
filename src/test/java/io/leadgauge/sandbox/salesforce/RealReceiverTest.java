package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.CrmEvent.Meaning;
import io.leadgauge.http.OrgPort;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the stand-in org sends arrives at the real public port, is understood, and acknowledged. */
class RealReceiverTest {
  private final OrgPort port = new OrgPort();
  private final OrgClient org =
      OrgClient.with(
          SalesforceOptions.defaults()
              .withPace(
                  MessagePace.QUICK.withRetries(Duration.ofMillis(100), Duration.ofMillis(400))));

  @AfterEach
  void close() {
    org.close();
    port.close();
  }

  private void awaitEvent(Predicate<CrmEvent> wanted) {
    Await.until("told", () -> port.events().stream().anyMatch(wanted));
  }

  private static Predicate<CrmEvent> assigns(String property, String value) {
    return event ->
        event.facts().stream()
            .anyMatch(
                fact ->
                    fact instanceof Fact.Assigned assigned
                        && assigned.property().equals(property)
                        && assigned.stamp().value().equals(value));
  }

  private static Predicate<CrmEvent> links(LinkKind kind, String id) {
    return event ->
        event.facts().stream()
            .anyMatch(
                fact ->
                    fact instanceof Fact.Linked link
                        && link.kind() == kind
                        && link.to().id().equals(id));
  }

  @Test
  void messages_areUnderstoodAndNotSentAgain() {
    org.tell(
        "/subscriptions/leads",
        "{'object':'Lead','url':'%s','fields':['Title','IsConverted','ConvertedContactId','SystemModstamp']}"
            .formatted(port.messages()));
    String lead = org.lead("'Title':'Head of R&D <EMEA>'");
    awaitEvent(assigns("Title", "Head of R&D <EMEA>"));
    String contact =
        org.tell("/Lead/" + lead + "/convert", "{}").at("/fields/ConvertedContactId").asText();
    awaitEvent(links(LinkKind.CONVERTED_TO, contact));
    assertThat(port.events())
        .allSatisfy(
            event -> {
              assertThat(event.meaning()).isEqualTo(Meaning.FACTS);
              assertThat(event.type()).isEqualTo("Lead.outboundMessage");
            });
    Await.until(
        "acknowledged", () -> org.get("/_sandbox/webhooks").json().path("waiting").asInt() == 0);
  }

  @Test
  void changeEvents_areUnderstood() {
    org.tell(
        "/subscriptions/changes",
        "{'kind':'event','url':'%s','headers':{'Authorization':'Bearer %s'}}"
            .formatted(port.callouts(), OrgPort.BEARER.reveal()));
    String account = org.create("Account", "'Name':'Acme'");
    String contact =
        org.create("Contact", "'LastName':'Doe','Phone':'1','AccountId':'" + account + "'");
    awaitEvent(links(LinkKind.WORKS_AT, account));
    org.tell(
        "/Contact/" + contact, "{'fields':{'LastName':'Lee','MailingCity':'Rome','Phone':null}}");
    awaitEvent(
        assigns("LastName", "Lee")
            .and(assigns("MailingCity", "Rome"))
            .and(assigns("Phone", ""))
            .and(event -> event.meaning() == Meaning.FACTS));
    org.tell("/gaps", "{'object':'Contact','type':'GAP_UPDATE','ids':['" + contact + "']}");
    awaitEvent(
        event ->
            event.type().equals("Contact.GAP_UPDATE")
                && event.meaning() == Meaning.READ
                && event.record() != null
                && event.record().id().equals(contact));
    org.tell("/gaps", "{'object':'Contact','type':'GAP_OVERFLOW'}");
    awaitEvent(event -> event.meaning() == Meaning.RESYNC);
    List<Meaning> meanings = port.events().stream().map(CrmEvent::meaning).distinct().toList();
    assertThat(meanings).doesNotContain(Meaning.UNKNOWN, Meaning.FOREIGN);
  }
}
