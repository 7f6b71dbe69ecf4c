package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";
  private static final WebhookPace FAST =
      WebhookPace.QUICK
          .withLinger(Duration.ofMillis(5))
          .withRetries(WebhookPace.schedule("5ms,10ms,20ms"));

  private final WebhookReceiver receiver = new WebhookReceiver();
  private final List<SandboxClient> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(SandboxClient::close);
    receiver.close();
  }

  private SandboxClient sandbox(WebhookTarget target, WebhookPace pace, Faults faults) {
    SandboxClient sandbox =
        SandboxClient.with(
            SandboxClient.options()
                .withFirstStage(java.util.Optional.empty())
                .withPace(pace)
                .withFaults(faults)
                .withWebhooks(target));
    opened.add(sandbox);
    return sandbox;
  }

  private SandboxClient sandbox() {
    return sandbox(receiver.target(), FAST, Faults.NONE);
  }

  private SandboxClient subscribedTo(String... properties) {
    return sandbox(
        new WebhookTarget(
            URI.create(receiver.url()),
            java.util.Optional.empty(),
            WebhookReceiver.SECRET,
            WebhookSubscriptions.ofProperties(Set.of(properties))),
        FAST,
        Faults.NONE);
  }

  /** Puts so many contacts in over the control API, and tells of them. */
  private static void seed(SandboxClient sandbox, int contacts) {
    String list =
        IntStream.range(0, contacts)
            .mapToObj(i -> "{'properties':{'email':'c" + i + "@acme.example','city':'C" + i + "'}}")
            .collect(Collectors.joining(","));
    sandbox.post("/_sandbox/contacts", "{'contacts':[" + list + "]}");
  }

  private static JsonNode settled(SandboxClient sandbox) {
    return Patience.until(
        () -> sandbox.get("/_sandbox/webhooks").json(),
        state -> state.path("pending").asInt() == 0 && state.at("/requests/inFlight").asInt() == 0,
        20_000_000_000L);
  }

  @Test
  void request_carriesBothSignaturesAndTheHeadersOfCapturedOnes() {
    SandboxClient sandbox = sandbox();
    sandbox.create("'email':'x@acme.example'");
    WebhookReceiver.Received request = receiver.await(all -> !all.isEmpty()).getFirst();
    String timestamp = request.headers().get("X-HubSpot-Request-Timestamp");
    byte[] body = request.body().getBytes();
    assertThat(request.headers().get("X-HubSpot-Signature-Version")).isEqualTo("v1");
    assertThat(request.headers().get("X-HubSpot-Signature"))
        .isEqualTo(WebhookSigner.v1(WebhookReceiver.SECRET, body));
    assertThat(request.headers().get("X-HubSpot-Signature-v3"))
        .isEqualTo(
            WebhookSigner.v3(
                WebhookReceiver.SECRET, "POST", URI.create(receiver.url()), body, timestamp));
    assertThat(request.headers().get("X-HubSpot-Timeout-Millis")).isEqualTo("10000");
    assertThat(request.headers().get("Content-Type")).isEqualTo("application/json");
    assertThat(request.headers().get("User-Agent")).startsWith("HubSpot Connect 2.0");
  }

  @Test
  void signature_ofAnotherPublicAddress_isOverThatAddress() {
    String address = "https://hooks.acme.example/webhooks/main";
    SandboxClient sandbox = sandbox(receiver.target().signedAs(address), FAST, Faults.NONE);
    sandbox.create("'email':'x@acme.example'");
    WebhookReceiver.Received request = receiver.await(all -> !all.isEmpty()).getFirst();
    assertThat(request.headers().get("X-HubSpot-Signature-v3"))
        .isEqualTo(
            WebhookSigner.v3(
                WebhookReceiver.SECRET,
                "POST",
                URI.create(address),
                request.body().getBytes(),
                request.headers().get("X-HubSpot-Request-Timestamp")));
  }

  @Test
  void creation_standsInTheMiddleOfItsOwnPropertyChanges() {
    SandboxClient sandbox =
        sandbox(receiver.target(), FAST.withLinger(Duration.ofMillis(20)), Faults.NONE);
    String id =
        sandbox.create(
            "'email':'x@acme.example','firstname':'X','lastname':'Y','city':'C','jobtitle':'J',"
                + "'company':'A'");
    List<JsonNode> events = receiver.awaitEvents(7);
    assertThat(events).hasSize(7);
    assertThat(events.get(3).path("subscriptionType").asText()).isEqualTo("contact.creation");
    assertThat(events.get(3).path("changeFlag").asText()).isEqualTo("CREATED");
    assertThat(events).allMatch(event -> event.path("objectId").asText().equals(id));
    assertThat(events.stream().map(event -> event.path("occurredAt").asLong()).distinct())
        .hasSize(1);
  }

  @Test
  void ownWrite_isToldWithTheIdOfTheAppThatWrote() {
    SandboxClient sandbox = subscribedTo("jobtitle");
    String id = sandbox.create("'email':'x@acme.example'");
    String body = "{\"properties\":{\"jobtitle\":\"%s\"}}";
    sandbox.send("PATCH", CONTACTS + "/" + id, body.formatted("A"), SandboxOptions.TOKEN);
    sandbox.send("PATCH", CONTACTS + "/" + id, body.formatted("B"), SandboxOptions.OTHER_TOKEN);
    sandbox.post("/_sandbox/contacts/" + id, body.formatted("C"));
    List<JsonNode> events = receiver.awaitEvents(4);
    JsonNode own = valued(events, "A");
    assertThat(own.path("changeSource").asText()).isEqualTo("INTEGRATION");
    assertThat(own.path("sourceId").asText()).isEqualTo(own.path("appId").asText());
    JsonNode other = valued(events, "B");
    assertThat(other.path("changeSource").asText()).isEqualTo("INTEGRATION");
    assertThat(other.path("sourceId").asText())
        .isEqualTo(Long.toString(SandboxOptions.OTHER_APP_ID));
    JsonNode person = valued(events, "C");
    assertThat(person.path("changeSource").asText()).isEqualTo("CRM_UI");
    assertThat(person.path("sourceId").asText()).startsWith("userId:");
  }

  private static JsonNode valued(List<JsonNode> events, String value) {
    return events.stream()
        .filter(event -> event.path("propertyValue").asText().equals(value))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void property_thatIsNotSubscribed_causesNoEvent() {
    SandboxClient sandbox = subscribedTo("jobtitle");
    String id = sandbox.create("'email':'x@acme.example','city':'A'");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'city':'B'}}");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'jobtitle':'CTO','city':'C'}}");
    assertThat(settled(sandbox).path("made").asInt()).isEqualTo(2);
    assertThat(receiver.events().map(event -> event.path("propertyName").asText("creation")))
        .containsExactlyInAnyOrder("creation", "jobtitle");
  }

  @Test
  void behaviour_causesNoEvent_evenWhereItsPropertiesAreSubscribed() {
    SandboxClient sandbox =
        subscribedTo("recent_conversion_date", "hs_analytics_last_url", "lastmodifieddate");
    String id = sandbox.create("'email':'x@acme.example'");
    for (SimulatedActivity.Kind kind : SimulatedActivity.Kind.values()) {
      sandbox.post("/_sandbox/contacts/" + id + "/activities", "{'type':'" + kind.word() + "'}");
    }
    assertThat(sandbox.contact(id).at("/properties/num_conversion_events").asText()).isEqualTo("1");
    assertThat(settled(sandbox).path("made").asInt()).as("the creation only").isEqualTo(1);
  }

  @Test
  void form_thatAsksForProperties_tellsOfThoseAsAForm() {
    SandboxClient sandbox = subscribedTo("jobtitle");
    String id = sandbox.create("'email':'x@acme.example'");
    sandbox.post(
        "/_sandbox/contacts/" + id + "/activities",
        "{'type':'form_submission','form':'Demo','properties':{'jobtitle':'CTO'}}");
    JsonNode event =
        receiver.awaitEvents(2).stream()
            .filter(e -> e.has("propertyName"))
            .findFirst()
            .orElseThrow();
    assertThat(event.path("changeSource").asText()).isEqualTo("FORM");
  }

  @Test
  void equalValueAndBackwardStage_causeNoEvent() {
    SandboxClient sandbox = subscribedTo("jobtitle", "lifecyclestage");
    String id =
        sandbox.create("'email':'x@acme.example','lifecyclestage':'customer','jobtitle':'A'");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'jobtitle':'A','lifecyclestage':'lead'}}");
    assertThat(settled(sandbox).path("made").asInt()).isEqualTo(3);
  }

  @Test
  void values_areTextAndDatesAreEpochMilliseconds() {
    SandboxClient sandbox = subscribedTo("closedate");
    sandbox.create("'email':'x@acme.example','closedate':'2026-11-21T10:00:00Z'");
    JsonNode event =
        receiver.awaitEvents(2).stream()
            .filter(e -> e.has("propertyName"))
            .findFirst()
            .orElseThrow();
    assertThat(event.path("propertyValue").isTextual()).isTrue();
    assertThat(event.path("propertyValue").asText()).isEqualTo("1795255200000");
  }

  @Test
  void archiveRestoreMergeErase_areToldByKind() {
    SandboxClient sandbox = subscribedTo("jobtitle");
    String one = sandbox.create("'email':'one@acme.example'");
    String two = sandbox.create("'email':'two@acme.example'");
    sandbox.delete(CONTACTS + "/" + one);
    sandbox.post("/_sandbox/contacts/" + one + "/restore", "{}");
    String survivor =
        sandbox
            .post("/_sandbox/contacts/" + one + "/merge", "{'with':'" + two + "'}")
            .json()
            .path("id")
            .asText();
    sandbox.post("/_sandbox/contacts/" + survivor + "/erase", "{}");
    settled(sandbox);
    Map<String, List<JsonNode>> byType =
        receiver.events().collect(Collectors.groupingBy(e -> e.path("subscriptionType").asText()));
    assertThat(byType.keySet())
        .containsExactlyInAnyOrder(
            "contact.creation",
            "contact.deletion",
            "contact.restore",
            "contact.merge",
            "contact.privacyDeletion");
    assertThat(byType.get("contact.deletion"))
        .as("one archived, two absorbed, one erased")
        .hasSize(4);
    JsonNode merge =
        receiver
            .events()
            .filter(e -> e.path("subscriptionType").asText().equals("contact.merge"))
            .findFirst()
            .orElseThrow();
    assertThat(merge.path("primaryObjectId").asText()).isEqualTo(one);
    assertThat(merge.at("/mergedObjectIds/0").asText()).isEqualTo(two);
    assertThat(merge.path("newObjectId").asText()).isEqualTo(survivor);
  }

  @Test
  void genericSubscriptions_tellObjectEvents() {
    SandboxClient sandbox = sandbox();
    sandbox.post(
        "/_sandbox/webhooks",
        "{'url':'%s','secret':'s','generic':true,'kinds':['propertyChange','privacyDeletion']}"
            .formatted(receiver.url()));
    sandbox.create("'email':'x@acme.example'");
    JsonNode event = receiver.awaitEvents(1).getFirst();
    assertThat(event.path("subscriptionType").asText()).isEqualTo("object.propertyChange");
    assertThat(event.path("objectTypeId").asText()).isEqualTo("0-1");
    assertThat(event.path("isSensitive").isBoolean()).isTrue();
  }

  @Test
  void batches_areOfOneToAHundred_mixedAndComplete() {
    SandboxClient sandbox = sandbox();
    seed(sandbox, 500);
    JsonNode state = settled(sandbox);
    List<WebhookReceiver.Received> requests = receiver.requests();
    assertThat(state.path("acknowledged").asInt()).isEqualTo(1500);
    assertThat(requests).allMatch(r -> r.events().size() >= 1 && r.events().size() <= 100);
    assertThat(requests.stream().map(r -> r.events().size()).distinct().count()).isGreaterThan(5);
    assertThat(state.at("/requests/mostInFlight").asInt()).isBetween(2, 10);
    List<Long> ids = receiver.events().map(e -> e.path("objectId").asLong()).toList();
    assertThat(ids).as("mixed").isNotEqualTo(ids.stream().sorted().toList());
    assertThat(ids.stream().distinct()).hasSize(500);
    assertThat(requests)
        .as("several contacts in one request")
        .anyMatch(
            r -> r.events().stream().map(e -> e.path("objectId").asLong()).distinct().count() > 3);
  }

  @Test
  void eventIds_areNotUnique() {
    SandboxClient sandbox = sandbox();
    seed(sandbox, 200);
    settled(sandbox);
    List<Long> ids = receiver.events().map(e -> e.path("eventId").asLong()).toList();
    assertThat(new HashSet<>(ids).size()).isLessThan(ids.size());
    assertThat(ids).anyMatch(id -> id > Integer.MAX_VALUE);
  }

  @Test
  void events_ofOneSeed_areTheSame() {
    assertThat(firstEvents(5)).isEqualTo(firstEvents(5)).isNotEqualTo(firstEvents(6));
  }

  private List<String> firstEvents(long seed) {
    List<WebhookEvent> all = new ArrayList<>();
    EventComposer composer = new EventComposer(Dice.of(seed, "events"));
    EventPool pool = new EventPool(Dice.of(seed, "mixing"));
    Portal portal =
        new Portal(
            1,
            1,
            java.util.Optional.empty(),
            Dice.of(seed, "portal"),
            change ->
                composer.compose(change, WebhookSubscriptions.everything()).forEach(pool::add));
    for (int i = 0; i < 20; i++) {
      portal.create(
          ObjectType.CONTACT,
          Map.of("email", i + "@acme.example"),
          SandboxClient.NOW,
          ChangeSource.person(1));
    }
    while (!pool.isEmpty()) {
      all.addAll(pool.take(7));
    }
    return all.stream().map(WebhookEvent::toString).toList();
  }

  @Test
  void refusedRequest_isTriedAgainWithAttemptNumbers_regrouped() {
    receiver.answer(n -> n < 3 ? 500 : 204);
    SandboxClient sandbox = sandbox();
    seed(sandbox, 100);
    JsonNode state = settled(sandbox);
    assertThat(state.path("acknowledged").asInt()).isEqualTo(300);
    assertThat(state.path("failed").asInt()).isZero();
    List<WebhookReceiver.Received> requests = receiver.requests();
    assertThat(requests.getFirst().events()).allMatch(e -> e.path("attemptNumber").asInt() == 0);
    Set<Integer> attempts = new HashSet<>();
    receiver.events().forEach(e -> attempts.add(e.path("attemptNumber").asInt()));
    assertThat(attempts).contains(0, 1);
    List<String> first = keys(requests.getFirst());
    assertThat(requests.stream().skip(1).map(WebhooksTest::keys))
        .as("in other company")
        .noneMatch(first::equals);
  }

  private static List<String> keys(WebhookReceiver.Received request) {
    return request.events().stream()
        .map(e -> e.path("objectId").asText() + e.path("subscriptionId").asText())
        .sorted()
        .toList();
  }

  @Test
  void event_thatIsNeverAcknowledged_isGivenUpAfterTheSchedule() {
    receiver.answer(n -> 401);
    SandboxClient sandbox = subscribedTo("jobtitle");
    sandbox.create("'email':'x@acme.example'");
    JsonNode state = settled(sandbox);
    assertThat(state.path("failed").asInt()).isEqualTo(1);
    assertThat(receiver.events().map(e -> e.path("attemptNumber").asInt()))
        .containsExactly(0, 1, 2, 3);
    assertThat(state.at("/requests/byOutcome/401").asInt()).isEqualTo(4);
  }

  @Test
  void request_thatIsNotAnsweredInTime_isTriedAgain() {
    receiver.answer(n -> n == 0 ? WebhookReceiver.SILENCE : 204);
    SandboxClient sandbox =
        sandbox(receiver.target(), FAST.withTimeout(Duration.ofMillis(100)), Faults.NONE);
    sandbox.create("'email':'x@acme.example'");
    JsonNode state = settled(sandbox);
    assertThat(state.path("acknowledged").asInt()).isEqualTo(2);
    assertThat(state.at("/requests/byOutcome/no answer").asInt()).isPositive();
  }

  @Test
  void target_thatIsDown_getsEventsOnceItIsUp() {
    SandboxClient sandbox =
        sandbox(
            WebhookTarget.of("http://127.0.0.1:1/", WebhookReceiver.SECRET),
            FAST.withRetries(WebhookPace.schedule("1s,1s,1s")),
            Faults.NONE);
    sandbox.create("'email':'x@acme.example'");
    Patience.until(
        () -> sandbox.get("/_sandbox/webhooks").json().at("/requests/byOutcome/no answer").asInt(),
        attempts -> attempts > 0,
        20_000_000_000L);
    sandbox.post("/_sandbox/webhooks", "{'url':'%s','secret':'s'}".formatted(receiver.url()));
    assertThat(settled(sandbox).path("acknowledged").asInt()).isEqualTo(2);
    assertThat(receiver.events()).allMatch(e -> e.path("attemptNumber").asInt() > 0);
  }

  @Test
  void inFlight_isTenAtMost() {
    receiver.answer(n -> WebhookReceiver.SILENCE);
    SandboxClient sandbox = sandbox();
    seed(sandbox, 1000);
    List<WebhookReceiver.Received> requests = receiver.await(all -> all.size() >= 10);
    assertThat(requests).hasSize(10);
    assertThat(sandbox.get("/_sandbox/webhooks").json().at("/requests/inFlight").asInt())
        .isEqualTo(10);
  }

  @Test
  void duplicates_asAFault_comeAgainAndAreCounted() {
    SandboxClient sandbox = sandbox(receiver.target(), FAST, Faults.parse("webhook-duplicate=1"));
    seed(sandbox, 50);
    List<JsonNode> events = receiver.awaitEvents(300);
    assertThat(events).hasSize(300);
    assertThat(events.stream().map(JsonNode::toString).distinct()).hasSize(150);
    JsonNode state = settled(sandbox);
    assertThat(state.path("made").asInt()).isEqualTo(150);
    assertThat(state.path("acknowledged").asInt()).isEqualTo(150);
    assertThat(state.path("repeated").asInt()).isEqualTo(150);
  }

  @Test
  void reorder_asAFault_letsLaterRequestsOvertake_andLosesNothing() {
    MovableClock clock = new MovableClock(SandboxClient.NOW);
    SandboxClient sandbox =
        SandboxClient.with(
            SandboxClient.options()
                .withFaults(Faults.parse("webhook-reorder=1"))
                .withWebhooks(receiver.target()),
            clock);
    opened.add(sandbox);
    String early = sandbox.create("'email':'early@acme.example'");
    clock.advance(WebhookPace.QUICK.linger());
    Patience.until(
        () -> sandbox.get("/_sandbox/webhooks").json().at("/requests/heldBack").asInt(),
        held -> held > 0,
        20_000_000_000L);
    sandbox.post("/_sandbox/faults", "{'faults':''}");
    String late = sandbox.create("'email':'late@acme.example'");
    clock.advance(WebhookPace.QUICK.linger());
    assertThat(receiver.awaitEvents(3)).allMatch(e -> e.path("objectId").asText().equals(late));
    clock.advance(WebhookPace.QUICK.linger().multipliedBy(22));
    assertThat(receiver.awaitEvents(6).subList(3, 6))
        .allMatch(e -> e.path("objectId").asText().equals(early));
  }

  @Test
  void propertyChanges_ofOneWrite_standInNoFixedOrder() {
    PropertySchema schema = PropertySchema.ofNewPortal(ObjectType.CONTACT);
    PropertyDefinition email = schema.find("email").orElseThrow();
    PropertyDefinition city = schema.find("city").orElseThrow();
    List<Change.NewValue> values =
        List.of(new Change.NewValue(email, "x"), new Change.NewValue(city, "y"));
    Change change =
        new Change.Created(
            new Subject(1, ObjectType.CONTACT, 1),
            values,
            SandboxClient.NOW,
            ChangeSource.person(1));
    EventComposer composer = new EventComposer(Dice.of(SandboxClient.SEED, "events"));
    Set<WebhookEvent.Detail> first = new HashSet<>();
    for (int i = 0; i < 30; i++) {
      first.add(
          composer
              .compose(change, WebhookSubscriptions.everything())
              .getFirst()
              .getFirst()
              .detail());
    }
    assertThat(first)
        .containsExactlyInAnyOrder(
            new WebhookEvent.Detail.Property("email", "x"),
            new WebhookEvent.Detail.Property("city", "y"));
  }

  @Test
  void target_setInProcess_getsTheSample() {
    SandboxClient sandbox = SandboxClient.unlimited();
    opened.add(sandbox);
    int loaded =
        sandbox
            .sandbox()
            .sendWebhooksTo(receiver.target())
            .compose(done -> sandbox.sandbox().loadSample(true))
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    JsonNode state = settled(sandbox);
    assertThat(state.path("acknowledged").asInt()).isGreaterThan(5 * loaded);
    assertThat(
            receiver
                .events()
                .filter(e -> e.path("subscriptionType").asText().equals("contact.creation")))
        .hasSize(loaded);
  }

  @Test
  void silentSeed_causesNoEvent() {
    SandboxClient sandbox = sandbox();
    sandbox.post(
        "/_sandbox/contacts",
        "{'webhooks':false,'contacts':[{'properties':{'email':'x@acme.example'}}]}");
    assertThat(settled(sandbox).path("made").asInt()).isZero();
  }
}
