package io.leadgauge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import io.leadgauge.http.Outcome.Lack;
import io.leadgauge.http.Outcome.Refusal;
import io.leadgauge.http.Outcome.Refused;
import io.leadgauge.http.Outcome.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whoever is told to come again is told when: in whole seconds, at least one. */
class RetryAfterTest {
  private static final List<Duration> WANTED =
      List.of(
          Duration.ofSeconds(-5),
          Duration.ZERO,
          Duration.ofNanos(1),
          Duration.ofMillis(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(1_001),
          Duration.ofHours(1));

  private static List<Outcome> outcomes() {
    List<Outcome> all = new ArrayList<>(List.of(new Outcome.Kept(1), new Outcome.BrokenOff()));
    for (Refusal refusal : Refusal.values()) {
      all.add(Refused.of(refusal, "x"));
    }
    for (Lack lack : Lack.values()) {
      WANTED.forEach(wanted -> all.add(new Unavailable(lack, wanted)));
    }
    return all;
  }

  private static void check(int status, Map<String, String> headers) {
    if (status == 503) {
      assertThat(headers.get("Retry-After")).matches("[1-9][0-9]*");
    } else {
      assertThat(status).isNotEqualTo(429).isLessThan(500);
      assertThat(headers).doesNotContainKey("Retry-After");
    }
  }

  @Test
  void everyAnswerOfThePublicPort_thatSaysNotNow_saysWhen() {
    Seeds.forEach(
        50,
        (SplittableRandom seed) ->
            outcomes()
                .forEach(
                    outcome -> {
                      for (boolean isMessage : new boolean[] {false, true}) {
                        Answer answer = Answer.to(outcome, isMessage, seed);
                        check(answer.status(), answer.headers());
                        check(answer.last().status(), answer.last().headers());
                        assertThat(answer.last().closes()).isTrue();
                      }
                    }));
  }

  @Test
  void everyLack_isOurTrouble() {
    for (Lack lack : Lack.values()) {
      Answer answer =
          Answer.to(new Unavailable(lack, Duration.ofSeconds(1)), new SplittableRandom(1));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error()).isNotEmpty();
    }
  }

  @Test
  void everyAnswerOfTheAdminPort_thatSaysNotNow_saysWhen() {
    Health.Check failed = new Health.Check("store", false, true, "not writable");
    for (AdminAnswer answer :
        List.of(AdminAnswer.busy(), AdminAnswer.ready(new Health(List.of(failed))))) {
      assertThat(answer.status()).isEqualTo(503);
      check(answer.status(), answer.headers());
    }
  }
}
