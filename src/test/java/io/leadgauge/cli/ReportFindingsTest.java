package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadgauge.crm.CrmKind;
import io.leadgauge.crm.Finding;
import io.leadgauge.crm.Finding.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a report. */
class ReportFindingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long NOW = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();
  private static final String WELL =
      """
      {"connection":"acme","mode":"full","contacts":7,"waitingForFacts":0,"waitingForWrite":0,
       "lastDelivery":{"sequence":1,"receivedAt":"2026-11-22T09:59:25Z","reason":null},
       "lastRefused":null,"quarantined":0,"lastWriteAt":"2026-11-22T09:50:00Z","troubled":0,
       "trouble":null,"handOffsWaiting":0,"refusedFields":[],"propertiesSeen":["email"],
       "crm":{"answeredAt":"2026-11-22T09:00:00Z","pausedUntil":null,"trouble":""},
       "configuration":{"state":"in force","detail":"in force"}}
      """;

  /** Returns the finding about a subject of the good report with one field changed. */
  private static Finding found(String subject, String field, String value) throws IOException {
    ObjectNode report = (ObjectNode) JSON.readTree(WELL);
    if (!field.isEmpty()) {
      report.set(field, JSON.readTree(value.replace('\'', '"')));
    }
    return all(report).stream()
        .filter(one -> one.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  private static List<Finding> all(JsonNode report) {
    return all(report, CrmKind.HUBSPOT);
  }

  private static List<Finding> all(JsonNode report, CrmKind kind) {
    return new ReportFindings(
            "acme", report, true, PlatformWords.of(kind), new TreeSet<>(List.of("email")), NOW)
        .all();
  }

  @ParameterizedTest
  @CsvSource({
    "HUBSPOT, ./leadgauge setup acme --add-options makes what can be made",
    "SALESFORCE, ./leadgauge setup acme has a cure for each"
  })
  void versionThatLacksSomething_hasTheCureOfItsPlatform(CrmKind kind, String cure)
      throws IOException {
    ObjectNode report = (ObjectNode) JSON.readTree(WELL);
    report.set("configuration", JSON.readTree("{\"state\":\"needs setup\",\"detail\":\"x\"}"));

    assertThat(all(report, kind)).extracting(Finding::cure).contains(cure);
  }

  @Test
  void restoreThatIsNotCaughtUpWith_isTold_andWhatToDo() throws IOException {
    Finding reading = found("restore", "restore", "{'phase':'reading','detail':'340 of 1200'}");
    assertThat(reading.verdict()).isEqualTo(Verdict.WARNING);
    assertThat(reading.cure()).contains("wait");
    assertThat(found("restore", "restore", "{'phase':'paused','detail':'3 of 7'}").cure())
        .contains("./leadgauge approve acme");
  }

  @Test
  void goodReport_isWell() throws IOException {
    assertThat(all(JSON.readTree(WELL))).extracting(Finding::verdict).containsOnly(Verdict.OK);
    assertThat(found("last accepted", "", "").detail()).isEqualTo("35 s ago");
    assertThat(found("writes", "", "").detail()).isEqualTo("the last 10 min ago; 0 waiting");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quarantined | quarantined | 1 | WARNING | 1 delivery",
        "quarantined | quarantined | 3 | WARNING | 3 deliveries",
        "last accepted | lastDelivery | {'receivedAt':'2026-11-19T10:00:00Z'} | WARNING | 3 days"
            + " ago",
        "last accepted | lastDelivery | null | WARNING | none yet",
        "subscriptions | propertiesSeen | [] | WARNING | 0 of 1",
        "waiting for facts | waitingForFacts | 2 | OK | 2 of 7, on the way",
        "the CRM's answers | crm | {'trouble':'HubSpot answered 503','pausedUntil':'later'} |"
            + " PROBLEM | HubSpot answered 503; left alone until later",
        "writes | troubled | 4 | WARNING | 4 met trouble",
        "lg_label | refusedFields | [{'property':'lg_label','message':'no such"
            + " option','since':'x'}] | PROBLEM | no such option",
        "backfill | backfill | {'phase':'paused','detail':'paused: 3 contacts'} | PROBLEM | 3"
            + " contacts",
        "configuration | configuration | {'state':'paused','detail':'too many'} | PROBLEM | too"
            + " many",
        "configuration | configuration | {'state':'needs setup','detail':'create x'} | PROBLEM |"
            + " create x",
        "configuration | configuration | {'state':'needs upload','detail':'y'} | WARNING | y",
        "configuration | configuration | {'state':'scoring','detail':'z'} | OK | z"
      })
  void report_thatIsNotWell_isToldWithACure(
      String subject, String field, String value, Verdict verdict, String detail)
      throws IOException {
    Finding finding = found(subject, field, value);

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.detail()).contains(detail);
    assertThat(finding.cure().isEmpty()).isEqualTo(verdict == Verdict.OK);
  }

  @Test
  void contactsThatWaitWhileTheCrmDoesNotAnswer_areAProblem() throws IOException {
    ObjectNode report = (ObjectNode) JSON.readTree(WELL);
    report.put("waitingForFacts", 2);
    report.set("crm", JSON.readTree("{\"trouble\":\"away\",\"pausedUntil\":null}"));

    assertThat(all(report))
        .filteredOn(one -> one.subject().equals("waiting for facts"))
        .extracting(Finding::verdict)
        .containsExactly(Verdict.PROBLEM);
  }
}
