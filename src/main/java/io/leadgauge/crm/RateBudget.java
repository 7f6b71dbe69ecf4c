package io.leadgauge.crm;

import io.leadgauge.model.Clockwork;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls a portal's API takes: one budget for all calls of the portal, whoever makes them.
 *
 * <p>A call asks for a {@link Turn} before it is sent, and closes its permit when the answer is
 * there or given up. Each {@link Lane} has a window of its own, so that looking for changes never
 * takes a call away from reading and writing contacts.
 *
 * <p>A call counts from the moment it is sent until one whole window after its answer. The CRM
 * counts it somewhere between the two, so no rolling window of the CRM ever holds more calls than
 * the limit, however long the wire takes. What the CRM says in its answers corrects the limit, and
 * calls that somebody else made with the same token are counted as ours.
 *
 * <p>A lane that the CRM has closed (a limit was hit) lets nobody through until its pause is over.
 * Short waits block; a pause longer than {@link #LONGEST_WAIT} is handed back instead, so that no
 * thread sleeps for hours. Thread-safe.
 */
public final class RateBudget {
  /** The longest closure that a call sits out; longer ones are handed back to the caller. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

  /** How long both lanes stay closed when an answer says that the day's calls are used up. */
  public static final Duration DAY_USED_UP = Duration.ofMinutes(15);

  /** Calls that are limited apart from each other. */
  public enum Lane {
    /** Reads and writes of records. */
    RECORDS,
    /** Searches. */
    SEARCH
  }

  /**
   * A limit.
   *
   * @param calls the most calls in a window, at least 1
   * @param window how long the window is, more than zero
   */
  public record Limit(int calls, Duration window) {
    /** The most calls that a window is believed to take. */
    public static final int MOST_CALLS = 10_000;

    /** The longest window that is believed. */
    public static final Duration LONGEST_WINDOW = Duration.ofMinutes(1);

    public Limit {
      boolean countable = calls >= 1 && calls <= MOST_CALLS;
      if (!countable || !window.isPositive() || window.compareTo(LONGEST_WINDOW) > 0) {
        throw new IllegalArgumentException("not a rate limit: " + calls + " calls in " + window);
      }
    }
  }

  /** What a call that asks for its turn gets. */
  public sealed interface Turn {}

  /** The call may be made. Must be closed, once, when the call is over; may be closed again. */
  public final class Permit implements Turn, AutoCloseable {
    private final RateWindow window;
    private boolean over;

    private Permit(RateWindow window) {
      this.window = window;
    }

    @Override
    public void close() {
      locked(
          () -> {
            if (!over) {
              over = true;
              window.answered(clockwork.nanos());
            }
          });
    }
  }

  /**
   * The lane is closed for longer than a call sits out.
   *
   * @param pause for how long, at least
   * @param reason why, in the words with which it was closed
   */
  public record Closed(Duration pause, String reason) implements Turn {}

  private final Clockwork clockwork;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Lane, RateWindow> windows = new EnumMap<>(Lane.class);

  /**
   * Makes a budget with nothing used.
   *
   * @param clockwork tells and waits the time
   * @param records the limit of reads and writes to start from
   * @param search the limit of searches to start from
   */
  public RateBudget(Clockwork clockwork, Limit records, Limit search) {
    this.clockwork = clockwork;
    windows.put(Lane.RECORDS, new RateWindow(records));
    windows.put(Lane.SEARCH, new RateWindow(search));
  }

  /**
   * Waits until a call may be made.
   *
   * @return a permit; or that the lane is closed for longer than {@link #LONGEST_WAIT}
   * @throws InterruptedException if the thread is interrupted; nothing is used up then
   */
  public Turn acquire(Lane lane) throws InterruptedException {
    RateWindow window = window(lane);
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = clockwork.nanos();
        if (window.closedFor(now) > LONGEST_WAIT.toNanos()) {
          return new Closed(Duration.ofNanos(window.closedFor(now)), window.closedBecause());
        }
        long pause = window.pause(now);
        if (pause <= 0) {
          window.sent();
          return new Permit(window);
        }
        clockwork.awaitUntil(changed, wakeAt(pause));
      }
    } finally {
      lock.unlock();
    }
  }

  private long wakeAt(long pause) {
    return pause == RateWindow.UNTIL_AN_ANSWER
        ? Long.MAX_VALUE
        : clockwork.now() + TimeUnit.NANOSECONDS.toMillis(pause) + 1;
  }

  /**
   * Learns a lane's limit from an answer, while the permit of its call is still open.
   *
   * @param remaining how many more calls the CRM would take now; what is missing beyond our own
   *     calls was used by somebody else
   */
  public void learn(Lane lane, Limit limit, int remaining) {
    locked(() -> window(lane).learn(limit, remaining, clockwork.nanos()));
  }

  /**
   * Learns how many calls are left for the day. Nobody says when the day ends, for it ends by the
   * portal's own time zone; so with none left both lanes close for {@link #DAY_USED_UP}, again and
   * again.
   */
  public void learnDaily(long remaining) {
    if (remaining <= 0) {
      closeAll(DAY_USED_UP, "the portal's calls of this day are used up");
    }
  }

  /** Closes a lane for at least {@code pause}; a closure that lasts longer stays. */
  public void close(Lane lane, Duration pause, String reason) {
    locked(() -> window(lane).close(clockwork.nanos(), pause.toNanos(), reason));
  }

  /** Closes both lanes for at least {@code pause}. */
  public void closeAll(Duration pause, String reason) {
    for (Lane lane : Lane.values()) {
      close(lane, pause, reason);
    }
  }

  private RateWindow window(Lane lane) {
    RateWindow window = windows.get(lane);
    if (window == null) {
      throw new IllegalStateException("no window for " + lane);
    }
    return window;
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
