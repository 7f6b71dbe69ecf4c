package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.row;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.leadgauge.Shared;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Observed;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Rejected;
import io.leadgauge.model.RecordRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What real orgs have answered is understood, and what we send looks like what was recorded. */
class RecordedOrgAnswersTest extends OrgTest {
  private static final String FIRST = "003ak00000jvIfpAAE";
  private static final String SECOND = "003ak00000jvIfqAAE";

  private static String recorded(String name) {
    try {
      return Files.readString(Shared.path("contracts/salesforce/rest").resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(recorded(name));
  }

  private static ResponseDefinitionBuilder answer(int status, String name) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json;charset=UTF-8")
        .withBody(recorded(name));
  }

  private static List<RecordWrite> names() {
    return List.of(
        write(FIRST, Map.of("FirstName", "Siena", "LastName", "Dyer")),
        write(SECOND, Map.of("FirstName", "Markus", "LastName", "Blevins")));
  }

  /** Answers an update with what was recorded, and reads with what we sent. */
  private WriteAnswer written(ResponseDefinitionBuilder recorded) {
    org.answer(
        call ->
            call.method().equals("PATCH")
                ? recorded
                : rows(
                    row(FIRST, MODIFIED, "'FirstName':'Siena','LastName':'Dyer'"),
                    row(SECOND, MODIFIED, "'FirstName':'Markus','LastName':'Blevins'")));
    return client.write(names());
  }

  @Test
  void request_isTheRecordedOne() throws IOException {
    written(answer(200, "collections-update-success.json"));

    JsonNode sent =
        org.calls().stream()
            .filter(call -> call.method().equals("PATCH"))
            .findFirst()
            .orElseThrow()
            .body();
    assertThat(sent).isEqualTo(json("collections-update-request.json"));
  }

  @Test
  void success_isTakenByPlace() {
    WriteAnswer answer = written(answer(200, "collections-update-success.json"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.outcomes().values()).hasSize(2).allMatch(Observed.class::isInstance);
  }

  @Test
  void rolledBackAnswer_settlesEachRecord() {
    WriteAnswer answer = written(answer(200, "collections-update-all-or-none-failure.json"));

    assertThat(answer.trouble()).isNull();
    assertThat(answer.outcomes().values()).hasSize(2).allMatch(Rejected.class::isInstance);
  }

  @Test
  void unknownField_isKnownByItsWords() throws IOException {
    SalesforceError error = SalesforceError.of(json("error-unknown-field.json"));

    assertThat(Remedy.of(400, error)).isEqualTo(new Remedy.LeaveOut("AccountNumer"));
  }

  @Test
  void failureInASuccess_isRead() throws IOException {
    JsonNode result = json("save-result-success-false.json");
    SalesforceError error = SalesforceError.of(result.path("errors"));

    assertThat(error.code()).isEqualTo("MALFORMED_ID");
    assertThat(Remedy.of(error)).isEqualTo(new Remedy.Give());
  }

  /** The recording names a next page although it is the last: what counts is that it is done. */
  @Test
  void pageThatIsDone_isNotFollowed() throws IOException {
    List<JsonNode> records = new ArrayList<>();
    json("query-leads-page.json").path("records").forEach(records::add);
    org.answer(answer(200, "query-leads-page.json"));

    assertThat(client.listed("lead>").trouble()).isNull();
    assertThat(org.calls()).hasSize(1);
    assertThat(records).hasSize(8);
    assertThat(RowText.of(records.getFirst(), "FirstName")).isEqualTo("Bertha");
    assertThat(RowText.of(records.get(1), "City")).isEmpty();
    assertThat(RowText.of(records.get(1), "Address")).contains("\"state\":\"VA\"");
  }

  @Test
  void ids_ofTheRecordings_fitTheirChecksums() throws IOException {
    for (JsonNode record : json("collections-update-request.json").path("records")) {
      SalesforceId id = new SalesforceId(record.path("id").asText());
      assertThat(SalesforceId.of(id.text().substring(0, 15))).contains(id);
      assertThat(ObjectTypes.of(id)).contains(RecordRef.CONTACT);
    }
    assertThat(SalesforceId.of(json("bulk-job-complete.json").path("id").asText())).isPresent();
  }
}
