package io.leadgauge.sandbox.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.Shared;
import io.leadgauge.sandbox.salesforce.MessageReceiver.Notified;
import io.leadgauge.sandbox.salesforce.MessageReceiver.Received;
import io.leadgauge.sandbox.salesforce.MessageReceiver.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class OutboundMessagesTest {
  private static final String FIELDS =
      "'fields':['Id','Title','Email','Company','NumberOfEmployees','IsConverted','SystemModstamp']";

  /** Leaves time for something to happen between a message and its next try. */
  private static final SalesforceOptions UNHURRIED =
      SalesforceOptions.defaults()
          .withPace(MessagePace.QUICK.withRetries(Duration.ofSeconds(2), Duration.ofSeconds(2)));

  private final MessageReceiver receiver = new MessageReceiver();
  private final OrgClient org =
      OrgClient.with(
          SalesforceOptions.defaults()
              .withPace(
                  MessagePace.QUICK.withRetries(Duration.ofMillis(100), Duration.ofMillis(400))));

  @AfterEach
  void close() {
    org.close();
    receiver.close();
  }

  private void subscribe(OrgClient told, String more) {
    told.tell(
        "/subscriptions/leads",
        "{'object':'Lead','url':'%s',%s%s}".formatted(receiver.url(), FIELDS, more));
  }

  private void subscribe() {
    subscribe(org, "");
  }

  private static String person(String title) {
    return "{'fields':{'Title':'" + title + "'}}";
  }

  private static JsonNode counts(OrgClient org) {
    return org.get("/_sandbox/webhooks").json();
  }

  @Test
  void message_hasTheShapeOfTheWsdl() {
    subscribe();
    String lead = org.lead("'Title':'Head of R&D <EMEA>','NumberOfEmployees':250,'Phone':'1'");
    Received request = receiver.awaitRequests(1).getFirst();
    assertThat(request.headers().get("SOAPAction")).isEqualTo("\"\"");
    assertThat(request.headers().get("Content-Type")).isEqualTo("text/xml; charset=utf-8");
    Element message =
        (Element)
            request.xml().getElementsByTagNameNS(MessageReceiver.OUTBOUND, "notifications").item(0);
    assertThat(children(message))
        .containsExactly(
            "OrganizationId",
            "ActionId",
            "SessionId",
            "EnterpriseUrl",
            "PartnerUrl",
            "Notification");
    assertThat(
            message
                .getElementsByTagNameNS(MessageReceiver.OUTBOUND, "OrganizationId")
                .item(0)
                .getTextContent())
        .isEqualTo(SalesforceOptions.ORG_ID);
    assertThat(
            message
                .getElementsByTagNameNS(MessageReceiver.OUTBOUND, "ActionId")
                .item(0)
                .getTextContent())
        .startsWith("04k")
        .hasSize(18);
    assertThat(
            message
                .getElementsByTagNameNS(MessageReceiver.OUTBOUND, "SessionId")
                .item(0)
                .getTextContent())
        .isEmpty();
    Notified notified = request.notified().getFirst();
    assertThat(notified.id()).startsWith("04l").hasSize(18);
    assertThat(notified.type()).isEqualTo("sf:Lead");
    assertThat(notified.fields().keySet())
        .as("the id first, the others by the alphabet, empty and unlisted ones not at all")
        .containsExactly(
            "Id", "Company", "IsConverted", "NumberOfEmployees", "SystemModstamp", "Title");
    assertThat(notified.record()).isEqualTo(lead);
    assertThat(notified.fields())
        .containsEntry("Title", "Head of R&D <EMEA>")
        .containsEntry("NumberOfEmployees", "250")
        .containsEntry("IsConverted", "false");
    assertThat(notified.fields().get("SystemModstamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.000Z");
  }

  private static List<String> children(Element element) {
    List<String> names = new ArrayList<>();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element named) {
        names.add(named.getLocalName());
      }
    }
    return names;
  }

  @Test
  void message_hasTheElementsOfRecordedOnes() throws IOException {
    subscribe();
    org.lead("");
    String recorded =
        Files.readString(
            Shared.path("contracts/salesforce/outbound-messages/om-account-created.xml"));
    String ours = receiver.awaitRequests(1).getFirst().body().toString();
    String head = "(?s)<Notification>.*";
    assertThat(withoutValues(ours.replaceFirst(head, "")))
        .isEqualTo(withoutValues(recorded.replaceFirst(head, "")));
  }

  private static String withoutValues(String xml) {
    return xml.replaceAll(">[^<\\n]+<", "><");
  }

  @Test
  void acknowledgement_ofTheWsdl_andNothingElse_endsIt() throws IOException {
    String sample =
        Files.readString(Shared.path("contracts/salesforce/outbound-messages/ack-true.xml"));
    List<Told> answers =
        List.of(
            new Told(200, ""),
            new Told(200, "{\"ack\":true}"),
            new Told(204, ""),
            new Told(500, MessageReceiver.ACKNOWLEDGED),
            new Told(200, MessageReceiver.ACKNOWLEDGED.replace("true", "false")),
            new Told(
                200,
                MessageReceiver.ACKNOWLEDGED.replace("notificationsResponse", "notifications")),
            new Told(200, MessageReceiver.ACKNOWLEDGED.replace("2005/09", "2005/10")),
            new Told(200, sample.strip().replace("\uFEFF", "")));
    receiver.answer(n -> answers.get(Math.min(n, answers.size() - 1)));
    subscribe();
    org.lead("");
    List<Notified> all = receiver.awaitNotified(answers.size());
    Await.until("acknowledged", () -> counts(org).path("acknowledged").asInt() == 1);
    assertThat(all).as("tried until the last answer, and no more").hasSize(answers.size());
    assertThat(all.stream().map(Notified::id).distinct()).as("one notification").hasSize(1);
    assertThat(counts(org).at("/requests/byOutcome/200 without acknowledgement").asInt())
        .isEqualTo(5);
  }

  @Test
  void values_areThoseOfTheMomentOfSending() {
    receiver.answer(n -> n == 0 ? new Told(503, "") : new Told(200, MessageReceiver.ACKNOWLEDGED));
    try (OrgClient unhurried = OrgClient.with(UNHURRIED)) {
      subscribe(unhurried, "");
      String lead = unhurried.lead("'Title':'CEO'");
      receiver.awaitRequests(1);
      unhurried.tell(
          "/subscriptions/leads", "{'object':'Contact','url':'http://127.0.0.1:1','fields':[]}");
      unhurried.tell("/Lead/" + lead, person("CFO"));
      subscribe(unhurried, "");
      List<Notified> all = receiver.awaitNotified(2);
      assertThat(all.get(0).fields()).containsEntry("Title", "CEO");
      assertThat(all.get(1).fields()).containsEntry("Title", "CFO");
      assertThat(all.get(1).id()).isEqualTo(all.get(0).id());
    }
  }

  @Test
  void manyRecords_travelTogetherAtMost100AtATime() {
    subscribe();
    String records =
        IntStream.range(0, 250)
            .mapToObj(i -> "{'fields':{'LastName':'L" + i + "','Company':'Acme'}}")
            .collect(Collectors.joining(","));
    org.tell("/Lead", "{'records':[" + records + "]}");
    List<Notified> all = receiver.awaitNotified(250);
    assertThat(all.stream().map(Notified::record).distinct()).hasSize(250);
    assertThat(receiver.requests())
        .allSatisfy(request -> assertThat(request.notified()).hasSizeBetween(1, 100));
    assertThat(receiver.requests().size()).isLessThan(20);
  }

  @Test
  void entryCondition_tellsOfWatchedFieldsAlone() {
    subscribe(org, ",'watched':['Title']");
    String lead = org.lead("");
    receiver.awaitNotified(1);
    org.tell("/Lead/" + lead, "{'fields':{'Phone':'123'}}");
    org.tell("/Lead/" + lead, person("CEO"));
    List<Notified> all = receiver.awaitNotified(2);
    assertThat(all.get(1).fields()).containsEntry("Title", "CEO");
    assertThat(counts(org).path("made").asInt()).isEqualTo(2);
  }

  @Test
  void ourOwnWrites_areToldLikeAnyOthers_andRefusedOnesAreNot() {
    subscribe();
    String lead = org.lead("");
    receiver.awaitNotified(1);
    org.update(OrgClient.record("Lead", lead, "'Title':'CEO'"));
    receiver.awaitNotified(2);
    org.update(OrgClient.record("Lead", lead, "'Nothing__c':'CEO'"));
    assertThat(counts(org).path("made").asInt()).isEqualTo(2);
  }

  @Test
  void deletion_isNeverTold_andLeavesANotificationWithoutData() {
    for (String form : List.of("nothing", "nil", "id")) {
      try (MessageReceiver other = new MessageReceiver();
          OrgClient told = OrgClient.with(UNHURRIED)) {
        other.answer(n -> n == 0 ? new Told(503, "") : new Told(200, MessageReceiver.ACKNOWLEDGED));
        told.tell("/settings", "{'emptyNotification':'" + form + "'}");
        told.tell(
            "/subscriptions/leads",
            "{'object':'Lead','url':'%s','fields':['Title']}".formatted(other.url()));
        String lead = told.lead("'Title':'CEO'");
        other.awaitRequests(1);
        told.delete("/_sandbox/Lead/" + lead);
        Notified empty = other.awaitNotified(2).get(1);
        assertThat(empty.fields()).doesNotContainKey("Title");
        assertThat(empty.record()).isEqualTo(form.equals("id") ? lead : "");
        assertThat(counts(told).path("made").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void notification_thatIsADayOld_isDropped() {
    MovableClock clock = new MovableClock(OrgClient.NOW);
    receiver.answer(n -> new Told(503, ""));
    try (OrgClient told =
        OrgClient.with(SalesforceOptions.defaults().withPace(MessagePace.REAL), clock)) {
      subscribe(told, "");
      told.lead("");
      List<Long> waits = new ArrayList<>();
      long before = clock.now();
      int seen = 0;
      while (counts(told).path("failed").asInt() == 0) {
        clock.advance(Duration.ofSeconds(1));
        int now = seen;
        if (receiver.requests().size() > now) {
          seen = receiver.requests().size();
          int ended = seen;
          Await.until(
              "answered", () -> counts(told).at("/requests/byOutcome/503").asInt() == ended);
          waits.add(clock.now() - before);
          before = clock.now();
        }
        if (seen > 3) {
          clock.advance(Duration.ofMinutes(2));
        }
      }
      assertThat(seen).isBetween(12, 30);
      assertThat(waits.get(waits.size() - 1)).isGreaterThan(waits.get(1));
      assertThat(clock.now() - OrgClient.NOW).isLessThan(Duration.ofHours(27).toMillis());
    }
  }

  @Test
  void duplicates_comeEvenAfterTheAcknowledgement() {
    org.tell("/faults", "{'faults':'webhook-duplicate=1'}");
    subscribe();
    org.lead("");
    List<Notified> all = receiver.awaitNotified(2);
    assertThat(all.get(1).id()).isEqualTo(all.get(0).id());
    assertThat(counts(org).path("repeated").asInt()).isEqualTo(1);
    assertThat(counts(org).path("acknowledged").asInt()).isEqualTo(1);
  }

  @Test
  void retriesAndHeldBackMessages_comeOutOfOrder() {
    org.tell("/faults", "{'faults':'webhook-reorder=0.5'}");
    receiver.answer(
        n -> n % 3 == 0 ? new Told(503, "") : new Told(200, MessageReceiver.ACKNOWLEDGED));
    subscribe();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      made.add(org.lead(""));
    }
    Await.until("all", () -> counts(org).path("acknowledged").asInt() == 30);
    List<String> order = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    receiver.notified().stream().map(Notified::record).filter(seen::add).forEach(order::add);
    assertThat(order).containsExactlyInAnyOrderElementsOf(made);
    assertThat(order).isNotEqualTo(made);
  }

  @Test
  void subscription_ofWhatIsNotThere_isRefusedByName() {
    assertThat(
            org.post("/_sandbox/subscriptions/x", "{'object':'Leed','url':'http://a.example'}")
                .json()
                .path("error")
                .asText())
        .contains("Leed");
    assertThat(
            org.post(
                    "/_sandbox/subscriptions/x",
                    "{'object':'Lead','url':'http://a.example','fields':['Foo__c']}")
                .json()
                .path("error")
                .asText())
        .contains("Foo__c");
  }
}
