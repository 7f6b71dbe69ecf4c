package io.leadgauge.crm.salesforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Seeds;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OrgClockTest {
  private static final long ORG = 1_790_000_000_000L;

  @Test
  void clock_thatNobodyTold_showsNothing() {
    OrgClock clock = new OrgClock();
    clock.tell(0, 5);

    assertThat(clock.atLeast(7)).isZero();
  }

  /** Law: what is said never lies ahead of the org's clock, and not more than a second behind. */
  @Test
  void whatIsSaid_isNeverAheadOfTheOrg() {
    Seeds.forEach(
        500,
        random -> {
          OrgClock clock = new OrgClock();
          long now = random.nextLong(1_000);
          for (int answers = 0; answers < 50; answers++) {
            long sent = ORG + now;
            long arrives = now + random.nextLong(400);
            clock.tell(sent - sent % 1_000, nanos(arrives));
            now = arrives + random.nextLong(3_000);

            long said = clock.atLeast(nanos(now));
            assertThat(said).isLessThanOrEqualTo(ORG + now).isGreaterThan(ORG + now - 1_400);
          }
        });
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void oneClockThatIsAhead_isBelievedForAMinuteOnly() {
    OrgClock clock = new OrgClock();
    clock.tell(ORG + 50_000, 0);
    clock.tell(ORG, nanos(1));
    assertThat(clock.atLeast(nanos(1))).isEqualTo(ORG + 50_001);

    clock.tell(ORG + 61_000, nanos(61_000));
    assertThat(clock.atLeast(nanos(61_000))).isEqualTo(ORG + 61_000);
  }
}
