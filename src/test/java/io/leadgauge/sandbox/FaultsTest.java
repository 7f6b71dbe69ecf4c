package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
  private static final String LIST = "/crm/v3/objects/contacts";

  @Test
  void spec_ofEveryKind_isReadAndPrintedAgain() {
    String spec =
        "429=0.01,500=0.02,reset=0.01,reset-after-apply=0.5,timeout=0.1,timeout-after-apply=0.01,"
            + "slow=200ms:0.05,webhook-duplicate=0.05,webhook-reorder=0.2";
    assertThat(Faults.parse(spec)).hasToString(spec);
    assertThat(Faults.parse(" ")).isEqualTo(Faults.NONE);
    assertThat(Faults.parse("slow=2s:1").slowBy()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense=0.1          | \"nonsense=0.1\": unknown name",
        "418=0.1               | \"418=0.1\": unknown name",
        "500                   | \"500\": expected name=share",
        "500=2                 | \"500=2\": the share must be a number from 0 to 1",
        "500=-0.1              | \"500=-0.1\": the share must be",
        "500=x                 | \"500=x\": the share must be",
        "500=0.1,500=0.2       | \"500=0.2\": it is there twice",
        "slow=0.1              | \"slow=0.1\": expected slow=duration:share",
        "slow=fast:0.1         | \"fast\" is no duration",
        "500=0.1,              | \"\": expected name=share",
        "500=0.6,reset=0.6     | add up to more than 1"
      })
  void spec_thatIsWrong_isRefusedByName(String spec, String message) {
    assertThatThrownBy(() -> Faults.parse(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("faults: ")
        .hasMessageContaining(message);
  }

  @Test
  void faults_ofOneSeed_areTheSame_andOfAnotherNot() {
    List<Integer> statuses = statuses(11);
    assertThat(statuses).contains(200, 429, 500, 503).isEqualTo(statuses(11));
    assertThat(statuses(12)).isNotEqualTo(statuses);
  }

  private static List<Integer> statuses(long seed) {
    SandboxOptions options =
        SandboxClient.options().withFaults(Faults.parse("429=0.2,500=0.2,503=0.2"));
    List<Integer> statuses = new ArrayList<>();
    try (SandboxClient sandbox = SandboxClient.seeded(options, seed)) {
      for (int i = 0; i < 60; i++) {
        statuses.add(sandbox.get(LIST).status());
      }
    }
    return statuses;
  }

  @ParameterizedTest
  @ValueSource(strings = {"401", "423", "429", "477", "500", "502", "503", "504", "521"})
  void status_asAFault_isAnsweredAndNothingIsDone(String status) {
    try (SandboxClient sandbox = faulty(status + "=1")) {
      assertThat(post(sandbox).statusCode()).isEqualTo(Integer.parseInt(status));
      assertThat(total(sandbox)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"timeout,0", "timeout-after-apply,1", "reset,0", "reset-after-apply,1"})
  void silence_asAFault_leavesTheCallDoneOrNot(String fault, int done) {
    try (SandboxClient sandbox = faulty(fault + "=1")) {
      assertThatThrownBy(() -> post(sandbox)).isInstanceOf(UncheckedIOException.class);
      assertThat(total(sandbox)).isEqualTo(done);
      JsonNode call = sandbox.get("/_sandbox/calls").json().at("/calls/0");
      assertThat(call.path("outcome").asText()).isEqualTo(fault);
    }
  }

  @Test
  void slowness_asAFault_answersLateWhatWasDoneAtOnce() {
    MovableClock clock = new MovableClock(SandboxClient.NOW);
    SandboxOptions options = SandboxClient.options().withFaults(Faults.parse("slow=1h:1"));
    try (SandboxClient sandbox = SandboxClient.with(options, clock)) {
      assertThatThrownBy(() -> post(sandbox))
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(HttpTimeoutException.class);
      assertThat(total(sandbox)).isEqualTo(1);
    }
  }

  @Test
  void faults_setWhileItRuns_holdFromThenOn() {
    try (SandboxClient sandbox = faulty("")) {
      assertThat(sandbox.get(LIST).status()).isEqualTo(200);
      sandbox.post("/_sandbox/faults", "{'faults':'500=1'}");
      assertThat(sandbox.get(LIST).status()).isEqualTo(500);
      SandboxClient.Reply wrong = sandbox.post("/_sandbox/faults", "{'faults':'x=1'}");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.json().path("error").asText()).contains("\"x=1\": unknown name");
    }
  }

  private static SandboxClient faulty(String spec) {
    return SandboxClient.with(SandboxClient.options().withFaults(Faults.parse(spec)));
  }

  private static int total(SandboxClient sandbox) {
    return sandbox.get("/_sandbox/contacts").json().path("total").asInt();
  }

  /** A call whose client waits half a second only. */
  private static HttpResponse<String> post(SandboxClient sandbox) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.sandbox().address() + LIST))
            .timeout(Duration.ofMillis(500))
            .header("Authorization", "Bearer " + SandboxOptions.TOKEN)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"properties\":{\"email\":\"x@acme.example\"}}"))
            .build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
