package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is planned for particular calls, and what an administrator does to properties. */
class ScriptTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private final MovableClock clock = new MovableClock(SandboxClient.NOW);
  private final SandboxClient sandbox =
      SandboxClient.with(SandboxClient.options().withLimits(new Limits(1000, 1000, 10)), clock);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private void told(String path, String body) {
    Reply reply = sandbox.post(path, body);
    assertThat(reply.status()).as(reply.raw().body()).isBetween(200, 204);
  }

  private Reply write(String id, String properties) {
    return sandbox.post(
        CONTACTS + "/batch/update",
        "{'inputs':[{'id':'%s','properties':{%s}}]}".formatted(id, properties));
  }

  @Test
  void plannedFault_strikesTheCallsThatFit_soOften() {
    told("/_sandbox/faults/next", "{'fault':'423','route':'/crm/objects/tasks','times':2}");
    assertThat(sandbox.get(CONTACTS).status()).isEqualTo(200);
    assertThat(sandbox.get("/crm/v3/objects/tasks").status()).isEqualTo(423);
    assertThat(sandbox.get("/crm/v3/objects/tasks").status()).isEqualTo(423);
    assertThat(sandbox.get("/crm/v3/objects/tasks").status()).isEqualTo(200);
  }

  @Test
  void plannedMove_tellsHowLongItTakes() {
    told("/_sandbox/faults/next", "{'fault':'477'}");
    Reply reply = sandbox.get(CONTACTS);
    assertThat(reply.status()).isEqualTo(477);
    assertThat(reply.header("Retry-After")).isEqualTo("3600");
  }

  @Test
  void limitOfSearch_isNamedAsSuch() {
    told("/_sandbox/faults/next", "{'fault':'429'}");
    Reply reply = sandbox.post(CONTACTS + "/search", "{}");
    assertThat(reply.json().path("policyName").asText()).isEqualTo("SECONDLY");
    assertThat(reply.header("X-HubSpot-RateLimit-Max")).isEmpty();
  }

  @Test
  void resetAfterApply_createsTheTaskAllTheSame() {
    told("/_sandbox/faults/next", "{'fault':'reset-after-apply','method':'POST'}");
    assertThatThrownBy(
            () -> sandbox.post("/crm/objects/2026-03/tasks", "{'properties':{'hs_timestamp':'1'}}"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(sandbox.get("/_sandbox/tasks").json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void someoneElse_comesBetweenAReadAndAWrite_orBetweenAWriteAndItsAnswer() {
    String id = sandbox.create("'email':'x@acme.example'");
    String step =
        "{'when':'%s','method':'POST','route':'/crm/objects/contacts/batch/update',"
            + "'record':'contacts/%s','properties':{'city':'%s'}}";
    told("/_sandbox/interleave", step.formatted("before", id, "Bonn"));
    write(id, "'city':'Rome'");
    assertThat(sandbox.contact(id).at("/properties/city").asText()).isEqualTo("Rome");
    told("/_sandbox/interleave", step.formatted("after", id, "Oslo"));
    assertThat(write(id, "'city':'Wien'").json().at("/results/0/properties/city").asText())
        .isEqualTo("Wien");
    assertThat(sandbox.contact(id).at("/properties/city").asText()).isEqualTo("Oslo");
  }

  @Test
  void limits_setAnew_holdFromThenOn() {
    told("/_sandbox/limits", "{'daily':1}");
    assertThat(sandbox.get(CONTACTS).status()).isEqualTo(200);
    Reply refused = sandbox.get(CONTACTS);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("policyName").asText()).isEqualTo("DAILY");
    clock.advance(Duration.ofHours(15));
    assertThat(sandbox.get(CONTACTS).status()).as("the next day").isEqualTo(200);
  }

  @Test
  void deletedProperty_doesNotExist() {
    String id = sandbox.create("'email':'x@acme.example','city':'Bonn'");
    sandbox.delete("/_sandbox/properties/contacts/city");
    assertThat(write(id, "'city':'Rome'").json().at("/errors/0/code").asText())
        .isEqualTo("PROPERTY_DOESNT_EXIST");
    Reply read = sandbox.get(CONTACTS + "/" + id + "?properties=city");
    assertThat(read.json().path("properties").has("city")).isFalse();
  }

  @Test
  void retypedProperty_refusesWhatItTook_andHasLostWhatDoesNotFit() {
    String id = sandbox.create("'email':'x@acme.example','city':'Bonn','zip':'53111'");
    told("/_sandbox/properties/contacts/city", "{'type':'number','fieldType':'number'}");
    told("/_sandbox/properties/contacts/zip", "{'type':'number','fieldType':'number'}");
    assertThat(write(id, "'city':'Rome'").status()).isEqualTo(400);
    Reply read = sandbox.get(CONTACTS + "/" + id + "?properties=city,zip");
    assertThat(read.json().at("/properties/city").isNull()).isTrue();
    assertThat(read.json().at("/properties/zip").asText()).isEqualTo("53111");
  }

  @Test
  void guardedProperty_refusesWithTheMessageOfWhoGuardsIt_untilItIsLeftAlone() {
    String id = sandbox.create("'email':'x@acme.example'");
    String path = "/_sandbox/properties/contacts/city";
    told(path, "{'rule':{'pattern':'[A-Z].*','message':'Cities begin with a capital.'}}");
    Reply refused = write(id, "'city':'bonn'");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/message").asText())
        .isEqualTo("Cities begin with a capital.");
    assertThat(write(id, "'city':'Bonn'").status()).isEqualTo(200);
    told(path, "{'rule':null}");
    assertThat(write(id, "'city':'bonn'").status()).isEqualTo(200);
  }

  @Test
  void archivedOption_isRefused() {
    String id = sandbox.create("'email':'x@acme.example','hs_lead_status':'OPEN'");
    told("/_sandbox/properties/contacts/hs_lead_status", "{'archiveOption':'CONNECTED'}");
    assertThat(write(id, "'hs_lead_status':'CONNECTED'").json().at("/errors/0/code").asText())
        .isEqualTo("INVALID_OPTION");
  }

  @Test
  void customStages_haveTheOrderTheyAreGiven() {
    String id = sandbox.create("'email':'x@acme.example','lifecyclestage':'lead'");
    told(
        "/_sandbox/properties/contacts/lifecyclestage",
        "{'options':[{'value':'lead'},{'value':'229001234','label':'Nurture'},{'value':'customer'}]}");
    write(id, "'lifecyclestage':'229001234'");
    Reply ignored = write(id, "'lifecyclestage':'lead'");
    assertThat(ignored.status()).isEqualTo(200);
    assertThat(ignored.json().at("/results/0/properties/lifecyclestage").asText())
        .isEqualTo("229001234");
    write(id, "'lifecyclestage':''");
    assertThat(
            write(id, "'lifecyclestage':'lead'")
                .json()
                .at("/results/0/properties/lifecyclestage")
                .asText())
        .isEqualTo("lead");
  }

  @Test
  void ownProperty_isChangedThroughTheApi() {
    sandbox.post(
        "/crm/v3/properties/contacts",
        "{'name':'tier','label':'Tier','type':'enumeration','fieldType':'select',"
            + "'groupName':'contactinformation','options':[{'value':'A','label':'A'}]}");
    Reply changed =
        sandbox.patch(
            "/crm/v3/properties/contacts/tier",
            "{'label':'Grade','options':[{'value':'A','label':'A'},{'value':'B','label':'B'}]}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("label").asText()).isEqualTo("Grade");
    assertThat(changed.json().path("options")).hasSize(2);
  }
}
