package io.leadgauge.pipeline;

import io.leadgauge.model.ConnectionId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Holds the intake's thread inside a transaction until it is let go. */
public final class StuckIntake implements AutoCloseable {
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);

  private final CompletableFuture<Long> standing;

  private StuckIntake(Intake intake, ConnectionId connection) {
    this.standing = intake.submit(new Work.Retry(connection, Long.MAX_VALUE, 0, told -> hold()));
  }

  /** Holds it; returns when it stands. */
  public static StuckIntake of(Pipeline pipeline, ConnectionId connection) {
    StuckIntake stuck = new StuckIntake(pipeline.intake(), connection);
    await(stuck.held);
    return stuck;
  }

  private void hold() {
    held.countDown();
    await(letGo);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    letGo.countDown();
    standing.handle((sequence, fault) -> sequence).join();
  }
}
