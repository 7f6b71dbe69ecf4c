package io.leadgauge.crm.hubspot;

import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CrmProperty;
import io.leadgauge.crm.PropertiesAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubSpotPropertiesTest extends ClientTest {
  private static String property(String name, String type, String more) {
    return ("{'name':'%s','label':'L','type':'%s','fieldType':'text','description':'',"
            + "'groupName':'g','hidden':false%s}")
        .formatted(name, type, more);
  }

  private static String option(String value) {
    return "{'label':'" + value + "','value':'" + value + "','hidden':false}";
  }

  private static String metadata(boolean readOnly) {
    return ",'modificationMetadata':{'archivable':true,'readOnlyDefinition':false,"
        + "'readOnlyValue':"
        + readOnly
        + "}";
  }

  @Test
  void properties_areListedWithTheirOptions() {
    hubSpot.answer(
        ok(
            "{'results':["
                + property("email", "string", ",'options':[]" + metadata(false))
                + ","
                + property(
                    "tier",
                    "enumeration",
                    ",'options':[" + option("a") + "," + option("b") + "]" + metadata(false))
                + ","
                + property("hs_visits", "number", ",'options':[]" + metadata(true))
                + ","
                + property("sum", "number", ",'options':[],'calculated':true" + metadata(false))
                + ","
                + property(
                    "owner",
                    "enumeration",
                    ",'externalOptions':true,'options':[" + option("x") + "]" + metadata(false))
                + ","
                + property("old", "string", ",'options':[],'archived':true")
                + "]}"));

    PropertiesAnswer answer = client.properties();

    assertThat(hubSpot.calls().getFirst().path()).isEqualTo("/crm/v3/properties/contacts");
    assertThat(answer)
        .isEqualTo(
            new PropertiesAnswer(
                Map.of(
                    "email", new CrmProperty("email", List.of(), true),
                    "tier", new CrmProperty("tier", List.of("a", "b"), true),
                    "hs_visits", new CrmProperty("hs_visits", List.of(), false),
                    "sum", new CrmProperty("sum", List.of(), false),
                    "owner", new CrmProperty("owner", List.of(), true)),
                null));
  }

  @Test
  void datedVersion_asksItsOwnPath() {
    hubSpot.answer(ok("{'results':[" + property("a", "string", ",'options':[]") + "]}"));

    try (HubSpotClient dated = client("2026-03")) {
      assertThat(dated.properties().properties()).containsOnlyKeys("a");
    }

    assertThat(hubSpot.calls().getFirst().path()).isEqualTo("/crm/properties/2026-03/contacts");
  }

  @Test
  void emptyList_isNotBelieved() {
    hubSpot.answer(ok("{'results':[]}"));

    assertThat(client.properties().trouble()).isInstanceOf(CallTrouble.Unknown.class);
  }

  @Test
  void missingScope_isRefusedByName() {
    hubSpot.answer(
        answered(
            403,
            error(
                "MISSING_SCOPES",
                "This app lacks scopes.",
                "'errors':[{'message':'m',"
                    + "'context':{'requiredGranularScopes':['crm.schemas.contacts.read']}}]")));

    assertThat(client.properties().trouble())
        .isInstanceOfSatisfying(
            CallTrouble.Refused.class,
            refused -> assertThat(refused.reason()).contains("crm.schemas.contacts.read"));
  }

  @Test
  void outage_asksToWait() {
    hubSpot.answer(answered(502, "{}"));

    assertThat(client.properties().trouble()).isInstanceOf(CallTrouble.Wait.class);
  }
}
