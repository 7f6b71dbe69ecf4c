package io.leadgauge.pipeline;

import io.leadgauge.crm.Grant;
import io.leadgauge.crm.GrantAnswer;
import io.leadgauge.crm.OAuthApp;
import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Due;
import io.leadgauge.pipeline.AppInstalls.Install;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Sees to the installs of apps on a thread of its own: notes which portals have shut an app out,
 * and erases them when their time has come. Thread-safe.
 */
public final class AppKeeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(AppKeeper.class.getName());
  private static final Duration AFTER_FAULT = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofHours(1);
  private static final int MOST_ERASED_AT_ONCE = 200;

  private final Wakeup wakeup = new Wakeup();
  private final Pipeline pipeline;
  private final AppInstalls installs;
  private final Clockwork clock;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Makes one that does not run yet.
   *
   * @param reader tells which installs there are
   * @param grants asks the CRM for tokens; blocks
   * @param changed serves what is to be served now
   */
  public AppKeeper(
      Pipeline pipeline,
      StoreReader reader,
      BiFunction<OAuthApp, Grant, GrantAnswer> grants,
      Clockwork clock,
      Runnable changed) {
    this.pipeline = pipeline;
    this.clock = clock;
    this.installs =
        new AppInstalls(pipeline.intake(), reader.installs(), grants, clock, changed, wakeup::ring);
    this.thread = Thread.ofVirtual().name("apps").unstarted(this::run);
  }

  /** Returns the installs. */
  public AppInstalls installs() {
    return installs;
  }

  /** Begins to see to them. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        wakeup.sleep(clock, attempt());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sees to all once; returns when to look again unless woken. */
  private long attempt() {
    try {
      installs.note();
      return eraseDue();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the installs of apps cannot be seen to, and are again soon", e);
      return clock.now() + AFTER_FAULT.toMillis();
    }
  }

  private long eraseDue() {
    long next = Due.NEVER;
    for (Install one : List.copyOf(installs.all().values())) {
      long at = installs.erasedAt(one).map(Instant::toEpochMilli).orElse(Due.NEVER);
      boolean isLate = at <= clock.now() && !erased(one);
      next = Math.min(next, isLate ? clock.now() + LOOK_AGAIN.toMillis() : futureOnly(at));
    }
    return next;
  }

  private long futureOnly(long at) {
    return at <= clock.now() ? Due.NEVER : at;
  }

  /** What is erased cannot be brought back, so the portal is asked once more. */
  private boolean erased(Install one) {
    long askedAt = clock.nanos();
    return switch (installs.askAgain(one)) {
      case GrantAnswer.Failed failed -> {
        LOG.log(
            Level.WARNING,
            "{0} is not erased yet, since it cannot be asked once more: {1}",
            one.kept().connection(),
            failed.trouble().reason());
        yield false;
      }
      case GrantAnswer.Granted granted -> {
        installs.takeBack(one, granted, askedAt);
        yield true;
      }
      case GrantAnswer.Gone gone -> {
        long from = 1;
        while (from != Long.MAX_VALUE && !closed) {
          from = installs.erase(one, MOST_ERASED_AT_ONCE, from);
        }
        pipeline.erasures().wake();
        yield true;
      }
    };
  }

  /** Stops; to be closed before the pipeline, which keeps what comes in until then. */
  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    installs.close();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
