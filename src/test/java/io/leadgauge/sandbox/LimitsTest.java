package io.leadgauge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadgauge.MovableClock;
import io.leadgauge.sandbox.SandboxClient.Reply;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String LIST = "/crm/v3/objects/contacts";

  private final MovableClock clock = new MovableClock(SandboxClient.NOW);

  private SandboxClient limited(Limits limits) {
    return SandboxClient.with(SandboxClient.options().withLimits(limits), clock);
  }

  @Test
  void calls_beyondTheTenSecondLimit_are429UntilTheWindowHasRolledOn() {
    try (SandboxClient sandbox = limited(new Limits(3, 100, 5))) {
      assertThat(sandbox.get(LIST).header("X-HubSpot-RateLimit-Remaining")).isEqualTo("2");
      clock.advance(Duration.ofSeconds(6));
      sandbox.get(LIST);
      sandbox.get(LIST);
      Reply refused = sandbox.get(LIST);
      assertThat(refused.status()).isEqualTo(429);
      JsonNode body = refused.json();
      assertThat(body.path("errorType").asText()).isEqualTo("RATE_LIMIT");
      assertThat(body.path("policyName").asText()).isEqualTo("TEN_SECONDLY_ROLLING");
      assertThat(body.path("message").asText())
          .isEqualTo("You have reached your ten_secondly_rolling limit.");
      clock.advance(Duration.ofSeconds(4));
      assertThat(sandbox.get(LIST).status()).as("only the first has rolled out").isEqualTo(200);
      assertThat(sandbox.get(LIST).status()).isEqualTo(429);
      clock.advance(Duration.ofSeconds(10));
      assertThat(sandbox.get(LIST).status()).isEqualTo(200);
    }
  }

  @Test
  void answers_tellWhereTheClientStands() {
    try (SandboxClient sandbox = limited(new Limits(3, 100, 5))) {
      Reply reply = sandbox.get(LIST);
      assertThat(reply.header("X-HubSpot-RateLimit-Max")).isEqualTo("3");
      assertThat(reply.header("X-HubSpot-RateLimit-Interval-Milliseconds")).isEqualTo("10000");
      assertThat(reply.header("X-HubSpot-RateLimit-Daily")).isEqualTo("100");
      assertThat(reply.header("X-HubSpot-RateLimit-Daily-Remaining")).isEqualTo("99");
    }
  }

  @Test
  void appsOfOneAccount_haveTenSecondLimitsOfTheirOwn() {
    try (SandboxClient sandbox = limited(new Limits(1, 100, 5))) {
      sandbox.get(LIST);
      assertThat(sandbox.get(LIST).status()).isEqualTo(429);
      assertThat(sandbox.send("GET", LIST, "", SandboxOptions.OTHER_TOKEN).status()).isEqualTo(200);
    }
  }

  @Test
  void calls_beyondTheDay_are429UntilMidnightOfTheAccount() {
    SandboxOptions options =
        SandboxClient.options()
            .withLimits(new Limits(0, 2, 5))
            .inZone(ZoneId.of("America/New_York"));
    try (SandboxClient sandbox = SandboxClient.with(options, clock)) {
      sandbox.get(LIST);
      sandbox.get(LIST);
      assertThat(sandbox.get(LIST).json().path("policyName").asText()).isEqualTo("DAILY");
      clock.advance(Duration.ofHours(18));
      assertThat(sandbox.get(LIST).status()).as("23:00 in New York").isEqualTo(429);
      clock.advance(Duration.ofHours(1));
      assertThat(sandbox.get(LIST).status()).isEqualTo(200);
    }
  }

  @Test
  void searches_haveALimitOfTheirOwnAndNoHeaders() {
    try (SandboxClient sandbox = limited(new Limits(1, 100, 2))) {
      sandbox.get(LIST);
      Reply first = sandbox.post(LIST + "/search", "{}");
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.header("X-HubSpot-RateLimit-Remaining")).isEmpty();
      sandbox.post(LIST + "/search", "{}");
      Reply refused = sandbox.post(LIST + "/search", "{}");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.json().path("policyName").asText()).isEqualTo("SECONDLY");
      assertThat(refused.json().path("message").asText())
          .isEqualTo("You have reached your secondly limit.");
      clock.advance(Duration.ofSeconds(1));
      assertThat(sandbox.post(LIST + "/search", "{}").status()).isEqualTo(200);
    }
  }

  @Test
  void limits_switchedOff_allowEverything() {
    try (SandboxClient sandbox = limited(Limits.OFF)) {
      for (int i = 0; i < 300; i++) {
        Reply reply = sandbox.get(LIST);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("X-HubSpot-RateLimit-Max")).isEmpty();
      }
    }
  }

  @Test
  void limit_belowZero_isRefused() {
    assertThatThrownBy(() -> new Limits(1, -2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-2");
  }
}
