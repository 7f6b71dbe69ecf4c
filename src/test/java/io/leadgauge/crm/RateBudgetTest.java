package io.leadgauge.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadgauge.Await;
import io.leadgauge.crm.RateBudget.Closed;
import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.crm.RateBudget.Permit;
import io.leadgauge.crm.RateBudget.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class RateBudgetTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Limit SEARCHES = new Limit(4, Duration.ofSeconds(1));

  private final HandClock clock = HandClock.leaping();
  private final RateBudget budget = budget(clock, 3);

  private static RateBudget budget(HandClock clock, int calls) {
    return new RateBudget(
        clock, new Limit(calls, TEN_SECONDS), SEARCHES, new Limit(2, TEN_SECONDS));
  }

  private static Permit permit(RateBudget budget, Lane lane) {
    try {
      return (Permit) budget.acquire(lane);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void call(Lane lane) {
    permit(budget, lane).close();
  }

  private void calls(Lane lane, int count) {
    for (int i = 0; i < count; i++) {
      call(lane);
    }
  }

  @Test
  void acquire_withinTheLimit_doesNotWait() {
    calls(Lane.RECORDS, 3);

    assertThat(clock.waits()).isZero();
  }

  @Test
  void acquire_beyondTheLimit_waitsUntilTheOldestCallLeavesTheWindow() {
    call(Lane.RECORDS);
    clock.move(Duration.ofSeconds(4));
    calls(Lane.RECORDS, 2);

    call(Lane.RECORDS);

    assertThat(clock.passed()).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(2));
  }

  @Test
  void acquire_slowCall_countsUntilAWindowAfterItsAnswer() {
    Permit slow = permit(budget, Lane.RECORDS);
    clock.move(Duration.ofSeconds(30));
    slow.close();
    calls(Lane.RECORDS, 2);

    call(Lane.RECORDS);

    assertThat(clock.passed()).isGreaterThanOrEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void permit_closedTwice_countsOnce() {
    Permit permit = permit(budget, Lane.RECORDS);
    permit.close();
    permit.close();
    calls(Lane.RECORDS, 2);

    assertThat(clock.waits()).isZero();
  }

  @Test
  void search_usedUp_leavesRecordsAlone() {
    calls(Lane.SEARCH, 4);

    calls(Lane.RECORDS, 3);
    assertThat(clock.waits()).isZero();

    call(Lane.SEARCH);
    assertThat(clock.passed()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_002));
  }

  @Test
  void learn_greaterLimit_letsMoreThrough() {
    Permit first = permit(budget, Lane.RECORDS);
    budget.learn(Lane.RECORDS, new Limit(5, TEN_SECONDS), 4);
    first.close();

    calls(Lane.RECORDS, 4);
    assertThat(clock.waits()).isZero();

    call(Lane.RECORDS);
    assertThat(clock.waits()).isPositive();
  }

  @Test
  void learn_callsOfSomebodyElse_countAsOurs() {
    Permit first = permit(budget, Lane.RECORDS);
    budget.learn(Lane.RECORDS, new Limit(190, TEN_SECONDS), 1);
    first.close();

    call(Lane.RECORDS);
    assertThat(clock.waits()).isZero();

    call(Lane.RECORDS);
    assertThat(clock.passed()).isGreaterThanOrEqualTo(TEN_SECONDS);
  }

  @Test
  void learn_remainingBeyondReason_isBounded() {
    budget.learn(Lane.RECORDS, new Limit(2, TEN_SECONDS), Integer.MAX_VALUE);
    calls(Lane.RECORDS, 2);
    assertThat(clock.waits()).isZero();

    budget.learn(Lane.RECORDS, new Limit(2, TEN_SECONDS), Integer.MIN_VALUE);
    call(Lane.RECORDS);
    assertThat(clock.passed()).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(2));
  }

  @Test
  void close_shortPause_isSatOut() {
    budget.close(Lane.RECORDS, TEN_SECONDS, "too many");

    call(Lane.SEARCH);
    assertThat(clock.waits()).isZero();

    call(Lane.RECORDS);
    assertThat(clock.passed()).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(2));
  }

  @Test
  void close_longPause_isHandedBackUntilItIsOver() throws InterruptedException {
    budget.closeAll(Duration.ofHours(2), "the portal moves");
    clock.move(Duration.ofMinutes(30));

    for (Lane lane : Lane.values()) {
      assertThat(budget.acquire(lane))
          .isEqualTo(new Closed(Duration.ofMinutes(90), "the portal moves"));
    }

    clock.move(Duration.ofMinutes(90));
    call(Lane.RECORDS);
    assertThat(clock.waits()).isZero();
  }

  @Test
  void close_shorterThanTheOneBefore_changesNothing() throws InterruptedException {
    budget.close(Lane.RECORDS, Duration.ofHours(1), "long");
    budget.close(Lane.RECORDS, Duration.ofSeconds(1), "short");

    assertThat(budget.acquire(Lane.RECORDS)).isEqualTo(new Closed(Duration.ofHours(1), "long"));
  }

  @Test
  void learnDaily_noneLeft_closesBothLanes() throws InterruptedException {
    budget.learnDaily(0, 1);
    call(Lane.RECORDS);

    budget.learnDaily(0, 0);

    assertThat(budget.acquire(Lane.RECORDS)).isInstanceOf(Closed.class);
    assertThat(budget.acquire(Lane.SEARCH)).isInstanceOf(Closed.class);
    clock.move(RateBudget.DAY_USED_UP);
    call(Lane.RECORDS);
  }

  @Test
  void acquire_allUnderWay_waitsForAnAnswerAndThenAWindow() {
    HandClock still = HandClock.still();
    RateBudget one = budget(still, 1);
    Permit first = permit(one, Lane.RECORDS);
    CompletableFuture<Permit> second =
        CompletableFuture.supplyAsync(() -> permit(one, Lane.RECORDS));
    awaitWaits(still, 1);

    still.move(Duration.ofMinutes(5));
    first.close();
    awaitWaits(still, 2);
    assertThat(second).isNotDone();
    still.move(TEN_SECONDS.plusMillis(1));

    assertThat(second).succeedsWithin(10, TimeUnit.SECONDS);
  }

  @Test
  void acquire_interrupted_throwsAndUsesNothingUp() throws InterruptedException {
    HandClock still = HandClock.still();
    RateBudget one = budget(still, 1);
    permit(one, Lane.RECORDS).close();
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    outcome.completeExceptionally(
                        new AssertionError("got " + one.acquire(Lane.RECORDS)));
                  } catch (InterruptedException e) {
                    outcome.complete(e);
                  }
                });
    awaitWaits(still, 1);

    waiting.interrupt();

    assertThat(outcome).succeedsWithin(10, TimeUnit.SECONDS);
    still.move(TEN_SECONDS);
    permit(one, Lane.RECORDS).close();
  }

  // ---- live before background

  private static Permit permit(RateBudget budget, Priority priority) {
    try {
      return (Permit) budget.acquire(Lane.RECORDS, priority);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void background_aloneUsesAllButAFiftieth_spreadOverTheWindow() {
    RateBudget hundred = budget(clock, 100);
    for (int i = 0; i < 98; i++) {
      permit(hundred, Priority.BACKGROUND).close();
      assertThat(clock.passed()).isBetween(ofHundred(i), ofHundred(i).plusMillis(2L * i + 2));
    }
    permit(hundred, Priority.BACKGROUND).close();
    assertThat(clock.passed()).isBetween(TEN_SECONDS, TEN_SECONDS.plusMillis(300));
  }

  private static Duration ofHundred(int calls) {
    return TEN_SECONDS.dividedBy(100).multipliedBy(calls);
  }

  @Test
  void live_findsRoomAtOnce_whateverTheBackgroundHasUsed() {
    RateBudget hundred = budget(clock, 100);
    for (int i = 0; i < 500; i++) {
      permit(hundred, Priority.BACKGROUND).close();
    }
    int waits = clock.waits();
    for (int i = 0; i < 2; i++) {
      permit(hundred, Priority.LIVE).close();
    }
    assertThat(clock.waits()).isEqualTo(waits);
  }

  @Test
  void live_thatComesLater_goesFirst_andTheBackgroundOnceInTwenty() {
    HandClock still = HandClock.still();
    RateBudget one = budget(still, 1);
    permit(one, Priority.LIVE).close();
    Queue<Priority> served = new ConcurrentLinkedQueue<>();
    call(one, Priority.BACKGROUND, served);
    awaitWaits(still, 1);
    for (int i = 0; i < 25; i++) {
      call(one, Priority.LIVE, served);
      awaitWaits(still, 2 + i);
    }

    for (int i = 1; i <= 26; i++) {
      int enough = i;
      still.move(TEN_SECONDS.plusMillis(1));
      Await.until("call " + i, () -> served.size() == enough);
    }

    assertThat(List.copyOf(served).indexOf(Priority.BACKGROUND)).isEqualTo(18);
  }

  private static void call(RateBudget budget, Priority priority, Queue<Priority> served) {
    Thread.ofVirtual()
        .start(
            () -> {
              // Given back first: the clock moves on as soon as the call is seen to be served.
              permit(budget, priority).close();
              served.add(priority);
            });
  }

  @Test
  void lastTenthOfTheDay_isForLiveCalls_untilThePortalsMidnight() throws InterruptedException {
    budget.learnZone(ZoneId.of("America/New_York"));
    budget.learnDaily(1_000, 99);

    Duration left = budget.untilDayEnds();
    assertThat(budget.acquire(Lane.RECORDS, Priority.BACKGROUND))
        .isEqualTo(new Closed(left, "the last calls of this day are kept for live work"));
    call(Lane.RECORDS);
    assertThat(clock.waits()).isZero();

    clock.move(left);
    budget.learnDaily(1_000, 999);
    permit(budget, Priority.BACKGROUND).close();
  }

  @Test
  void day_endsAtMidnightOfThePortal_whereItsZoneIsKnown() throws InterruptedException {
    assertThat(budget.untilDayEnds()).isEqualTo(RateBudget.DAY_USED_UP);
    ZoneId zone = ZoneId.of("Asia/Tokyo");
    budget.learnZone(zone);
    budget.learnDaily(1_000, 0);

    Duration pause = ((Closed) budget.acquire(Lane.SEARCH)).pause();
    Instant end = Instant.ofEpochMilli(clock.now()).plus(pause);
    assertThat(end.atZone(zone).toLocalTime()).isEqualTo(LocalTime.of(0, 0, 30));
    assertThat(pause).isPositive().isLessThanOrEqualTo(Duration.ofHours(24).plusSeconds(30));
  }

  @Test
  void zone_isWorthACall_onceTheDayRunsOut() {
    budget.learnDaily(1_000, 500);
    assertThat(budget.asksForZone()).isFalse();
    budget.learnDaily(1_000, 99);
    assertThat(budget.asksForZone()).isTrue();
    assertThat(budget.asksForZone()).isFalse();
    clock.move(Duration.ofHours(1));
    assertThat(budget.asksForZone()).isTrue();
    budget.learnZone(ZoneId.of("UTC"));
    clock.move(Duration.ofHours(1));
    assertThat(budget.asksForZone()).isFalse();
  }

  @Test
  void association_countsAgainstItsOwnLimitAndAgainstThatOfRecords() {
    calls(Lane.ASSOCIATIONS, 2);
    assertThat(budget.look().used()).isEqualTo(2);
    call(Lane.RECORDS);
    assertThat(clock.waits()).isZero();

    call(Lane.ASSOCIATIONS);
    assertThat(clock.passed()).isGreaterThanOrEqualTo(TEN_SECONDS);
  }

  private static void awaitWaits(HandClock clock, int count) {
    while (clock.waits() < count && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
    assertThat(clock.waits()).isGreaterThanOrEqualTo(count);
  }

  /**
   * The law that the budget is for: the CRM, wherever on the way it counts, never sees too many.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyRollingWindowOfTheCrm_holdsNoMoreThanTheLimit(long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    int most = 1 + random.nextInt(5);
    RateBudget some = budget(clock, most);
    List<Long> countedAt = new ArrayList<>();
    List<Permit> underWay = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      if (underWay.size() == most || (!underWay.isEmpty() && random.nextInt(3) == 0)) {
        clock.move(Duration.ofMillis(random.nextInt(3_000)));
        underWay.remove(random.nextInt(underWay.size())).close();
        continue;
      }
      underWay.add(permit(some, Lane.RECORDS));
      long sentAt = clock.nanos();
      clock.move(Duration.ofMillis(random.nextInt(500)));
      countedAt.add(sentAt + random.nextLong(clock.nanos() - sentAt + 1));
    }
    for (int i = most; i < countedAt.size(); i++) {
      long span = countedAt.get(i) - countedAt.get(i - most);
      assertThat(span).as("seed %d, call %d", seed, i).isGreaterThanOrEqualTo(10_000_000_000L);
    }
  }

  @Test
  void limit_senseless_isRefused() {
    assertThatThrownBy(() -> new Limit(0, TEN_SECONDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a rate limit: 0 calls");
    assertThatThrownBy(() -> new Limit(1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limit(1, Duration.ofDays(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
