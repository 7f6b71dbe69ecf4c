package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.HandClock;
import io.leadgauge.crm.RateBudget;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RateBudget.Limit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DailyShareTest {
  private final HandClock clock = HandClock.leaping();
  private final Limit limit = new Limit(100, Duration.ofSeconds(10));
  private final RateBudget budget = new RateBudget(clock, limit, limit, limit);

  private DailyShare share(int percent) {
    return new DailyShare(budget, percent, clock);
  }

  private boolean isOpen() throws InterruptedException {
    RateBudget.Turn turn = budget.acquire(Lane.RECORDS);
    if (turn instanceof RateBudget.Permit permit) {
      permit.close();
      return true;
    }
    return false;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | api-usage=18/5000 | 4982",
        "50 | api-usage=18/5000 | 2499",
        "50 | api-usage=4990/5000 | 10",
        "100 | api-usage=18/5000; per-app-api-usage=17/250(appName=leadgauge) | 233",
        "100 | api-usage=18/5000;per-app-api-usage=300/250(appName=x) | 0",
        "100 | per-app-api-usage=17/250(appName=api-usage=1/2); api-usage=5000/5000 | 0",
        "1 | api-usage=0/99 | 0"
      })
  void left_isTheLeastOfOrgShareAndApp(int percent, String header, long left) {
    share(percent).answered(header);

    assertThat(budget.look().leftToday()).hasValue(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "api-usage=a/b", "api-usage=9999999999999/1"})
  void headerThatSaysNothing_teachesNothing(String header) {
    share(50).answered(header);

    assertThat(budget.look().leftToday()).isEmpty();
  }

  @Test
  void share_thatIsUsedUp_stopsUntilTheWindowMoves() throws InterruptedException {
    DailyShare share = share(50);
    for (int call = 0; call < 9; call++) {
      share.answered("api-usage=" + call + "/20");
    }
    assertThat(isOpen()).isTrue();

    share.answered("api-usage=10/20");
    assertThat(isOpen()).isFalse();
    assertThat(budget.look().reason()).contains("calls of this day are used up");

    clock.move(RateBudget.DAY_USED_UP.plusSeconds(1));
    assertThat(isOpen()).as("one call asks whether there is room").isTrue();
    share.answered("api-usage=11/20");
    assertThat(isOpen()).isFalse();

    clock.move(Duration.ofHours(24));
    assertThat(isOpen()).isTrue();
    share.answered("api-usage=1/20");
    assertThat(budget.look().leftToday()).hasValue(9);
    assertThat(isOpen()).isTrue();
  }

  @Test
  void ourOwnCalls_countForADay_byTheHour() {
    DailyShare share = share(50);
    share.answered(null);
    clock.move(Duration.ofHours(23));
    share.answered("api-usage=0/100");
    assertThat(budget.look().leftToday()).hasValue(48);

    clock.move(Duration.ofHours(1));
    share.answered("api-usage=0/100");
    assertThat(budget.look().leftToday()).hasValue(48);

    clock.move(Duration.ofHours(100));
    share.answered("api-usage=0/100");
    assertThat(budget.look().leftToday()).hasValue(49);
  }
}
