package io.leadgauge.crm.salesforce;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.answered;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.ok;
import static io.leadgauge.crm.salesforce.SalesforceStandIn.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CallTrouble.Refused;
import io.leadgauge.crm.CallTrouble.Unknown;
import io.leadgauge.crm.CallTrouble.Wait;
import io.leadgauge.crm.CrmClient;
import io.leadgauge.crm.OwnersAnswer;
import io.leadgauge.crm.RateBudget;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but success of a whole call, told apart by what the caller can do about it. */
class SalesforceTroubleTest extends OrgTest {
  private CallTrouble trouble(ResponseDefinitionBuilder answer) {
    org.answer(answer);
    return trouble(client);
  }

  private static CallTrouble trouble(CrmClient client) {
    OwnersAnswer answer = client.owners();
    assertThat(answer.ids()).isEmpty();
    assertThat(answer.trouble()).isNotNull();
    return answer.trouble() == null ? new Unknown("") : answer.trouble();
  }

  @ParameterizedTest
  @CsvSource({
    "403, API_DISABLED_FOR_ORG",
    "403, INSUFFICIENT_ACCESS_OR_READONLY",
    "403, FUNCTIONALITY_NOT_ENABLED",
    "400, MALFORMED_ID",
    "400, MISSING_ARGUMENT",
    "400, INVALID_TYPE",
    "400, MALFORMED_QUERY",
    "400, FIELD_CUSTOM_VALIDATION_EXCEPTION",
    "404, NOT_FOUND"
  })
  void refusal_isRefused_withItsWords(int status, String code) {
    CallTrouble trouble = trouble(refused(status, code, "what it says"));

    assertThat(trouble).isInstanceOf(Refused.class);
    assertThat(trouble.reason()).contains("what it says", code);
    assertThat(org.calls()).hasSize(1);
  }

  @Test
  void error_thatStandsBare_isReadToo() {
    CallTrouble trouble =
        trouble(answered(403, "{'message':'off','errorCode':'API_DISABLED_FOR_ORG'}"));

    assertThat(trouble.reason()).contains("off (API_DISABLED_FOR_ORG)");
  }

  @Test
  void retiredVersion_isRefused_withWhatToDo() {
    assertThat(trouble(refused(410, "UNSUPPORTED_API_VERSION", "gone")).reason())
        .contains("410", "api: version");
  }

  @Test
  void dayUsedUp_stopsAllCalls_untilTheWindowMoves() {
    CallTrouble trouble =
        trouble(refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));

    assertThat(trouble).isInstanceOf(Wait.class);
    assertThat(((Wait) trouble).pause()).isEqualTo(RateBudget.DAY_USED_UP);
    assertThat(client.count().trouble()).isInstanceOf(Wait.class);
    assertThat(client.inBackground().count().trouble()).isInstanceOf(Wait.class);
    assertThat(org.calls()).hasSize(1);

    clock.move(RateBudget.DAY_USED_UP.plusSeconds(1));
    org.answer(ok("{'totalSize':3,'done':true,'records':[]}"));
    assertThat(client.count().contacts()).isEqualTo(6);
  }

  @Test
  void tooManyLongCalls_isWaitedForAMoment() {
    String words = "ConcurrentPerOrgLongTxn Limit exceeded.";
    CallTrouble trouble = trouble(refused(403, "REQUEST_LIMIT_EXCEEDED", words));

    assertThat(trouble).isInstanceOf(Wait.class);
    assertThat(((Wait) trouble).pause()).isEqualTo(SalesforceAnswers.UNTIL_ROOM);
  }

  @Test
  void ourShareOfTheDay_stopsBeforeTheOrgDoes() {
    try (CrmClient tenth = adapter.connect(connection(login(), 10))) {
      org.answer(
          ok("{'totalSize':1,'done':true,'records':[]}")
              .withHeader("Sforce-Limit-Info", "api-usage=100/40"));
      assertThat(tenth.count().trouble()).isInstanceOf(Wait.class);
      assertThat(org.calls()).hasSize(1);
      assertThat(tenth.allowance().leftToday()).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 408})
  void outage_isWaitedFor(int status) {
    assertThat(trouble(aResponse().withStatus(status).withBody("<html>"))).isInstanceOf(Wait.class);
  }

  @Test
  void longQuery_isWaitedFor() {
    assertThat(trouble(refused(400, "QUERY_TIMEOUT", "too long"))).isInstanceOf(Wait.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirect_isNotFollowed(int status) {
    try (SalesforceStandIn elsewhere = new SalesforceStandIn()) {
      CallTrouble trouble =
          trouble(
              aResponse().withStatus(status).withHeader("Location", elsewhere.base() + "/there"));

      assertThat(trouble).isInstanceOf(Refused.class);
      assertThat(trouble.reason()).contains("redirects", "/there", "loginUrl");
      assertThat(elsewhere.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "\"text\"", "{\"a\":", "[1] [2]"})
  void success_withABodyThatIsNone_isUnknown(String body) {
    assertThat(trouble(aResponse().withStatus(200).withBody(body))).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = "EMPTY_RESPONSE|RANDOM_DATA_THEN_CLOSE",
      mode = EnumSource.Mode.MATCH_ANY)
  void brokenAnswer_isUnknown(Fault fault) {
    assertThat(trouble(aResponse().withFault(fault))).isInstanceOf(Unknown.class);
  }

  @Test
  void answerThatComesTooLate_isUnknown() {
    try (CrmClient hasty = adapter.connect(connection(login(), 100, Duration.ofMillis(300)))) {
      org.answer(ok("{'totalSize':1,'done':true,'records':[]}").withFixedDelay(2_000));

      assertThat(trouble(hasty)).isEqualTo(new Unknown("no whole answer from Salesforce in time"));
    }
  }

  @Test
  void orgThatCannotBeReached_isWaitedFor_withWhatToCheck() {
    org.login(call -> SalesforceStandIn.token("t", URI.create("http://127.0.0.1:1")));

    CallTrouble trouble = trouble(client);

    assertThat(trouble).isInstanceOf(Wait.class);
    assertThat(trouble.reason()).contains("cannot be reached", "credentials: loginUrl");
  }

  @Test
  void token_thatAnErrorQuotes_isMasked() {
    assertThat(trouble(refused(403, "API_DISABLED_FOR_ORG", "you sent token-0")).reason())
        .contains("you sent ***")
        .doesNotContain("token-0");
  }

  @Test
  void call_namesUsWhereThatMeansSomething() {
    org.answer(ok("{'totalSize':1,'done':true,'records':[]}"));
    assertThat(client.count().contacts()).isEqualTo(2);

    assertThat(org.calls())
        .allMatch(call -> call.header("Sforce-Call-Options").equals("client=leadgauge"));
  }
}
