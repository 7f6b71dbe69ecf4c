package io.leadgauge.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guard itself: what it lets through and what it stops, in both path styles. */
class HubSpotContractTest {
  @BeforeAll
  static void needDescriptions() {
    assumeTrue(HubSpotContract.isThere(), "skipped: no descriptions");
  }

  private static List<String> problems(String method, String target, String body) {
    String json = body == null ? "" : body.replace('\'', '"');
    String type =
        target.startsWith("/oauth") ? "application/x-www-form-urlencoded" : "application/json";
    return HubSpotContract.problems(
        new SentRequest(method, target, "Bearer t", json.isEmpty() ? null : type, json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /crm/v3/objects/contacts/batch/read |"
            + " {'inputs':[{'id':'7'}],'properties':['email'],'propertiesWithHistory':[]}",
        "POST | /crm/objects/2026-03/contacts/batch/read |"
            + " {'inputs':[{'id':'7'}],'properties':['email'],'propertiesWithHistory':[]}",
        "POST | /crm/objects/2026-09/contacts/batch/read |"
            + " {'inputs':[{'id':'7'}],'properties':['email'],'propertiesWithHistory':[]}",
        "GET | /crm/v3/objects/contacts?limit=1 |",
        "GET | /crm/objects/2026-03/contacts?limit=1 |",
        "GET | /crm/properties/2026-03/contacts |",
        "POST | /crm/properties/2026-03/contacts/groups | {'name':'leadgauge','label':'Leadgauge'}",
        "GET | /account-info/2026-03/details |",
        "GET | /account-info/v3/details |",
        "POST | /crm/v3/objects/calls/batch/read |"
            + " {'inputs':[{'id':'7'}],'properties':[],'propertiesWithHistory':[]}",
        "POST | /crm/objects/2026-03/0-3/batch/read |"
            + " {'inputs':[{'id':'7'}],'properties':[],'propertiesWithHistory':[]}",
        "POST | /crm/v4/associations/contacts/companies/batch/read | {'inputs':[{'id':'7'}]}",
        "POST | /crm/associations/2026-03/contacts/companies/batch/read | {'inputs':[{'id':'7'}]}",
        "GET | /crm/owners/2026-03?limit=1 |",
        "POST | /oauth/2026-03/token | grant_type=authorization_code&code=c&code_verifier=v"
      })
  void described_requests_pass(String method, String target, String body) {
    assertThat(problems(method, target, body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /crm/v3/objects/contacts/batch/update | {'inputs':[{'properties':{}}]}",
        "POST | /crm/objects/2026-03/contacts/batch/update | {'inputs':[{'properties':{}}]}",
        "POST | /crm/objects/2026-03/contacts/batch/update |",
        "GET | /crm/objects/2026-03/contacts/batch/update |",
        "POST | /crm/objects/2026-03/contacts/batch/rewrite | {'inputs':[]}",
        "GET | /crm/objects/2026-03/deals?limit=1 |",
        "GET | /crm/v3/pipelines/contacts |",
        "GET | /account-info/2026-03/detail |",
        "POST | /crm/v3/properties/contacts | {'name':'a','label':'A'}",
        "GET | /crm/v3/objects/contacts?limit=many |",
        "POST | /oauth/2026-03/token | grant_type=authorization_code&code_verifer=v"
      })
  void other_requests_areStopped(String method, String target, String body) {
    assertThat(problems(method, target, body)).isNotEmpty();
  }
}
