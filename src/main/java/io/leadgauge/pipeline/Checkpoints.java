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

  /** 6 MB: to sync so many is soon done, and commits beside it hardly wait. */
  private static final int MOST_PAGES = 1_500;

  /** 32 MB: so long may a start take to read it. */
  private static final int TOO_MANY_PAGES = 8_000;

  private static final long LOOK_EVERY_MILLIS = 500;
  private static final long LOOK_SOON_MILLIS = 100;

  private final Store store;
  private final DiskWatch disk;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Setbacks ofDisk = new Setbacks(LOG);
  private final Setbacks ofLog = new Setbacks(LOG);
  private final Thread thread;
  private volatile boolean closed;

  /** Much has come since the last look; the checkpoint thread's own. */
  private boolean isBusy;

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
        wakeup.sleep(clock, clock.now() + (isBusy ? LOOK_SOON_MILLIS : LOOK_EVERY_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkpointIfLong() {
    isBusy = false;
    if (store.logBytes() < MOST_PAGES * PAGE_BYTES) {
      return;
    }
    LogFill fill = store.logFill();
    isBusy = fill.unmovedPages() > MOST_PAGES;
    // One that is moved to its end starts over by itself.
    if (fill.pages() > TOO_MANY_PAGES && fill.unmovedPages() > 0) {
      store.endLog();
    } else if (isBusy) {
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
