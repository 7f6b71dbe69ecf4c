package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactEndpointsTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private final MovableClock clock = new MovableClock(SandboxClient.NOW);
  private final SandboxClient sandbox = SandboxClient.with(SandboxClient.options(), clock);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/crm/v3/objects/contacts",
        "/crm/objects/2026-03/contacts",
        "/crm/objects/2026-09/contacts"
      })
  void contact_underEitherPathStyle_isCreatedAndRead(String path) {
    Reply created = sandbox.post(path, "{'properties':{'email':'A.B@Acme.example'}}");
    assertThat(created.status()).isEqualTo(201);
    String id = created.json().path("id").asText();
    assertThat(Long.parseLong(id)).isGreaterThan(Integer.MAX_VALUE);
    JsonNode read = sandbox.get(path + "/" + id).json();
    assertThat(read.at("/properties/email").asText()).isEqualTo("a.b@acme.example");
    assertThat(read.at("/properties/hs_object_id").asText()).isEqualTo(id);
    assertThat(read.at("/properties/createdate").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(read.at("/properties/firstname").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/crm/objects/2026-04/contacts", "/crm/objects/banana/contacts"})
  void contact_underNoRelease_isNotFound(String path) {
    assertThat(sandbox.get(path).status()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void contact_withoutToken_is401() {
    Reply reply = sandbox.send("GET", CONTACTS, "", "");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().path("category").asText()).isEqualTo("INVALID_AUTHENTICATION");
    assertThat(reply.json().path("correlationId").asText()).matches("[0-9a-f-]{36}");
    assertThat(sandbox.send("GET", CONTACTS, "", "another").status()).isEqualTo(401);
  }

  @Test
  void read_ofUnknownId_is404() {
    Reply reply = sandbox.get(CONTACTS + "/17");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json().path("category").asText()).isEqualTo("OBJECT_NOT_FOUND");
  }

  @Test
  void read_byEmail_findsTheContact() {
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply = sandbox.get(CONTACTS + "/X@acme.example?idProperty=email");
    assertThat(reply.json().path("id").asText()).isEqualTo(id);
  }

  @Test
  void read_ofSomeProperties_showsThemAndPassesUnknownOnesOver() {
    String id = sandbox.create("'email':'x@acme.example','jobtitle':'CTO'");
    JsonNode properties =
        sandbox
            .get(CONTACTS + "/" + id + "?properties=jobtitle,country,nonsense")
            .json()
            .path("properties");
    assertThat(properties.properties())
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly("country", "createdate", "hs_object_id", "jobtitle", "lastmodifieddate");
    assertThat(properties.path("country").isNull()).isTrue();
    assertThat(properties.path("jobtitle").asText()).isEqualTo("CTO");
  }

  @Test
  void history_ofAProperty_isNewestFirstWithItsSources() {
    String id = sandbox.create("'email':'x@acme.example','jobtitle':'CTO'");
    clock.advance(Duration.ofSeconds(5));
    sandbox.post("/_sandbox/contacts/" + id, "{'properties':{'jobtitle':'CEO'}}");
    JsonNode history =
        sandbox
            .get(CONTACTS + "/" + id + "?propertiesWithHistory=jobtitle,country")
            .json()
            .path("propertiesWithHistory");
    assertThat(history.path("country").isEmpty()).isTrue();
    JsonNode newest = history.at("/jobtitle/0");
    assertThat(newest.path("value").asText()).isEqualTo("CEO");
    assertThat(newest.path("timestamp").asText()).isEqualTo("2026-11-21T10:00:05Z");
    assertThat(newest.path("sourceType").asText()).isEqualTo("CRM_UI");
    assertThat(newest.path("sourceId").asText()).startsWith("userId:");
    JsonNode oldest = history.at("/jobtitle/1");
    assertThat(oldest.path("value").asText()).isEqualTo("CTO");
    assertThat(oldest.path("sourceType").asText()).isEqualTo("INTEGRATION");
    assertThat(oldest.path("sourceId").asText()).isEqualTo(Long.toString(SandboxOptions.APP_ID));
  }

  @Test
  void create_ofATakenEmail_is409WithTheExistingId() {
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply = sandbox.post(CONTACTS, "{'properties':{'email':'X@ACME.example'}}");
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.json().path("message").asText())
        .isEqualTo("Contact already exists. Existing ID: " + id);
  }

  @Test
  void update_changesValueAndModificationTime() {
    String id = sandbox.create("'email':'x@acme.example'");
    clock.advance(Duration.ofMinutes(1));
    JsonNode updated =
        sandbox.patch(CONTACTS + "/" + id, "{'properties':{'jobtitle':'CTO'}}").json();
    assertThat(updated.at("/properties/jobtitle").asText()).isEqualTo("CTO");
    assertThat(updated.at("/properties/lastmodifieddate").asText())
        .isEqualTo("2026-11-21T10:01:00Z");
    assertThat(updated.path("updatedAt").asText()).isEqualTo("2026-11-21T10:01:00Z");
  }

  @Test
  void update_ofAnEqualValue_changesNothing() {
    String id = sandbox.create("'email':'x@acme.example','jobtitle':'CTO'");
    clock.advance(Duration.ofMinutes(1));
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'jobtitle':'CTO'}}");
    JsonNode contact = sandbox.contact(id);
    assertThat(contact.path("updatedAt").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(contact.at("/propertiesWithHistory/jobtitle").size()).isEqualTo(1);
  }

  @Test
  void update_toAnEmptyText_clearsTheProperty() {
    String id = sandbox.create("'email':'x@acme.example','jobtitle':'CTO'");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'jobtitle':''}}");
    assertThat(sandbox.contact(id).at("/properties/jobtitle").asText()).isEmpty();
  }

  @Test
  void update_withNumbersAndTruthValues_keepsThemAsText() {
    sandbox.post(
        "/crm/v3/properties/contacts",
        "{'name':'my_score','label':'Score','type':'number','fieldType':'number',"
            + "'groupName':'contactinformation'}");
    String id = sandbox.create("'email':'x@acme.example','my_score':87");
    JsonNode read = sandbox.get(CONTACTS + "/" + id + "?properties=my_score").json();
    assertThat(read.at("/properties/my_score").isTextual()).isTrue();
    assertThat(read.at("/properties/my_score").asText()).isEqualTo("87");
  }

  @Test
  void stage_writtenBackward_isIgnoredWith200AndTheOldValue() {
    String id = sandbox.create("'email':'x@acme.example','lifecyclestage':'opportunity'");
    Reply reply =
        sandbox.patch(
            CONTACTS + "/" + id, "{'properties':{'lifecyclestage':'lead','jobtitle':'CTO'}}");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/properties/lifecyclestage").asText()).isEqualTo("opportunity");
    assertThat(reply.json().at("/properties/jobtitle").asText()).isEqualTo("CTO");
  }

  @Test
  void stage_clearedAndThenSet_movesBackward() {
    String id = sandbox.create("'email':'x@acme.example','lifecyclestage':'opportunity'");
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'lifecyclestage':''}}");
    assertThat(sandbox.contact(id).at("/properties/lifecyclestage").asText()).isEmpty();
    sandbox.patch(CONTACTS + "/" + id, "{'properties':{'lifecyclestage':'lead'}}");
    assertThat(sandbox.contact(id).at("/properties/lifecyclestage").asText()).isEqualTo("lead");
  }

  @Test
  void stage_movedBackByAPerson_moves() {
    String id = sandbox.create("'email':'x@acme.example','lifecyclestage':'opportunity'");
    sandbox.post("/_sandbox/contacts/" + id, "{'properties':{'lifecyclestage':'lead'}}");
    assertThat(sandbox.contact(id).at("/properties/lifecyclestage").asText()).isEqualTo("lead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastmodifieddate", "recent_conversion_date", "hs_email_open"})
  void update_ofAReadOnlyProperty_is400(String name) {
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply = sandbox.patch(CONTACTS + "/" + id, "{'properties':{'" + name + "':'1'}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/code").asText()).isEqualTo("READ_ONLY_VALUE");
  }

  @Test
  void update_ofWrongValues_namesThemAllAndChangesNothing() {
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply =
        sandbox.patch(
            CONTACTS + "/" + id,
            "{'properties':{'jobtitle':'CTO','numemployees':'7','nonsense':'1',"
                + "'lifecyclestage':'Lead','email':'nobody','closedate':'soon'}}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("category").asText()).isEqualTo("VALIDATION_ERROR");
    List<String> codes = new ArrayList<>();
    reply.json().path("errors").forEach(error -> codes.add(error.path("code").asText()));
    assertThat(codes)
        .containsExactly(
            "INVALID_OPTION",
            "PROPERTY_DOESNT_EXIST",
            "INVALID_OPTION",
            "INVALID_EMAIL",
            "INVALID_DATE");
    assertThat(sandbox.contact(id).path("properties").has("jobtitle")).isFalse();
  }

  @Test
  void archive_takesTheContactAway_andFreesItsEmail() {
    String id = sandbox.create("'email':'x@acme.example'");
    assertThat(sandbox.delete(CONTACTS + "/" + id).status()).isEqualTo(204);
    assertThat(sandbox.get(CONTACTS + "/" + id).status()).isEqualTo(404);
    JsonNode archived = sandbox.get(CONTACTS + "/" + id + "?archived=true").json();
    assertThat(archived.path("archived").asBoolean()).isTrue();
    assertThat(sandbox.create("'email':'x@acme.example'")).isNotEqualTo(id);
  }

  @Test
  void list_byPages_showsEveryContactOnce() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      created.add(sandbox.create("'email':'c" + i + "@acme.example'"));
    }
    List<String> listed = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = sandbox.get(CONTACTS + "?limit=10" + after).json();
      page.path("results").forEach(contact -> listed.add(contact.path("id").asText()));
      String next = page.at("/paging/next/after").asText();
      after = next.isEmpty() ? "" : "&after=" + next;
    } while (!after.isEmpty());
    assertThat(listed).containsExactlyElementsOf(created);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=101", "limit=0", "limit=x", "limit=51&propertiesWithHistory=email"})
  void list_beyondItsBounds_is400(String query) {
    assertThat(sandbox.get(CONTACTS + "?" + query).status()).isEqualTo(400);
  }

  @Test
  void merge_makesANewContact_thatOldIdsLeadTo() {
    String one = sandbox.create("'email':'one@acme.example','jobtitle':'CTO'");
    String two = sandbox.create("'email':'two@acme.example','country':'Japan'");
    Reply merged =
        sandbox.post(
            CONTACTS + "/merge",
            "{'primaryObjectId':'" + one + "','objectIdToMerge':'" + two + "'}");
    String survivor = merged.json().path("id").asText();
    assertThat(survivor).isNotIn(one, two);
    JsonNode read = sandbox.get(CONTACTS + "/" + two + "?properties=email,jobtitle,country").json();
    assertThat(read.path("id").asText()).isEqualTo(survivor);
    assertThat(read.at("/properties/email").asText()).isEqualTo("one@acme.example");
    assertThat(read.at("/properties/country").asText()).isEqualTo("Japan");
    Reply batch =
        sandbox.post(CONTACTS + "/batch/read", "{'properties':[],'inputs':[{'id':'" + one + "'}]}");
    assertThat(batch.status()).as("batches do not follow a merge").isEqualTo(207);
  }

  @Test
  void erase_removesTheContactForGood() {
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply = sandbox.post(CONTACTS + "/gdpr-delete", "{'objectId':'" + id + "'}");
    assertThat(reply.status()).isEqualTo(204);
    assertThat(sandbox.get(CONTACTS + "/" + id + "?archived=true").status()).isEqualTo(404);
  }

  @Test
  void unknownObjectType_is400() {
    Reply reply = sandbox.post("/crm/v3/objects/butterflies/search", "{}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asText())
        .isEqualTo("Unable to infer object type from: butterflies");
  }

  @Test
  void brokenJson_is400() {
    Reply reply = sandbox.post(CONTACTS, "{'properties':");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("message").asText()).startsWith("Invalid input JSON");
  }
}
