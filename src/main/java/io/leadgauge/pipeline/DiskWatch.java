package io.leadgauge.pipeline;

import io.leadgauge.store.Store;
import io.leadgauge.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Looks whether the data folder is where it was and has room, before a commit finds out. With less
 * than {@value #LEAST_FREE} bytes no delivery is taken: what is left is for the log and its way
 * into the file, for what the CRM answers, for erasures, and for whoever makes room. Thread-safe.
 */
public final class DiskWatch {
  private static final Logger LOG = System.getLogger(DiskWatch.class.getName());

  /** The log until it is emptied, the same once more for the file, and as much in reserve. */
  static final long LEAST_FREE = 64L << 20;

  private static final long WARNED_FREE = 8 * LEAST_FREE;
  private static final long MEBI = 1 << 20;

  private final Store store;
  private volatile Look look;

  /**
   * How the disk of the data folder stands.
   *
   * @param free how many bytes it takes yet
   * @param trouble why nothing should be taken; empty where all is well
   */
  public record Look(long free, String trouble) {
    /** Tells whether somebody should make room soon. */
    public boolean isShort() {
      return free < WARNED_FREE;
    }

    /** Returns what was found, for an operator. */
    public String detail() {
      return trouble.isEmpty() ? free / MEBI + " MiB are free" : trouble;
    }
  }

  DiskWatch(Store store) {
    this.store = store;
    this.look = seen();
  }

  /** Returns how it stood when it was looked at last. */
  public Look look() {
    return look;
  }

  /** Looks again. */
  void refresh() {
    Look before = look;
    Look now = seen();
    look = now;
    if (before.trouble().isEmpty() != now.trouble().isEmpty()) {
      if (now.trouble().isEmpty()) {
        LOG.log(Level.INFO, "the data folder takes deliveries again");
      } else {
        LOG.log(Level.ERROR, "no delivery is taken: {0}", now.trouble());
      }
    }
  }

  private Look seen() {
    try {
      store.requireInPlace();
    } catch (StoreException e) {
      return new Look(0, String.valueOf(e.getMessage()));
    }
    long free = store.freeBytes();
    return new Look(
        free,
        free >= LEAST_FREE
            ? ""
            : "the disk of the data folder has "
                + free / MEBI
                + " MiB left, "
                + LEAST_FREE / MEBI
                + " are kept in reserve; make room");
  }
}
