package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DueRecord;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreReader;
import java.lang.System.Logger;
import java.util.List;

/**
 * Scores contacts again whose result changes by time alone. A page at a time, each page a
 * transaction of its own behind the live ones.
 */
final class Sweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());
  private static final int PAGE = 200;
  private static final long RETRY_MILLIS = 1_000;

  private final Scopes scopes;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;
  private final Setbacks setbacks = new Setbacks(LOG);
  private String at = "";
  private volatile long nextAt = Due.NEVER;
  private volatile boolean closed;

  Sweep(Scopes scopes, Intake intake, StoreReader reader, Clockwork clock) {
    this.scopes = scopes;
    this.intake = intake;
    this.reader = reader;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("sweep").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Tells that a record's time comes at {@code at}, perhaps earlier than was thought. */
  void expect(long at) {
    if (at < nextAt) {
      wakeup.ring();
    }
  }

  private void run() {
    try {
      while (!closed) {
        wakeup.sleep(clock, turn());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long turn() {
    try {
      // What comes while we look rings the bell, which is heard at once.
      nextAt = Due.NEVER;
      nextAt = sweepDue();
      setbacks.over();
      return nextAt;
    } catch (RuntimeException e) {
      setbacks.tell("sweep" + at, e);
      return clock.now() + RETRY_MILLIS;
    }
  }

  /** Sweeps a page of each connection; returns when to look again. */
  private long sweepDue() {
    long next = Due.NEVER;
    for (ConnectionScope scope : scopes.all()) {
      at = " of " + scope.id();
      long now = clock.now();
      List<DueRecord> due = reader.due(scope.id(), DueWork.SWEEP, now, PAGE);
      if (!due.isEmpty()) {
        recheck(scope, due.stream().map(DueRecord::ref).toList());
      }
      boolean more = due.size() == PAGE;
      long then = reader.nextDue(scope.id(), DueWork.SWEEP, now).orElse(Due.NEVER);
      next = Math.min(next, more ? now : then);
    }
    return next;
  }

  private void recheck(ConnectionScope scope, List<RecordRef> contacts) {
    intake.submit(new Work.Recheck(scope.id(), contacts)).join();
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
