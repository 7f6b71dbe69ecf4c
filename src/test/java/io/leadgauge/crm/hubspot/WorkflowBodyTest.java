package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.Connection;
import io.leadgauge.crm.CrmEvent;
import io.leadgauge.crm.Decoded;
import io.leadgauge.crm.WorkflowHook;
import io.leadgauge.model.Activity;
import io.leadgauge.model.Delivery;
import io.leadgauge.model.Delivery.Header;
import io.leadgauge.model.Fact;
import io.leadgauge.model.RecordRef;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowBodyTest {
  private static final long RECEIVED = 1_795_255_200_000L;
  private static final Connection CONNECTION =
      Connections.to(URI.create("https://api.example"), "v3", "acme", "33");
  private static final WorkflowHook WHOLE =
      new WorkflowHook("calls", null, "called", null, null, false, new TreeMap<>());
  private static final WorkflowHook PICKED =
      new WorkflowHook(
          "calls",
          null,
          "called",
          "when",
          "address",
          true,
          new TreeMap<>(Map.of("product", "what")));

  private static Decoded decoded(WorkflowHook hook, String body, Header... headers) {
    byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Delivery delivery =
        new Delivery(
            CONNECTION.id(), RECEIVED, "POST", "/webhooks/acme/calls", List.of(headers), bytes);
    return WorkflowBody.decode(hook, CONNECTION, delivery);
  }

  private static CrmEvent event(WorkflowHook hook, String body, Header... headers) {
    return ((Decoded.Events) decoded(hook, body, headers)).events().getFirst();
  }

  private static Fact.Happened happened(WorkflowHook hook, String body, Header... headers) {
    return (Fact.Happened) event(hook, body, headers).facts().getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'vid':541000000007,'portal-id':33,'properties':{'email':{'value':'x@a.example'}}}",
        "{'hs_object_id':'541000000007'}",
        "{'objectId':541000000007}",
        "{'properties':{'hs_object_id':{'value':'541000000007','versions':[{'value':'1'}]}}}",
        "{'properties':{'hs_object_id':'541000000007'}}"
      })
  void wholeRecord_isAboutItsId(String body) {
    Fact.Happened fact = happened(WHOLE, body);
    assertThat(fact.of()).isEqualTo(RecordRef.contact(CONNECTION.id(), "541000000007"));
    assertThat(fact.activity().at()).isEqualTo(RECEIVED);
    assertThat(fact.activity().type()).isEqualTo("workflow:calls");
  }

  @Test
  void correlationId_isWhatItIsRecognisedBy_elseADigestOfTheBody() {
    Header id = new Header("x-HUBSPOT-correlation-id", "0a-1");
    assertThat(happened(WHOLE, "{'vid':1}", id).activity().attributes())
        .containsExactly(Map.entry(WorkflowHook.CORRELATION, "0a-1"));
    Activity one = happened(WHOLE, "{'vid':1}").activity();
    assertThat(one.attributes()).containsOnlyKeys(WorkflowHook.BODY);
    assertThat(happened(WHOLE, "{'vid':1}").activity()).isEqualTo(one);
    assertThat(happened(WHOLE, "{'vid':1,'a':2}").activity()).isNotEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource({
    "1795255200000, 1795255200000",
    "2026-11-21T10:00:00Z, 1795255200000",
    "2026-11-21T11:00:00+01:00, 1795255200000",
    "2026-11-21, 1795219200000"
  })
  void pickedBody_tellsWhoWhenAndWhat_andNeedsNothingElseToBeRecognised(String when, long at) {
    String body = "{'address':' X@Acme.Example ','when':'" + when + "','what':'large'}";
    Fact.Happened fact = happened(PICKED, body, new Header("X-HubSpot-Correlation-Id", "1"));
    assertThat(fact.of()).isEqualTo(RecordRef.emailAddress(CONNECTION.id(), "x@acme.example"));
    assertThat(fact.activity())
        .isEqualTo(Activity.of("workflow:calls", at, Map.of("product", "large")));
  }

  @Test
  void time_thatIsEmpty_isWhenItCame() {
    String body = "{'address':'x@acme.example','when':null}";
    assertThat(happened(PICKED, body).activity().at()).isEqualTo(RECEIVED);
    assertThat(happened(PICKED, body).activity().attributes()).containsKey(WorkflowHook.BODY);
  }

  @Test
  void time_thatCannotBeRead_isNotedAndCountsForNothing() {
    CrmEvent event = event(PICKED, "{'address':'x@acme.example','when':'yesterday'}");
    assertThat(event.meaning()).isEqualTo(CrmEvent.Meaning.UNKNOWN);
    assertThat(event.note()).contains("the key when holds no instant").doesNotContain("yesterday");
    assertThat(event.facts()).isEmpty();
  }

  @Test
  void body_ofAnotherPortal_isForeign() {
    CrmEvent event = event(WHOLE, "{'vid':1,'portal-id':34}");
    assertThat(event.meaning()).isEqualTo(CrmEvent.Meaning.FOREIGN);
    assertThat(event.facts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[{'eventId':1}]",
        "{'vid':1",
        "{'vid':1}x",
        "{}",
        "{'vid':'x'}",
        "{'vid':-1}",
        "{'vid':1.5e3}",
        "{'vid':[1]}",
        "{'vid':null}"
      })
  void body_thatIsNoRecord_isUndecodable(String body) {
    assertThat(decoded(WHOLE, body)).isInstanceOf(Decoded.Undecodable.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'address':'x'}", "{'address':'a b@c'}", "{'email':'x@acme.example'}"})
  void body_withoutAnAddress_saysWhatWasExpected(String body) {
    Decoded.Undecodable undecodable = (Decoded.Undecodable) decoded(PICKED, body);
    assertThat(undecodable.reason()).contains("an e-mail address in address");
  }
}
