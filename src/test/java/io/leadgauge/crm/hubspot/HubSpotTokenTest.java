package io.leadgauge.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.ApiAccess;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.PropertiesAnswer;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.crm.RefreshedToken;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Secret;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A call whose token HubSpot refuses. */
class HubSpotTokenTest {
  private final Vertx vertx = Vertx.vertx();
  private final HandClock clock = HandClock.still();
  private final HubSpotStandIn hubSpot = new HubSpotStandIn();
  private final AtomicInteger refreshes = new AtomicInteger();
  private final RefreshedToken token =
      new RefreshedToken(
          Secret.of("refresh"),
          refresh ->
              new GrantAnswer.Granted(
                  Secret.of("access-" + refreshes.incrementAndGet()),
                  refresh,
                  Duration.ofMinutes(30),
                  "1"),
          kept -> {},
          gone -> {},
          clock);

  @AfterEach
  void close() {
    hubSpot.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private PropertiesAnswer call() {
    Limit limit = new Limit(100, Duration.ofSeconds(10));
    ApiAccess api = new ApiAccess(hubSpot.base(), "v3", token, Duration.ofSeconds(20), 100);
    try (HubSpotClient client =
        new HubSpotClient(
            vertx, new ConnectionId("acme"), api, new RateBudget(clock, limit, limit, limit))) {
      return client.properties();
    }
  }

  @Test
  void call_refusedOnce_isMadeAgainWithAnotherToken() {
    hubSpot.answer(
        call ->
            call.number() == 0
                ? HubSpotStandIn.answered(401, HubSpotStandIn.error("EXPIRED", "expired", ""))
                : HubSpotStandIn.ok("{'results':[{'name':'email'}]}"));

    assertThat(call().properties()).containsOnlyKeys("email");
    assertThat(refreshes).hasValue(2);
  }

  @Test
  void call_refusedAgainAndAgain_endsAndMakesNoStormOfRefreshes() {
    hubSpot.answer(HubSpotStandIn.answered(401, HubSpotStandIn.error("EXPIRED", "expired", "")));

    for (int i = 0; i < 5; i++) {
      assertThat(String.valueOf(call().trouble())).contains("401");
    }
    assertThat(refreshes).hasValue(2);
    assertThat(hubSpot.calls()).hasSize(6);
  }
}
