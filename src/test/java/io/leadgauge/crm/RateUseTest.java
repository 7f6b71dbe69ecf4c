package io.leadgauge.crm;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.crm.RateBudget.Lane;
import io.leadgauge.crm.RateBudget.Limit;
import io.leadgauge.crm.RateBudget.Permit;
import io.leadgauge.crm.RateBudget.Priority;
import io.leadgauge.sandbox.MeteredPortal;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of what the sandbox allows is used by callers who always have something to send, over an
 * hour of simulated calls: each is on its way for a while, is counted by the sandbox's own meter,
 * and is answered later, with the headers of that instant.
 */
class RateUseTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final long MILLI = 1_000_000;
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private final HandClock clock = HandClock.leaping();
  private final PriorityQueue<Step> steps =
      new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::number));
  private long numbers;
  private long taken;
  private long refused;

  /** Something that happens to a call at an instant. */
  private record Step(long at, long number, Runnable what) {}

  /**
   * One who calls with so many calls at once.
   *
   * @param slowest the longest that a call takes, in milliseconds; the shortest is a fifth of it
   */
  private void call(
      RateBudget budget,
      MeteredPortal portal,
      Priority priority,
      int slowest,
      RandomGenerator random)
      throws InterruptedException {
    Permit permit = (Permit) budget.acquire(Lane.RECORDS, priority);
    long took = random.nextLong(slowest / 5, slowest + 1L);
    long counted = clock.now() + random.nextLong(took + 1);
    long answered = clock.now() + took;
    int[] remaining = new int[1];
    step(
        counted,
        () -> {
          boolean allowed = portal.takes(clock.now());
          taken += allowed ? 1 : 0;
          refused += allowed ? 0 : 1;
          remaining[0] = portal.remaining(clock.now());
        });
    step(
        answered,
        () -> {
          budget.learn(Lane.RECORDS, new Limit(limit, TEN_SECONDS), remaining[0]);
          permit.close();
          idle++;
        });
    idle--;
  }

  private int limit;
  private int idle;

  private void step(long at, Runnable what) {
    steps.add(new Step(at, numbers++, what));
  }

  private void happen() {
    Step next = steps.remove();
    clock.move(Duration.ofMillis(Math.max(0, next.at() - clock.now())));
    next.what().run();
  }

  @ParameterizedTest(name = "{0} in ten seconds, {1} callers, up to {2} ms a call, {3}")
  @CsvSource({
    "100, 20, 100, LIVE, 990",
    "100, 20, 700, LIVE, 950",
    "190, 40, 700, LIVE, 950",
    "110, 20, 700, LIVE, 950",
    "100, 20, 100, BACKGROUND, 950",
    "190, 40, 100, BACKGROUND, 950",
  })
  void allowance_isUsedToTheRim_andNeverExceeded(
      int most,
      int callers,
      int slowest,
      Priority priority,
      long leastPerMille,
      TestReporter reporter)
      throws InterruptedException {
    long seed = 42;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    limit = most;
    idle = callers;
    Limit records = new Limit(most, TEN_SECONDS);
    RateBudget budget = new RateBudget(clock, records, records, records);
    MeteredPortal portal = new MeteredPortal(most);
    long end = clock.now() + HOUR;
    while (clock.now() < end) {
      // A call that has to wait must not make the clock leap past what happens meanwhile.
      boolean room = budget.pause(Lane.RECORDS, priority) <= 0;
      if (idle > 0 && room) {
        call(budget, portal, priority, slowest, random);
      } else if (idle > 0) {
        long wait = budget.pause(Lane.RECORDS, priority) / MILLI + 1;
        if (steps.isEmpty() || steps.element().at() > clock.now() + wait) {
          clock.move(Duration.ofMillis(wait));
        } else {
          happen();
        }
      } else {
        happen();
      }
    }
    long allowed = most * HOUR / TEN_SECONDS.toMillis();
    long perMille = taken * 1_000 / allowed;
    String figures =
        "seed %d: %d of %d calls (%d per mille), %d answered 429"
            .formatted(seed, taken, allowed, perMille, refused);
    reporter.publishEntry(figures);
    assertThat(refused).as(figures).isZero();
    assertThat(perMille).as(figures).isGreaterThanOrEqualTo(leastPerMille);
  }
}
