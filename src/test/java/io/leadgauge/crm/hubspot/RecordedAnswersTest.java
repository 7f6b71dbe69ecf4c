package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.notFound;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.Shared;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.PortalNeeds;
import io.leadgauge.crm.PortalNeeds.Target;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Rejected;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Undecided;
import io.leadgauge.model.Output;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A scenario for every answer of HubSpot's API that was ever recorded: what the client makes of one
 * in its shape. The answers are our own; where the recorded ones are at hand, each is held against
 * ours, so that none is without a scenario.
 */
class RecordedAnswersTest extends WriteTest {
  private static final String RECORDED = "contracts/hubspot/payloads";

  /** What the client never asks for, or sends itself. */
  private static final Set<String> NOT_ANSWERED_TO_US =
      Set.of(
          "api-contacts-lifecycle-pipeline", // stages are read from the property's options
          "api-event-visited-page", // the events API is for Enterprise alone
          "api-properties-batch-create-request",
          "api-property-group-create-request");

  private static final String UNKNOWN_PROPERTIES =
      error(
          "VALIDATION_ERROR",
          "Property values were not valid: [%s,%s]".formatted(unknown("tier"), unknown("region")),
          "'errors':[%s,%s]".formatted(blame("tier"), blame("region")));

  private static final String DUPLICATE_IDS =
      error(
          "VALIDATION_ERROR",
          "Duplicate IDs found in batch input: [2]. IDs must be unique",
          "'context':{'ids':['2']}");

  private static final String CONFLICT = error("CONFLICT", "Contact already exists", "");

  private static final String DAILY =
      "{'status':'error','message':'You have reached your daily limit.','errorType':'RATE_LIMIT',"
          + "'correlationId':'c0','policyName':'DAILY','requestId':'r0'}";

  private static final String MISSING_SCOPES =
      error(
          "MISSING_SCOPES",
          "One or more of the following scopes are required.",
          "'context':{'requiredGranularScopes':['crm.objects.contacts.write'],"
              + "'links':['https://developers.hubspot.com/scopes']}");

  private static final String ANY_ERROR =
      error(
          "VALIDATION_ERROR",
          "This property cannot hold that.",
          "'errors':[{'message':'score was not a valid number','code':'INVALID_INTEGER',"
              + "'context':{'propertyName':['score']}}]");

  private static final String NO_SUCH_OBJECT =
      "{'status':'error','message':'Unable to infer object type from: people',"
          + "'correlationId':'c0'}";

  private static final String WRITTEN =
      batch(List.of(full("1", "'score':'1'"), full("2", "'score':'2'")), List.of());

  private static final String PARTLY_WRITTEN =
      batch(List.of(full("1", "'score':'1'")), List.of(notFound("2")));

  private static final String PARTLY_IN_CONFLICT =
      batch(
          List.of(full("1", "'score':'1'")),
          List.of(
              "{'status':'error','category':'CONFLICT',"
                  + "'message':'Contact already exists. Existing ID: 9',"
                  + "'context':{'objectWriteTraceId':['0'],'existingId':['9']}}"));

  private static final String PARTLY_FOR_A_PROPERTY =
      batch(
          List.of(full("1", "'score':'1'")),
          List.of(
              "{'status':'error','category':'VALIDATION_ERROR',"
                  + "'message':'Property values were not valid: [%s]',".formatted(unknown("tier"))
                  + "'context':{'objectWriteTraceId':['x']}}"));

  private static final String LISTED =
      "{'results':[%s],'paging':{'next':{'after':'2','link':'https://api.hubapi.com/next'}}}"
          .formatted(contact("1", "'email':'a@acme.example'"));

  private static final String FOUND =
      "{'total':2,'results':[%s],'paging':{'next':{'after':'1'}}}"
          .formatted(full("1", "'score':'1'"));

  private static final String FOUND_LAST =
      "{'total':2,'results':[%s]}".formatted(full("2", "'score':'2'"));

  private static final String ACCOUNT =
      "{'portalId':4711,'accountType':'STANDARD','timeZone':'US/Eastern','companyCurrency':'USD',"
          + "'additionalCurrencies':[],'utcOffset':'-04:00','utcOffsetMilliseconds':-14400000,"
          + "'uiDomain':'app.hubspot.com','dataHostingLocation':'na1'}";

  private static final String GROUP =
      "{'name':'leadgauge','label':'Leadgauge','displayOrder':9,'archived':false}";

  private static final String PROPERTIES_MADE =
      batch(List.of(property("lg_score"), property("lg_label")), List.of());

  /** Our answers by the names of the recorded ones. */
  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("api-207-batch-create-docs", PARTLY_FOR_A_PROPERTY),
          Map.entry("api-429-daily", DAILY),
          Map.entry("api-account-info", ACCOUNT),
          Map.entry("api-batch-create-conflict", CONFLICT),
          Map.entry("api-batch-create-partial", PARTLY_IN_CONFLICT),
          Map.entry("api-batch-create-unknown-properties", UNKNOWN_PROPERTIES),
          Map.entry("api-batch-update-duplicate-ids", DUPLICATE_IDS),
          Map.entry("api-batch-update-ok", WRITTEN),
          Map.entry("api-batch-update-partial", PARTLY_WRITTEN),
          Map.entry("api-batch-update-unknown-properties", UNKNOWN_PROPERTIES),
          Map.entry("api-contacts-list-page", LISTED),
          Map.entry("api-error-generic", ANY_ERROR),
          Map.entry("api-missing-scopes", MISSING_SCOPES),
          Map.entry("api-properties-batch-create-response", PROPERTIES_MADE),
          Map.entry("api-property-group-create-response", GROUP),
          Map.entry("api-search-contacts-page1", FOUND),
          Map.entry("api-search-contacts-page2", FOUND_LAST),
          Map.entry("api-search-unknown-object", NO_SUCH_OBJECT));

  private static String unknown(String name) {
    return "{\\'isValid\\':false,\\'message\\':\\'Property %s does not exist\\',".formatted(name)
        + "\\'error\\':\\'PROPERTY_DOESNT_EXIST\\',\\'name\\':\\'%s\\'}".formatted(name);
  }

  private static String blame(String name) {
    return "{'message':'Property %s does not exist','code':'PROPERTY_DOESNT_EXIST',".formatted(name)
        + "'context':{'propertyName':['%s']}}".formatted(name);
  }

  /** Returns a contact with all that HubSpot adds to an answer without being asked. */
  private static String full(String id, String properties) {
    return contact(
        id,
        properties
            + ",'hs_is_unworked':'true','hs_object_source':'INTEGRATION',"
            + "'hs_object_source_id':'4711','hs_object_source_label':'INTEGRATION',"
            + "'hs_pipeline':'contacts-lifecycle-pipeline','lifecyclestage':'lead'");
  }

  private static String property(String name) {
    return "{'name':'%s','label':'%s','type':'enumeration','fieldType':'select',"
            .formatted(name, name)
        + "'description':'d','groupName':'leadgauge','options':[{'label':'hot','value':'hot',"
        + "'description':'','displayOrder':0,'hidden':false}],'displayOrder':-1,"
        + "'calculated':false,'externalOptions':false,'hasUniqueValue':false,'hidden':false,"
        + "'modificationMetadata':{'archivable':true,'readOnlyDefinition':false,"
        + "'readOnlyValue':false},'formField':false,'dataSensitivity':'non_sensitive'}";
  }

  // ---- none is left out

  @Test
  void everyRecordedAnswer_hasOneOfOursInItsShape() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(Shared.path(RECORDED))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        if (name.startsWith("api-") && !NOT_ANSWERED_TO_US.contains(name)) {
          names.add(name);
          assertThat(OURS).containsKey(name);
          JsonNode recorded = new ObjectMapper().readTree(file.toFile()).path("body");
          JsonNode ours = HubSpotStandIn.json(OURS.getOrDefault(name, ""));
          assertThat(shape(ours)).as(name).containsAll(shape(recorded));
        }
      }
    }
    assertThat(names).isEqualTo(new TreeSet<>(OURS.keySet()));
  }

  /** Returns the fields with their types; which properties a contact has does not matter. */
  private static SortedSet<String> shape(JsonNode node) {
    SortedSet<String> shape = new TreeSet<>();
    collect("", node, shape);
    return shape;
  }

  private static void collect(String path, JsonNode node, SortedSet<String> shape) {
    boolean contact = path.endsWith("/properties");
    node.properties()
        .forEach(
            field ->
                collect(path + "/" + (contact ? "*" : field.getKey()), field.getValue(), shape));
    if (node.isArray()) {
      node.forEach(item -> collect(path + "[]", item, shape));
    }
    if (node.isValueNode() && !node.isNull()) {
      shape.add(path + ":" + node.getNodeType());
    }
  }

  // ---- answers to writes

  private WriteAnswer write(String first, String second) {
    return client.write(
        List.of(
            write("1", new TreeMap<>(Map.of("score", first))),
            write("2", new TreeMap<>(Map.of("score", second, "tier", "a", "region", "b")))));
  }

  @Test
  void written_isObserved() {
    hubSpot.answer(answered(200, WRITTEN));

    assertThat(idsOf(write("1", "2"), Observed.class)).containsExactly("1", "2");
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @Test
  void partlyWritten_oneIsGone() {
    hubSpot.answer(answered(207, PARTLY_WRITTEN));

    assertThat(write("1", "2").outcomes())
        .containsEntry(ref("1"), new Observed(List.of(seen("1", "score", "1"))))
        .containsEntry(ref("2"), new Observed(List.of(gone("2"))));
  }

  @Test
  void unknownProperties_areLeftOutForAllWithOneCallMore() {
    hubSpot.answer(
        call ->
            call.body().toString().contains("tier")
                ? answered(400, UNKNOWN_PROPERTIES)
                : taken(call));

    WriteAnswer answer = write("1", "2");

    assertThat(hubSpot.calls()).hasSize(2);
    assertThat(answer.refused()).containsOnlyKeys("tier", "region");
    assertThat(idsOf(answer, Observed.class)).containsExactly("1", "2");
  }

  @Test
  void anyError_thatNamesAProperty_leavesItOut() {
    hubSpot.answer(
        call -> call.body().toString().contains("score") ? answered(400, ANY_ERROR) : taken(call));

    WriteAnswer answer = write("1", "2");

    assertThat(hubSpot.calls()).hasSize(2);
    assertThat(answer.refused()).isEqualTo(Map.of("score", "score was not a valid number"));
  }

  @Test
  void partlyWritten_forAProperty_theOthersAreSentAgainWithoutIt() {
    hubSpot.answer(call -> call.number() == 0 ? answered(207, PARTLY_FOR_A_PROPERTY) : taken(call));

    WriteAnswer answer = write("1", "2");

    assertThat(hubSpot.calls()).hasSize(2);
    assertThat(hubSpot.calls().getLast().ids()).containsExactly("2");
    assertThat(answer.refused()).containsOnlyKeys("tier");
    assertThat(idsOf(answer, Observed.class)).containsExactly("1", "2");
    assertThat(answer.trouble()).isNull();
  }

  @Test
  void duplicateIds_costOneCallMore_andOnlyTheyAreRejected() {
    hubSpot.answer(call -> call.ids().contains("2") ? answered(400, DUPLICATE_IDS) : taken(call));

    WriteAnswer answer = client.write(scores(100));

    assertThat(hubSpot.calls()).hasSize(2);
    assertThat(idsOf(answer, Rejected.class)).containsExactly("2");
    assertThat(idsOf(answer, Observed.class)).hasSize(99);
  }

  @Test
  void conflict_thatNamesNobody_isNarrowedDown() {
    hubSpot.answer(call -> call.ids().contains("2") ? answered(409, CONFLICT) : taken(call));

    WriteAnswer answer = client.write(scores(100));

    assertThat(hubSpot.calls()).hasSizeLessThanOrEqualTo(9);
    assertThat(idsOf(answer, Rejected.class)).containsExactly("2");
    assertThat(idsOf(answer, Observed.class)).hasSize(99);
  }

  @Test
  void partlyInConflict_namingNobodyOfOurs_leavesTheOthersUndecided() {
    hubSpot.answer(answered(207, PARTLY_IN_CONFLICT));

    WriteAnswer answer = write("1", "2");

    assertThat(idsOf(answer, Observed.class)).containsExactly("1");
    assertThat(idsOf(answer, Undecided.class)).containsExactly("2");
    assertThat(answer.trouble()).isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void missingScopes_areNamed_andNothingElseIsTried() {
    hubSpot.answer(answered(403, MISSING_SCOPES));

    WriteAnswer answer = client.write(scores(100));

    assertThat(hubSpot.calls()).hasSize(1);
    assertThat(answer.trouble())
        .isInstanceOfSatisfying(
            CallTrouble.Refused.class,
            refused -> assertThat(refused.reason()).contains("crm.objects.contacts.write"));
  }

  @Test
  void dailyLimit_stopsReadsWritesAndSearches_withoutAnotherCall() {
    hubSpot.answer(answered(429, DAILY));

    assertThat(client.write(scores(100)).trouble()).isInstanceOf(CallTrouble.Wait.class);
    assertThat(client.read("contact", List.of("1"), Set.of("score")).trouble())
        .isInstanceOf(CallTrouble.Wait.class);
    assertThat(client.changed(0, 1, "", Looked.at()).trouble())
        .isInstanceOf(CallTrouble.Wait.class);
    assertThat(hubSpot.calls()).hasSize(1);
  }

  // ---- answers to searches

  @Test
  void search_pageAndLastPage_areRead() {
    hubSpot.answerInTurn(answered(200, FOUND), answered(200, FOUND_LAST));

    assertThat(client.changed(0, 1, "", Looked.at("score")).contacts())
        .singleElement()
        .satisfies(one -> assertThat(one.values()).containsEntry("score", "1"));
    assertThat(client.changed(0, 1, "1", Looked.at("score")).contacts())
        .extracting(one -> one.record().id())
        .containsExactly("2");
  }

  @Test
  void search_refusedWithoutACategory_tellsHubSpotsWords() {
    hubSpot.answer(answered(400, NO_SUCH_OBJECT));

    assertThat(client.changed(0, 1, "", Looked.at()).trouble())
        .isInstanceOfSatisfying(
            CallTrouble.Refused.class,
            refused -> assertThat(refused.reason()).contains("Unable to infer object type"));
  }

  // ---- answers to set up

  @Test
  void accountListGroupAndProperty_areReadBySetUp() {
    hubSpot.answer(
        call -> {
          boolean posted = !call.body().isMissingNode();
          return switch (call.path().replaceAll("\\?.*", "")) {
            case "/account-info/v3/details" -> answered(200, ACCOUNT);
            case "/crm/v3/objects/contacts" -> answered(200, LISTED);
            case "/crm/v3/properties/contacts/groups" ->
                posted ? answered(201, GROUP) : answered(200, "{'results':[]}");
            case "/crm/v3/properties/contacts" ->
                posted
                    ? answered(201, property("lg_score"))
                    : answered(200, "{'results':[%s]}".formatted(property("other")));
            default -> answered(201, PROPERTIES_MADE);
          };
        });
    Vertx vertx = Vertx.vertx();
    PortalNeeds needs =
        new PortalNeeds(
            List.of(), List.of(new Target("lg_score", Output.SCORE, List.of())), null, false);
    try (HubSpotSetup setup =
        new HubSpotAdapter(vertx, clock)
            .setUp(Connections.to(hubSpot.base(), "v3", "acme", "4711"), needs, false)) {
      assertThat(setup.look()).extracting(one -> one.verdict().word()).contains("planned");
      assertThat(setup.make()).extracting(one -> one.verdict().word()).containsOnly("ok", "done");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
