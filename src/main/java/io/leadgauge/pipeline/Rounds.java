package io.leadgauge.pipeline;

import io.leadgauge.model.Clockwork;
import java.lang.System.Logger;

/**
 * Something that is done again and again by a virtual thread of its own, and that no fault ends.
 * Thread-safe.
 */
final class Rounds implements AutoCloseable {
  private static final long RETRY_MILLIS = 60_000;

  private final String what;
  private final Clockwork clock;
  private final Round round;
  private final Wakeup wakeup = new Wakeup();
  private final Setbacks setbacks;
  private final Thread thread;
  private volatile boolean closed;

  /** One round. */
  @FunctionalInterface
  interface Round {
    /** Does what is to be done; returns when to look again. */
    long turn() throws InterruptedException;
  }

  Rounds(String what, Logger log, Clockwork clock, Round round) {
    this.what = what;
    this.clock = clock;
    this.round = round;
    this.setbacks = new Setbacks(log);
    this.thread = Thread.ofVirtual().name(what).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Begins the next round at once. */
  void wake() {
    wakeup.ring();
  }

  boolean isClosed() {
    return closed;
  }

  /** Sleeps inside a round: for so long, or until woken. */
  void sleep(long millis) throws InterruptedException {
    wakeup.sleep(clock, clock.now() + millis);
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

  private long turn() throws InterruptedException {
    try {
      long next = round.turn();
      setbacks.over();
      return next;
    } catch (RuntimeException e) {
      setbacks.tell(what, e);
      return clock.now() + RETRY_MILLIS;
    }
  }

  /** Returns when the round that is on its way has ended. */
  @Override
  public void close() {
    closed = true;
    wakeup.ring();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
