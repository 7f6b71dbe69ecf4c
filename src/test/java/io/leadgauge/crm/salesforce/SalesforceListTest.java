package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.answered;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.ok;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.ListedPage;
import io.leadgauge.model.RecordRef;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of all persons: by queries, by a bulk job, and on after a restart. */
class SalesforceListTest extends OrgTest {
  private static final String JOB = id("750", 1);

  private final List<String> contacts =
      new ArrayList<>(IntStream.range(0, 4_500).mapToObj(OrgTest::contact).toList());
  private final List<String> leads =
      new ArrayList<>(IntStream.range(0, 3).mapToObj(OrgTest::lead).toList());

  private static String row(String id) {
    return "{'Id':'" + id + "'}";
  }

  private static ResponseDefinitionBuilder count(long total) {
    return ok("{'totalSize':" + total + ",'done':true,'records':[]}");
  }

  /** Answers a query as Salesforce does: those behind an id, in order, so many. */
  private ResponseDefinitionBuilder queried(SalesforceStandIn.Call call) {
    List<String> all = call.asks("Lead") ? leads : contacts;
    if (call.query().contains("COUNT()")) {
      return count(all.size());
    }
    int behind = call.query().indexOf("Id > '");
    String last = behind < 0 ? "" : call.query().substring(behind + 6, behind + 24);
    return rows(
        all.stream()
            .filter(id -> id.compareTo(last) > 0)
            .limit(PersonList.PAGE)
            .map(SalesforceListTest::row)
            .toList());
  }

  private List<RecordRef> all(CrmClient from) {
    List<RecordRef> found = new ArrayList<>();
    String after = "";
    while (after != null) {
      ListedPage page = from.listed(after);
      assertThat(page.trouble()).isNull();
      found.addAll(page.contacts());
      after = page.next();
    }
    return found;
  }

  private List<RecordRef> expected() {
    List<RecordRef> all = new ArrayList<>();
    contacts.forEach(id -> all.add(ref(id)));
    leads.forEach(id -> all.add(ref(id)));
    return all;
  }

  // ---- by queries

  @Test
  void persons_areListedOnce_contactsBeforeLeads() {
    org.answer(this::queried);

    assertThat(all(client)).isEqualTo(expected());
    assertThat(org.calls()).hasSize(2 + 3 + 1);
  }

  @Test
  void list_goesOnAfterARestart() {
    org.answer(this::queried);
    ListedPage first = client.listed("");

    try (CrmClient later = adapter.connect(connection(login(), 100))) {
      List<RecordRef> found = new ArrayList<>(first.contacts());
      String after = first.next();
      while (after != null) {
        ListedPage page = later.listed(after);
        found.addAll(page.contacts());
        after = page.next();
      }
      assertThat(found).isEqualTo(expected());
    }
  }

  @Test
  void pageThatHoldsFewer_isFollowedToItsEnd() {
    leads.clear();
    org.answer(
        call -> {
          if (call.query().contains("COUNT()") || call.asks("Lead")) {
            return queried(call);
          }
          return call.path().startsWith("/query/")
              ? rows(row(contact(2)))
              : ok(
                  "{'totalSize':3,'done':false,'nextRecordsUrl':"
                      + "'/services/data/v67.0/query/01gRO0000016PIAYA2-2','records':["
                      + row(contact(0))
                      + ","
                      + row(contact(1))
                      + "]}");
        });

    assertThat(all(client)).containsExactly(ref(contact(0)), ref(contact(1)), ref(contact(2)));
    assertThat(org.calls())
        .extracting(SalesforceStandIn.Call::path)
        .contains("/query/01gRO0000016PIAYA2-2");
  }

  @Test
  void placeThatSalesforceForgot_isGoneOnFromBehindTheLastId() {
    org.answer(
        call -> {
          if (call.path().startsWith("/query/")) {
            return refused(404, "INVALID_QUERY_LOCATOR", "invalid query locator");
          }
          boolean isFirst = !call.query().contains("Id > ") && call.asks("Contact");
          return isFirst && !call.query().contains("COUNT()")
              ? ok(
                  "{'totalSize':4500,'done':false,'nextRecordsUrl':"
                      + "'/services/data/v67.0/query/01gRO0000016PIAYA2-500','records':["
                      + String.join(
                          ",", contacts.subList(0, 500).stream().map(id -> row(id)).toList())
                      + "]}")
              : queried(call);
        });

    assertThat(all(client)).isEqualTo(expected());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/services/data/v67.0/query/01g-1",
        "/services/apexrest/steal",
        "/services/data/v67.0/query/../../../x",
        "/services/data/v67.0/query/01g-1?x=y"
      })
  void nextPage_thatLeadsElsewhere_isNotAskedFor(String address) {
    org.answer(
        call ->
            call.query().contains("COUNT()")
                ? count(1)
                : ok(
                    "{'totalSize':9,'done':false,'nextRecordsUrl':'"
                        + address
                        + "','records':["
                        + row(contact(1))
                        + "]}"));

    assertThat(client.listed("").trouble()).isInstanceOf(CallTrouble.Unknown.class);
    assertThat(org.calls()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "contact>' OR '", "lead#750#../x", "company>", "contact#"})
  void placeThatIsNone_isRefused(String after) {
    assertThat(client.listed(after).trouble()).isInstanceOf(CallTrouble.Refused.class);
    assertThat(org.calls()).isEmpty();
  }

  @Test
  void place_asText_isReadBack() {
    for (ListPlace place :
        List.of(
            new ListPlace.Begin("lead"),
            new ListPlace.After("contact", null),
            new ListPlace.After("lead", new SalesforceId(lead(1))),
            new ListPlace.InJob("lead", new SalesforceId(JOB), ""),
            new ListPlace.InJob("contact", new SalesforceId(JOB), "MTAwMDA"))) {
      assertThat(ListPlace.of(place.text())).isEqualTo(place);
    }
  }

  // ---- by a bulk job

  private static ResponseDefinitionBuilder table(List<String> ids, String locator) {
    return aResponse()
        .withStatus(200)
        .withHeader("Content-Type", "text/csv;charset=UTF-8")
        .withHeader("Sforce-Locator", locator)
        .withHeader("Sforce-NumberOfRecords", Integer.toString(ids.size()))
        .withBody("\"Id\"\n" + String.join("", ids.stream().map(id -> '"' + id + "\"\n").toList()));
  }

  private static ResponseDefinitionBuilder job(String state) {
    return answered(200, "{'id':'" + JOB + "','operation':'query','state':'" + state + "'}");
  }

  /** An org with many contacts, whose job takes as many looks as there are states. */
  private ResponseDefinitionBuilder bulk(SalesforceStandIn.Call call, List<String> states) {
    if (call.query().contains("COUNT()") && call.asks("Contact")) {
      return count(PersonList.MANY + 1);
    }
    if (call.path().equals("/jobs/query")) {
      assertThat(call.body().path("query").asText()).isEqualTo("SELECT Id FROM Contact");
      return job("UploadComplete");
    }
    if (call.path().equals("/jobs/query/" + JOB)) {
      return job(states.size() > 1 ? states.removeFirst() : states.getFirst());
    }
    if (call.path().endsWith("/results")) {
      assertThat(call.header("Accept")).isEqualTo("text/csv");
      return call.query().contains("locator=")
          ? table(contacts.subList(2_000, 4_500), "null")
          : table(contacts.subList(0, 2_000), "MjAwMA");
    }
    return queried(call);
  }

  @Test
  void manyPersons_areListedByABulkJob() {
    List<String> states = new ArrayList<>(List.of("InProgress", "JobComplete"));
    org.answer(call -> bulk(call, states));

    ListedPage noted = client.listed("");
    assertThat(noted.contacts()).isEmpty();
    assertThat(noted.next()).isEqualTo("contact#" + JOB + "#");

    ListedPage under = client.listed(String.valueOf(noted.next()));
    assertThat(under.trouble()).isInstanceOf(CallTrouble.Wait.class);

    List<RecordRef> found = new ArrayList<>();
    String after = noted.next();
    while (after != null) {
      ListedPage page = client.listed(after);
      assertThat(page.trouble()).isNull();
      found.addAll(page.contacts());
      after = page.next();
    }
    assertThat(found).isEqualTo(expected());
    assertThat(org.calls().stream().filter(call -> call.path().equals("/jobs/query"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed", "Aborted"})
  void bulkJobThatFails_isDoneWithout(String state) {
    List<String> states = new ArrayList<>(List.of(state));
    org.answer(call -> bulk(call, states));

    assertThat(new TreeSet<>(all(client))).isEqualTo(new TreeSet<>(expected()));
  }

  @Test
  void bulkJobThatIsGone_orNotAllowed_isDoneWithout() {
    org.answer(
        call ->
            call.path().startsWith("/jobs/")
                ? refused(400, "API_ERROR", "The Bulk API is not enabled")
                : bulk(call, new ArrayList<>(List.of("JobComplete"))));
    assertThat(all(client)).isEqualTo(expected());

    org.answer(
        call ->
            call.path().startsWith("/jobs/query/")
                ? refused(404, "NOT_FOUND", "The requested resource does not exist")
                : queried(call));
    assertThat(client.listed("contact#" + JOB + "#MjAwMA").contacts().getFirst())
        .isEqualTo(ref(contact(0)));
  }

  @Test
  void tableThatIsBroken_isUnknown() {
    org.answer(
        call ->
            call.path().endsWith("/results")
                ? aResponse().withHeader("Content-Type", "text/csv").withBody("\"Id\"\n\"003")
                : bulk(call, new ArrayList<>(List.of("JobComplete"))));

    assertThat(client.listed("contact#" + JOB + "#").trouble())
        .isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void count_isOfBothObjects() {
    org.answer(call -> count(call.asks("Lead") ? 30 : 12));

    assertThat(client.count().contacts()).isEqualTo(42);
  }
}
