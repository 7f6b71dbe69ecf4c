package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Keeps the store's write-ahead log short, beside the commits and never inside one. */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Checkpoints.class.getName());
  private static final long MOST_LOG_BYTES = 16L << 20;
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Store store;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;
  private volatile boolean closed;

  Checkpoints(Store store, Clockwork clock) {
    this.store = store;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("checkpoint").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        checkpointIfLong();
        wakeup.sleep(clock, clock.now() + LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkpointIfLong() {
    try {
      if (store.logBytes() > MOST_LOG_BYTES) {
        store.checkpoint();
      }
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "checkpoint put off: {0}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
