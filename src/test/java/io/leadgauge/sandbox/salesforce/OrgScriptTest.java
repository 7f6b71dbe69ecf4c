package io.leadgauge.sandbox.salesforce;

import static io.leadgauge.sandbox.salesforce.OrgClient.COLLECTIONS;
import static io.leadgauge.sandbox.salesforce.OrgClient.DATA;
import static io.leadgauge.sandbox.salesforce.OrgClient.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults by chance, and what is planned for particular calls. */
class OrgScriptTest {
  private final OrgClient org = OrgClient.start();

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void faults_areThoseOfSalesforce() {
    assertThat(OrgFaults.parse("500=0.5, row-lock=0.25,webhook-duplicate=0.1").toString())
        .isEqualTo("500=0.5,webhook-duplicate=0.1,row-lock=0.25");
    assertThat(OrgFaults.parse("")).isEqualTo(OrgFaults.NONE);
    assertThatThrownBy(() -> OrgFaults.parse("429=0.1")).hasMessageContaining("429");
    assertThatThrownBy(() -> OrgFaults.parse("row-lock=2")).hasMessageContaining("row-lock=2");
    assertThat(org.post("/_sandbox/faults", "{'faults':'477=1'}").status()).isEqualTo(400);
  }

  @Test
  void plannedFault_strikesTheNextCallThatFits() {
    String lead = org.lead("");
    org.tell("/faults/next", "{'fault':'503','method':'PATCH','route':'/composite/sobjects'}");
    assertThat(org.query("SELECT Id FROM Lead").status()).isEqualTo(200);
    Answer refused = org.update(record("Lead", lead, "'Title':'CEO'"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("SERVER_UNAVAILABLE");
    assertThat(org.fields("Lead", lead).has("Title")).isFalse();
    assertThat(org.update(record("Lead", lead, "'Title':'CEO'")).status()).isEqualTo(200);
  }

  @Test
  void callThatIsDoneAndNotAnswered_isDone() {
    String lead = org.lead("");
    org.tell("/faults/next", "{'fault':'reset-after-apply','method':'PATCH'}");
    assertThatThrownBy(() -> org.update(record("Lead", lead, "'Title':'CEO'")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(org.fields("Lead", lead).path("Title").asText()).isEqualTo("CEO");
    assertThat(org.get("/_sandbox/calls").json().path("calls").findValuesAsText("outcome"))
        .contains("reset-after-apply");
  }

  @Test
  void gatewayTrouble_isNoJson() {
    org.tell("/faults/next", "{'fault':'502'}");
    Answer answer = org.get(DATA + "/limits");
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.header("Content-Type")).startsWith("text/html");
  }

  @Test
  void refusedSession_byChance_looksLikeAnExpiredOne() {
    org.tell("/faults/next", "{'fault':'401'}");
    assertThat(org.get(DATA + "/limits").code()).isEqualTo("INVALID_SESSION_ID");
  }

  @Test
  void rowLocks_strikeRecordsBySeededChance() {
    List<String> records = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      records.add(record("Lead", org.lead(""), "'Title':'CEO'"));
    }
    org.tell("/faults", "{'faults':'row-lock=0.25'}");
    JsonNode results = org.update(records.toArray(new String[0])).json();
    List<String> codes = results.findValuesAsText("statusCode");
    assertThat(codes.size()).isBetween(3, 20);
    assertThat(codes).containsOnly("UNABLE_TO_LOCK_ROW");
  }

  @Test
  void interleavedEdit_happensJustBeforeOrAfterTheCall() {
    String lead = org.lead("");
    String plan =
        "{'when':'%s','method':'PATCH','route':'/composite/sobjects','record':'"
            + lead
            + "',"
            + "'fields':{'Title':'%s'}}";
    org.tell("/interleave", plan.formatted("before", "by hand"));
    org.patch(COLLECTIONS, "{'records':[" + record("Lead", lead, "'Title':'ours'") + "]}");
    assertThat(org.fields("Lead", lead).path("Title").asText()).isEqualTo("ours");
    org.tell("/interleave", plan.formatted("after", "by hand"));
    org.patch(COLLECTIONS, "{'records':[" + record("Lead", lead, "'Title':'ours'") + "]}");
    assertThat(org.fields("Lead", lead).path("Title").asText()).isEqualTo("by hand");
    org.tell("/interleave", plan.formatted("after", "never"));
    org.delete("/_sandbox/script");
    org.patch(COLLECTIONS, "{'records':[" + record("Lead", lead, "'Title':'ours'") + "]}");
    assertThat(org.fields("Lead", lead).path("Title").asText()).isEqualTo("ours");
  }

  @Test
  void sameSeed_givesTheSameFaults() {
    List<Integer> one = statuses();
    try (OrgClient other = OrgClient.start()) {
      assertThat(statuses(other)).isEqualTo(one).contains(200, 500);
    }
  }

  private List<Integer> statuses() {
    return statuses(org);
  }

  private static List<Integer> statuses(OrgClient org) {
    org.tell("/faults", "{'faults':'500=0.3'}");
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      statuses.add(org.get(DATA + "/limits").status());
    }
    return statuses;
  }

  @Test
  void control_refusesWhatItDoesNotKnow_byName() {
    assertThat(org.post("/_sandbox/settings", "{'pageMust':1}").json().path("error").asText())
        .contains("pageMust");
    assertThat(org.post("/_sandbox/faults/next", "{'fault':'429'}").status()).isEqualTo(400);
    assertThat(org.get("/_sandbox/Leed").status()).isEqualTo(404);
    assertThat(org.post("/_sandbox/app", "{'certificate':'x'}").json().path("error").asText())
        .contains("certificate");
  }
}
