package io.leadgauge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemClockworkTest {
  private final SystemClockwork clock = new SystemClockwork();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition condition = lock.newCondition();

  private Duration await(long at) throws InterruptedException {
    lock.lock();
    try {
      long before = clock.nanos();
      clock.awaitUntil(condition, at);
      return Duration.ofNanos(clock.nanos() - before);
    } finally {
      lock.unlock();
    }
  }

  @Test
  void await_untilAnInstantThatIsPast_returnsAtOnce() throws InterruptedException {
    assertThat(await(clock.now() - 10_000)).isLessThan(Duration.ofSeconds(10));
    assertThat(await(Long.MIN_VALUE)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void await_untilAnInstantToCome_returnsNotLongAfterIt() throws InterruptedException {
    assertThat(await(clock.now() + 100)).isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
  }

  @Test
  void await_forASignalAlone_returnsWhenItComes() throws InterruptedException {
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    await(Long.MAX_VALUE);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    while (waiting.isAlive()) {
      lock.lock();
      try {
        condition.signalAll();
      } finally {
        lock.unlock();
      }
      Thread.onSpinWait();
    }
    assertThat(waiting.isInterrupted()).isFalse();
  }
}
