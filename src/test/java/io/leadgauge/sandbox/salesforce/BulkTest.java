package io.leadgauge.sandbox.salesforce;

import static io.leadgauge.sandbox.salesforce.OrgClient.DATA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.Shared;
import io.leadgauge.sandbox.salesforce.OrgClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BulkTest {
  private static final String JOBS = DATA + "/jobs/query";

  private final MovableClock clock = new MovableClock(OrgClient.NOW);
  private final OrgClient org = OrgClient.with(SalesforceOptions.defaults(), clock);

  @AfterEach
  void close() {
    org.close();
  }

  private String job(String operation, String soql) {
    Answer created = org.post(JOBS, "{'operation':'" + operation + "','query':\"" + soql + "\"}");
    assertThat(created.status()).as(created.raw().body()).isEqualTo(200);
    assertThat(created.json().path("state").asText()).isEqualTo("UploadComplete");
    assertThat(created.json().path("id").asText()).startsWith("750");
    return created.json().path("id").asText();
  }

  private JsonNode await(String job, String state) {
    clock.advance(Duration.ofSeconds(1));
    Await.until(state, () -> org.get(JOBS + "/" + job).json().path("state").asText().equals(state));
    return org.get(JOBS + "/" + job).json();
  }

  @Test
  void job_takesAWhile_andShowsTheRecordsOfTheMomentWhenItRan() throws IOException {
    String lead = org.lead("'Title':'Head of \\\"R&D\\\", EMEA','NumberOfEmployees':5");
    String job =
        job("query", "SELECT Id, Title, NumberOfEmployees, Email, SystemModstamp FROM Lead");
    Answer early = org.get(JOBS + "/" + job + "/results");
    assertThat(early.status()).isEqualTo(400);
    JsonNode done = await(job, "JobComplete");
    assertThat(done.path("numberRecordsProcessed").asInt()).isEqualTo(1);
    assertThat(done.path("jobType").asText()).isEqualTo("V2Query");
    JsonNode recorded =
        OrgClient.json(
            Files.readString(Shared.path("contracts/salesforce/rest/bulk-job-complete.json")));
    TreeSet<String> common = new TreeSet<>(List.of("id", "operation", "object", "state"));
    common.addAll(List.of("createdById", "createdDate", "systemModstamp", "concurrencyMode"));
    common.addAll(List.of("contentType", "apiVersion", "jobType", "lineEnding", "retries"));
    common.addAll(List.of("columnDelimiter", "numberRecordsProcessed", "totalProcessingTime"));
    for (String name : common) {
      assertThat(done.path(name).getNodeType())
          .as(name)
          .isEqualTo(recorded.path(name).getNodeType());
    }
    org.patch(DATA + "/sobjects/Lead/" + lead, "{'Title':'CEO'}");
    Answer results = org.get(JOBS + "/" + job + "/results");
    assertThat(results.header("Content-Type")).startsWith("text/csv");
    assertThat(results.header("Sforce-Locator")).isEqualTo("null");
    assertThat(results.header("Sforce-NumberOfRecords")).isEqualTo("1");
    assertThat(results.raw().body())
        .isEqualTo(
            """
            "Id","Title","NumberOfEmployees","Email","SystemModstamp"
            "%s","Head of ""R&D"", EMEA","5","","2026-11-21T10:00:00.000Z"
            """
                .formatted(lead));
  }

  @Test
  void results_comeInParts() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      all.add(org.lead(""));
    }
    String job = job("query", "SELECT Id FROM Lead ORDER BY Id");
    await(job, "JobComplete");
    List<String> found = new ArrayList<>();
    String locator = "";
    int parts = 0;
    while (!locator.equals("null")) {
      String from = locator.isEmpty() ? "" : "&locator=" + locator;
      Answer part = org.get(JOBS + "/" + job + "/results?maxRecords=5" + from);
      List<String> lines = part.raw().body().lines().skip(1).toList();
      assertThat(part.header("Sforce-NumberOfRecords")).isEqualTo("" + lines.size());
      assertThat(lines).hasSizeBetween(1, 5);
      lines.forEach(line -> found.add(line.replace("\"", "")));
      locator = part.header("Sforce-Locator");
      parts++;
    }
    assertThat(found).containsExactlyElementsOf(all);
    assertThat(parts).isGreaterThan(5);
    assertThat(org.get(JOBS + "/" + job + "/results?locator=x!").status()).isEqualTo(400);
  }

  @Test
  void queryAll_hasDeletedRecordsToo() {
    org.delete(DATA + "/sobjects/Lead/" + org.lead(""));
    String job = job("queryAll", "SELECT IsDeleted FROM Lead");
    await(job, "JobComplete");
    assertThat(org.get(JOBS + "/" + job + "/results").raw().body())
        .isEqualTo("\"IsDeleted\"\n\"true\"\n");
  }

  @Test
  void job_failsIsAbortedAndDeleted() {
    String compound = job("query", "SELECT Address FROM Lead");
    assertThat(await(compound, "Failed").path("errorMessage").asText())
        .contains("compound data not supported");
    org.tell("/settings", "{'bulkFails':true}");
    assertThat(await(job("query", "SELECT Id FROM Lead"), "Failed").has("errorMessage")).isTrue();
    org.tell("/settings", "{'bulkFails':false,'bulkMillis':60000}");
    String slow = job("query", "SELECT Id FROM Lead");
    assertThat(org.delete(JOBS + "/" + slow).status()).isEqualTo(400);
    assertThat(org.patch(JOBS + "/" + slow, "{'state':'Aborted'}").json().path("state").asText())
        .isEqualTo("Aborted");
    assertThat(org.delete(JOBS + "/" + slow).status()).isEqualTo(204);
    assertThat(org.get(JOBS + "/" + slow).status()).isEqualTo(404);
    assertThat(org.get(JOBS).json().path("records")).hasSize(2);
  }

  @Test
  void job_thatCannotBe_isRefused() {
    assertThat(org.post(JOBS, "{'operation':'query','query':'SELECT'}").code())
        .isEqualTo("MALFORMED_QUERY");
    assertThat(org.post(JOBS, "{'operation':'query','query':'SELECT Foo__c FROM Lead'}").code())
        .isEqualTo("INVALID_FIELD");
    assertThat(org.post(JOBS, "{'operation':'query','query':'SELECT COUNT() FROM Lead'}").status())
        .isEqualTo(400);
    assertThat(org.post(JOBS, "{'operation':'delete','query':'SELECT Id FROM Lead'}").status())
        .isEqualTo(400);
    String job = job("query", "SELECT Id FROM Lead");
    assertThat(
            org.send(
                    "GET",
                    JOBS + "/" + job,
                    "",
                    Map.of("Authorization", "Bearer " + SalesforceOptions.OTHER_TOKEN))
                .status())
        .as("somebody else's")
        .isEqualTo(404);
  }
}
