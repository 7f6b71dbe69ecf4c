package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Due;
import io.leadgauge.pipeline.ConnectionHealth;
import io.leadgauge.store.DueWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a portal gives no new token nothing can be read; what comes is kept, and nobody storms. */
class TokenOutageTest {
  private static final String PORTAL = "111";
  private static final ConnectionId CONNECTION = AppHouse.connection(PORTAL);
  private static final int MINUTES = 120;
  private static final int ALL = 1_000_000;

  @TempDir Path folder;

  @Test
  void tokens_notGivenForHours_areAskedForOnceAMinute_andAllIsReadAfterwards() throws IOException {
    try (AppHouse house = new AppHouse(folder, "v3")) {
      house.install(PORTAL);
      house.clock.advance(Duration.ofMinutes(30));
      house.hubSpot.failTokens(ALL);
      for (int minute = 0; minute < MINUTES; minute++) {
        house.clock.advance(Duration.ofMinutes(1));
        String event = house.event(PORTAL, 1 + minute % 5, "occupation", "Other");
        assertThat(house.deliver("acme", "[" + event + "]")).isEqualTo(204);
        Await.until(
            "it is left alone",
            () -> {
              house.clock.advance(20);
              return health(house).pausedUntil() > house.clock.now();
            });
      }
      assertThat(ALL - house.hubSpot.failuresLeft()).isBetween(MINUTES / 2, 4 * MINUTES);
      assertThat(health(house).waitingForFacts()).isEqualTo(5);
      house.hubSpot.failTokens(0);
      Await.until(
          "all is read",
          () -> {
            house.clock.advance(100);
            return house.serve.reader().countDue(CONNECTION, DueWork.FETCH, Due.NEVER) == 0;
          });
      assertThat(house.hubSpot.refreshes(PORTAL)).isEqualTo(1);
    }
  }

  private static ConnectionHealth health(AppHouse house) {
    return house.serve.pipeline().health(CONNECTION, house.clock.now()).orElseThrow();
  }
}
