package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.store.LogFill;
import io.leadgauge.store.Store;
import java.lang.System.Logger;

/**
 * Keeps the store's write-ahead log short, beside the commits and never inside one, and looks after
 * the disk meanwhile. Where commits leave no gap in which the log could start over, the last pages
 * are moved between two of them. No fault of either ends it.
 */
final class Checkpoints implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Checkpoints.class.getName());
  private static final long PAGE_BYTES = 4 << 10;

  /** 16 MB: a page that was changed many times is moved once. */
  private static final int MOST_PAGES = 4_000;

  private static final int TOO_MANY_PAGES = 2 * MOST_PAGES;
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Store store;
  private final DiskWatch disk;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Setbacks ofDisk = new Setbacks(LOG);
  private final Setbacks ofLog = new Setbacks(LOG);
  private final Thread thread;
  private volatile boolean closed;

  Checkpoints(Store store, DiskWatch disk, Clockwork clock) {
    this.store = store;
    this.disk = disk;
    this.clock = clock;
    this.thread = Thread.ofPlatform().daemon().name("checkpoint").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        ofDisk.attempt("the look at the disk", disk::refresh);
        ofLog.attempt("checkpoint", this::checkpointIfLong);
        wakeup.sleep(clock, clock.now() + LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkpointIfLong() {
    if (store.logBytes() < MOST_PAGES * PAGE_BYTES) {
      return;
    }
    LogFill fill = store.logFill();
    // One that is moved to its end starts over by itself.
    if (fill.pages() > TOO_MANY_PAGES && fill.unmovedPages() > 0) {
      store.endLog();
    } else if (fill.unmovedPages() > MOST_PAGES) {
      store.checkpoint();
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
