package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks of other records than contacts, of associations and of merges. */
class RecordEventsTest {
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final List<SandboxClient> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(SandboxClient::close);
    receiver.close();
  }

  private SandboxClient sandbox(WebhookSubscriptions subscriptions, long seed) {
    SandboxClient sandbox =
        SandboxClient.seeded(
            SandboxClient.options()
                .withFirstStage(Optional.empty())
                .withPace(WebhookPace.QUICK.withLinger(Duration.ofMillis(5)))
                .withWebhooks(
                    new WebhookTarget(
                        WebhookTarget.address(receiver.url()),
                        Optional.empty(),
                        WebhookReceiver.SECRET,
                        subscriptions)),
            seed);
    opened.add(sandbox);
    return sandbox;
  }

  private SandboxClient sandbox() {
    return sandbox(WebhookSubscriptions.everything(), SandboxClient.SEED);
  }

  private List<JsonNode> settled(SandboxClient sandbox) {
    Patience.until(
        () -> sandbox.get("/_sandbox/webhooks").json(),
        state -> state.path("pending").asInt() == 0 && state.at("/requests/inFlight").asInt() == 0,
        20_000_000_000L);
    return receiver.events().toList();
  }

  private static String put(SandboxClient sandbox, String type, String record) {
    SandboxClient.Reply reply =
        sandbox.post("/_sandbox/" + type, "{'" + type + "':[" + record + "],'webhooks':false}");
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(201);
    return reply.json().at("/ids/0").asText();
  }

  private static String contact(SandboxClient sandbox, String email) {
    return put(sandbox, "contacts", "{'properties':{'email':'" + email + "'}}");
  }

  private static String company(SandboxClient sandbox) {
    return put(sandbox, "companies", "{'properties':{'name':'Acme'}}");
  }

  private static void associate(SandboxClient sandbox, String from, String to, String more) {
    assertThat(
            sandbox
                .post(
                    "/_sandbox/associations", "{'from':'%s','to':'%s'%s}".formatted(from, to, more))
                .status())
        .isEqualTo(204);
  }

  private static Map<String, List<JsonNode>> byType(List<JsonNode> events) {
    return events.stream().collect(Collectors.groupingBy(e -> e.path("subscriptionType").asText()));
  }

  private static List<JsonNode> ofType(List<JsonNode> events, String type) {
    return byType(events).getOrDefault(type, List.of());
  }

  @Test
  void companiesAndDeals_areToldClassic_engagementsGeneric() {
    SandboxClient sandbox = sandbox();
    String company =
        sandbox
            .post("/crm/v3/objects/companies", "{'properties':{'name':'Acme'}}")
            .json()
            .path("id")
            .asText();
    sandbox.patch("/crm/v3/objects/companies/" + company, "{'properties':{'city':'Bonn'}}");
    sandbox.delete("/crm/v3/objects/companies/" + company);
    sandbox.post("/crm/v3/objects/deals", "{'properties':{'dealname':'D'}}");
    sandbox.post("/crm/v3/objects/meetings", "{'properties':{'hs_timestamp':'1'}}");
    List<JsonNode> events = settled(sandbox);
    assertThat(byType(events).keySet())
        .containsExactlyInAnyOrder(
            "company.creation",
            "company.propertyChange",
            "company.deletion",
            "deal.creation",
            "deal.propertyChange",
            "object.creation",
            "object.propertyChange");
    assertThat(ofType(events, "object.creation").getFirst().path("objectTypeId").asText())
        .isEqualTo("0-47");
  }

  @Test
  void subscriptions_nameTheTypesAndProperties() {
    SandboxClient sandbox =
        sandbox(
            WebhookSubscriptions.everything()
                .withOthers(Map.of(ObjectType.COMPANY, Set.of("domain"))),
            SandboxClient.SEED);
    sandbox.post("/crm/v3/objects/companies", "{'properties':{'name':'A','domain':'a.example'}}");
    sandbox.post("/crm/v3/objects/deals", "{'properties':{'dealname':'D'}}");
    List<JsonNode> events = settled(sandbox);
    assertThat(events).hasSize(2);
    assertThat(ofType(events, "company.propertyChange").getFirst().path("propertyName").asText())
        .isEqualTo("domain");
  }

  @Test
  void association_isToldOnBothSides_andThePrimaryOneBesideTheUnlabelled() {
    SandboxClient sandbox = sandbox();
    String contact = contact(sandbox, "x@acme.example");
    String company = company(sandbox);
    associate(sandbox, "contacts/" + contact, "companies/" + company, "");
    List<JsonNode> events = settled(sandbox);
    List<JsonNode> ofContact = ofType(events, "contact.associationChange");
    List<JsonNode> ofCompany = ofType(events, "company.associationChange");
    assertThat(ofContact).hasSize(2);
    assertThat(ofCompany).hasSize(2);
    assertThat(ofContact)
        .extracting(e -> e.path("isPrimaryAssociation").asBoolean())
        .containsExactlyInAnyOrder(true, false);
    JsonNode event = ofContact.getFirst();
    assertThat(event.has("objectId")).isFalse();
    assertThat(event.path("associationType").asText()).isEqualTo("CONTACT_TO_COMPANY");
    assertThat(event.path("fromObjectId").asText()).isEqualTo(contact);
    assertThat(event.path("toObjectId").asText()).isEqualTo(company);
    assertThat(ofCompany.getFirst().path("fromObjectId").asText()).isEqualTo(company);
  }

  @Test
  void newPrimaryCompany_takesTheLabelFromTheOldOne() {
    SandboxClient sandbox = sandbox();
    String contact = contact(sandbox, "x@acme.example");
    String old = company(sandbox);
    String fresh = company(sandbox);
    associate(sandbox, "contacts/" + contact, "companies/" + old, "");
    settled(sandbox);
    associate(sandbox, "contacts/" + contact, "companies/" + fresh, ",'primary':true");
    List<JsonNode> removed =
        ofType(settled(sandbox), "contact.associationChange").stream()
            .filter(e -> e.path("associationRemoved").asBoolean())
            .toList();
    assertThat(removed).hasSize(1);
    assertThat(removed.getFirst().path("toObjectId").asText()).isEqualTo(old);
    assertThat(removed.getFirst().path("isPrimaryAssociation").asBoolean()).isTrue();
  }

  @Test
  void engagement_isAssociatedInTheGenericFormOnly() {
    SandboxClient sandbox = sandbox();
    String contact = contact(sandbox, "x@acme.example");
    put(
        sandbox,
        "meetings",
        "{'properties':{'hs_timestamp':1},'associations':['contacts/" + contact + "']}");
    String meeting = put(sandbox, "meetings", "{'properties':{'hs_timestamp':1}}");
    associate(sandbox, "meetings/" + meeting, "contacts/" + contact, "");
    List<JsonNode> events = settled(sandbox);
    assertThat(events).as("the first was put in in silence").hasSize(1);
    JsonNode event = events.getFirst();
    assertThat(event.path("subscriptionType").asText()).isEqualTo("object.associationChange");
    assertThat(event.path("fromObjectTypeId").asText()).isEqualTo("0-47");
    assertThat(event.path("toObjectTypeId").asText()).isEqualTo("0-1");
    assertThat(event.path("associationTypeId").asInt()).isEqualTo(200);
  }

  @Test
  void merge_intoANewRecord_losesBoth_intoThePrimaryTheOther_inAnyOrder() {
    Set<String> orders = new java.util.HashSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      SandboxClient sandbox = sandbox(WebhookSubscriptions.everything(), seed);
      String one = contact(sandbox, "one@acme.example");
      String two = contact(sandbox, "two@acme.example");
      if (seed % 2 == 0) {
        sandbox.post("/_sandbox/merges", "{'survivor':'primary'}");
      }
      int before = receiver.events().toList().size();
      sandbox.post(
          "/crm/objects/2026-03/contacts/merge",
          "{'primaryObjectId':'%s','objectIdToMerge':'%s'}".formatted(one, two));
      List<JsonNode> events = settled(sandbox);
      List<JsonNode> told = events.subList(before, events.size());
      JsonNode merge = ofType(told, "contact.merge").getFirst();
      String survivor = merge.path("newObjectId").asText();
      Set<String> lost =
          ofType(told, "contact.deletion").stream()
              .map(e -> e.path("objectId").asText())
              .collect(Collectors.toSet());
      if (seed % 2 == 0) {
        assertThat(survivor).isEqualTo(one);
        assertThat(lost).containsExactly(two);
      } else {
        assertThat(survivor).isNotIn(one, two);
        assertThat(lost).containsExactlyInAnyOrder(one, two);
      }
      orders.add(told.getFirst().path("subscriptionType").asText());
      String path = "/crm/v3/objects/contacts";
      assertThat(sandbox.get(path + "/" + two).json().path("id").asText()).isEqualTo(survivor);
      assertThat(sandbox.post(path + "/batch/read", "{'inputs':[{'id':'" + two + "'}]}").status())
          .isEqualTo(207);
    }
    assertThat(orders).contains("contact.merge", "contact.deletion");
  }

  @Test
  void merge_thatTellsAll_tellsOfTheNewRecordAndOfWhatMoves() {
    SandboxClient sandbox = sandbox();
    sandbox.post("/_sandbox/assumptions", "{'mergeTellsAll':true}");
    String one = contact(sandbox, "one@acme.example");
    String two = contact(sandbox, "two@acme.example");
    associate(sandbox, "contacts/" + two, "companies/" + company(sandbox), "");
    int before = settled(sandbox).size();
    String survivor =
        sandbox
            .post("/_sandbox/contacts/" + one + "/merge", "{'with':'" + two + "'}")
            .json()
            .path("id")
            .asText();
    List<JsonNode> events = settled(sandbox);
    List<JsonNode> told = events.subList(before, events.size());
    assertThat(ofType(told, "contact.creation").getFirst().path("objectId").asText())
        .isEqualTo(survivor);
    assertThat(ofType(told, "contact.associationChange"))
        .hasSize(2)
        .allMatch(event -> event.path("fromObjectId").asText().equals(survivor));
  }

  @Test
  void equalWrite_isToldWhereThatIsAssumed() {
    SandboxClient sandbox = sandbox();
    String id = contact(sandbox, "one@acme.example");
    String same = "{'properties':{'email':'one@acme.example'}}";
    sandbox.patch("/crm/v3/objects/contacts/" + id, same);
    assertThat(settled(sandbox)).isEmpty();
    sandbox.post("/_sandbox/assumptions", "{'equalWritesTell':true}");
    sandbox.patch("/crm/v3/objects/contacts/" + id, same);
    assertThat(settled(sandbox)).hasSize(1);
  }

  @Test
  void merge_unitesAssociations() {
    SandboxClient sandbox = sandbox();
    String one = contact(sandbox, "one@acme.example");
    String two = contact(sandbox, "two@acme.example");
    String company = company(sandbox);
    associate(sandbox, "contacts/" + two, "companies/" + company, "");
    String survivor =
        sandbox
            .post("/_sandbox/contacts/" + one + "/merge", "{'with':'" + two + "'}")
            .json()
            .path("id")
            .asText();
    assertThat(sandbox.contact(survivor).at("/properties/associatedcompanyid").asText())
        .isEqualTo(company);
  }

  @Test
  void privacyDeletion_isToldBesideTheDeletion_inAnyOrder() {
    Set<String> first = new java.util.HashSet<>();
    for (long seed = 1; seed <= 12; seed++) {
      SandboxClient sandbox = sandbox(WebhookSubscriptions.everything(), seed);
      String id = contact(sandbox, "x@acme.example");
      int before = receiver.events().toList().size();
      sandbox.post("/crm/v3/objects/contacts/gdpr-delete", "{'objectId':'" + id + "'}");
      List<JsonNode> events = settled(sandbox);
      List<JsonNode> told = events.subList(before, events.size());
      assertThat(byType(told).keySet())
          .containsExactlyInAnyOrder("contact.privacyDeletion", "contact.deletion");
      first.add(told.getFirst().path("subscriptionType").asText());
    }
    assertThat(first).hasSize(2);
  }
}
