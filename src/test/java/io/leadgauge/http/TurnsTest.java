package io.leadgauge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.model.ConnectionId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Work of one connection does not wait for that of another. */
class TurnsTest {
  private static final ConnectionId NOISY = new ConnectionId("noisy");
  private static final ConnectionId QUIET = new ConnectionId("quiet");

  @Test
  void connection_behindManyPiecesOfAnother_hasItsTurn() throws InterruptedException {
    Turns turns = new Turns();
    AtomicInteger noisy = new AtomicInteger();
    CountDownLatch quiet = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    for (int count = 0; count < 1_000; count++) {
      turns.take(
          NOISY,
          () -> {
            begun.countDown();
            awaited(quiet);
            noisy.incrementAndGet();
          });
    }
    begun.await();
    turns.take(QUIET, quiet::countDown);
    assertThat(quiet.await(20, TimeUnit.SECONDS)).isTrue();
    Await.until("all is done", () -> noisy.get() == 1_000);
  }

  @Test
  void piecesOfOneConnection_areDoneOneAfterAnother_alsoAfterAFault() {
    Turns turns = new Turns();
    AtomicInteger done = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger mostAtOnce = new AtomicInteger();
    for (int count = 0; count < 500; count++) {
      boolean fails = count % 50 == 49;
      turns.take(
          NOISY,
          () -> {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            LockSupport.parkNanos(1);
            atOnce.decrementAndGet();
            done.incrementAndGet();
            if (fails) {
              throw new IllegalStateException("a fault in the middle of things");
            }
          });
    }
    Await.until("all is done", () -> done.get() == 500);
    assertThat(mostAtOnce.get()).isOne();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
