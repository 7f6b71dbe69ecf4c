package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadgauge.cli.SystemClockwork;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.ChangedPage;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.crm.NewTask;
import io.leadgauge.crm.OrgLogin;
import io.leadgauge.crm.ReadAnswer;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.TaskAnswer;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Rejected;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Fact;
import io.leadgauge.model.LinkKind;
import io.leadgauge.model.RecordRef;
import io.leadgauge.model.Secret;
import io.leadgauge.sandbox.salesforce.SalesforceOptions;
import io.leadgauge.sandbox.salesforce.SalesforceSandbox;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client before the stand-in org, which knows nothing of it. */
@Timeout(120)
class SandboxOrgTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCORE = "Lead_Score__c";

  private final Vertx vertx = Vertx.vertx();
  private final Clockwork clock = new SystemClockwork();
  private final HttpClient http = HttpClient.newHttpClient();
  private final SalesforceSandbox org = started();
  private final SalesforceAdapter adapter = new SalesforceAdapter(vertx, clock);
  private final CrmClient client =
      connect(new OrgLogin.ClientSecret(Secret.of("sandbox-secret")), 100);

  private SalesforceSandbox started() {
    try {
      return SalesforceSandbox.start(vertx, SalesforceOptions.defaults().withSeed(7), clock)
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the sandbox did not start", e);
    }
  }

  private CrmClient connect(OrgLogin.Proof proof, int share) {
    OrgLogin login = new OrgLogin(org.address(), "sandbox-client", proof);
    return adapter.connect(OrgTest.connection(login, share));
  }

  @BeforeEach
  void addFields() {
    for (String object : List.of("Lead", "Contact")) {
      tell(
          "/fields/" + object + "/" + SCORE,
          "{'type':'double','precision':5,'scale':0,'ours':'edit'}");
    }
  }

  @AfterEach
  void stop() {
    client.close();
    http.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private JsonNode tell(String path, String body) {
    return send("POST", path, body);
  }

  private JsonNode send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(org.address() + "/_sandbox" + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
      return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Puts records in and returns their ids. */
  private List<String> put(String object, String... fields) {
    String records =
        List.of(fields).stream()
            .map(one -> "{'fields':{" + one + "},'createdAgo':'P1D'}")
            .collect(Collectors.joining(","));
    JsonNode answer = tell("/" + object, "{'records':[" + records + "],'webhooks':false}");
    List<String> ids = new ArrayList<>();
    answer.findValuesAsText("id").forEach(ids::add);
    if (ids.isEmpty()) {
      answer.path("ids").forEach(id -> ids.add(id.asText()));
    }
    assertThat(ids).as(answer.toString()).hasSize(fields.length);
    return ids;
  }

  private List<String> leads(int count) {
    String[] all = new String[count];
    for (int i = 0; i < count; i++) {
      all[i] = "'LastName':'Doe " + i + "','Company':'Acme','Title':'CEO'";
    }
    return put("Lead", all);
  }

  private static RecordRef ref(String id) {
    return OrgTest.ref(id);
  }

  private static RecordWrite score(String id, String score) {
    return new RecordWrite(ref(id), new TreeMap<>(Map.of(SCORE, score)));
  }

  private static Map<String, String> values(List<Fact> facts, String id) {
    Map<String, String> values = new TreeMap<>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Assigned assigned && assigned.of().id().equals(id)) {
        values.put(assigned.property(), assigned.stamp().value());
      }
    }
    return values;
  }

  // ---- in

  @Test
  void key_isALoginToo() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String encoded = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    tell(
        "/app",
        "{'certificate':'-----BEGIN PUBLIC KEY-----\\n"
            + encoded
            + "\\n-----END PUBLIC KEY-----','preauthorised':['integration@acme.example']}");
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----";

    try (CrmClient signed =
        connect(new OrgLogin.PrivateKey("integration@acme.example", Secret.of(pem)), 100)) {
      assertThat(signed.count().trouble()).isNull();
    }
    try (CrmClient stranger =
        connect(new OrgLogin.PrivateKey("stranger@acme.example", Secret.of(pem)), 100)) {
      assertThat(stranger.count().trouble()).isInstanceOf(CallTrouble.Refused.class);
    }
  }

  @Test
  void session_thatEnds_isReplaced() {
    assertThat(client.count().trouble()).isNull();
    tell("/sessions", "{'expired':true}");

    assertThat(client.count().trouble()).isNull();
  }

  @Test
  void session_withoutTheScope_isNotReplaced() {
    assertThat(client.count().trouble()).isNull();
    tell("/sessions", "{'scopes':['id']}");

    assertThat(String.valueOf(client.count().trouble())).contains("OAuth scope api");
  }

  // ---- read

  @Test
  void leadThatWasJustMade_isReadWhenItsSecondHasPassed() {
    JsonNode made =
        tell("/Lead", "{'records':[{'fields':{'LastName':'New','Company':'Acme','Title':'CEO'}}]}");
    String id =
        made.findValuesAsText("id").isEmpty()
            ? made.path("ids").path(0).asText()
            : made.findValuesAsText("id").getFirst();

    ReadAnswer answer = client.read(RecordRef.LEAD, List.of(id), Set.of("Title", SCORE));

    assertThat(answer.trouble()).isNull();
    assertThat(values(answer.facts(), id))
        .containsEntry("Title", "CEO")
        .containsEntry(SCORE, "")
        .containsEntry(Fact.Assigned.PRESENCE, "true");
    assertThat(answer.facts()).allMatch(fact -> fact.at() % 1_000 == 999);
  }

  @Test
  void whatBecameOfPersons_isTold() {
    List<String> ids = leads(5);
    send("DELETE", "/Lead/" + ids.get(0), "");
    tell("/Lead/" + ids.get(1) + "/merge", "{'with':['" + ids.get(2) + "']}");
    JsonNode converted = tell("/Lead/" + ids.get(3) + "/convert", "{'opportunity':'Acme-'}");
    send("DELETE", "/Lead/" + ids.get(4), "");
    tell("/Lead/" + ids.get(4) + "/purge", "{}");

    ReadAnswer answer = client.read(RecordRef.LEAD, ids, Set.of("Title", "~associated:deal"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.unanswered()).isEmpty();
    assertThat(values(answer.facts(), ids.get(0))).containsEntry(Fact.Assigned.PRESENCE, "false");
    assertThat(values(answer.facts(), ids.get(1))).containsEntry(Fact.Assigned.PRESENCE, "true");
    assertThat(values(answer.facts(), ids.get(2))).containsEntry(Fact.Assigned.PRESENCE, "false");
    assertThat(values(answer.facts(), ids.get(4))).containsEntry(Fact.Assigned.PRESENCE, "false");
    assertThat(links(answer, LinkKind.MERGED_INTO)).containsExactly(ids.get(1));
    assertThat(links(answer, LinkKind.CONVERTED_TO)).hasSize(1);
    assertThat(converted.toString()).contains(links(answer, LinkKind.CONVERTED_TO).getFirst());
    assertThat(links(answer, LinkKind.ASSOCIATED_WITH)).hasSize(1);
  }

  private static List<String> links(ReadAnswer answer, LinkKind kind) {
    return answer.facts().stream()
        .filter(fact -> fact instanceof Fact.Linked link && link.kind() == kind)
        .map(fact -> ((Fact.Linked) fact).to().id())
        .toList();
  }

  @Test
  void hiddenField_isRefusedAlone() {
    String id = leads(1).getFirst();
    tell("/fields/Lead/" + SCORE, "{'ours':'hidden'}");

    ReadAnswer answer = client.read(RecordRef.LEAD, List.of(id), Set.of("Title", SCORE));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).containsOnlyKeys(SCORE);
    assertThat(values(answer.facts(), id)).containsEntry("Title", "CEO");
  }

  // ---- write

  @Test
  void groupOf200_withFailures_settlesEachRecordOnItsOwn() {
    List<String> ids = leads(200);
    String locked = ids.get(3);
    String deleted = ids.get(50);
    String converted = ids.get(100);
    String ruled = ids.get(150);
    tell("/locks", "{'record':'" + locked + "','times':1}");
    send("DELETE", "/Lead/" + deleted, "");
    tell("/Lead/" + converted + "/convert", "{}");
    tell("/rules/Lead", "{'field':'Lead_Score__c','pattern':'[0-9.]{1,4}','message':'too much'}");
    List<RecordWrite> writes = new ArrayList<>();
    ids.forEach(id -> writes.add(score(id, id.equals(ruled) ? "12345" : "42")));

    WriteAnswer answer = client.write(writes);

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).isEmpty();
    assertThat(answer.outcomes()).hasSize(200);
    assertThat(answer.outcomes().get(ref(ruled))).isInstanceOf(Rejected.class);
    assertThat(String.valueOf(answer.outcomes().get(ref(ruled)))).contains("too much");
    assertThat(facts(answer, deleted)).containsEntry(Fact.Assigned.PRESENCE, "false");
    assertThat(String.valueOf(answer.outcomes().get(ref(converted)))).contains("CONVERTED_TO");
    ids.stream()
        .filter(id -> !Set.of(deleted, converted, ruled).contains(id))
        .forEach(id -> assertThat(facts(answer, id)).as(id).containsKey(SCORE));
    assertThat(facts(answer, locked).get(SCORE)).startsWith("42");
  }

  private static Map<String, String> facts(WriteAnswer answer, String id) {
    return answer.outcomes().get(ref(id)) instanceof Observed observed
        ? values(observed.facts(), id)
        : Map.of();
  }

  @Test
  void write_letsNoAssignmentRuleRun() {
    String id = leads(1).getFirst();
    String owner = client.owners().ids().stream().sorted().toList().getLast();
    String before = owner(id);
    tell("/assignment/Lead", "{'owner':'" + owner + "'}");

    assertThat(client.write(List.of(score(id, "7"))).trouble()).isNull();

    assertThat(owner(id)).isEqualTo(before);
  }

  private String owner(String id) {
    return values(client.read(RecordRef.LEAD, List.of(id), Set.of("OwnerId")).facts(), id)
        .getOrDefault("OwnerId", "");
  }

  @Test
  void fieldThatContactsLack_isWrittenOnLeads() {
    String lead = leads(1).getFirst();
    String contact = put("Contact", "'LastName':'Roe'").getFirst();
    send("DELETE", "/fields/Contact/" + SCORE, "");

    WriteAnswer answer = client.write(List.of(score(lead, "7"), score(contact, "8")));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).isEmpty();
    assertThat(facts(answer, lead).get(SCORE)).startsWith("7");
  }

  @Test
  void dayOfTheOrg_isSharedWithOthers() {
    tell("/limits", "{'daily':100,'byOthers':40}");
    try (CrmClient half = connect(new OrgLogin.ClientSecret(Secret.of("sandbox-secret")), 5)) {
      int calls = 0;
      while (half.count().trouble() == null && calls < 50) {
        calls++;
      }
      assertThat(calls).isLessThan(5);
    }
  }

  // ---- lists

  @Test
  void list_isWhole_whateverThePagesAre() {
    tell("/settings", "{'pageMost':50,'shortPages':true}");
    Set<String> expected = new TreeSet<>(leads(130));
    expected.addAll(put("Contact", "'LastName':'A'", "'LastName':'B'"));

    Set<String> found = new TreeSet<>();
    String after = "";
    while (after != null) {
      ListedPage page = client.listed(after);
      assertThat(page.trouble()).isNull();
      page.contacts().forEach(one -> assertThat(found.add(one.id())).isTrue());
      after = page.next();
    }
    assertThat(found).isEqualTo(expected);
    assertThat(client.count().contacts()).isEqualTo(132);
  }

  @Test
  void bulkJob_listsTheSame() throws Exception {
    Set<String> expected = new TreeSet<>(leads(30));
    PersonList list =
        new PersonList(
            adapter.calls(
                OrgTest.connection(
                    new OrgLogin(
                        org.address(),
                        "sandbox-client",
                        new OrgLogin.ClientSecret(Secret.of("sandbox-secret"))),
                    100)),
            OrgTest.ACME,
            0);

    Set<String> found = new TreeSet<>();
    String after = "lead";
    while (after != null) {
      ListedPage page = list.page(after);
      if (page.trouble() instanceof CallTrouble.Wait) {
        Thread.onSpinWait();
        continue;
      }
      assertThat(page.trouble()).isNull();
      page.contacts().forEach(one -> found.add(one.id()));
      after = page.next();
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void changes_deletionsAmongThem_areListed() {
    List<String> ids = leads(3);
    long now = clock.now();
    tell("/Lead/" + ids.get(0), "{'fields':{'Title':'VP'}}");
    send("DELETE", "/Lead/" + ids.get(1), "");
    SortedMap<String, SortedSet<String>> properties =
        new TreeMap<>(Map.of("lead", new TreeSet<>(Set.of("Title"))));

    ChangedPage page = client.changed(now - 2_000, now + 60_000, "", properties);

    assertThat(page.trouble()).isNull();
    assertThat(page.last()).isTrue();
    assertThat(page.contacts())
        .containsExactlyInAnyOrder(
            new ChangedPage.ChangedContact(ref(ids.get(0)), Map.of("Title", "VP")),
            new ChangedPage.ChangedContact(ref(ids.get(1)), Map.of()));
  }

  @Test
  void changesOfWhatPersonsAreLinkedTo_standBeforeThem_deletionsAmongThem() {
    String lead = leads(1).getFirst();
    long now = clock.now();
    String met = event(lead, "2026-09-01T10:00:00.000Z");
    String called = event(lead, "2026-09-02T10:00:00.000Z");
    send("DELETE", "/Event/" + called, "");
    SortedMap<String, SortedSet<String>> properties = new TreeMap<>();
    properties.put("contact", new TreeSet<>());
    properties.put("lead", new TreeSet<>());
    properties.put("meeting", new TreeSet<>(Set.of("StartDateTime", "~associated:contact")));

    ChangedPage page = client.changed(now - 2_000, now + 60_000, "", properties);

    assertThat(page.trouble()).isNull();
    assertThat(page.contacts())
        .contains(
            new ChangedPage.ChangedContact(
                new RecordRef(ref(lead).connection(), "meeting", met),
                Map.of("StartDateTime", "2026-09-01T10:00:00.000Z")),
            new ChangedPage.ChangedContact(
                new RecordRef(ref(lead).connection(), "meeting", called),
                Map.of("~present", "false")));
  }

  private String event(String person, String at) {
    String fields = "'StartDateTime':'" + at + "','DurationInMinutes':30,'WhoId':'" + person + "'";
    return tell("/Event", "{'records':[{'fields':{" + fields + "}}]}").at("/ids/0").asText();
  }

  // ---- what hangs on persons

  @Test
  void task_isMadeOnce_andFoundAgain() {
    String lead = leads(1).getFirst();
    tell(
        "/fields/Task/Leadgauge_Key__c",
        "{'type':'string','length':64,'external':true,'ours':'edit'}");
    NewTask task =
        new NewTask(ref(lead), "ab12", "Call", "hand-off ab12", clock.now() + 3_600_000, null);

    TaskAnswer first = client.createTask(task);
    assertThat(first).isInstanceOf(TaskAnswer.Made.class);
    assertThat(client.createTask(task)).isEqualTo(first);
    assertThat(client.tasksOf(ref(lead)).notes()).hasSize(1).containsValue("hand-off ab12");

    ReadAnswer answer = client.read(RecordRef.LEAD, List.of(lead), Set.of("~associated:task"));
    assertThat(links(answer, LinkKind.ASSOCIATED_WITH)).hasSize(1);
  }

  @Test
  void task_inAnOrgWithoutItsKey_isMade() {
    String lead = leads(1).getFirst();
    NewTask task = new NewTask(ref(lead), "ab12", "Call", "ab12", clock.now(), null);

    assertThat(client.createTask(task)).isInstanceOf(TaskAnswer.Made.class);
  }

  @Test
  void properties_areThoseOfBothObjects() {
    assertThat(client.properties().properties()).containsKeys("Title", "Email", SCORE);
    assertThat(client.properties().properties()).doesNotContainKeys("Company", "AccountId");
    assertThat(client.properties().ofSome()).containsKeys("Company", "AccountId");
    assertThat(client.properties().thereFor(Set.of("Company")))
        .containsKeys("Title", "AccountId")
        .doesNotContainKey("Company");
  }

  @Test
  void associationsOfAllKinds_areRead() {
    String contact = put("Contact", "'LastName':'Roe'").getFirst();
    put("Task", "'Subject':'T','WhoId':'" + contact + "'");
    put(
        "Event",
        "'Subject':'E','WhoId':'"
            + contact
            + "','ActivityDateTime':'2026-11-20T10:00:00.000Z','DurationInMinutes':30");
    String campaign = put("Campaign", "'Name':'C'").getFirst();
    put("CampaignMember", "'CampaignId':'" + campaign + "','ContactId':'" + contact + "'");

    ReadAnswer answer =
        client.read(
            RecordRef.CONTACT,
            List.of(contact),
            Set.of(
                "~associated:task",
                "~associated:meeting",
                "~associated:campaign_member",
                "~associated:email",
                "~associated:deal",
                "~associated:company"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.refused()).isEmpty();
    assertThat(links(answer, LinkKind.ASSOCIATED_WITH)).hasSize(3);
  }
}
