package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.MovableClock;
import io.leadgauge.model.ConnectionId;
import io.leadgauge.model.Delivery;
import io.leadgauge.pipeline.IntakeQueue.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A queue for each connection, bounded in bytes and in time, served in turn. */
class IntakeQueueTest {
  private static final ConnectionId NOISY = new ConnectionId("noisy");
  private static final ConnectionId QUIET = new ConnectionId("quiet");
  private static final int PIECE = 10_000;

  private final MovableClock clock = new MovableClock(0);
  private final IntakeQueue queue =
      new IntakeQueue(
          new IntakeQueue.Bounds(
              100L * PIECE, 20L * PIECE, 5L * PIECE, Duration.ofSeconds(1), Duration.ofSeconds(3)));

  private static Waiting piece(ConnectionId connection, long atNanos) {
    Delivery delivery =
        new Delivery(connection, 1, "POST", "/webhooks/x", List.of(), new byte[PIECE - 2_000]);
    return new Waiting(
        new Work.Keep(connection, delivery, "a test"), atNanos, new CompletableFuture<>());
  }

  private int fill(ConnectionId connection) {
    int count = 0;
    while (queue.offer(piece(connection, 0))) {
      count++;
    }
    return count;
  }

  private long taken(ConnectionId connection) throws InterruptedException {
    return queue.take(clock, Long.MAX_VALUE).stream()
        .filter(item -> item.work().connection().equals(connection))
        .count();
  }

  @Test
  void connection_behindAFullQueueOfAnother_isInTheNextBatch() throws InterruptedException {
    assertThat(fill(NOISY)).isGreaterThan(50);
    assertThat(queue.offer(piece(QUIET, 0))).isTrue();
    assertThat(queue.offer(piece(QUIET, 0))).isTrue();
    assertThat(taken(QUIET)).isEqualTo(2);
  }

  @Test
  void connection_thatIsFull_leavesRoomForAnother() {
    fill(NOISY);
    assertThat(queue.isFull(NOISY, PIECE, 0)).isTrue();
    assertThat(queue.isFull(QUIET, PIECE, 0)).isFalse();
  }

  @Test
  void connection_whoseOldestHasWaitedTooLong_takesNothingFromOutsideUntilItIsTaken()
      throws InterruptedException {
    long late = Duration.ofSeconds(3).toNanos() + 1;
    assertThat(queue.offer(piece(NOISY, 0))).isTrue();
    assertThat(queue.isFull(NOISY, PIECE, late - 1)).isFalse();
    assertThat(queue.isFull(NOISY, PIECE, late)).isTrue();
    assertThat(queue.isFull(QUIET, PIECE, late)).isFalse();
    // Work of our own is not refused for that: whoever brings it waits for it.
    assertThat(queue.offer(piece(NOISY, late))).isTrue();
    assertThat(taken(NOISY)).isEqualTo(2);
    assertThat(queue.isFull(NOISY, PIECE, late)).isFalse();
  }

  private boolean isFull(ConnectionId connection) {
    return queue.isFull(connection, PIECE, clock.nanos());
  }

  private void offer(ConnectionId connection, int count) {
    for (int one = 0; one < count; one++) {
      assertThat(queue.offer(piece(connection, clock.nanos()))).isTrue();
    }
  }

  /** Takes a batch, and is half a second about it. */
  private long work() throws InterruptedException {
    long pieces = taken(NOISY);
    clock.advance(500);
    return pieces;
  }

  @Test
  void connection_whoseQueueIsLongerThanASecondOfWork_takesNothingMoreFromOutside()
      throws InterruptedException {
    offer(NOISY, 60);
    long batch = work();
    assertThat(batch).isBetween(20L, 30L);
    assertThat(work()).isEqualTo(batch);
    int waiting = 60 - 2 * (int) batch;
    for (; !isFull(NOISY); waiting++) {
      offer(NOISY, 1);
    }
    assertThat(waiting).isEqualTo(2 * batch + 1);
    assertThat(isFull(QUIET)).isFalse();

    // What is left takes a bit more than half a second; but twice that while another has its turns.
    assertThat(work()).isEqualTo(batch);
    assertThat(isFull(NOISY)).isFalse();
    offer(QUIET, 1);
    assertThat(isFull(NOISY)).isTrue();
    assertThat(isFull(QUIET)).isFalse();
  }

  @Test
  void batches_areShortWhileAnotherConnectionIsBusyToo_andForSomeAfterThat()
      throws InterruptedException {
    fill(NOISY);
    long alone = taken(NOISY);
    assertThat(alone).isGreaterThan(15);
    offer(QUIET, 1);
    for (int batch = 0; batch < 32; batch++) {
      fill(NOISY);
      assertThat(taken(NOISY)).as("batch %d", batch).isBetween(3L, 6L);
    }
    fill(NOISY);
    taken(NOISY);
    assertThat(taken(NOISY)).isEqualTo(alone);
  }

  @Test
  void batch_thatWasNotFull_saysNothingOfThePace() throws InterruptedException {
    offer(NOISY, 2);
    assertThat(work()).isEqualTo(2);
    offer(NOISY, 10);
    assertThat(work()).isEqualTo(10);
    offer(NOISY, 90);
    assertThat(isFull(NOISY)).isFalse();
  }
}
