package io.leadgauge.cli;

import io.leadgauge.manifest.Catalog;
import io.leadgauge.manifest.Loaded;
import io.leadgauge.manifest.Problem;
import io.leadgauge.model.Clockwork;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Takes over manifests that have changed while {@code serve} runs. Looks at the folder now and
 * then; what has changed is read once it has stood still from one look to the next, so that the
 * several writes of one save are one change. Manifests with errors change nothing. Thread-safe.
 */
final class ManifestWatch implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ManifestWatch.class.getName());
  private static final int MOST_IN_THE_LOG = 5;

  private final ManifestFolder folder;
  private final Consumer<Catalog> taker;
  private final Clockwork clock;
  private final Duration every;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final Thread thread;
  private String taken;
  private String seen;
  private volatile Look look;
  private volatile boolean closed;
  private final AtomicLong generation = new AtomicLong(1);

  /**
   * What the last reading of the folder has found.
   *
   * @param at when it was read
   * @param problems what is wrong with it, or worth knowing; copied
   * @param refusal why it is not in force; empty if it is
   */
  record Look(long at, List<Problem> problems, String refusal) {
    Look {
      problems = List.copyOf(problems);
    }

    boolean isRefused() {
      return !refusal.isEmpty();
    }
  }

  /**
   * Makes one that does not look yet.
   *
   * @param first what is in force now
   * @param taker takes over what is in order
   * @param every how often to look; zero for only when told
   */
  ManifestWatch(
      ManifestFolder folder,
      ManifestFolder.Reading first,
      Consumer<Catalog> taker,
      Clockwork clock,
      Duration every) {
    this.folder = folder;
    this.taker = taker;
    this.clock = clock;
    this.every = every;
    this.taken = first.fingerprint();
    this.seen = first.fingerprint();
    this.look = new Look(clock.now(), first.loaded().problems(), "");
    this.thread = Thread.ofVirtual().name("manifests").unstarted(this::run);
  }

  void start() {
    if (every.isPositive()) {
      thread.start();
    }
  }

  /** Returns what the last reading has found. */
  Look look() {
    return look;
  }

  /** Returns how many readings have been taken over, the first included. */
  long generation() {
    return generation.get();
  }

  /** Returns the folder. */
  ManifestFolder folder() {
    return folder;
  }

  private void run() {
    lock.lock();
    try {
      long next = clock.now() + every.toMillis();
      while (!closed) {
        clock.awaitUntil(ended, next);
        if (!closed && clock.now() >= next) {
          glance();
          next = clock.now() + every.toMillis();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Looks once. */
  void glance() {
    attempt(
        () -> {
          String now = folder.fingerprint();
          boolean still = now.equals(seen);
          seen = now;
          if (still && !now.equals(taken)) {
            take(folder.read());
          }
        });
  }

  /** Reads the folder at once and takes it over, if it is in order. */
  Look reload() {
    lock.lock();
    try {
      attempt(() -> take(folder.read()));
      return look;
    } finally {
      lock.unlock();
    }
  }

  /** What fails on the way is tried again at the next look. */
  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      String refusal = "could not be taken over: " + e.getMessage();
      if (!refusal.equals(look.refusal())) {
        LOG.log(Level.ERROR, "manifests in " + folder.path() + " could not be taken over", e);
      }
      look = new Look(clock.now(), List.of(), refusal);
    }
  }

  private void take(ManifestFolder.Reading reading) {
    Loaded loaded = reading.loaded();
    String refusal = refusal(loaded);
    if (refusal.isEmpty()) {
      taker.accept(loaded.catalog());
      generation.incrementAndGet();
    } else {
      LOG.log(Level.WARNING, "manifests refused, the old ones stay in force: {0}", refusal);
    }
    taken = reading.fingerprint();
    look = new Look(clock.now(), loaded.problems(), refusal);
  }

  private static String refusal(Loaded loaded) {
    List<String> errors =
        loaded.problems().stream().filter(Problem::isError).map(Problem::toString).toList();
    if (!errors.isEmpty()) {
      String first = String.join("; ", errors.subList(0, Math.min(errors.size(), MOST_IN_THE_LOG)));
      int more = errors.size() - MOST_IN_THE_LOG;
      return more > 0 ? first + "; and " + more + " more" : first;
    }
    return loaded.catalog().isIdle() ? "no connection and no app is left; stop serve instead" : "";
  }

  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
