package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyEndpointsTest {
  private static final String PROPERTIES = "/crm/v3/properties/contacts";
  private static final String TIER =
      "{'name':'tier','label':'Tier','type':'enumeration','fieldType':'select',"
          + "'groupName':'contactinformation','options':[{'label':'Hot','value':'hot',"
          + "'hidden':false},{'label':'Cold','value':'cold','hidden':false}]}";

  private final SandboxClient sandbox = SandboxClient.unlimited();

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void list_hasTheWritableAndTheReadOnlyOnes() {
    JsonNode results = sandbox.get(PROPERTIES).json().path("results");
    assertThat(results.size()).isGreaterThan(60);
    assertThat(metadata("jobtitle").path("readOnlyValue").asBoolean()).isFalse();
    assertThat(metadata("recent_conversion_date").path("readOnlyValue").asBoolean()).isTrue();
    JsonNode sizes = sandbox.get(PROPERTIES + "/numemployees").json();
    assertThat(sizes.path("type").asText()).isEqualTo("enumeration");
    assertThat(sizes.at("/options/6/value").asText()).isEqualTo("1000+");
  }

  private JsonNode metadata(String name) {
    return sandbox.get(PROPERTIES + "/" + name).json().path("modificationMetadata");
  }

  @Test
  void create_makesAPropertyThatContactsCanHold() {
    Reply created = sandbox.post("/crm/properties/2026-03/contacts", TIER);
    assertThat(created.status()).isEqualTo(201);
    assertThat(sandbox.get(PROPERTIES + "/tier").json()).isEqualTo(created.json());
    String id = sandbox.create("'email':'x@acme.example','tier':'hot'");
    Reply wrong = sandbox.patch("/crm/v3/objects/contacts/" + id, "{'properties':{'tier':'Hot'}}");
    assertThat(wrong.json().at("/errors/0/code").asText()).isEqualTo("INVALID_OPTION");
  }

  @Test
  void create_ofAnExistingOne_is409() {
    sandbox.post(PROPERTIES, TIER);
    assertThat(sandbox.post(PROPERTIES, TIER).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name':'Upper','label':'L','type':'number','fieldType':'number','groupName':'contactinformation'}",
        "{'name':'a','label':'L','type':'money','fieldType':'number','groupName':'contactinformation'}",
        "{'name':'a','label':'L','type':'number','fieldType':'text','groupName':'contactinformation'}",
        "{'name':'a','label':'L','type':'number','fieldType':'number','groupName':'nogroup'}",
        "{'name':'a','label':'L','type':'enumeration','fieldType':'select','groupName':'contactinformation'}"
      })
  void create_ofAWrongOne_is400(String body) {
    assertThat(sandbox.post(PROPERTIES, body).status()).isEqualTo(400);
  }

  @Test
  void read_ofAnUnknownOne_is404() {
    assertThat(sandbox.get(PROPERTIES + "/nonsense").status()).isEqualTo(404);
  }

  @Test
  void batchCreate_tellsWhatItCouldNotCreate() {
    Reply reply =
        sandbox.post(PROPERTIES + "/batch/create", "{'inputs':[" + TIER + "," + TIER + "]}");
    assertThat(reply.status()).isEqualTo(207);
    assertThat(reply.json().path("results").size()).isEqualTo(1);
    assertThat(reply.json().path("numErrors").asInt()).isEqualTo(1);
  }

  @Test
  void archive_takesAPropertyAway_soThatWritesOfItFail() {
    sandbox.post(PROPERTIES, TIER);
    assertThat(sandbox.delete(PROPERTIES + "/tier").status()).isEqualTo(204);
    String id = sandbox.create("'email':'x@acme.example'");
    Reply reply = sandbox.patch("/crm/v3/objects/contacts/" + id, "{'properties':{'tier':'hot'}}");
    assertThat(reply.json().at("/errors/0/code").asText()).isEqualTo("PROPERTY_DOESNT_EXIST");
    assertThat(sandbox.delete(PROPERTIES + "/jobtitle").status()).isEqualTo(400);
  }

  @Test
  void groups_areListedReadAndCreated() {
    Reply created = sandbox.post(PROPERTIES + "/groups", "{'name':'scores','label':'Scores'}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(sandbox.get(PROPERTIES + "/groups/scores").json()).isEqualTo(created.json());
    assertThat(sandbox.post(PROPERTIES + "/groups", "{'name':'scores','label':'S'}").status())
        .isEqualTo(409);
    assertThat(sandbox.get(PROPERTIES + "/groups/nonsense").status()).isEqualTo(404);
    assertThat(sandbox.get(PROPERTIES + "/groups").json().path("results").size()).isEqualTo(8);
  }

  @Test
  void pipeline_holdsTheStagesInOrder() {
    JsonNode stages = sandbox.get("/crm/v3/pipelines/contacts").json().at("/results/0/stages");
    List<String> ids = new ArrayList<>();
    stages.forEach(stage -> ids.add(stage.path("id").asText()));
    assertThat(ids)
        .containsExactly(
            "subscriber",
            "lead",
            "marketingqualifiedlead",
            "salesqualifiedlead",
            "opportunity",
            "customer",
            "evangelist",
            "other");
    assertThat(sandbox.get("/crm/pipelines/2026-03/contacts").status()).isEqualTo(200);
  }

  @Test
  void account_tellsItsPortalAndTimeZone() {
    JsonNode details = sandbox.get("/account-info/2026-03/details").json();
    assertThat(details.path("portalId").asLong()).isEqualTo(SandboxOptions.PORTAL_ID);
    assertThat(details.path("timeZone").asText()).isEqualTo("UTC");
    assertThat(sandbox.get("/account-info/v3/details").status()).isEqualTo(200);
  }
}
