package io.leadgauge.crm.hubspot;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.answered;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.batch;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.contact;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.error;
import static io.leadgauge.crm.hubspot.HubSpotStandIn.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.leadgauge.crm.CallTrouble;
import io.leadgauge.crm.CallTrouble.Refused;
import io.leadgauge.crm.CallTrouble.Unknown;
import io.leadgauge.crm.CallTrouble.Wait;
import io.leadgauge.crm.RecordWrite;
import io.leadgauge.crm.WriteAnswer;
import io.leadgauge.crm.WriteAnswer.RecordOutcome.Undecided;
import io.leadgauge.crm.rest.RestTransport;
import io.leadgauge.model.RecordRef;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but success, told apart by what the caller can do about it. */
class HubSpotTroubleTest extends ClientTest {
  private static final List<RecordWrite> ONE =
      List.of(new RecordWrite(ref("7"), new TreeMap<>(Map.of("score", "1"))));

  /** Returns the trouble of a write that was answered like this; the contact is undecided. */
  private CallTrouble trouble(ResponseDefinitionBuilder answer) {
    hubSpot.answer(answer);
    return trouble(client);
  }

  private static CallTrouble trouble(HubSpotClient client) {
    WriteAnswer written = client.write(ONE);
    assertThat(written.outcomes()).isEqualTo(Map.of(ref("7"), new Undecided()));
    assertThat(written.trouble()).isNotNull();
    return written.trouble() == null ? new Unknown("") : written.trouble();
  }

  private static ResponseDefinitionBuilder limited(String policy, String message) {
    return answered(
        429,
        "{'status':'error','message':'%s','errorType':'RATE_LIMIT','policyName':'%s'}"
            .formatted(message, policy));
  }

  // ---- refused

  @Test
  void status401_isRefused_forTheToken() {
    CallTrouble trouble =
        trouble(answered(401, error("EXPIRED_AUTHENTICATION", "The token expired", "")));

    assertThat(trouble).isInstanceOf(Refused.class);
    assertThat(trouble.reason()).contains("access token", "401", "The token expired", "a996e7d6");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'context':{'requiredGranularScopes':['crm.objects.contacts.write'],'links':['x']}",
        "'errors':[{'message':'x','context':{'requiredGranularScopes':"
            + "['crm.objects.contacts.write']}}]"
      })
  void status403_namesTheScopes_whereverTheyStand(String where) {
    CallTrouble trouble = trouble(answered(403, error("MISSING_SCOPES", "Scopes needed.", where)));

    assertThat(trouble).isInstanceOf(Refused.class);
    assertThat(trouble.reason()).contains("403", "Scopes needed.", "crm.objects.contacts.write");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405, 413, 415, 418, 422})
  void otherClientErrors_areRefused(int status) {
    CallTrouble trouble = trouble(answered(status, error("X", "cannot do that", "")));

    assertThat(trouble).isInstanceOf(Refused.class);
    assertThat(trouble.reason()).contains(Integer.toString(status), "cannot do that");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirect_isNotFollowed(int status) {
    CallTrouble trouble =
        trouble(
            aResponse().withStatus(status).withHeader("Location", hubSpot.base() + "/elsewhere"));

    assertThat(trouble).isInstanceOf(Refused.class);
    assertThat(trouble.reason()).contains("redirects", "/elsewhere", "base address");
    assertThat(hubSpot.calls()).hasSize(1);
  }

  // ---- wait

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "423, -, 2",
        "423, 1, 2",
        "423, 5, 5",
        "477, -, 3600",
        "477, 7200, 7200",
        "477, 86400, 86400",
        "477, 90000, 90",
        "477, 999999999999, 86400",
        "500, -, 5",
        "502, -, 5",
        "503, 7, 7",
        "503, 30000, 30",
        "503, Wed 21 Oct, 5",
        "504, 0, 1",
        "521, -, 5",
        "522, -, 60",
        "523, -, 5",
        "524, -, 5",
        "525, -, 60",
        "408, -, 5",
      })
  void waits_asLongAsHubSpotAsks_withinReason(int status, String retryAfter, long seconds) {
    ResponseDefinitionBuilder answer = answered(status, error("", "not now", ""));
    CallTrouble trouble =
        trouble(retryAfter == null ? answer : answer.withHeader("Retry-After", retryAfter));

    assertThat(trouble)
        .isEqualTo(
            new Wait(
                Duration.ofSeconds(seconds),
                "HubSpot answered "
                    + status
                    + ": not now (correlationId a996e7d6-de07-46ef-bddc-897126eb8859)"));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "TEN_SECONDLY_ROLLING, You have reached your ten_secondly_rolling limit., -, 10",
        "'', You have reached your ten_secondly_rolling limit., 3, 3",
        "TEN_SECONDLY_ROLLING, x, 10000, 10",
        "TEN_SECONDLY_ROLLING, x, 86400, 60",
        "SECONDLY, You have reached your secondly limit., -, 1",
        "DAILY, You have reached your daily limit., -, 900",
        "DAILY, You have reached your daily limit., 40000, 40000",
        "'', Too many requests, -, 10",
      })
  void status429_waitsByItsPolicy(String policy, String message, String retryAfter, long seconds) {
    ResponseDefinitionBuilder answer = limited(policy, message);
    CallTrouble trouble =
        trouble(retryAfter == null ? answer : answer.withHeader("Retry-After", retryAfter));

    assertThat(trouble)
        .isEqualTo(new Wait(Duration.ofSeconds(seconds), "HubSpot answered 429: " + message));
  }

  @Test
  void burstLimit_thatIsOverByItsOwnHeaders_isWaitedForAMoment() {
    ResponseDefinitionBuilder over =
        limited("TEN_SECONDLY_ROLLING", "slow down")
            .withHeader("X-HubSpot-RateLimit-Remaining", "60");

    assertThat(trouble(over))
        .isEqualTo(new Wait(Duration.ofSeconds(1), "HubSpot answered 429: slow down"));
  }

  @Test
  void dayThatRunsOut_isWorthOneQuestionWhenItEnds() {
    hubSpot.answer(
        call ->
            call.path().startsWith("/account-info")
                ? ok("{'portalId':4711,'timeZone':'America/New_York'}")
                : ok(batch(List.of(contact("7", "'score':'1'")), List.of()))
                    .withHeader("X-HubSpot-RateLimit-Daily", "1000")
                    .withHeader("X-HubSpot-RateLimit-Daily-Remaining", "50"));

    client.write(ONE);
    client.write(ONE);

    assertThat(hubSpot.calls().stream().map(HubSpotStandIn.Call::path))
        .containsExactly(
            "/crm/v3/objects/contacts/batch/update",
            "/account-info/v3/details",
            "/crm/v3/objects/contacts/batch/update");
    assertThat(client.inBackground().write(ONE).trouble()).isInstanceOf(Wait.class);
    hubSpot.answer(limited("DAILY", "that was it for today"));
    CallTrouble trouble = trouble(client);
    assertThat(trouble).isInstanceOf(Wait.class);
    Instant end = Instant.ofEpochMilli(clock.now()).plus(((Wait) trouble).pause());
    assertThat(end.atZone(ZoneId.of("America/New_York")).toLocalTime())
        .isEqualTo(LocalTime.of(0, 0, 30));
  }

  @Test
  void burstLimit_holdsBackTheNextCall_untilItIsOver() {
    assertThat(trouble(limited("TEN_SECONDLY_ROLLING", "slow down"))).isInstanceOf(Wait.class);

    hubSpot.answer(ok(batch(List.of(contact("7", "'score':'1'")), List.of())));
    assertThat(client.write(ONE).trouble()).isNull();
    assertThat(clock.passed()).isBetween(Duration.ofSeconds(10), Duration.ofMillis(10_002));
  }

  @Test
  void dailyLimit_answersWithoutCalling_untilItIsOver() {
    assertThat(trouble(limited("DAILY", "that was it for today"))).isInstanceOf(Wait.class);

    CallTrouble next = trouble(client);

    assertThat(next).isInstanceOf(Wait.class);
    assertThat(next.reason()).contains("that was it for today");
    assertThat(client.changed(1, 2, "", Looked.at()).trouble()).isInstanceOf(Wait.class);
    assertThat(hubSpot.calls()).hasSize(1);

    clock.move(Duration.ofMinutes(15));
    hubSpot.answer(ok(batch(List.of(contact("7", "'score':'1'")), List.of())));
    assertThat(client.write(ONE).trouble()).isNull();
  }

  @Test
  void rateHeaders_areLearned() {
    hubSpot.answer(
        call ->
            ok(batch(List.of(contact("7", "'score':'1'")), List.of()))
                .withHeader("X-HubSpot-RateLimit-Max", "190")
                .withHeader("X-HubSpot-RateLimit-Remaining", call.number() == 0 ? "1" : "0")
                .withHeader("X-HubSpot-RateLimit-Interval-Milliseconds", "10000"));

    client.write(ONE);
    client.write(ONE);
    assertThat(clock.waits()).isZero();

    client.write(ONE);
    assertThat(clock.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void dailyHeader_atZero_closesThePortal() {
    hubSpot.answer(
        ok(batch(List.of(contact("7", "'score':'1'")), List.of()))
            .withHeader("X-HubSpot-RateLimit-Daily", "250000")
            .withHeader("X-HubSpot-RateLimit-Daily-Remaining", "0"));
    assertThat(client.write(ONE).trouble()).isNull();

    assertThat(trouble(client)).isInstanceOf(Wait.class);
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "-5,x,10000", "999999999999,5,10000", "100,5,0", "100,5,99999999"})
  void rateHeaders_senseless_arePassedOver(String max, String remaining, String interval) {
    hubSpot.answer(
        ok(batch(List.of(contact("7", "'score':'1'")), List.of()))
            .withHeader("X-HubSpot-RateLimit-Max", max)
            .withHeader("X-HubSpot-RateLimit-Remaining", remaining)
            .withHeader("X-HubSpot-RateLimit-Interval-Milliseconds", interval)
            .withHeader("X-HubSpot-RateLimit-Daily-Remaining", "many"));

    assertThat(client.write(ONE).trouble()).isNull();
    assertThat(client.write(ONE).trouble()).isNull();
    assertThat(clock.waits()).isZero();
  }

  @Test
  void nobodyListens_isAWait_sinceNothingWasSent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + port);
    try (HubSpotClient lost = client(nowhere, "v3", Duration.ofSeconds(20))) {
      CallTrouble trouble = trouble(lost);

      assertThat(trouble).isInstanceOf(Wait.class);
      assertThat(trouble.reason()).startsWith("HubSpot cannot be reached: ");
    }
  }

  // ---- unknown

  @Test
  void timeout_afterTheWriteWasApplied_isUnknown() {
    hubSpot.answer(
        ok(batch(List.of(contact("7", "'score':'1'")), List.of())).withFixedDelay(2_000));
    try (HubSpotClient hasty = client(hubSpot.base(), "v3", Duration.ofMillis(500))) {
      assertThat(trouble(hasty)).isEqualTo(new Unknown("no whole answer from HubSpot in time"));
    }
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void brokenConnection_isUnknown(Fault fault) {
    assertThat(trouble(aResponse().withFault(fault))).isInstanceOf(Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "<html>busy</html>", "[]", "null", "{} {}", "{\"results\":[1,}"})
  void successWithoutJson_isUnknown(String body) {
    assertThat(trouble(aResponse().withStatus(200).withBody(body)))
        .isEqualTo(new Unknown("HubSpot answered 200 with a body that is not JSON"));
  }

  @Test
  void invalidWithoutJson_isUnknown_andNotNarrowedDown() {
    assertThat(trouble(aResponse().withStatus(400).withBody("<html>proxy</html>")))
        .isEqualTo(new Unknown("HubSpot answered 400 with a body that is not JSON"));
    assertThat(hubSpot.calls()).hasSize(1);
  }

  @Test
  void outageWithoutJson_isAWait() {
    assertThat(trouble(aResponse().withStatus(502).withBody("<html>Bad gateway</html>")))
        .isEqualTo(new Wait(Duration.ofSeconds(5), "HubSpot answered 502: HubSpot gave no reason"));
  }

  @Test
  void emptySuccess_isNoSuccess() {
    assertThat(trouble(aResponse().withStatus(204))).isInstanceOf(Refused.class);
  }

  @Test
  void answerBeyondTheBound_isUnknown() {
    String large = " ".repeat(RestTransport.LARGEST_ANSWER) + "{}";

    CallTrouble trouble = trouble(aResponse().withStatus(200).withBody(large));

    assertThat(trouble).isInstanceOf(Unknown.class);
    assertThat(trouble.reason()).contains("larger than", "fewer properties");
  }

  // ---- what messages never hold

  @Test
  void message_isBounded_andOneLine_andWithoutTheToken() {
    String message = "bad token " + HubSpotStandIn.TOKEN + " \\n\\u0007" + "x".repeat(5_000);

    String reason = trouble(answered(403, error("X", message, ""))).reason();

    assertThat(reason).contains("bad token ***").doesNotContain(HubSpotStandIn.TOKEN);
    assertThat(reason).hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
  }

  // ---- threads

  @Test
  void interrupted_whileAnswering_isUnknown_andStaysInterrupted() throws Exception {
    hubSpot.answer(ok(batch(List.of(), List.of())).withFixedDelay(3_000));
    CompletableFuture<CallTrouble> outcome = new CompletableFuture<>();
    CompletableFuture<Boolean> flag = new CompletableFuture<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  outcome.complete(trouble(client));
                  flag.complete(Thread.currentThread().isInterrupted());
                });
    while (hubSpot.calls().isEmpty() && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    caller.interrupt();

    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(Unknown.class);
    assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void interrupted_beforeSending_isAWait_andNothingIsSent() {
    Thread.currentThread().interrupt();
    CallTrouble trouble;
    try {
      trouble = trouble(client);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }

    assertThat(trouble).isEqualTo(new Wait(Duration.ZERO, "interrupted before the call was sent"));
    assertThat(hubSpot.calls()).isEmpty();
  }

  @Test
  void call_onAnEventLoop_isAMistakeOfTheCaller() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      CompletableFuture<Object> outcome = new CompletableFuture<>();
      vertx.runOnContext(
          ignored -> {
            try {
              outcome.complete(client.read(RecordRef.CONTACT, List.of("7"), Set.of()));
            } catch (IllegalStateException e) {
              outcome.complete(e);
            }
          });
      assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, 3",
    "http://127.0.0.1, v3/../x",
    "http://127.0.0.1, ''",
    "api, v3"
  })
  void senselessAccess_isRefusedByName(String base, String version) {
    assertThatThrownBy(() -> client(URI.create(base), version, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected such as");
  }
}
