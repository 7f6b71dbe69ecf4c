package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import io.leadgauge.model.Due;
import io.leadgauge.model.RecordRef;
import io.leadgauge.store.DueRecord;
import io.leadgauge.store.DueWork;
import io.leadgauge.store.StoreException;
import io.leadgauge.store.StoreReader;
import io.leadgauge.store.StoredContact;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Scores contacts again whose result changes by time alone, and all contacts of a connection after
 * its manifest or model has changed. A page at a time, each page a transaction of its own behind
 * the live ones.
 */
final class Sweep implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Sweep.class.getName());
  private static final int PAGE = 200;
  private static final String SETTLED = "settled";
  private static final long RETRY_MILLIS = 1_000;

  private final Scopes scopes;
  private final Intake intake;
  private final StoreReader reader;
  private final Clockwork clock;
  private final Wakeup wakeup = new Wakeup();
  private final Thread thread;
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
    boolean settled = false;
    try {
      while (!closed) {
        try {
          if (!settled) {
            settleAnew();
            settled = true;
          }
          // What comes while we look rings the bell, which is heard at once.
          nextAt = Due.NEVER;
          nextAt = sweepDue();
          wakeup.sleep(clock, nextAt);
        } catch (StoreException | CompletionException e) {
          LOG.log(Level.WARNING, "sweep put off: {0}", e.getMessage());
          wakeup.sleep(clock, clock.now() + RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Goes over all contacts of a connection whose manifest or model is not the one that they were
   * last settled by: what is due for them may be something else now. Begins anew where it was cut
   * short.
   */
  private void settleAnew() {
    for (ConnectionScope scope : scopes.all()) {
      boolean same =
          reader.cursor(scope.id(), SETTLED).map(scope.configuration()::equals).orElse(false);
      if (!same) {
        settleAnew(scope);
      }
    }
  }

  private void settleAnew(ConnectionScope scope) {
    List<StoredContact> page = reader.contacts(scope.id(), 0, PAGE);
    while (!page.isEmpty() && !closed) {
      recheck(scope, page.stream().map(StoredContact::ref).toList(), false);
      page = reader.contacts(scope.id(), page.getLast().rowId(), PAGE);
    }
    if (!closed) {
      intake.submit(new Work.Flag(scope.id(), List.of(), SETTLED, scope.configuration())).join();
    }
  }

  /** Sweeps a page of each connection; returns when to look again. */
  private long sweepDue() {
    long next = Due.NEVER;
    for (ConnectionScope scope : scopes.all()) {
      long now = clock.now();
      List<DueRecord> due = reader.due(scope.id(), DueWork.SWEEP, now, PAGE);
      if (!due.isEmpty()) {
        recheck(scope, due.stream().map(DueRecord::ref).toList(), true);
      }
      boolean more = due.size() == PAGE;
      long then = reader.nextDue(scope.id(), DueWork.SWEEP, now).orElse(Due.NEVER);
      next = Math.min(next, more ? now : then);
    }
    return next;
  }

  private void recheck(ConnectionScope scope, List<RecordRef> contacts, boolean live) {
    intake.submit(new Work.Recheck(scope.id(), contacts, live)).join();
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
