package io.leadgauge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadgauge.Await;
import io.leadgauge.MovableClock;
import io.leadgauge.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks after disk and log, where something goes wrong with the look itself. */
class CheckpointsTest {
  @TempDir Path folder;

  /** A log that fails whenever something is told, as one whose disk is full may. */
  private static final class FailingLog extends Handler {
    private final AtomicInteger failed = new AtomicInteger();

    @Override
    public void publish(LogRecord record) {
      failed.incrementAndGet();
      throw new IllegalStateException("no room for the log");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void faultInALook_endsNeitherTheNextLookNorTheNextCheckpoint() throws IOException {
    Path data = folder.resolve("data");
    Path away = folder.resolve("away");
    Logger told = Logger.getLogger(DiskWatch.class.getName());
    FailingLog failing = new FailingLog();
    MovableClock clock = new MovableClock(0);
    try (Store store = Store.open(data)) {
      DiskWatch disk = new DiskWatch(store);
      try (Checkpoints checkpoints = new Checkpoints(store, disk, clock)) {
        told.addHandler(failing);
        checkpoints.start();
        Files.move(data, away);
        awaitLook(clock, "the look fails", () -> failing.failed.get() > 0);
        assertThat(disk.look().trouble()).isNotEmpty();
        told.removeHandler(failing);
        Files.move(away, data);
        awaitLook(clock, "it looks again", () -> disk.look().trouble().isEmpty());
      } finally {
        told.removeHandler(failing);
      }
    }
  }

  private static void awaitLook(MovableClock clock, String what, BooleanSupplier condition) {
    Await.until(
        what,
        () -> {
          clock.advance(1_000);
          return condition.getAsBoolean();
        });
  }
}
