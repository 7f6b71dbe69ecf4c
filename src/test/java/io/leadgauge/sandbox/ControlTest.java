package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private final MovableClock clock = new MovableClock(SandboxClient.NOW);
  private final SandboxClient sandbox = SandboxClient.with(SandboxClient.options(), clock);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void act(String id, String activity) {
    Reply reply = sandbox.post("/_sandbox/contacts/" + id + "/activities", activity);
    assertThat(reply.status()).as(reply.raw().body()).isEqualTo(200);
  }

  private static String value(JsonNode contact, String property) {
    return contact.path("properties").path(property).asText();
  }

  @Test
  void formSubmission_setsItsPropertiesWithOneTimeStamp() {
    String id = sandbox.create("'email':'x@acme.example'");
    clock.advance(Duration.ofMinutes(1));
    act(id, "{'type':'form_submission','form':'Demo request'}");
    JsonNode contact = sandbox.contact(id);
    assertThat(value(contact, "recent_conversion_date")).isEqualTo("2026-11-21T10:01:00Z");
    assertThat(value(contact, "recent_conversion_event_name")).isEqualTo("Demo request");
    assertThat(value(contact, "num_conversion_events")).isEqualTo("1");
    assertThat(value(contact, "lastmodifieddate")).isEqualTo("2026-11-21T10:01:00Z");
    for (String name :
        new String[] {
          "recent_conversion_date", "recent_conversion_event_name", "num_conversion_events"
        }) {
      assertThat(
              contact.path("propertiesWithHistory").path(name).path(0).path("timestamp").asText())
          .as(name)
          .isEqualTo("2026-11-21T10:01:00Z");
    }
  }

  @Test
  void formSubmission_ofThePast_countsAndLeavesTheRecentOne() {
    String id = sandbox.create("'email':'x@acme.example'");
    act(id, "[{'type':'form_submission','form':'B'},{'type':'form_submission','form':'B'}]");
    act(id, "{'type':'form_submission','form':'A','ago':'P3DT1H'}");
    JsonNode contact = sandbox.contact(id);
    assertThat(value(contact, "recent_conversion_event_name")).isEqualTo("B");
    assertThat(value(contact, "num_conversion_events")).isEqualTo("3");
    assertThat(value(contact, "num_unique_conversion_events")).isEqualTo("2");
    assertThat(contact.at("/propertiesWithHistory/recent_conversion_date/2/value").asText())
        .isEqualTo("2026-11-18T09:00:00Z");
  }

  @Test
  void pageView_bumpsTheAnalytics() {
    String id = sandbox.create("'email':'x@acme.example'");
    act(id, "{'type':'page_view','url':'https://v.example/pricing','at':'2026-11-21T09:00:00Z'}");
    act(id, "{'type':'page_view','url':'https://v.example/docs','at':1795252800000}");
    act(id, "{'type':'page_view','url':'https://v.example/docs'}");
    JsonNode contact = sandbox.contact(id);
    assertThat(value(contact, "hs_analytics_num_page_views")).isEqualTo("3");
    assertThat(value(contact, "hs_analytics_num_visits")).isEqualTo("2");
    assertThat(value(contact, "hs_analytics_last_url")).isEqualTo("https://v.example/docs");
    assertThat(value(contact, "hs_analytics_first_url")).isEqualTo("https://v.example/pricing");
    assertThat(value(contact, "hs_analytics_last_visit_timestamp"))
        .isEqualTo("2026-11-21T10:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "email_delivered, hs_email_delivered, 1",
    "email_open, hs_email_open, 1",
    "email_click, hs_email_click, 1",
    "email_click, hs_email_last_click_date, 2026-11-21T10:00:00Z",
    "email_reply, hs_email_replied, 1",
    "email_bounce, hs_email_bounce, 1",
    "unsubscribe, hs_email_optout, true",
    "meeting_booked, engagements_last_meeting_booked, 2026-11-21T10:00:00Z"
  })
  void activity_changesWhatHubSpotWouldChange(String type, String property, String value) {
    String id = sandbox.create("'email':'x@acme.example'");
    act(id, "{'type':'" + type + "'}");
    assertThat(value(sandbox.contact(id), property)).isEqualTo(value);
  }

  @Test
  void change_asAnotherApp_hasItsSource() {
    String id = sandbox.create("'email':'x@acme.example'");
    sandbox.post("/_sandbox/contacts/" + id, "{'app':42,'properties':{'jobtitle':'CTO'}}");
    JsonNode newest = sandbox.contact(id).at("/propertiesWithHistory/jobtitle/0");
    assertThat(newest.path("sourceType").asText()).isEqualTo("INTEGRATION");
    assertThat(newest.path("sourceId").asText()).isEqualTo("42");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/activities | {'type':'nap'}                    | \"nap\" is not one of",
        "/activities | {'typ':'page_view'}               | unknown field \"typ\"",
        "/activities | {'type':'page_view','at':'soon'}  | expected epoch milliseconds",
        "``          | {'properties':{'nonsense':'1'}}   | nonsense",
        "``          | {'propertys':{}}                  | unknown field \"propertys\"",
        "/merge      | {'with':'5'}                      | there is no contact 5"
      })
  void wrongRequest_isRefusedByName(String path, String body, String message) {
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply = sandbox.post("/_sandbox/contacts/" + id + path, body);
    assertThat(reply.status()).isGreaterThanOrEqualTo(400);
    assertThat(reply.json().path("error").asText()).contains(message);
  }

  @Test
  void wrongWebhookTarget_isRefusedByName() {
    for (String body :
        new String[] {
          "{'url':'nowhere','secret':'s'}",
          "{'url':'http://h.example/'}",
          "{'url':'http://h.example/','secret':'s','kinds':['x']}",
          "{'url':'http://h.example/','secret':'s','properties':['hs_lastmodifieddate']}"
        }) {
      assertThat(sandbox.post("/_sandbox/webhooks", body).status()).as(body).isEqualTo(400);
    }
  }

  @Test
  void seeds_haveAPast_andAreRefusedAsAWhole() {
    Reply reply =
        sandbox.post(
            "/_sandbox/contacts",
            "{'contacts':[{'createdAgo':'P10D','properties':{'email':'x@acme.example'},"
                + "'activities':[{'type':'page_view','ago':'P1D'},"
                + "{'type':'form_submission','ago':'P5D'}]}]}");
    assertThat(reply.status()).isEqualTo(201);
    JsonNode contact = sandbox.contact(reply.json().at("/ids/0").asText());
    assertThat(value(contact, "createdate")).isEqualTo("2026-11-11T10:00:00Z");
    assertThat(value(contact, "recent_conversion_date")).isEqualTo("2026-11-16T10:00:00Z");
    assertThat(value(contact, "lastmodifieddate")).isEqualTo("2026-11-20T10:00:00Z");
    Reply wrong =
        sandbox.post(
            "/_sandbox/contacts",
            "{'contacts':[{'properties':{'email':'y@acme.example'}},{'properties':{'x':'1'}}]}");
    assertThat(wrong.status()).isEqualTo(400);
    Reply twice =
        sandbox.post(
            "/_sandbox/contacts",
            "{'contacts':[{'properties':{'email':'y@acme.example'}},"
                + "{'properties':{'email':'x@acme.example'}}]}");
    assertThat(twice.status()).isEqualTo(409);
    assertThat(sandbox.get("/_sandbox/contacts").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void contacts_areListedWithTheValuesAskedFor() {
    String id = sandbox.create("'email':'x@acme.example','jobtitle':'CTO'");
    JsonNode contact =
        sandbox.get("/_sandbox/contacts?properties=jobtitle,city").json().at("/contacts/0");
    assertThat(contact.toString())
        .isEqualTo("{\"id\":\"" + id + "\",\"properties\":{\"jobtitle\":\"CTO\"}}");
    assertThat(sandbox.get("/_sandbox/contacts").json().at("/contacts/0/properties/email").asText())
        .isEqualTo("x@acme.example");
  }

  @Test
  void calls_areCountedExactly() {
    String id = sandbox.create("'email':'x@acme.example'");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'city':'A','email':'x@acme.example'}}");
    sandbox.patch("/crm/objects/2026-03/contacts/" + id, "{'properties':{'city':'A'}}");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'nonsense':'A'}}");
    String input = "{'id':'" + id + "','properties':{'city':'B'}}";
    sandbox.post(CONTACTS + "/batch/update", "{'inputs':[" + input + "]}");
    sandbox.post(CONTACTS + "/batch/read", "{'inputs':[{'id':'" + id + "'},{'id':'1'}]}");
    sandbox.post("/_sandbox/contacts/" + id, "{'properties':{'city':'C'}}");
    JsonNode log = sandbox.get("/_sandbox/calls").json();
    assertThat(log.path("total").asInt()).isEqualTo(6);
    assertThat(count(log, "PATCH", "/crm/objects/contacts/{id}", "200")).isEqualTo(2);
    assertThat(count(log, "PATCH", "/crm/objects/contacts/{id}", "400")).isEqualTo(1);
    assertThat(count(log, "POST", "/crm/objects/contacts/batch/read", "207")).isEqualTo(1);
    JsonNode writes = log.at("/contactWrites/0");
    assertThat(writes.path("appId").asLong()).isEqualTo(SandboxOptions.APP_ID);
    assertThat(writes.path("calls").asInt()).isEqualTo(4);
    assertThat(writes.path("contacts").asInt()).isEqualTo(4);
    assertThat(writes.path("changedValues").asInt()).isEqualTo(3);
    assertThat(writes.path("equalValues").asInt()).isEqualTo(2);
    JsonNode reads = log.at("/batches/0");
    assertThat(reads.path("inputs").asInt()).isEqualTo(2);
    sandbox.delete("/_sandbox/calls");
    assertThat(sandbox.get("/_sandbox/calls").json().path("total").asInt()).isZero();
  }

  private static int count(JsonNode log, String method, String route, String outcome) {
    for (JsonNode row : log.path("calls")) {
      if (row.path("method").asText().equals(method)
          && row.path("route").asText().equals(route)
          && row.path("outcome").asText().equals(outcome)) {
        return row.path("count").asInt();
      }
    }
    return 0;
  }

  @Test
  void sample_isLoaded_andYieldsVariedContacts() {
    JsonNode reply = sandbox.post("/_sandbox/sample", "{'webhooks':false}").json();
    assertThat(reply.path("created").asInt()).isEqualTo(36);
    int withForms = 0;
    int unsubscribed = 0;
    int free = 0;
    for (JsonNode contact : sandbox.get("/_sandbox/contacts").json().path("contacts")) {
      withForms += contact.path("properties").has("recent_conversion_date") ? 1 : 0;
      unsubscribed += contact.path("properties").has("hs_email_optout") ? 1 : 0;
      String email = value(contact, "email");
      free += email.endsWith("@gmail.com") ? 1 : 0;
      assertThat(email).matches(".*(\\.example|_.*@gmail\\.com)");
      assertThat(value(contact, "createdate")).isLessThanOrEqualTo("2026-11-21T10:00:00Z");
      assertThat(value(contact, "lastmodifieddate")).isLessThanOrEqualTo("2026-11-21T10:00:00Z");
    }
    assertThat(withForms).isBetween(24, 32);
    assertThat(unsubscribed).isEqualTo(3);
    assertThat(free).isEqualTo(8);
  }

  @Test
  void generatedContacts_areLoaded() throws Exception {
    int loaded =
        sandbox
            .sandbox()
            .loadGenerated(1_000, true)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    assertThat(loaded).isEqualTo(1_000);
    assertThat(sandbox.get("/_sandbox/contacts").json().path("total").asInt()).isEqualTo(1_000);
  }

  @Test
  void about_tellsSeedAndFaults() {
    JsonNode about = sandbox.get("/_sandbox").json();
    assertThat(about.path("seed").asLong()).isEqualTo(SandboxClient.SEED);
    assertThat(about.path("faults").asText()).isEmpty();
  }
}
